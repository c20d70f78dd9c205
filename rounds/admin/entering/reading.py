"""What the page of a round reads, each kind of thing once, however many rows there are."""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import ForeignKey, Model, QuerySet, Value, prefetch_related_objects
from django.http import HttpRequest
from django.utils.translation import gettext
from rapidfuzz import fuzz, process

from rounds.models import Round
from rounds.participants.models import Participant, Person
from rounds.search.words import folded
from rounds.sources.admin import shown_to
from rounds.sources.models import Source, Sourced
from rounds.topics.models import Topic
from rounds.wording.lists import any_of, quoted

NAMED: tuple[Any, ...] = (Participant, Person, Topic)  # what is found by any of its names
LIKE = 75  # of 100, how much a name has in common with one that is proposed in its place


Spelling = tuple[str, ...]


def spelled(name: str) -> Spelling:
    """The words of a name without case, accents and hyphens, whichever comes first."""
    return tuple(sorted(re.findall(r"\w+", folded(name).replace("'", ""))))


class Reading:
    """What one request reads for the page of a round; ``round`` is None for a new one."""

    def __init__(self, request: HttpRequest, models: Iterable[type[Model]]) -> None:
        self.request = request
        self.round: Round | None = None
        self._models = tuple(models)
        self._named: dict[type[Model], dict[int, Any]] = {}
        self.new_people: dict[Spelling, Person] = {}  # entered with this form, by their names
        self.new_members: dict[Spelling, Any] = {}  # the rows that they are in
        self.formsets: dict[type[Model], Any] = {}  # their classes, by the models of their rows

    def know(self, round_: Round | None) -> None:
        """Read the round with its rows; None for a new one."""
        self.round = round_
        self.__dict__.pop("_rows", None)
        self._rows  # noqa: B018

    def named(self, model: type[Model]) -> dict[int, Any]:
        """What the user may name of participants, people or topics, by their keys."""
        if model not in self._named:
            rows = shown_to(self.request.user, model._default_manager.all())
            self._named[model] = {one.pk: one for one in rows}
        return self._named[model]

    def find(self, model: type[Model], text: str) -> Any:
        """What is called so, by any of its names in any spelling.

        ValidationError where nothing is, or several things are.
        """
        wanted = spelled(text)
        things = self.named(model)
        found = [one for one in things.values() if spelled(str(one)) == wanted]
        found = found or [things[key] for key in self._called(model).get(wanted, ())]
        if len(found) == 1:
            return found[0]
        if found:
            raise ValidationError(
                gettext("“%(text)s” may be %(names)s. Give one of these names.")
                % {"text": text, "names": any_of(quoted(one) for one in found)}
            )
        raise ValidationError(self._unknown(model, text))

    def _called(self, model: type[Model]) -> dict[Spelling, set[int]]:
        """The keys of what is called so, by names other than the first."""
        found: dict[Spelling, set[int]] = defaultdict(set)
        things = self.named(model)
        prefetch_related_objects(list(things.values()), "names")
        for key, one in things.items():
            for name in one.known_as:
                found[spelled(name)].add(key)
        return found

    def _unknown(self, model: type[Model], text: str) -> str:
        names = [str(one) for one in self.named(model).values()]
        near = process.extract(
            text, names, scorer=fuzz.WRatio, processor=folded, limit=3, score_cutoff=LIKE
        )
        if near:
            return gettext("Nothing on record is called “%(text)s”. Do you mean %(names)s?") % {
                "text": text,
                "names": any_of(quoted(name) for name, _score, _place in near),
            }
        return gettext("Nothing on record is called “%(text)s”.") % {"text": text}

    def rows(self, model: type[Model]) -> list[Any]:
        """The rows of a kind that the round has, with their sources, in order."""
        return self._rows[model]

    @cached_property
    def _rows(self) -> dict[type[Model], list[Any]]:
        found: dict[type[Model], list[Any]] = {model: [] for model in self._models}
        if self.round is None or self.round.pk is None:
            return found
        for model in self._models:
            path: Any = model.path_to_round  # type: ignore[attr-defined]
            found[model] = list(model._default_manager.filter(**{path: self.round.pk}))
            self._know_named(model, found[model])
        know_sources([self.round, *(one for rows in found.values() for one in rows)])
        return found

    def _know_named(self, model: type[Model], rows: list[Any]) -> None:
        """Give rows the participants, people and topics that they name."""
        for field in model._meta.get_fields():
            if field.related_model not in NAMED or field.auto_created:
                continue
            if isinstance(field, ForeignKey):
                things = self.named(field.related_model)
                for row in rows:
                    if one := things.get(getattr(row, field.attname)):
                        setattr(row, field.name, one)
            elif field.name != "people":
                prefetch_related_objects(rows, field.name)

    def sources(self, keys: Iterable[int]) -> dict[int, Source]:
        """Sources by their keys; those that were sent with the form are read at once."""
        if missing := set(keys) - self._sources.keys():
            self._sources.update(Source.objects.in_bulk(missing))
        return self._sources

    @cached_property
    def _sources(self) -> dict[int, Source]:
        sent = {
            int(key)
            for name, values in self.request.POST.lists()
            if name.endswith(("sources", "tray"))
            for key in " ".join(values).split()
            if key.isdecimal() and len(key) < 10
        }
        return Source.objects.in_bulk(sent) if sent else {}


def know_sources(facts: Iterable[Any]) -> None:
    """Read the sources of facts of any kinds at once: one query for which, one for them."""
    by_model: dict[type[Sourced], dict[int, Any]] = defaultdict(dict)
    for fact in facts:
        if isinstance(fact, Sourced):
            by_model[type(fact)][fact.pk] = fact
    models = list(by_model)
    cited: list[QuerySet[Any, Any]] = []
    for place, model in enumerate(models):
        field: Any = model._meta.get_field("sources")
        column = f"{field.m2m_field_name()}_id"
        rows = field.remote_field.through._default_manager.order_by()
        rows = rows.filter(**{f"{column}__in": list(by_model[model])})
        cited.append(rows.annotate(kind=Value(place)).values_list("kind", column, "source_id"))
    pairs = list(cited[0].union(*cited[1:], all=True)) if cited else []
    sources = Source.objects.in_bulk({source for _kind, _key, source in pairs})
    keys: dict[Any, list[int]] = defaultdict(list)
    for kind, key, source in pairs:
        keys[models[kind], key].append(source)
    for model, rows_of_kind in by_model.items():
        for key, fact in rows_of_kind.items():
            known = [sources[one] for one in keys[model, key]]
            remember(fact, "sources", sorted(known, key=lambda one: one.slug))


def remember(one: Any, relation: str, found: list[Any]) -> None:
    """Let an object give these from its relation, as ``prefetch_related`` does."""
    rows = getattr(one, relation).get_queryset()
    rows._result_cache = found
    rows._prefetch_done = True
    if not hasattr(one, "_prefetched_objects_cache"):
        one._prefetched_objects_cache = {}
    one._prefetched_objects_cache[relation] = rows
