"""How much the record holds."""

from dataclasses import dataclass

from rounds.access import Visitor, keeper
from rounds.findings.outline import outline_seen_by
from rounds.models import FACTS
from rounds.querysets import Outline
from rounds.sources.models import Source


@dataclass(frozen=True)
class Holdings:
    """The rounds, and how many there are of each kind of fact, by the name of its model."""

    rounds: list[Outline]
    counts: dict[str, int]
    languages: int

    @property
    def facts(self) -> int:
        """How many facts there are, of whatever kind."""
        return sum(self.counts[str(model._meta.model_name)] for model in FACTS)


def holdings_seen_by(user: Visitor) -> Holdings:
    """What of the record the visitor may see, counted; kept, so not to be changed."""

    def count() -> tuple[dict[str, int], int]:
        sources = Source.objects.visible_to(user)
        counts = {
            str(model._meta.model_name): model._default_manager.visible_to(user).count()  # type: ignore[attr-defined]
            for model in (*FACTS, Source)
        }
        return counts, sources.languages().count()

    return Holdings(outline_seen_by(user), *keeper(user)("holdings", make=count))
