"""What somebody else changed while an editor had the page open, and what the editor is asked."""

from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext

from rounds.access import Visitor
from rounds.admin.faults import name_of_row, said
from rounds.admin.opened.questions import THEIRS, Answers, Data, Question
from rounds.admin.opened.seen import Seen, hashed
from rounds.admin.opened.stored import MANY, Key, Row, key_of, plain
from rounds.admin.opened.words import Piece, compared
from rounds.sources.admin import shown_to

DELETE = "DELETE"


@dataclass
class Difference:
    """A field of which there are two values, as an editor reads them."""

    name: str
    theirs: str
    mine: str = ""
    is_mine: bool = False  # the editor changed it too

    @cached_property
    def versions(self) -> tuple[list[Piece], list[Piece]]:
        """Theirs and mine in pieces, marked where they differ."""
        return compared(self.theirs, self.mine)


@dataclass
class Conflict:
    """What somebody else did to a field or row, where it stands on the page, and what is asked.

    Without a question it is told only. ``chosen`` is what the editor chose, or what is proposed.
    """

    place: str
    anchor: str
    what: str  # "changed", "same", "added", "deleted", "gone" or "unwanted"
    key: Key
    differences: list[Difference] = field(default_factory=list)
    question: Question | None = None
    chosen: str = ""
    was_edited: bool = False  # since theirs was chosen, so that it is asked again
    who: str = ""  # did it, where that is known
    when: str = ""


