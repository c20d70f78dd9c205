"""The parameters that the address of a page may have."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

import django_filters as filters
from django import forms
from django.http import QueryDict

View = TypeVar("View", bound=Callable[..., Any])


class Parameter(NamedTuple):
    """What leaving a parameter out means, and whether it may have several values at once.

    Where it is None, an empty value means something else than none.
    """

    default: str | None = ""
    is_repeatable: bool = False


Parameters = Mapping[str, Parameter]


def parameters_of(fields: Mapping[str, Any], **defaults: str) -> Parameters:
    """The parameters of the filters of a set, or of the fields of a form."""
    several = (filters.MultipleChoiceFilter, forms.MultipleChoiceField)
    return {
        name: Parameter(defaults.get(name, ""), isinstance(field, several))
        for name, field in fields.items()
    }


def taken_by(view: Callable[..., Any]) -> Parameters | None:
    """The parameters that a view says it takes; None where it depends on none."""
    return getattr(getattr(view, "view_class", view), "parameters", None)


def takes(**defaults: str | None) -> Callable[[View], View]:
    """Say which parameters a view takes; each by what leaving it out means."""

    def declared(view: View) -> View:
        view.parameters = {name: Parameter(value) for name, value in defaults.items()}  # type: ignore[attr-defined]
        return view

    return declared


def given(values: Sequence[str]) -> list[str]:
    """The values that are not empty; one that is said twice stands where it is said last."""
    return [*dict.fromkeys(value for value in reversed(values) if value)][::-1]


def in_order(query: QueryDict, parameters: Parameters) -> QueryDict:
    """The same question in one way, however it is put.

    The parameters stand in their order; what is empty, said twice, or what leaving it out means
    too is left out. Of one that has one value the last counts, as Django reads it; those before
    it stay, and so do parameters that are none, at the end: the page says that they change nothing.
    """
    found = QueryDict(mutable=True)
    for name, parameter in parameters.items():
        values = given(query.getlist(name))
        if parameter.is_repeatable and values:
            found.setlist(name, sorted(values))
        elif values and values != [parameter.default]:
            found.setlist(name, values)
        elif name in query and parameter.default is None:
            found[name] = ""
    for name in sorted(query.keys() - parameters.keys()):
        found.setlist(name, query.getlist(name))
    return found


class Unused(NamedTuple):
    """What of a query changes nothing: parameters that are none, and values that do not count.

    Of each parameter with such values they are given, and the one that counts.
    """

    names: list[str]
    values: dict[str, tuple[list[str], str]]

    @classmethod
    def of(cls, query: QueryDict, parameters: Parameters) -> "Unused":
        single = [name for name, one in parameters.items() if not one.is_repeatable]
        several = {name: given(query.getlist(name)) for name in single}
        return cls(
            sorted(query.keys() - parameters.keys()),
            {name: (values[:-1], values[-1]) for name, values in several.items() if values[1:]},
        )
