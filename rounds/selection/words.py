"""What the filters select, said in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model
from django.utils.formats import date_format
from django.utils.translation import gettext
from django_countries import countries

from rounds.models import AgendaItem, Outcome
from rounds.participants.models import Role
from rounds.selection.addresses import without
from rounds.selection.filters import Match, RoundFilterSet

DISPLAY = ("match", "order")  # how to show rounds, not which


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
        self.joint = gettext("and") if filterset.chosen.get("match") == Match.ALL else gettext("or")

    @property
    def parts(self) -> Iterator[Part]:
        for name in self.chosen:
            label = self.filterset.filters[name].label
            parameter = self.filterset.form.add_prefix(name)
            for value, text in self._values(name):
                rest = without(self.filterset.data, parameter, self._raw(name, value))
                yield Part(name, value, f"{label}: {text}", rest)

    def sentence(self, found: int, total: int) -> str:
        """Such as “Rounds with “Idlib” in the joint statement, in 2018: 3 of 22”."""
        if not self.chosen:
            return gettext("All %(total)d rounds") % {"total": total}
        return gettext("Rounds %(phrases)s: %(found)d of %(total)d") % {
            "phrases": ", ".join(self._phrases()),
            "found": found,
            "total": total,
        }

    def _phrases(self) -> Iterator[str]:
        if {"topic", "stage"} & self.chosen.keys():
            topics = self._joined("topic", self.joint) or gettext("any topic")
            yield f"{gettext('with %s') % topics} {self._joined('stage')}".rstrip()
        if {"participant", "role"} & self.chosen.keys():
            names = self._joined("participant", self.joint) or gettext("anybody")
            phrase = gettext("attended by %s") % names
            roles = self._joined("role")
            yield f"{phrase} {gettext('in the role of %s') % roles}" if roles else phrase
        wordings = {
            "absent": gettext("from which %s stayed away"),
            "person": gettext("with %s in a delegation"),
            "city": gettext("in %s"),
            "country": gettext("in %s"),
            "year": gettext("in %s"),
            "date_after": gettext("from %s"),
            "date_before": gettext("until %s"),
            "outcome": gettext("with the outcome %s"),
            "q": gettext("that mention %s"),
        }
        for name, wording in wordings.items():
            if name in self.chosen:
                yield wording % self._joined(name)

    def _joined(self, name: str, word: str | None = None) -> str:
        if name not in self.chosen:
            return ""
        texts = [text for _, text in self._values(name)]
        word = word or gettext("or")
        return f" {word} ".join(filter(None, [", ".join(texts[:-1]), texts[-1]]))

    def _values(self, name: str) -> list[tuple[Any, str]]:
        """Each value of a filter, and as it is said."""
        value = self.chosen[name]
        many = value if isinstance(value, list) else [value]
        return [(one, said(name, one)) for one in many]

    def _raw(self, name: str, value: Any) -> str:
        """A value as it stands in the address."""
        if isinstance(value, Model):
            return str(value.slug)  # type: ignore[attr-defined]
        if name in ("date_after", "date_before", "q"):
            return str(self.filterset.data[self.filterset.form.add_prefix(name)])
        return str(value)


def said(name: str, value: Any) -> str:
    """One value of a filter in words."""
    if isinstance(value, date):
        return date_format(value)
    match name:
        case "topic" | "q":
            return f"“{value}”"
        case "stage":
            return STAGES[value]()
        case "role":
            return str(Role(value).label).lower()
        case "outcome":
            return f"“{Outcome.Kind(value).label}”"
        case "country":
            return countries.name(value)
        case _:
            return str(value)


STAGES = {
    AgendaItem.Stage.AGENDA: lambda: gettext("announced beforehand"),
    AgendaItem.Stage.DISCUSSED: lambda: gettext("reported as discussed"),
    AgendaItem.Stage.STATEMENT: lambda: gettext("in the joint statement"),
}
