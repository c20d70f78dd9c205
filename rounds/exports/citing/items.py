"""What is cited, as items of CSL-JSON; every other form of a reference follows from these.

The variables are those of CSL 1.0.2: https://docs.citationstyles.org/en/stable/specification.html
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext

from rounds.exports.imprint import title_of_dataset
from rounds.models import Edition, Release, Round
from rounds.sources.models import Source
from rounds.wording.dates import Precision, written

Item = dict[str, Any]

FIGURES = {Precision.YEAR: 1, Precision.MONTH: 2, Precision.DAY: 3}  # of a date, as it is known


@dataclass(frozen=True)
class Reading:
    """The record as it is read on a day: what the references to all of its pages share.

    ``root`` is the address of the site without a slash at its end. With the name of a ``release``
    that is what is cited, not the edition, which changes on.
    """

    root: str
    language: str
    day: date
    edition: Edition | None
    release: str = ""

    def page(self, title: str, path: str) -> Item:
        """A page of the record, by its title and its path with the query."""
        site, operator = gettext("Astana process tracker"), settings.OPERATOR["name"]
        item: Item = {
            "id": key_of(path),
            "type": "webpage",
            "title": title,
            "author": [{"literal": operator or site}],
            "container-title": site,
            "URL": self.root + path,
            "accessed": parts_of(self.day),
            "language": self.language,
        }
        if operator:
            item["publisher"] = operator
        if self.edition:
            item["issued"] = parts_of(self.edition.day)
        if self.release:
            item["version"] = self.release
        elif self.edition:
            item["edition"] = str(self.edition.number)
        return item

    def dataset(self, path: str, release: Release | None) -> Item:
        """The dataset as it is read, or a release of it, which stays what it is."""
        item = self.page(title_of_dataset(), path) | {"type": "dataset"}
        del item["container-title"]  # its title says where it is from
        item["publisher"] = item["author"][0]["literal"]
        if release:
            item |= {"version": release.name, "issued": parts_of(release.day)}
            item.pop("edition", None)
        return item

    def round(self, round_: Round) -> Item:
        """The page of a round."""
        return self.page(title_of(round_), round_.get_absolute_url())

    def source(self, source: Source) -> Item:
        """A publication, where it can be read."""
        title = f"[{source.title}]" if source.title_is_descriptive else source.title
        item: Item = {
            "id": source.slug,
            "type": "webpage",
            "title": title,
            "container-title": source.publisher,
            "URL": source.url,
            "accessed": parts_of(self.day),
            "language": source.language,
        }
        if source.published:
            item["issued"] = parts_of(source.published, source.published_precision)
        if source.archive_url:
            item["archive_location"] = source.archive_url
        return item

    def all(self, rounds: Iterable[Round], sources: Iterable[Source]) -> Iterator[Item]:
        """The pages of rounds, then publications."""
        for round_ in rounds:
            yield self.round(round_)
        for source in sources:
            yield self.source(source)


def title_of(round_: Round) -> str:
    """What the page of a round is called."""
    dates = written(round_.start, round_.end, round_.date_precision)
    return gettext("Round %(number)d: %(dates)s, %(city)s") % {
        "number": round_.number,
        "dates": dates,
        "city": round_.city,
    }


def key_of(path: str) -> str:
    """The key of a page, for good: “astana-rounds-22”, of what is filtered with a number."""
    parts = urlsplit(path)
    words = re.findall(r"[A-Za-z0-9]+", parts.path) or ["timeline"]
    number = blake2b(parts.query.encode(), digest_size=4).hexdigest() if parts.query else ""
    return "-".join(filter(None, ["astana", *words, number]))


def parts_of(day: date, precision: str = Precision.DAY) -> dict[str, list[list[int]]]:
    """A day as CSL has it, no finer than it is known."""
    return {"date-parts": [[day.year, day.month, day.day][: FIGURES[Precision(precision)]]]}


def day_of(item: Item, variable: str) -> tuple[int, ...]:
    """A date of an item by its figures, year first; empty where it is not known."""
    return tuple(item[variable]["date-parts"][0]) if variable in item else ()


def iso(item: Item, variable: str) -> str:
    """A date as ISO 8601 has it, no finer than it is known."""
    return "-".join(f"{figure:02}" for figure in day_of(item, variable))
