"""Which files of others the site gives out."""

from django.contrib.staticfiles.apps import StaticFilesConfig


class FilesConfig(StaticFilesConfig):
    """Leaves out what no page of ours loads, as packing it takes longer than all the rest."""

    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        "redoc",
        "swagger-ui-standalone-preset.*",
        "oauth2-redirect.*",
    ]
