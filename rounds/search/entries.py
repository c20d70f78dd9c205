"""What the index says of each object: what readers see of it, and by which words it is found.

The index says nothing of its own, so that no rule of the domain hides here. Rounds are found
by the words of all their parts, and these by the names of what they refer to.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.db.models import Model, Q

from rounds.access import Visitor, is_of_round, may_see_unpublished, public, public_keys
from rounds.models import FACTS, Round, SearchEntry
from rounds.querysets import SearchEntryQuerySet
from rounds.search.kinds import KINDS, Kind
from rounds.search.words import every_reading, folded, listed, stems, written
from rounds.sources.models import Sourced


def entries_seen_by(user: Visitor, kinds: Collection[Kind] = KINDS) -> SearchEntryQuerySet:
    """The entries of those kinds that the visitor may see; see ``access.seen_by``."""
    condition = Q(kind__in=[one.number for one in kinds if is_of_round(one.model)])
    condition &= public(SearchEntry)
    for kind in kinds:
        model: type[Model] = kind.model
        if not is_of_round(model):
            condition |= Q(kind=kind.number, object_id__in=public_keys(user, model))
    entries: SearchEntryQuerySet = SearchEntry.objects.of_kinds(kinds)
    if may_see_unpublished(user):
        return entries.annotate(is_public=condition)
    return entries.filter(condition)


def entries_of(kind: Kind, keys: Collection[int] | None = None) -> Iterator[SearchEntry]:
    """The entries of the kind's objects with the keys; of all its objects for None."""
    objects = kind.model.objects.with_mentions()
    if keys is not None:
        objects = objects.filter(pk__in=keys)
    found = list(objects)
    more = _texts_of_parts([one.pk for one in found]) if kind.model is Round else {}
    return (_entry(kind, one, more.get(one.pk, ())) for one in found)


def _entry(kind: Kind, thing: Any, more: Iterable[str]) -> SearchEntry:
    """The entry of an object; ``more`` are texts that find it but are not shown."""
    words = thing.words()
    # It is the link to the thing: what has nothing else to be called by is called by its text.
    title = words.title or words.label or words.text
    spelled = every_reading([title, *thing.known_as])
    others = every_reading([words.text, words.label, *thing.mentions(), *more])
    round_ = thing.its_round if is_of_round(kind.model) else None
    day = round_.start if round_ else words.day
    return SearchEntry(
        kind=kind.number,
        object_id=thing.pk,
        round=round_,
        anchor=_anchor(kind, thing),
        language=words.language,
        title=title,
        names="\n".join(thing.known_as),
        text=next((one for one in (words.text, words.label) if one and one != title), ""),
        beginnings=listed(map(folded, written(name)) for name in spelled),
        title_words=listed(map(stems, spelled)),
        words=listed(map(stems, [*spelled, *others])),
        weight=-day.toordinal() if day else 0,
    )


def _anchor(kind: Kind, thing: Any) -> str:
    """By what the address of an object is made again from its entry."""
    if kind.page is Round:
        return str(thing.anchor)
    if kind.page is kind.model:
        return str(thing.slug)
    return f"{thing.its_page.slug}#{thing.anchor}"


def _texts_of_parts(rounds: Collection[int]) -> dict[int, list[str]]:
    """What is said of the parts of each round, by the rounds' keys."""
    found: dict[int, list[str]] = defaultdict(list)
    for model in FACTS:
        if model.path_to_round:
            parts: Any = model._default_manager
            for part in parts.of(rounds).with_mentions():
                found[part.its_round.pk] += _texts(part)
    return found


def _texts(part: Sourced) -> list[str]:
    words = part.words()
    return [words.title, words.text, *part.known_as, *part.mentions()]