@dataclass
class Page:
    """A form that was sent, with its rows, beside what was seen and what is stored now."""

    form: Any
    formsets: list[Any]
    seen: Seen
    now: Mapping[Key, Row]
    user: Visitor
    answers: Answers

    def conflicts(self) -> list[Conflict]:
        """All that others changed, from top to bottom."""
        anchor = f"{self.form._meta.model._meta.model_name}_form"
        return [*self._of_form(self.form, (), anchor), *self._of_formsets(self.formsets, ())]

    def _of_formsets(self, formsets: Iterable[Any], above: tuple[str, ...]) -> Iterator[Conflict]:
        for formset in formsets:
            for place, form in enumerate(formset.forms, start=1):
                below = getattr(form, "nested_formsets", ())
                is_gone = is_vanished(form, formset)
                row = (*above, name_of_gone(form) if is_gone else name_of_row(form, place))
                if is_gone:
                    yield from self._vanished(form, formset, row)
                elif formset._should_delete_form(form):
                    yield from self._unwanted(form, formset, row)
                else:
                    if form.instance.pk:
                        yield from self._of_form(form, row, form.prefix)
                    yield from self._of_formsets(below, row)
            yield from self._added(formset, above)

    def _of_form(self, form: Any, row: tuple[str, ...], anchor: str) -> Iterator[Conflict]:
        """The fields of a row that others changed."""
        key = key_of(form.instance)
        stored = self.now.get(key)
        for name in self.seen.changed(key, stored.values) if stored else ():
            theirs = stored.values[name] if stored else ""
            label = capfirst(str(form._meta.model._meta.get_field(name).verbose_name))
            place = said([*row, label])
            is_shown = name in form.fields and not form[name].is_hidden
            to = (form[name].id_for_label or anchor) if is_shown else anchor
            conflict = Conflict(place, to, "changed", key)
            difference = Difference(label, self._words(form, name, theirs))
            conflict.differences.append(difference)
            if name in form.fields:
                mine = entered(form, name)
                if mine == theirs and key not in self.seen.rows:
                    continue
                if mine == theirs:
                    conflict.what = "same"
                else:
                    difference.mine = self._mine(form, name, mine)
                    seen = self.seen.rows.get(key, {}).get(name)
                    difference.is_mine = mine is None or hashed(mine) != seen
                    theirs_data = as_stored(form, name)
                    self._ask(conflict, name_of(key, name), theirs=theirs_data)
                    if not difference.is_mine and not conflict.was_edited:
                        conflict.chosen = conflict.chosen or THEIRS
            yield conflict

    def _vanished(self, form: Any, formset: Any, row: tuple[str, ...]) -> Iterator[Conflict]:
        """A row that is not stored any more."""
        key = (form._meta.model._meta.label_lower, form[formset._pk_field.name].data)
        if key not in self.seen.rows and formset._should_delete_form(form):
            return
        conflict = Conflict(said(row), form.prefix, "deleted", key)
        if formset._should_delete_form(form):
            conflict.what = "gone"
            yield conflict
            return
        for name, part in form.fields.items():
            if name not in (formset._pk_field.name, formset.fk.name, DELETE):
                mine = entered(form, name)
                seen = self.seen.rows.get(key, {}).get(name)
                is_mine = seen is None or mine is None or hashed(mine) != seen
                words = self._mine(form, name, mine)
                if words and name in {one.name for one in form._meta.model._meta.get_fields()}:
                    label = capfirst(str(part.label))
                    conflict.differences.append(Difference(label, "", words, is_mine))
        keys = [form.add_prefix(formset._pk_field.name), *keys_within(form)]
        self._ask(
            conflict,
            name_of(key),
            theirs={form.add_prefix(DELETE): ["on"]},
            mine={name: [""] for name in keys},
            within=f"{form.prefix}-",
        )
        is_as_seen = not any(one.is_mine for one in conflict.differences)
        if is_as_seen and not conflict.was_edited:
            conflict.chosen = conflict.chosen or THEIRS
        yield conflict

    def _unwanted(self, form: Any, formset: Any, row: tuple[str, ...]) -> Iterator[Conflict]:
        """A row that the editor deletes and others changed, or something within it."""
        key = key_of(form.instance)
        conflict = Conflict(said(row), form.prefix, "unwanted", key)
        theirs = {form.add_prefix(DELETE): list[str]()}
        self._collect(form, conflict, theirs, ())
        if conflict.differences:
            self._ask(conflict, name_of(key), theirs=theirs)
            yield conflict

    def _collect(self, form: Any, conflict: Conflict, theirs: Data, above: tuple[str, ...]) -> None:
        """Note what others changed in a row that goes, with what keeps it as it is stored."""
        key = key_of(form.instance)
        stored = self.now.get(key)
        for name in self.seen.changed(key, stored.values) if stored else ():
            label = capfirst(str(form._meta.model._meta.get_field(name).verbose_name))
            words = self._words(form, name, stored.values[name]) if stored else ""
            conflict.differences.append(Difference(said([*above, label]), words))
            if name in form.fields:
                theirs.update(as_stored(form, name))
        for formset in getattr(form, "nested_formsets", ()):
            for place, row in enumerate(formset.forms, start=1):
                if row.instance.pk:
                    theirs[row.add_prefix(DELETE)] = []
                    self._collect(row, conflict, theirs, (*above, name_of_row(row, place)))
            for added in self._added(formset, above):
                conflict.differences.append(Difference(added.place, gettext("added")))

    def _added(self, formset: Any, above: tuple[str, ...]) -> Iterator[Conflict]:
        """The rows that others added where a formset has its rows."""
        label = formset.model._meta.label_lower
        parent = key_of(formset.instance)
        kind = capfirst(str(formset.model._meta.verbose_name))
        for key, row in self.now.items():
            if key[0] == label and row.above == parent and key not in self.seen.rows:
                if key in self._sent:
                    continue
                place = said([*above, f"{kind} {row.one}"])
                conflict = Conflict(place, f"{formset.prefix}-group", "added", key)
                for name, value in row.values.items():
                    if words := self._in_words(type(row.one), name, value):
                        part: Any = row.one._meta.get_field(name)
                        one = Difference(capfirst(str(part.verbose_name)), words)
                        conflict.differences.append(one)
                yield conflict

    @cached_property
    def _sent(self) -> set[Key]:
        """The keys of the stored rows that were sent."""
        return {key_of(form.instance) for form in forms_in(self.formsets) if form.instance.pk}

    def _ask(
        self,
        conflict: Conflict,
        name: str,
        *,
        theirs: Data,
        mine: Data | None = None,
        within: str = "",
    ) -> None:
        """Add a question to a conflict, with what was answered to it before.

        Where what is ``within`` it, by the beginning of its names, is edited later, it is asked
        again.
        """
        data = self.form.data
        names = [one for one in data if within and one.startswith(within)]
        stands = {one: data.getlist(one) for one in (*theirs, *names)}
        conflict.question = Question(name, stands, theirs, mine or {})
        conflict.chosen = self.answers.chosen.get(name, "")
        conflict.was_edited = name in self.answers.edited

    def _words(self, form: Any, name: str, value: str) -> str:
        return self._in_words(form._meta.model, name, value) or gettext("nothing")

    def _mine(self, form: Any, name: str, value: str | None) -> str:
        """What the editor entered, in words; as it was typed, where it cannot be understood."""
        if value is None:
            typed = form[name].data
            return ", ".join(map(str, typed)) if isinstance(typed, list) else str(typed or "")
        return self._in_words(form._meta.model, name, value)

    def _in_words(self, model: type[Model], name: str, value: str) -> str:
        """A plain value of a field as people read it."""
        try:
            part: Any = model._meta.get_field(name)
        except LookupError:
            return value
        if not value:
            return ""
        if part.is_relation:
            rows = part.related_model._base_manager.filter(pk__in=value.split(MANY))
            shown = [str(one) for one in shown_to(self.user, rows)]
            return " · ".join(shown) or gettext("something that you may not see")
        if value in ("True", "False"):
            return gettext("yes") if value == "True" else gettext("no")
        return str(dict(part.flatchoices).get(value, value))


