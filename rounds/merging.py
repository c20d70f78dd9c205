"""Two objects that are one: what refers to the one that goes refers to the one that stays.

What refers to them is found by the relations of the model, so a new one is followed too.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from django.db import IntegrityError
from django.db.models import CharField, Field, Model, Q, TextField, UniqueConstraint
from django.utils.translation import gettext

from rounds.access import public
from rounds.changes import together
from rounds.models import Change, Edition
from rounds.names import Name
from rounds.old_addresses import addressed_models, lead, lead_all
from rounds.participants.models import Participant, Person
from rounds.sources.models import Source
from rounds.topics.models import Topic
from rounds.triggers import record_models
from rounds.wording.signs import as_seen

Spelling = tuple[str, str]  # language, "" for none, and text

# What can be merged, each with what it is called besides its names.
SPELLINGS: Mapping[type[Model], Callable[[Any], Iterable[Spelling]]] = {
    Topic: lambda topic: [("", topic.label)],
    Participant: lambda one: [("", one.name), ("", one.official_name)],
    Person: lambda person: [("", person.name), (person.native_language, person.native_name)],
    Source: lambda source: [],
}


class RefusedError(Exception):
    """They cannot be merged, since both are in one place that has room for one."""


class Conflict(NamedTuple):
    """Two things of which one has to go first: that of what stays, and that of what goes."""

    stays: Model
    goes: Model


class Moving(NamedTuple):
    """What refers to the one that goes, in one field; in a list both may stand already."""

    field: Any
    rows: list[Any]
    spare: set[int]  # keys of those that what stays has already


class Merge:
    """What becomes of two objects of a kind; nothing is done before ``do``."""

    def __init__(self, stays: Any, goes: Any) -> None:
        if type(stays) is not type(goes) or stays.pk == goes.pk:
            raise ValueError("Only two different objects of one kind can be merged.")
        self.model: type[Model] = type(stays)
        self.stays, self.goes = stays, goes
        self.conflicts: list[Conflict] = []
        self.moving = [one for field in referring(self.model) if (one := self._moving(field)).rows]
        self.spellings = list(self._new_spellings())
        self.filled = dict(self._filled())

    def _moving(self, field: Any) -> Moving:
        model = field.model
        rows = list(model._base_manager.filter(**{field.name: self.goes.pk}))
        spare = set()
        for row in rows:
            other = self._in_its_place(field, row)
            if other is None:
                continue
            if model._meta.auto_created or model not in record_models():
                spare.add(row.pk)
            else:
                self.conflicts.append(Conflict(other, row))
        return Moving(field, rows, spare)

    def _in_its_place(self, field: Any, row: Any) -> Any:
        """What refers to the one that stays where this would come to stand; None without one."""
        for names, condition in _only_once(field.model):
            if field.name in names:
                same = {name: getattr(row, name) for name in names if name != field.name}
                taken = field.model._base_manager.filter(condition, **{field.name: self.stays.pk})
                is_met = field.model._base_manager.filter(condition, pk=row.pk).exists()
                other = taken.filter(**same).first() if is_met else None
                if other is not None:
                    return other
        return None

    def _new_spellings(self) -> Iterator[Spelling]:
        """What the one that goes is called and the one that stays is not, each once."""
        known = {as_seen(text) for _language, text in SPELLINGS[self.model](self.stays)}
        if hasattr(self.stays, "names"):
            known |= {as_seen(name.text) for name in self.stays.names.all()}
            known |= {as_seen(name.text) for name in self.goes.names.all()}  # which move
        for language, text in SPELLINGS[self.model](self.goes):
            if text and as_seen(text) not in known:
                known.add(as_seen(text))
                yield language, text

    def _filled(self) -> Iterator[tuple[Field[Any, Any], Any]]:
        """The texts that the one that goes has and the one that stays lacks."""
        for field in self.model._meta.concrete_fields:
            if isinstance(field, CharField | TextField) and field.blank and field.editable:
                value = getattr(self.goes, field.attname)
                if value and not getattr(self.stays, field.attname):
                    yield field, value

    @property
    def comment(self) -> str:
        """What the history says of it."""
        names = {"goes": self.goes, "stays": self.stays}
        return gettext("Merged “%(goes)s” into “%(stays)s”.") % names

    def do(self) -> None:
        """Merge them, all at once; raises ``RefusedError`` where something is in two places."""
        if self.conflicts:
            raise RefusedError
        try:
            with together(self.comment):
                Edition.objects.lock()
                Merge(self.stays, self.goes)._do()
        except IntegrityError as error:
            raise RefusedError from error

    def _do(self) -> None:
        if self.conflicts:
            raise RefusedError
        was_public = self.model._base_manager.filter(public(self.model), pk=self.goes.pk).exists()
        for one in self.moving:
            rows = one.field.model._base_manager
            rows.filter(pk__in=one.spare).delete()
            moved = [row.pk for row in one.rows if row.pk not in one.spare]
            rows.filter(pk__in=moved).update(**{one.field.name: self.stays.pk})
        if hasattr(self.stays, "names"):
            self._move_names()
        lead_all(self.model, self.goes.pk, self.stays.pk)
        if was_public:
            lead(self.model, getattr(self.goes, addressed_models()[self.model]), self.stays.pk)
        key, label = self.goes.pk, self.model._meta.label_lower
        self.model._base_manager.get(pk=key).delete()
        gone = Change.objects.filter(model=label, key=key, after__isnull=True).latest("pk")
        Change.objects.filter(pk=gone.pk).update(parent=self.stays.pk)
        if self.filled:  # some of it may be what only one may have
            for field, value in self.filled.items():
                setattr(self.stays, field.attname, value)
            self.stays.save(update_fields=[field.name for field in self.filled])

    def _move_names(self) -> None:
        there = {(name.language, name.text) for name in self.stays.names.all()}
        labelled = {name.language for name in self.stays.names.all() if name.is_label}
        for name in self.goes.names.all():
            if (name.language, name.text) not in there:
                name.named = self.stays
                name.is_label = name.is_label and name.language not in labelled
                name.save()
        for language, text in self.spellings:
            if (language, text) not in there:
                self.stays.names.create(language=language, text=text)


def referring(model: type[Model]) -> list[Any]:
    """The fields by which rows refer to objects of the model, also those of lists and past ours.

    Names are left out: what goes along with them is another matter.
    """
    relations: Any = model._meta.get_fields(include_hidden=True)
    fields = [one.field for one in relations if one.one_to_many or one.one_to_one]
    is_reverse = {one.field for one in relations if one.auto_created and not one.concrete}
    return [
        field
        for field in fields
        if field in is_reverse and not issubclass(field.model, Name) and field.model is not model
    ]


def _only_once(model: type[Model]) -> Iterator[tuple[tuple[str, ...], Q]]:
    """The fields of which no two rows have the same, and the condition on these rows."""
    for field in model._meta.concrete_fields:
        if field.unique and not field.primary_key:
            yield (field.name,), Q()
    for names in model._meta.unique_together:
        yield tuple(names), Q()
    for constraint in model._meta.constraints:
        if isinstance(constraint, UniqueConstraint) and constraint.fields:
            yield tuple(constraint.fields), constraint.condition or Q()
