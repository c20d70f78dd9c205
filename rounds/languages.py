"""Languages by their codes, as fields of the record."""

from functools import cache
from typing import Any

from babel import Locale
from babel.core import get_global
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext


@cache
def known() -> dict[str, str]:
    """The English names of languages by their codes, of which each language has one."""
    names = Locale("en").languages
    return {code: name for code, name in names.items() if code.isalpha() and len(code) < 4}


@cache
def codes_of_others() -> dict[str, str]:
    """The codes of languages by what is written in their place: names and longer codes."""
    aliases = get_global("language_aliases")
    found = {other: code for other, code in aliases.items() if code in known()}
    return found | {name.casefold(): code for code, name in known().items()}


def wanted(given: str) -> str:
    """What to say of a value that is no code."""
    if code := codes_of_others().get(given.casefold()):
        return gettext("“%(given)s” is not the code of a language. Give “%(code)s”.") % {
            "given": given,
            "code": code,
        }
    return gettext(
        "“%(given)s” is not the code of a language. Known are those of ISO 639-1: ar, en, fa, kk, "
        "ru, tr and others."
    ) % {"given": given}


class LanguageField(models.CharField[str, str]):
    """The code of a language, in small letters; refused where no language has it."""

    def clean(self, value: Any, model_instance: models.Model | None) -> str:
        given = str(self.to_python(value) or "").strip()
        code = given.lower()
        if code and code not in known():
            raise ValidationError(wanted(given))
        return super().clean(code, model_instance)

    def formfield(self, *args: Any, **options: Any) -> Any:
        """Takes what is too long too, so that it is refused with what is known."""
        return super().formfield(*args, **{"max_length": 40} | options)

    def deconstruct(self) -> Any:
        """Like the field that it is; no migration depends on what is known."""
        name, _path, args, options = super().deconstruct()
        return name, "django.db.models.CharField", args, options
