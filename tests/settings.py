"""The settings of production, but plain http and static files without a manifest."""

import atexit
import os
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

os.environ["ENV_FILE"] = ""
os.environ.setdefault("SECRET_KEY", "only-for-tests-" * 4)
os.environ.setdefault("ALLOWED_HOSTS", "127.0.0.1,localhost")
os.environ.setdefault("ASTANA_HTTPS", "off")

from astana.settings import *  # noqa: F403
from astana.settings import BASE_DIR, DATABASES, STORAGES

STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage",
}
# Each client of a test looks through it, and warns where it is missing; none asks for its files.
STATIC_ROOT = BASE_DIR / "var" / "tests" / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
(BASE_DIR / "var" / "static").mkdir(exist_ok=True)  # what tests start by itself looks there
# What a test changes is seen at once; tests of the kept pages keep some.
EDITION_SECONDS = 0
KEPT_PAGES_BYTES = 0
DATA_DIR = Path(mkdtemp(prefix="astana-data-"))
atexit.register(rmtree, DATA_DIR, ignore_errors=True)
DATA_SECONDS = 600  # what a page says does not depend on how busy the machine is
if DATABASES["default"]["ENGINE"].endswith("postgresql"):  # where a test raises the edition once
    KEPT_PARTS_BYTES = 0
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
