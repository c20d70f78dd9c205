"""What the filters select, said in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from rounds.models import AgendaItem, Outcome, Verdict
from rounds.participants.models import Role
from rounds.search.query import QUOTED
from rounds.selection.addresses import QueryString
from rounds.selection.demands import is_every
from rounds.selection.filters import RoundFilterSet
from rounds.wording.dates import written
from rounds.wording.lists import all_of, any_of, listed, quoted

DISPLAY = ("match", "order")  # how to show rounds, not which

# What filters say in the sentence, in its order. Two that limit each other share a message, so
# that a translation can turn it round.
PHRASES = {
    ("topic", "stage"): _("with %(topic)s %(stage)s"),
    ("topic",): _("with %(topic)s"),
    ("stage",): _("with any topic %(stage)s"),
    ("participant", "role"): _("attended by %(participant)s in the role of %(role)s"),
    ("participant",): _("attended by %(participant)s"),
    ("role",): _("attended by anybody in the role of %(role)s"),
    ("absent",): _("from which %(absent)s stayed away"),
    ("person",): _("with %(person)s in a delegation"),
    ("city",): _("in %(city)s"),
    ("country",): _("in %(country)s"),
    ("year",): _("in %(year)s"),
    ("date_after",): _("from %(date_after)s"),
    ("date_before",): _("until %(date_before)s"),
    ("outcome",): _("with the outcome %(outcome)s"),
    ("commitment",): _("with a commitment that is, by the last evidence, %(commitment)s"),
    ("q",): _("that mention %(q)s"),
}
STAGES = {
    AgendaItem.Stage.AGENDA: _("announced beforehand"),
    AgendaItem.Stage.DISCUSSED: _("reported as discussed"),
    AgendaItem.Stage.STATEMENT: _("in the statement"),
}
# Not the labels in small letters, which Python makes wrong in Turkish: “İ” is no “i̇”.
ROLES = {
    Role.GUARANTOR: _("guarantor"),
    Role.CONFLICT_PARTY: _("conflict party"),
    Role.MEDIATOR: _("mediator"),
    Role.HOST: _("host"),
    Role.OBSERVER: _("observer"),
}


@dataclass(frozen=True)
class Part:
    """One applied value of a filter: what it says, and the query string without it."""

    name: str
    value: Any
    text: str
    rest: str


class Selection:
    """Says the chosen filters of a filter set, as single parts and as one sentence."""

    def __init__(self, filterset: RoundFilterSet) -> None:
        self.filterset = filterset
        self.chosen = {n: v for n, v in filterset.chosen.items() if n not in DISPLAY}
        self.joint = all_of if is_every(filterset.chosen) else any_of

    @cached_property
    def parts(self) -> list[Part]:
        return list(self._parts())

    def _parts(self) -> Iterator[Part]:
        query = QueryString(self.filterset.data)
        for name in self.chosen:
            label = self.filterset.filters[name].label
            parameter = self.filterset.form.add_prefix(name)
            for value, text in self._values(name):
                words = gettext("%(label)s: %(value)s") % {"label": label, "value": text}
                rest = query.without(parameter, self._raw(name, value))
                yield Part(name, value, words, rest)

    def sentence(self, found: int, total: int) -> str:
        """Such as “Rounds with “Idlib” in the statement, in 2018: 3 of 22”."""
        if self.filterset.errors:
            return gettext("No round is shown while a filter has a wrong value")
        if not self.chosen:
            return ngettext("%(total)d round", "All %(total)d rounds", total) % {"total": total}
        return gettext("Rounds %(phrases)s: %(found)d of %(total)d") % {
            "phrases": listed(self._phrases()),
            "found": found,
            "total": total,
        }

    def _phrases(self) -> Iterator[str]:
        unsaid = {name: self._list(name) for name in self.chosen}
        for names, phrase in PHRASES.items():
            if unsaid.keys() >= set(names):
                yield phrase % {name: unsaid.pop(name) for name in names}

    def _list(self, name: str) -> str:
        join = self.joint if name in ("topic", "participant") else any_of
        return join(text for _value, text in self._values(name))

    def _values(self, name: str) -> list[tuple[Any, str]]:
        """Each value of a filter, and as it is said."""
        value = self.chosen[name]
        many = value if isinstance(value, list) else [value]
        return [(one, said(name, one)) for one in many]

    def _raw(self, name: str, value: Any) -> str | None:
        """One value of several as it stands in the address; None for the whole of a parameter."""
        if not isinstance(self.chosen[name], list):
            return None
        return str(value.slug if isinstance(value, Model) else value)  # type: ignore[attr-defined]


def said(name: str, value: Any) -> str:
    """One value of a filter in words."""
    if isinstance(value, date):
        return written(value)
    match name:
        case "topic":
            return quoted(value)
        case "q":
            return str(value) if QUOTED.search(value) else quoted(value.strip('"“”„«» '))
        case "stage":
            return str(STAGES[value])
        case "role":
            return str(ROLES[value])
        case "outcome":
            return quoted(Outcome.Kind(value).label)
        case "commitment":
            return Verdict(value).in_sentence
        case "country":
            return countries.name(value)
        case _:
            return str(value)