def name_of(key: Key, field: str = "") -> str:
    """What the question about a row, or about one of its fields, is called."""
    return ".".join((*key, field))


def entered(form: Any, name: str) -> str | None:
    """What was entered in a field, as a plain text; None where it is nothing that is stored."""
    form.errors  # noqa: B018 (cleans it)
    cleaned = getattr(form, "cleaned_data", {})
    if name not in cleaned or getattr(cleaned[name], "pk", cleaned) is None:
        return None
    return plain(cleaned[name])


def is_vanished(form: Any, formset: Any) -> bool:
    """Whether a form is that of a row which was stored when the page was opened, and is no more."""
    return not form.instance.pk and bool(form[formset._pk_field.name].data)


def name_of_gone(form: Any) -> str:
    """What a row that is not stored any more is called by what was entered."""
    form.errors  # noqa: B018 (cleans it)
    kind = capfirst(str(form._meta.model._meta.verbose_name))
    try:
        return f"{kind} {form.instance}"
    except ObjectDoesNotExist:
        return kind


def keys_within(form: Any) -> Iterator[str]:
    """The names under which the rows within a row send their keys, and that of the row."""
    for formset in getattr(form, "nested_formsets", ()):
        for row in formset.forms:
            yield row.add_prefix(formset._pk_field.name)
            yield row.add_prefix(formset.fk.name)
            yield from keys_within(row)


def forms_in(formsets: Iterable[Any]) -> Iterator[Any]:
    """The forms of rows and of the rows within."""
    for formset in formsets:
        for form in formset.forms:
            yield form
            yield from forms_in(getattr(form, "nested_formsets", ()))


def as_stored(form: Any, name: str) -> Data:
    """What a browser would send of a field that shows what is stored."""
    unsent = copy(form)
    unsent.is_bound = False
    unsent._bound_fields_cache = {}
    fields = Fields()
    fields.feed(str(unsent[name]))
    return {form.add_prefix(name): list[str](), **fields.sent}


class Fields(HTMLParser):
    """The fields of a form in HTML, with the values that a browser sends of them."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: Data = {}
        self._select, self._textarea = "", ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name, value = given.get("name") or "", given.get("value")
        if tag == "select":
            self._select = name
        elif tag == "textarea":
            self._textarea = name
            self.sent[name] = [""]
        elif tag == "option" and "selected" in given:
            self.sent.setdefault(self._select, []).append(value or "")
        elif tag == "input" and name:
            values = self.sent.setdefault(name, [])
            if given.get("type") not in ("checkbox", "radio") or "checked" in given:
                values.append("on" if value is None and given.get("type") else value or "")

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self.sent[self._textarea][0] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            name, self._textarea = self._textarea, ""
            self.sent[name] = [self.sent[name][0].removeprefix("\r\n").removeprefix("\n")]
        elif tag == "select":
            self._select = ""
