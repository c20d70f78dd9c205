"""Where the pages are."""

from django.db.models import Model
from django.urls import reverse

# The pages that lead into the record, for whoever looks at each of them.
WAYS_IN = [
    "/topics/",
    "/topics/refugee-return/",
    "/participants/",
    "/participants/turkiye/",
    "/people/",
    "/people/alexander-lavrentyev/",
    "/sources/",
    "/sources/tass-2017-01-24/",
    "/matrix/topics/",
    "/matrix/attendance/",
    "/promises/",
    "/compare/21/22/",
    "/disputes/",
    "/gaps/",
]


def admin_address(model: type[Model], page: str, *args: object) -> str:
    """Where the admin has the page of a model, such as ``change``."""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)
