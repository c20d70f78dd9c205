"""Which sources the facts of rounds rest on."""

from collections import defaultdict
from collections.abc import Collection

from rounds.models import (
    AgendaItem,
    Claim,
    Delegation,
    Dispute,
    Document,
    Outcome,
    Round,
    Session,
)

PATHS = {
    Round: "round",
    Session: "session__round",
    Delegation: "delegation__round",
    AgendaItem: "agendaitem__round",
    Outcome: "outcome__round",
    Document: "document__round",
    Dispute: "dispute__round",
    Claim: "claim__dispute__round",
}


def sources_by_round(rounds: Collection[int]) -> dict[int, set[int]]:
    """For the keys of rounds, the keys of all sources that any fact of each names."""
    first, *others = (
        model.sources.through._default_manager.filter(**{f"{path}__in": rounds}).values_list(
            path, "source"
        )
        for model, path in PATHS.items()
    )
    found: dict[int, set[int]] = defaultdict(set)
    for round_, source in first.union(*others):
        found[round_].add(source)
    return found
