"""What a file of the dataset says of itself."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from rounds.models import Edition

NAME = "astana"  # of the dataset, in the names of its files
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
LICENCE_NAME = "CC-BY-4.0"


def title_of_dataset() -> str:
    """What the dataset is called, in files and in references."""
    return gettext("Astana process tracker: the dataset")


@dataclass(frozen=True)
class Imprint:
    """Which edition of the record it is, from which site, and as which release, if any.

    ``root`` stands before each path: ``https://example.org``. ``publisher`` is who runs the
    site, "" where that is not said; ``at`` is when the record was changed last.
    """

    edition: int
    at: datetime
    root: str
    release: str = ""
    publisher: str = ""
    publisher_url: str = ""

    @classmethod
    def of(cls, edition: Edition, root: str, operator: dict[str, str]) -> "Imprint":
        return cls(
            edition.number,
            edition.changed_at,
            root,
            publisher=operator["name"],
            publisher_url=operator["url"],
        )

    @property
    def version(self) -> str:
        return self.release or f"edition-{self.edition}"

    @property
    def title(self) -> str:
        return title_of_dataset()

    @property
    def about(self) -> str:
        """What the dataset is, in two sentences."""
        return gettext(
            "The record of the Astana process, the International Meetings on Syria held under "
            "Türkiye, Russia and Iran since January 2017: each round with who came, what was on "
            "the agenda, what came of it, and a source on every fact. What no source says is left "
            "empty, which means “not recorded” and never “absent”."
        )

    @property
    def address(self) -> str:
        """Where it is explained: for a release, for good."""
        return (
            f"{self.root}/data/releases/{self.release}/" if self.release else f"{self.root}/data/"
        )

    @property
    def keywords(self) -> list[str]:
        return ["Astana process", "Syria", "peace process", "negotiations", "mediation"]
