"""What the tests read from a page."""

from django.http import HttpResponse


def markup(response: HttpResponse) -> str:
    """The page without the white space by which its template is laid out."""
    return " ".join(response.content.decode().split()).replace("> <", "><")
