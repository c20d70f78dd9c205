"""What is wrong with a form of the admin that was sent, with where it stands on the page."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.utils.text import Truncator, capfirst

LONGEST = 60  # signs of a row's name


class Fault(NamedTuple):
    """One sentence, about a field or row, and the id under which that stands on the page."""

    place: str
    anchor: str
    sentence: str


def faults_of(form: Any, formsets: Iterable[Any]) -> list[Fault]:
    """The faults of a form and of its rows, and of the rows of these, from top to bottom."""
    own = of_form(form, (), f"{form._meta.model._meta.model_name}_form")
    return [*own, *(fault for formset in formsets for fault in of_formset(formset, ()))]


def of_formset(formset: Any, above: tuple[str, ...]) -> Iterator[Fault]:
    several = capfirst(formset.model._meta.verbose_name_plural)
    for sentence in formset.non_form_errors():
        yield Fault(said([*above, several]), f"{formset.prefix}-group", str(sentence))
    for place, form in enumerate(formset.forms, start=1):
        if not formset._should_delete_form(form):
            row = (*above, name_of_row(form, place))
            yield from of_form(form, row, form.prefix)
            for below in getattr(form, "nested_formsets", ()):
                yield from of_formset(below, row)


def of_form(form: Any, row: tuple[str, ...], anchor: str) -> Iterator[Fault]:
    """The faults of one form; ``anchor`` is where the form itself stands."""
    for name, sentences in form.errors.items():
        field = form[name] if name in form.fields else None
        is_seen = field is not None and not field.is_hidden
        place = said([*row, capfirst(field.label)] if field and is_seen else row)
        to = (field.id_for_label or anchor) if field and is_seen else anchor
        yield from (Fault(place, to, str(sentence)) for sentence in sentences)


def name_of_row(form: Any, place: int) -> str:
    kind = capfirst(form._meta.model._meta.verbose_name)
    one = Truncator(form.instance).chars(LONGEST) if form.instance.pk else f"#{place}"
    return f"{kind} {one}"


def said(places: Iterable[str]) -> str:
    return " › ".join(map(str, places))
