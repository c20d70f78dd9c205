"""Pages are kept as in production, with the static files and passwords of the tests."""

from astana import settings
from tests.settings import *  # noqa: F403

EDITION_SECONDS = settings.EDITION_SECONDS
KEPT_PAGES_BYTES = settings.KEPT_PAGES_BYTES
KEPT_PARTS_BYTES = settings.KEPT_PARTS_BYTES
