"""Names of languages."""

from django.utils.translation import get_language_info


def language_name(code: str) -> str:
    """The name of a language in the language of the page; the code where it is unknown."""
    try:
        return get_language_info(code)["name_translated"]
    except KeyError:
        return code
