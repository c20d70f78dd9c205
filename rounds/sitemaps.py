"""The addresses of all that everybody may see, for those who look through sites (sitemaps.org).

Each says when its page last told readers something else, as feeds do (``exports.moments.Told``):
a round that it names was published, or a correction was told of it. Typos do not count.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from rounds import addresses
from rounds.exports.moments import Told
from rounds.findings.sourcing import sources_by_round
from rounds.models import AgendaItem, Commitment, Delegation, Member, Paragraph, Release, Round
from rounds.participants.models import Participant, Person
from rounds.sources.models import Source
from rounds.templatetags import navigation
from rounds.topics.models import Topic

EVERYBODY = AnonymousUser()
Pairs = Iterable[tuple[int, int]]  # keys of objects, each with that of a round that names it


class Entry(NamedTuple):
    """A page by its path, and when it changed; None where that is not known."""

    path: str
    changed: datetime | None = None


class Ground:
    """What all sections stand on: the rounds that everybody may see, and what was told when."""

    def __init__(self) -> None:
        self.told = Told()
        rounds = Round.objects.visible_to(EVERYBODY).oldest().only("number")
        self.rounds = {round_.pk: round_ for round_ in rounds}

    def last(self) -> datetime:
        """When anything was told of any round."""
        found = map(self.told.of_round, self.rounds.values())
        return max(found, default=self.told.beginning)


class Pages(Sitemap[Entry]):
    """The pages of a section, read once for each request."""

    def __init__(self, ground: Ground) -> None:
        self.told, self.rounds, self.ground = ground.told, ground.rounds, ground

    def entries(self) -> Iterator[Entry]:
        raise NotImplementedError

    @cached_property
    def _entries(self) -> list[Entry]:
        return list(self.entries())

    def items(self) -> list[Entry]:
        return self._entries

    def location(self, item: Entry) -> str:
        return item.path

    def lastmod(self, item: Entry) -> datetime | None:
        return item.changed


class Lists(Pages):
    """The pages that lead to all others, as every page has them at its foot, and some beside."""

    # Those that show something of every round change with any.
    OF_ROUNDS = ("list", "changes", "gaps", "topic_matrix", "attendance_matrix")
    BESIDE = ("codebook", "releases", "api_docs")

    def entries(self) -> Iterator[Entry]:
        changed = self.ground.last()
        of_rounds = [f"rounds:{name}" for name in self.OF_ROUNDS]
        for _section, pages in navigation.SECTIONS:
            for view, _label in pages:
                yield Entry(reverse(view), changed if view in of_rounds else None)
        for name in self.BESIDE:
            yield Entry(reverse(f"rounds:{name}"))
        for release in Release.objects.newest_first():
            yield Entry(release.get_absolute_url(), release.released_at)


class Rounds(Pages):
    def entries(self) -> Iterator[Entry]:
        for round_ in self.rounds.values():
            yield Entry(round_.get_absolute_url(), self.told.of_round(round_))


class Slugs(Pages):
    """What has a page by its slug, and is named by rounds."""

    model: Any
    anchor = ""  # under which it stands on the pages of these, before its slug

    def pairs(self) -> Pairs:
        raise NotImplementedError

    def path(self, slug: str) -> str:
        raise NotImplementedError

    def entries(self) -> Iterator[Entry]:
        naming: dict[int, set[int]] = defaultdict(set)
        for key, round_ in self.pairs():
            naming[key].add(round_)
        objects = self.model.objects.visible_to(EVERYBODY).order_by("slug")
        for key, slug in objects.values_list("pk", "slug"):
            keys, path = naming[key] & self.rounds.keys(), self.path(slug)
            yield Entry(path, self.told.of_page(path, keys, self._places(slug, keys)))

    def _places(self, slug: str, rounds: Iterable[int]) -> list[str]:
        """Where what is said of it stands on the pages of rounds."""
        if not self.anchor:
            return []
        return [f"{self.rounds[key].get_absolute_url()}#{self.anchor}{slug}" for key in rounds]


class Topics(Slugs):
    model, anchor = Topic, "topic-"
    path = staticmethod(addresses.of_topic)

    def pairs(self) -> Pairs:
        return _pairs(AgendaItem, "topic", "round")


class Participants(Slugs):
    model, anchor = Participant, "delegation-"
    path = staticmethod(addresses.of_participant)

    def pairs(self) -> Pairs:
        return _pairs(Delegation, "participant", "round")


class People(Slugs):
    model = Person
    path = staticmethod(addresses.of_person)

    def pairs(self) -> Pairs:
        return _pairs(Member, "person", "delegation__round")


class Sources(Slugs):
    model = Source
    path = staticmethod(addresses.of_source)

    def pairs(self) -> Pairs:
        cited = sources_by_round(Round.objects.visible_to(EVERYBODY).order_by().values("pk"))
        return [(source, key) for key, sources in cited.items() for source in sources]


class Commitments(Pages):
    def entries(self) -> Iterator[Entry]:
        commitments = Commitment.objects.visible_to(EVERYBODY).order_by("slug")
        for one in commitments.only("slug", "round_id"):
            yield Entry(one.get_absolute_url(), self.told.of_commitment(one))


class Statements(Pages):
    """What the statements say on each topic, point by point."""

    def entries(self) -> Iterator[Entry]:
        points = Paragraph.objects.visible_to(EVERYBODY).exclude(topics=None).order_by()
        naming: dict[str, set[int]] = defaultdict(set)
        for slug, key in points.values_list("topics__slug", "document__round").distinct():
            naming[slug].add(key)
        for slug, keys in sorted(naming.items()):
            path = reverse("rounds:statement_topic", args=[slug])
            yield Entry(path, self.told.of_page(path, keys))


def _pairs(model: Any, named: str, round_: str) -> Pairs:
    rows = model.objects.visible_to(EVERYBODY).order_by()
    found: Pairs = rows.values_list(named, round_).distinct()
    return found


SECTIONS: dict[str, type[Pages]] = {
    "lists": Lists,
    "rounds": Rounds,
    "topics": Topics,
    "statements": Statements,
    "commitments": Commitments,
    "participants": Participants,
    "people": People,
    "sources": Sources,
}


def sitemaps(*names: str) -> dict[str, Any]:
    """The sitemaps of the sections of these names, as far as there are such; without a name all."""
    ground = Ground()
    return {name: SECTIONS[name](ground) for name in names or SECTIONS if name in SECTIONS}
