"""The settings of Django. What an operator sets comes from the environment."""

from datetime import timedelta

import django_stubs_ext
from csp.constants import NONE, SELF
from whitenoise.compress import Compressor

from astana import environment
from astana.environment import BASE_DIR, DEBUG, HTTPS, VAR_DIR

django_stubs_ext.monkeypatch()  # lets generic views name their model: ListView[Round]

SECRET_KEY = environment.SECRET_KEY
ALLOWED_HOSTS = environment.ALLOWED_HOSTS
CSRF_TRUSTED_ORIGINS = environment.CSRF_TRUSTED_ORIGINS
TIME_ZONE = environment.TIME_ZONE
FORWARDED_ALLOW_IPS = environment.FORWARDED_ALLOW_IPS
CACHE_URL = environment.CACHE_URL
OPERATOR = environment.OPERATOR
SITE_URL = environment.SITE_URL  # "" where the site goes by whatever name it is asked
DATA_DIR = environment.DATA_DIR  # releases of the dataset, and the files of its last editions
DATA_SECONDS = 2  # that the page of the dataset spends on files that nobody asked for yet
REVIEW_REQUIRED = environment.REVIEW_REQUIRED
REPORTS_TO = environment.REPORTS_TO  # who gets what readers report by mail
AUDIT_DAYS = environment.AUDIT_DAYS
# What pages are made of takes less than the pages, and saves most where these are new.
KEPT_PARTS_BYTES = environment.KEPT_MEGABYTES * 250_000
KEPT_PAGES_BYTES = environment.KEPT_MEGABYTES * 500_000

INSTALLED_APPS = [
    "nested_admin",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "astana.static.FilesConfig",
    "django.contrib.sitemaps",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "astana.accounts",
    "django_countries",
    "django_filters",
    "django_htmx",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "rounds.sources",
    "rounds.topics",
    "rounds.participants",
    "rounds",  # last of the four: it gives the Editors group the permissions of all
]

EDITION_SECONDS = 0.5  # between two looks of a worker at the edition of the record

MIDDLEWARE = [
    "astana.middleware.RequestMiddleware",
    # Above all other work, so that what it keeps has the headers of those below.
    "rounds.pages.middleware.PagesMiddleware",
    # Headers of security, on whatever those below answer, redirects and faults included.
    "astana.middleware.SecurityHeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "astana.middleware.PermissionsPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "astana.middleware.ProbesMiddleware",
    "rounds.pages.middleware.OpenMiddleware",
    "rounds.pages.middleware.MethodsMiddleware",
    "astana.middleware.CharsetMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "astana.accounts.middleware.SessionAgeMiddleware",
    "rounds.admin.signing.SigningMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "astana.accounts.middleware.CodesMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "astana.accounts.middleware.CurrentRequestMiddleware",
    "axes.middleware.AxesMiddleware",
    "astana.saving.SavingMiddleware",
]

ROOT_URLCONF = "astana.urls"
FORCE_SCRIPT_NAME = ""  # the site lies at the root of its host, whatever a header says
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

DATABASE = environment.DATABASE
if DATABASE["ENGINE"] == "django.db.backends.sqlite3":
    DATABASE["ENGINE"] = "astana.sqlite"
    # IMMEDIATE: two writers wait for each other instead of failing with "database is locked".
    # FULL: what was confirmed to an editor outlasts a power cut; readers do not pay for it.
    DATABASE["CONN_MAX_AGE"] = 600  # opening the file takes longer than reading an edition
    DATABASE["OPTIONS"] = {
        "timeout": 30,  # seconds; six editors at once need about five
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
else:
    # A connection that a restart of the server has cut is noticed before it is used.
    DATABASE |= {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
    DATABASE["OPTIONS"] = {"connect_timeout": 3, **DATABASE.get("OPTIONS", {})}
DATABASES = {"default": DATABASE}
if CACHE_URL:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": CACHE_URL,
            "OPTIONS": {
                "socket_timeout": 0.5,
                "socket_connect_timeout": 0.5,
                "serializer": "rounds.pages.shared.AsIs",
            },
        }
    }
# A round of 60 delegations and 120 agenda items has 2,127 fields. Four times as many are read in
# a moment, and the 2.5 MB that Django takes at most hold hardly more.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 8_000
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
AXES_LOCKOUT_PARAMETERS = ["username", "ip_address"]  # either of them is locked
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # or an attacker locks an account for ever
AXES_LOCKOUT_CALLABLE = "astana.logins.locked"
AXES_CLIENT_IP_CALLABLE = "astana.clients.client_of_login"
AXES_CLIENT_STR_CALLABLE = "astana.clients.describe_login"
AXES_DISABLE_ACCESS_LOG = True  # the audit list has what there is to know of logins
AXES_VERBOSE = False

OTP_REQUIRED = environment.OTP_REQUIRED  # "on", or names of groups; empty: of nobody
OTP_TOTP_ISSUER = environment.OPERATOR["name"] or "Astana process tracker"
SESSION_IDLE = timedelta(hours=environment.IDLE_HOURS)
SESSION_AGE = timedelta(days=environment.SESSION_DAYS)
SESSION_COOKIE_AGE = int(SESSION_AGE.total_seconds())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True  # nothing stays on a computer that others use too

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

EMAIL_HOST = environment.MAIL["EMAIL_HOST"]
EMAIL_PORT = environment.MAIL["EMAIL_PORT"]
EMAIL_HOST_USER = environment.MAIL["EMAIL_HOST_USER"] or ""
EMAIL_HOST_PASSWORD = environment.MAIL["EMAIL_HOST_PASSWORD"] or ""
EMAIL_USE_TLS = environment.MAIL["EMAIL_USE_TLS"]
EMAIL_USE_SSL = environment.MAIL["EMAIL_USE_SSL"]
EMAIL_TIMEOUT = environment.MAIL["EMAIL_TIMEOUT"] or 5  # seconds: a reader waits for it
DEFAULT_FROM_EMAIL = environment.MAIL_FROM or next(iter(REPORTS_TO), "nobody@localhost")
MAIL_WORKS = bool(environment.EMAIL_URL)
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60  # seconds that the link in a mail is good for

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

# Maps lead developers from packed scripts to their sources; readers never load them.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "map")

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = HTTPS
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

SPECTACULAR_SETTINGS = {
    "OAS_VERSION": "3.1.0",
    "TITLE": "Astana process tracker",
    "VERSION": "1",
    "DESCRIPTION": (
        "The record of the Astana process, the International Meetings on Syria: every round, with "
        "a source on every fact. It is read without a key. What is null is not recorded; that is "
        "not the same as absent."
    ),
    "LICENSE": {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"},
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "POSTPROCESSING_HOOKS": ["rounds.api.schema.completed"],
    "SORT_OPERATIONS": False,
    "SORT_OPERATION_PARAMETERS": False,
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request": {"()": "astana.logs.RequestFilter"}},
    "formatters": {
        "lines": {"()": "astana.logs.Lines"},
        "plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "filters": ["request"],
            "formatter": "plain" if DEBUG else "lines",
        }
    },
    "root": {"handlers": ["console"], "level": environment.LOG_LEVEL},
    "loggers": {
        "django": {"handlers": []},  # mails to nobody
        "django.request": {"level": "ERROR"},  # what was refused is among the answers
        "axes": {"level": "WARNING"},
        "httpx": {"level": "WARNING"},  # what is asked for, the command says
    },
}
