"""Which sources the facts of rounds rest on."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import QuerySet, Value

from rounds.models import FACTS
from rounds.sources.models import Source, Sourced

Fact = tuple[type[Sourced], int]  # by its model and key


def sources_by_round(rounds: Collection[int] | QuerySet[Any, Any]) -> dict[int, set[int]]:
    """For the keys of rounds, the keys of all sources that any fact of each names.

    They are given as such, or as a query for them.
    """
    citations = []
    for model in FACTS:
        if model.path_to_round is not None:
            steps = [str(model._meta.model_name), model.path_to_round]
            path = "__".join(filter(None, steps))
            cited = model.sources.through._default_manager.filter(**{f"{path}__in": rounds})
            citations.append(cited.values_list(path, "source"))
    found: dict[int, set[int]] = defaultdict(set)
    for round_, source in citations[0].union(*citations[1:]):
        found[round_].add(source)
    return found


def sources_of(facts: Mapping[type[Sourced], Collection[int]]) -> dict[Fact, list[Source]]:
    """For facts, given by their models and keys, the sources of each; in two queries."""
    models = list(facts)
    citations = []
    for place, model in enumerate(models):
        name = str(model._meta.model_name)
        cited = model.sources.through._default_manager.filter(**{f"{name}__in": facts[model]})
        citations.append(cited.values_list(Value(place), name, "source"))
    if not citations:
        return {}
    rows = list(citations[0].union(*citations[1:]))
    sources = Source.objects.in_bulk({source for _place, _fact, source in rows})
    found: dict[Fact, list[Source]] = defaultdict(list)
    for place, fact, source in rows:
        found[models[place], fact].append(sources[source])
    return {fact: sorted(those, key=lambda one: one.slug) for fact, those in found.items()}
