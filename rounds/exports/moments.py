"""When what is given out was changed, by the history: the same for everybody who asks.

Of what is public only: a draft is published after its edits, and that it was published is later
than all of them. What a database began with has no history; it changed when the database began.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import Max, Model, Q, QuerySet

from rounds.access import PUBLISHED
from rounds.models import Change, Commitment, Edition, PublicChange, Round
from rounds.sources.models import Source

Moments = Mapping[int, datetime]  # by the keys of objects


def changes_of(model: type[Model]) -> QuerySet[Change]:
    return Change.objects.filter(model=model._meta.label_lower).order_by()


def last_by(column: str, changes: QuerySet[Change]) -> Moments:
    return dict(changes.values_list(column).annotate(Max("at")))


class Written:
    """When rounds were written last: their own rows, their lists of sources, and these sources.

    Every edit counts, also one that readers are not told of, as that of a typo.
    """

    def __init__(self) -> None:
        self.beginning = Edition.objects.beginning()
        self._rounds = last_by("key", changes_of(Round))
        self._lists = last_by("parent", changes_of(Round.sources.through))
        self._sources = last_by("key", changes_of(Source))

    def of(self, round_: Round) -> datetime:
        """Of a round that comes with its sources."""
        found = [self._rounds.get(round_.pk), self._lists.get(round_.pk)]
        found += [self._sources.get(source.pk) for source in round_.sources.all()]
        return max(filter(None, found), default=self.beginning)


class Told:
    """When what readers see changed last: it became public, or a correction was told.

    Typos do not count: they say what was said before.
    """

    def __init__(self) -> None:
        self.beginning = Edition.objects.beginning()
        is_new = Q(before__isnull=True) | ~Q(before__publication=PUBLISHED)
        published = changes_of(Round).filter(is_new, after__publication=PUBLISHED)
        self._published = last_by("key", published)
        self._added = last_by("key", changes_of(Commitment).filter(before__isnull=True))
        corrections = PublicChange.objects.real().order_by()
        of_rounds = corrections.filter(page_model=Round._meta.label_lower)
        self._in_rounds = dict(of_rounds.values_list("page_key").annotate(Max("at")))
        self._at = dict(corrections.values_list("address").annotate(Max("at")))
        self._on_pages: dict[str, datetime] = {}
        for address, at in self._at.items():
            page = address.partition("#")[0]
            self._on_pages[page] = max(at, self._on_pages.get(page, at))

    def of_round(self, round_: Round) -> datetime:
        """Of a round with all its parts."""
        return self._last(self._published.get(round_.pk), self._in_rounds.get(round_.pk))

    def of_commitment(self, commitment: Commitment) -> datetime:
        """Of a commitment with the evidence of what became of it."""
        return self._last(
            self._published.get(commitment.round_id),
            self._added.get(commitment.pk),
            self._on_pages.get(commitment.get_absolute_url()),
        )

    def of_parts(self, round_: Round, addresses: Iterable[str]) -> datetime:
        """Of some facts of a round, by where they stand; and of its dates and place.

        What was removed from the round counts too: it stands nowhere any more.
        """
        at = [self._at.get(one) for one in (round_.get_absolute_url(), *addresses)]
        return self._last(self._published.get(round_.pk), *at)

    def of_page(
        self, path: str, rounds: Iterable[int] = (), addresses: Iterable[str] = ()
    ) -> datetime:
        """Of a page at that path, which names rounds, by their keys, and shows facts of these.

        ``addresses`` are where these facts stand on the pages of their rounds.
        """
        at = [self._at.get(one) for one in addresses]
        at += [self._published.get(key) for key in rounds]
        return self._last(self._on_pages.get(path), *at)

    def _last(self, *found: datetime | None) -> datetime:
        return max(filter(None, found), default=self.beginning)
