"""The settings of the tests, for a site with an address that fails."""

from tests.settings import *  # noqa: F403

ROOT_URLCONF = "tests.broken_urls"
