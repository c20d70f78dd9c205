"""Settings, all from the environment. README lists the variables."""

import logging
import sys
from pathlib import Path

import django_stubs_ext
from csp.constants import NONE, SELF
from environs import Env, EnvError, validate

django_stubs_ext.monkeypatch()  # lets generic views name their model: ListView[Round]

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

env = Env()
try:
    DEBUG = env.bool("DEBUG", False)
    SECRET_KEY = (
        env.str("SECRET_KEY", "only-for-debugging")
        if DEBUG
        else env.str("SECRET_KEY", validate=validate.Length(min=32))
    )
    ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", [])
    CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])
    HTTPS = env.bool("ASTANA_HTTPS", not DEBUG)
    DATABASE = env.dj_db_url("DATABASE_URL", f"sqlite:///{VAR_DIR / 'astana.sqlite3'}")
    LOG_LEVEL = env.log_level("ASTANA_LOG_LEVEL", logging.INFO)
    TIME_ZONE = env.str("TIME_ZONE", "UTC")
    CACHE_URL = env.str("CACHE_URL", "")
    CACHES = {"default": env.dj_cache_url("CACHE_URL", "locmem://")}
    KEPT_MEGABYTES = env.int("ASTANA_KEPT_MB", 64, validate=validate.Range(min=0))
except (EnvError, ValueError) as error:
    sys.exit(f"The settings are not complete: {error}. See “Settings” in README.md.")

INSTALLED_APPS = [
    "nested_admin",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_countries",
    "django_filters",
    "django_htmx",
    "rounds.sources",
    "rounds.topics",
    "rounds.participants",
    "rounds",  # last of the four: it gives the Editors group the permissions of all
]

EDITION_SECONDS = 0.5  # between two looks of a worker at the edition of the record

MIDDLEWARE = [
    "rounds.pages.middleware.PagesMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "astana.middleware.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "astana.urls"
WSGI_APPLICATION = "astana.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

if DATABASE["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE: two writers wait for each other instead of failing with "database is locked".
    DATABASE["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,  # seconds; six editors at once need about five
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
DATABASES = {"default": DATABASE}
# A round of 60 delegations and 120 agenda items has 2,127 fields. Four times as many are read in
# a moment, and the 2.5 MB that Django takes at most hold hardly more.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 8_000
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

LANGUAGE_CODE = "en"
USE_I18N = True
FORMAT_MODULE_PATH = "astana.formats"
USE_TZ = True
FORMS_URLFIELD_ASSUME_HTTPS = True  # Django 6 does so by itself

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # the load balancer asks over plain http
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
}
