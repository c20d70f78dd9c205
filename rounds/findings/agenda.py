"""The agenda of a round: its topics, each at up to three stages."""

from collections.abc import Iterable
from dataclasses import dataclass

from rounds.models import AgendaItem
from rounds.topics.models import Topic


@dataclass(frozen=True)
class Row:
    """A topic with its items by stage, in the order announced, discussed, stated.

    None at a stage means that nothing is reported of it there.
    """

    topic: Topic
    stages: list[tuple[AgendaItem.Stage, AgendaItem | None]]


def by_topic(items: Iterable[AgendaItem]) -> list[Row]:
    """One row for each topic, in the order of the first item of each."""
    found: dict[Topic, dict[str, AgendaItem]] = {}
    for item in items:
        found.setdefault(item.topic, {})[item.stage] = item
    return [
        Row(topic, [(stage, stages.get(stage)) for stage in AgendaItem.Stage])
        for topic, stages in found.items()
    ]
