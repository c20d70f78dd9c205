"""Which sources the facts of rounds rest on."""

from collections import defaultdict
from collections.abc import Collection

from rounds.models import FACTS


def sources_by_round(rounds: Collection[int]) -> dict[int, set[int]]:
    """For the keys of rounds, the keys of all sources that any fact of each names."""
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
