"""The page as its templates see it: the round, its tray of sources, and sections of rows."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any, NamedTuple

from django import forms
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext, ngettext

from rounds.admin.entering.fields import AS_ROUND, keys_in, sources_named
from rounds.admin.entering.reading import Reading
from rounds.models import AgendaItem, Member, Round, Session
from rounds.names import Name
from rounds.sources.admin import shown_to
from rounds.sources.models import Source
from rounds.topics.models import Topic

LONGEST = 90  # signs of a field in the line that stands for a folded row

# What the line of a folded row says, by the fields of its form.
SAID = {
    "delegation": ["participant", "role", "attendance"],
    "outcome": ["number", "kind", "text"],
    "document": ["number", "title", "date"],
    "paragraph": ["order", "number", "gist"],
    "commitment": ["text", "topic"],
    "evidence": ["date", "verdict", "text"],
    "dispute": ["number", "subject"],
    "claim": ["number", "value"],
}


class Row:
    """One row with its form and the sections within."""

    def __init__(self, form: Any, within: list["Section"], *, is_empty: bool = False) -> None:
        self.form, self.within, self.is_empty = form, within, is_empty

    @property
    def is_open(self) -> bool:
        return self.is_empty or self.is_wrong or not self.form.instance.pk

    @cached_property
    def is_wrong(self) -> bool:
        below = (row for section in self.within for row in section.rows)
        return bool(self.form.errors) or any(row.is_wrong for row in below)

    @property
    def is_removed(self) -> bool:
        return bool("DELETE" in self.form.fields and self.form["DELETE"].value())

    @property
    def is_new_person(self) -> bool:
        """Whether the name that was sent is to become a person's."""
        name = f"{self.form.add_prefix('person')}-is_new"
        return bool(self.form.is_bound and self.form.data.get(name))

    @property
    def said_fields(self) -> list[str]:
        return SAID.get(self.form._meta.model._meta.model_name, [])

    @property
    def summary(self) -> str:
        """What the row holds, in a line."""
        said = [shown(self.form[name]) for name in self.said_fields if name in self.form.fields]
        for section in self.within:
            said += section.heads
        return " · ".join(filter(None, (*said, self.sources_said)))

    @property
    def note_said(self) -> str:
        """What an agenda item holds: the beginning of its note, and how many sources."""
        return " · ".join(filter(None, (shown(self.form["note"]), self.sources_said)))

    @property
    def sources_said(self) -> str:
        """How many sources the row names, as its field stands."""
        if "sources" not in self.form.fields:
            return ""
        value = self.form["sources"].value()
        if value == AS_ROUND:
            return gettext("sources as the round")
        count = len(keys_in(value))
        return ngettext("%(count)d source", "%(count)d sources", count) % {"count": count}


def help_of(fields: Iterable[Any]) -> list[tuple[str, str]]:
    """What belongs in each of the fields, by their labels."""
    return [(capfirst(one.label), one.help_text) for one in fields if one.help_text]


def shown(field: Any) -> str:
    """The value of a field as it is read."""
    value = field.value()
    choices = getattr(field.field, "choices", None)
    if choices and value:
        return str(dict(choices).get(value, value))
    return Truncator(value if value is not None else "").chars(LONGEST)


class Section:
    """The rows of one kind, as Django's inline formsets are to its pages."""

    media = forms.Media()
    has_add_permission = has_change_permission = has_delete_permission = True
    has_view_permission = True

    def __init__(self, inline: Any, formset: Any) -> None:
        self.opts, self.formset = inline, formset
        self.name = inline.model._meta.model_name
        self.title = capfirst(inline.model._meta.verbose_name_plural)
        self.one = inline.model._meta.verbose_name
        self.is_within = formset.is_nested
        self.body = f"admin/entering/{self.name}.html"
        self.row = "admin/entering/_row.html"
        if issubclass(inline.model, Name):
            self.row = "admin/entering/name.html"
        elif inline.model is Member:
            self.row = "admin/entering/member.html"

    def __iter__(self) -> Iterator[Any]:
        """Nothing that Django would have to know of the rows."""
        return iter(())

    @cached_property
    def rows(self) -> list[Row]:
        return [Row(form, sections_within(form)) for form in self.formset.forms]

    @property
    def empty(self) -> Row:
        """The row that is copied for a new one."""
        return Row(self.formset.empty_form, sections_within(self.formset), is_empty=True)

    @property
    def heads(self) -> list[str]:
        """The names of heads among the members that the rows are."""
        return [
            shown(row.form["person"])
            for row in self.rows
            if "is_head" in row.form.fields and row.form["is_head"].value()
        ]

    @cached_property
    def help(self) -> list[tuple[str, str]]:
        """What belongs in each field, also of the rows within."""
        said = help_of(self.formset.form.base_fields.values())
        within = (pair for section in sections_within(self.formset) for pair in section.help)
        return list(dict.fromkeys([*said, *within]))


