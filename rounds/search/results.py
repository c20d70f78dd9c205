"""What the search finds, best first and grouped by kind."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any, NamedTuple

from django.db.models import Case, Count, F, Q, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from rounds.access import Visitor
from rounds.models import Milestone, Round, SearchEntry, SearchWord
from rounds.participants.models import Participant, Person
from rounds.querysets import SearchEntryQuerySet
from rounds.search.entries import entries_seen_by
from rounds.search.kinds import KIND_OF, KINDS, NUMBERED, Kind
from rounds.search.marks import marked, snippet
from rounds.search.query import QUOTED, Query, any_of
from rounds.search.words import folded, stem, written
from rounds.topics.models import Topic

SHOWN = 5  # of each kind where all kinds are shown
SUGGESTED = 8
MOST_NAMES = 5  # of a hit
NEAR = 0.7  # how alike a proposed word must be, from 0 to 1
CANDIDATES = 30  # some of them may be words of drafts alone
MOST_CHECKED = 8  # words of a query that may be misspelt
READ = 200  # entries in which a proposed word is looked for

SUGGESTED_KINDS = [KIND_OF[one] for one in (Participant, Person, Topic, Round, Milestone)]


def address(entry: SearchEntry) -> str:
    """Where readers find the object of an entry, without reading the object."""
    kind = NUMBERED[entry.kind]
    if entry.round and kind.page is Round:
        page = entry.round.get_absolute_url()
        return f"{page}#{entry.anchor}" if kind.is_part else page
    slug, mark, place = entry.anchor.partition("#")
    return f"{kind.page(slug=slug).get_absolute_url()}{mark}{place}"


@dataclass(frozen=True)
class Hit:
    """An entry as it is shown: with the words of the query marked."""

    entry: SearchEntry
    query: Query
    event: Round | Milestone | None = None  # with the dates, of a round or milestone

    @property
    def url(self) -> str:
        return address(self.entry)

    @cached_property
    def title(self) -> SafeString:
        return marked(self.entry.title, self.query.marked)

    @cached_property
    def names(self) -> SafeString:
        """The other names that have a word of the query."""
        names = (marked(name, self.query.marked) for name in self.entry.names.splitlines())
        found = [(name,) for name in names if "<mark>" in name][:MOST_NAMES]
        return format_html_join(" · ", "<bdi>{}</bdi>", found)

    @cached_property
    def text(self) -> SafeString:
        return snippet(self.entry.text, self.query.marked)

    @property
    def is_in_parts(self) -> bool:
        """Whether only the parts of the round have the words, which are not shown here."""
        shown = self.title, self.names, self.text
        is_round = NUMBERED[self.entry.kind].model is Round
        return is_round and not any("<mark>" in html for html in shown)

    @property
    def is_public(self) -> bool:
        return getattr(self.entry, "is_public", True)

    @property
    def part_of(self) -> Round | None:
        """The round of a part."""
        return self.entry.round if NUMBERED[self.entry.kind].is_part else None


def shown(entries: Collection[SearchEntry], query: Query) -> list[Hit]:
    """The entries as they are shown; the milestones among them are read, for their dates."""
    of_milestones = [one for one in entries if one.kind == KIND_OF[Milestone].number]
    milestones = Milestone.objects.in_bulk([one.object_id for one in of_milestones])
    events: dict[int, Round | Milestone | None] = {
        one.pk: one.round for one in entries if one.kind == KIND_OF[Round].number
    }
    events |= {one.pk: milestones.get(one.object_id) for one in of_milestones}
    return [Hit(one, query, events.get(one.pk)) for one in entries]


class Group(NamedTuple):
    """The first hits of a kind, and how many there are."""

    kind: Kind
    total: int
    hits: list[Hit]

    @property
    def is_complete(self) -> bool:
        return len(self.hits) == self.total


def hits(entries: SearchEntryQuerySet, query: Query) -> SearchEntryQuerySet:
    """Entries with every word and phrase of the query: so named, so entitled, the others."""
    rank = Case(
        When(query.name_condition(), then=Value(0)),
        When(query.title_condition(), then=Value(1)),
        default=Value(2),
    )
    found = entries.having(query.groups).filter(query.phrase_condition())
    return found.annotate(rank=rank).order_by("rank", "weight", "object_id")


def groups(user: Visitor, query: Query) -> list[Group]:
    """The hits that the user may see by kind, the kind with the best hit first."""
    order = [F("rank").asc(), F("weight").asc(), F("object_id").asc()]
    of_kind: dict[str, Any] = {"partition_by": [F("kind")]}
    rows = (
        hits(entries_seen_by(user), query)
        .annotate(nth=Window(RowNumber(), order_by=order, **of_kind))
        .annotate(total=Window(Count("*"), **of_kind))
        .filter(nth__lte=SHOWN)
        .order_by("nth")
        .values_list("pk", "kind", "total", "rank")
    )
    found = list(rows)
    # Asked again who may see them: they may have been hidden, or written anew, since.
    entries = entries_seen_by(user).as_shown().in_bulk([row[0] for row in found])
    by_key = {hit.entry.pk: hit for hit in shown(entries.values(), query)}
    within: dict[int, list[Hit]] = {}
    best: dict[int, tuple[int, int]] = {}
    for pk, kind, total, rank in found:
        if pk not in by_key:
            continue
        best.setdefault(kind, (rank, total))
        within.setdefault(kind, []).append(by_key[pk])
    kinds = [kind for kind in KINDS if kind.number in within]
    kinds.sort(key=lambda kind: best[kind.number][0])
    return [Group(kind, best[kind.number][1], within[kind.number]) for kind in kinds]


def of_kind(user: Visitor, query: Query, kind: Kind) -> SearchEntryQuerySet:
    """All hits of a kind that the user may see, best first."""
    return hits(entries_seen_by(user, [kind]).as_shown(), query)


def mentioning(query: Query) -> QuerySet[SearchEntry, Any]:
    """The keys of the rounds that, in all their parts together, have every word of the query."""
    rounds = SearchEntry.objects.of_kinds([KIND_OF[Round]])
    if query.problem:
        return rounds.none().values("object_id")
    return rounds.having(query.groups).filter(query.phrase_condition()).values("object_id")


def suggestions(user: Visitor, text: str, kind: Kind | None = None) -> list[SearchEntry]:
    """Things with a word in title or names that begins with, or means, each word of the text.

    Of one kind all of them, otherwise the first few.
    """
    query = Query(text, user)
    if query.problem or len(text.strip()) < 2:
        return []
    entries = entries_seen_by(user, [kind] if kind else SUGGESTED_KINDS)
    words = query.loose or query.stems
    for word in words:
        begins = Q(beginnings__contains=f" {folded(word)}")
        means = any_of("title_words", ([one] for one in query.group(stem(word))))
        entries = entries.filter(begins | means)
    begins = Q(beginnings__contains=f" / {folded(words[0])}") | Q(kind=KIND_OF[Person].number)
    first = When(begins, then=Value(0))
    place = Case(*(When(kind=one.number, then=n) for n, one in enumerate(SUGGESTED_KINDS)))
    ordered = entries.order_by(
        Case(first, default=Value(1)), place, "weight", "beginnings", "object_id"
    )
    return list(ordered.as_shown()[: None if kind else SUGGESTED])


def did_you_mean(user: Visitor, query: Query) -> str:
    """The query with its misspelt words replaced; empty where that would find nothing either.

    Only the first words are looked at, and only words of entries that the user may see are
    proposed. Counting them takes PostgreSQL to the index; asked whether there is one, it reads
    the table, which for a rare word is slow.
    """
    entries, text = entries_seen_by(user), query.joined
    known: dict[str, str] = {}
    words = dict.fromkeys([*query.loose, *words_of_phrases(query)])
    for word in islice(filter(stem, words), MOST_CHECKED):
        if not entries.having([query.group(stem(word))]).count():
            known = known or words_known()
            # Words have letters and digits only, nothing that would mean more to ``re``.
            text = re.sub(rf"\b{word}\b", nearest(entries, word, known) or word, text)
    proposed = Query(text, user)
    if text == query.joined or proposed.problem:
        return ""
    if len(proposed.stems) > 1 and not hits(entries, proposed).count():
        return ""
    return text


def words_of_phrases(query: Query) -> list[str]:
    """The words within quotation marks, as written."""
    return [word for phrase in QUOTED.findall(query.joined) for word in written(phrase)]


def words_known() -> dict[str, str]:
    """Every word of the record in its simplest form, and as it is written."""
    return dict(SearchWord.objects.order_by("word").values_list("word", "written"))


def nearest(entries: SearchEntryQuerySet, word: str, words: dict[str, str]) -> str:
    """The known word most like it that one of the entries shows, as it is written there."""
    scorer = OSA.normalized_similarity
    near = extract(folded(word), words.keys(), scorer=scorer, score_cutoff=NEAR, limit=CANDIDATES)
    shown = (shown_as(entries, candidate, stem(words[candidate])) for candidate, *_ in near)
    return next(filter(None, shown), "")


def shown_as(entries: SearchEntryQuerySet, word: str, stemmed: str) -> str:
    """How the entries write the word, in small letters where one does; "" where none shows it."""
    if not stemmed:
        return ""
    rows = entries.having([[stemmed]]).values_list("title", "names", "text")[:READ]
    forms = {form for row in rows for form in written("\n".join(row)) if folded(form) == word}
    return min(forms, key=lambda form: (not form.islower(), form), default="")
