"""The kinds of what is found: every kind of fact, and the sources."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.text import capfirst

from rounds.models import FACTS, Round
from rounds.sources.models import Source


@dataclass(frozen=True)
class Kind:
    """A model whose objects are found.

    ``number`` stands for it in the index, which each ``migrate`` writes anew.
    """

    number: int
    model: type[Any]

    @property
    def slug(self) -> str:
        """What stands for it in an address."""
        return str(self.model._meta.model_name)

    @property
    def label(self) -> str:
        return capfirst(str(self.model._meta.verbose_name_plural))

    @property
    def name(self) -> str:
        """What one of them is called."""
        return capfirst(str(self.model._meta.verbose_name))

    @property
    def page(self) -> type[Any]:
        """The model of that on whose pages they stand."""
        path = getattr(self.model, "path_to_page", "")
        model: Any = self.model
        for name in filter(None, path.split("__")):
            model = model._meta.get_field(name).related_model
        return model

    @property
    def is_part(self) -> bool:
        """Whether they are parts of rounds."""
        return bool(getattr(self.model, "path_to_round", None))


def _shown(kind: Kind) -> int:
    """Rounds come first, then what has a page of its own, parts of rounds, and sources."""
    if kind.model is Round:
        return 0
    return 3 if kind.model is Source else 2 if kind.is_part else 1


# In the order in which they are shown.
MODELS: list[type[Any]] = [Source, *FACTS]
KINDS = sorted((Kind(n, model) for n, model in enumerate(MODELS, 1)), key=_shown)
NUMBERED = {kind.number: kind for kind in KINDS}
KIND_OF: dict[type[Model], Kind] = {kind.model: kind for kind in KINDS}
# Addresses from before the kinds were named by their models have “agenda”.
OF_SLUG = {kind.slug: kind for kind in KINDS}
OF_SLUG["agenda"] = OF_SLUG["agendaitem"]
