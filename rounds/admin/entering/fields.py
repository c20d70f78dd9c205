"""The fields of the page: what is found by its names, and sources by their numbers."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from rounds.admin.entering.reading import Reading
from rounds.sources.days import DayField, DayInput
from rounds.sources.models import Source
from rounds.wording.dates import DAY_FORMAT, DAY_WANTED

AS_ROUND = "round"  # what stands for the sources of the round itself
BETWEEN = "; "  # names of several


class NamedField(forms.CharField):
    """Something on record, given by any of its names; cleaned, it is the object."""

    def __init__(self, *, reading: Reading, model: type[Model], **options: Any) -> None:
        super().__init__(**options)
        self.reading, self.model = reading, model
        self.widget.attrs["data-names"] = model._meta.model_name
        self.widget.attrs["autocomplete"] = "off"

    def prepare_value(self, value: Any) -> Any:
        return str(self.reading.named(self.model).get(value, "")) if is_key(value) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return self.reading.find(self.model, text) if text else None

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (data or "").strip() != (self.prepare_value(initial) or "")


class NamesField(NamedField):
    """Several of these, with semicolons between them."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.widget.attrs["data-several"] = "yes"

    def prepare_value(self, value: Any) -> Any:
        if value is None or isinstance(value, str):
            return value
        return BETWEEN.join(str(one) for one in value)

    def clean(self, value: Any) -> Any:
        text = forms.CharField.clean(self, value)
        names = filter(None, (one.strip() for one in text.split(BETWEEN.strip())))
        return list(dict.fromkeys(self.reading.find(self.model, name) for name in names))


class AsRound(str):
    """The numbers of the round's own sources, given by the word for them."""

    __slots__ = ()


class Numbers(forms.TextInput):
    """The numbers of sources; “round” stands for those that the round itself has."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str | None:
        given = numbers(data, name)
        return AsRound(numbers(data, "sources") or "") if given == AS_ROUND else given


def numbers(data: Any, name: str) -> str | None:
    """What was sent under a name, as one text: numbers in one field, or in one for each."""
    if name not in data:
        return None
    values = data.getlist(name) if hasattr(data, "getlist") else [data[name]]
    return " ".join(" ".join(map(str, values)).split())


class NumbersField(forms.Field):
    """Sources, given by their numbers; cleaned, they are a list of sources."""

    widget = Numbers
    default_error_messages = {"required": _("Give at least one source.")}

    def __init__(self, *, reading: Reading, **options: Any) -> None:
        super().__init__(**options)
        self.reading = reading

    def prepare_value(self, value: Any) -> str:
        return AS_ROUND if isinstance(value, AsRound) else " ".join(words_of(value))

    def to_python(self, value: Any) -> list[Source]:
        keys = keys_in(value)
        known = self.reading.sources(keys)
        strange = [one for one in words_of(value) if not known.keys() & set(keys_in(one))]
        if strange:
            raise ValidationError(
                ngettext(
                    "No source has the number %(numbers)s.",
                    "No sources have the numbers %(numbers)s.",
                    len(strange),
                )
                % {"numbers": ", ".join(strange)}
            )
        return [known[key] for key in dict.fromkeys(keys)]

    def clean(self, value: Any) -> list[Source]:
        """The sources; of a round that has none itself, that is said once, by its own field."""
        if isinstance(value, AsRound) and not value:
            return []
        found: list[Source] = super().clean(value)
        return found

    def has_changed(self, initial: Any, data: Any) -> bool:
        if initial == AS_ROUND:
            return data is not None and not isinstance(data, AsRound)
        return set(keys_in(initial)) != set(keys_in(data))


def words_of(value: Any) -> list[str]:
    """The numbers of a value as words: of a text, or of a list of sources or of keys."""
    if isinstance(value, str):
        return value.replace(",", " ").split()
    return [str(getattr(one, "pk", one)) for one in value or ()]


def keys_in(value: Any) -> list[int]:
    """The numbers in a value that can be those of sources."""
    return [int(one) for one in words_of(value) if one.isdecimal() and len(one) < 10]


def day_field(db_field: Any, **options: Any) -> Any:
    """The field of a form for a day, which is typed in one form."""
    shown = {
        "placeholder": gettext("YYYY-MM-DD"),
        "inputmode": "numeric",
        "class": "vDateField",
    }
    options |= {
        "form_class": DayField,
        "widget": DayInput(attrs=shown, format=DAY_FORMAT),
        "input_formats": [DAY_FORMAT],
        "error_messages": {"invalid": DAY_WANTED},
    }
    return db_field.formfield(**options)


def is_key(value: Any) -> bool:
    return isinstance(value, int)


def sources_named(forms_: Iterable[Any]) -> set[int]:
    """The keys of all sources that forms name, as they stand on the page."""
    return {
        key
        for form in forms_
        if "sources" in form.fields
        for key in keys_in(form["sources"].value())
    }