def sections_within(form: Any) -> list[Section]:
    inlines = getattr(form, "nested_inlines", ())
    return [
        Section(*pair) for pair in zip(inlines, getattr(form, "nested_formsets", ()), strict=True)
    ]


class Cell(NamedTuple):
    """A place that a tick puts a row into; there are several rows only by mistake."""

    label: str
    fields: dict[str, str]  # what a new row here has in which field
    rows: list[Row]


class Line(NamedTuple):
    label: str
    cells: list[Cell]


class InTray(NamedTuple):
    """A source that something on the page names."""

    source: Source
    is_of_round: bool


class Page:
    """What the page of an object of the record shows."""

    template = "admin/entering/one.html"

    def __init__(self, adminform: Any, sections: list[Section], reading: Reading) -> None:
        self.adminform, self.form, self.reading = adminform, adminform.form, reading
        self.sections = {section.name: section for section in sections}

    @property
    def tray_says(self) -> str:
        return gettext("Tick those that state this.")

    @property
    def help(self) -> list[tuple[str, str]]:
        """What belongs in each field of the object itself."""
        return help_of(self.form.fields.values())

    @cached_property
    def tray(self) -> list[InTray]:
        """The sources that are named on the page, and those that were added to it."""
        own = set(keys_in(self.form["sources"].value()))
        sent = keys_in(" ".join(self.reading.request.POST.getlist("tray")))
        found = self.reading.sources(own | sources_named(self._forms()) | set(sent))
        ordered = sorted(found.values(), key=lambda one: (one.publisher.casefold(), one.slug))
        return sorted(
            (InTray(one, one.pk in own) for one in ordered), key=lambda one: not one.is_of_round
        )

    def _forms(self) -> Iterator[Any]:
        def below(sections: list[Section]) -> Iterator[Any]:
            for section in sections:
                for row in section.rows:
                    yield row.form
                    yield from below(row.within)

        yield from below(list(self.sections.values()))


class RoundPage(Page):
    """What the page of a round shows."""

    template = "admin/entering/round.html"

    @property
    def tray_says(self) -> str:
        return gettext(
            "Every fact below takes its sources from here. "
            "Tick those that state the dates and the place."
        )

    @property
    def others(self) -> list[Section]:
        """The sections whose rows are all of one form, as they stand."""
        special = ("session", "delegation", "agendaitem")
        return [section for name, section in self.sections.items() if name not in special]

    @cached_property
    def sessions(self) -> list[Cell]:
        """A cell for each kind of session, several where it meets on several days."""
        rows = self.sections["session"].rows
        cells = []
        for kind, label in Session.Kind.choices:
            there = [row for row in rows if row.form["kind"].value() == kind]
            cells += [Cell(str(label), {"kind": kind}, [row]) for row in there]
            if not there:
                cells.append(Cell(str(label), {"kind": kind}, []))
        strange = [row for row in rows if row.form["kind"].value() not in Session.Kind.values]
        return cells + [Cell(shown(row.form["kind"]), {}, [row]) for row in strange]

    @property
    def stages(self) -> list[str]:
        return [str(label) for label in AgendaItem.Stage.labels]

    @cached_property
    def agenda(self) -> list[Line]:
        """A line for each topic on the agenda; of a new round, for those of the last one too."""
        found: dict[str, list[Row]] = {}
        for row in self.sections["agendaitem"].rows:
            found.setdefault(shown(row.form["topic"]), []).append(row)
        if not found or not self.form.instance.pk:
            found |= {topic: [] for topic in self._topics_before() if topic not in found}
        return [self._line(topic, rows) for topic, rows in found.items()]

    def _line(self, topic: str, rows: list[Row]) -> Line:
        """The line of a topic, with what is on the agenda of it."""
        cells = []
        for stage, label in AgendaItem.Stage.choices:
            is_first = stage == AgendaItem.Stage.values[0]  # there stands what has no stage
            there = [
                row
                for row in rows
                if (value := row.form["stage"].value()) == stage
                or (is_first and value not in AgendaItem.Stage.values)
            ]
            said = f"{topic}: {label}"
            cells.append(Cell(said, {"topic": topic, "stage": stage}, there))
        return Line(topic, cells)

    @property
    def empty_line(self) -> Line:
        """The line that is copied for another topic."""
        return self._line("__topic__", [])

    def _topics_before(self) -> list[str]:
        if before := self.before:
            topics = Topic.objects.filter(agenda_items__round=before).distinct()
            return [str(one) for one in topics]
        return []

    @cached_property
    def before(self) -> Round | None:
        """The last round before whose delegations and topics are on record."""
        number = self.form["number"].value()
        rounds = Round.objects.filter(delegations__isnull=False).order_by("number")
        rounds = shown_to(self.reading.request.user, rounds)
        if isinstance(number, int) or (number and str(number).isdecimal() and len(str(number)) < 6):
            rounds = rounds.filter(number__lt=int(number))
        return rounds.last()
