"""What the official papers say, point by point, as far as their texts are recorded."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.translation import gettext, ngettext

from rounds.access import Visitor
from rounds.findings.neighbours import neighbours
from rounds.models import Document, Paragraph, Round
from rounds.topics.models import Topic
from rounds.wording.numbers import ranges


@dataclass(frozen=True)
class Paper:
    """An official paper with the points that are recorded of it."""

    document: Document

    @property
    def round(self) -> Round:
        return self.document.round

    @property
    def number(self) -> int:
        return self.round.number

    @property
    def kind(self) -> str:
        """What it is called in headings, where “other” would tell nothing."""
        is_other = self.document.kind == Document.Kind.OTHER
        return gettext("Paper") if is_other else self.document.get_kind_display()

    @property
    def anchor(self) -> str:
        """The id under which it stands on a page with papers of other rounds."""
        return f"{self.round.anchor}-{self.document.anchor}"

    @cached_property
    def points(self) -> list[Paragraph]:
        return list(self.document.paragraphs.all())

    @cached_property
    def reported(self) -> list[Paragraph]:
        """Points that are known from reports only."""
        return [point for point in self.points if not point.is_read]

    @property
    def read_count(self) -> int:
        """How many points were read in the text."""
        return len(self.points) - len(self.reported)

    @property
    def unplaced_count(self) -> int:
        """How many points there are whose place is not known."""
        return sum(point.number is None for point in self.points)

    @property
    def missing(self) -> list[int]:
        """Numbers up to the highest recorded one of which no point is recorded."""
        known = {point.number for point in self.points if point.number is not None}
        return [number for number in range(1, max(known, default=0)) if number not in known]

    @property
    def is_read(self) -> bool:
        """Whether nothing in the record shows that the text was not seen whole.

        It does not show that all of the text is recorded.
        """
        return bool(self.points) and not (self.reported or self.unplaced_count or self.missing)

    @property
    def footing(self) -> str:
        """Sentences on what the points that are recorded rest on."""
        return " ".join(filter(None, [self._read_sentence, *self._holes]))

    @property
    def _read_sentence(self) -> str:
        total = len(self.points)
        if not total:
            return gettext("No point of it is recorded.")
        if not self.reported:
            return ngettext(
                "Read in the text: the one point recorded.",
                "Read in the text: all %(total)d points recorded.",
                total,
            ) % {"total": total}
        if not self.read_count:
            return ngettext(
                "Not read in the text: the one point recorded is known from a report.",
                "Not read in the text: all %(total)d points recorded are known from reports.",
                total,
            ) % {"total": total}
        return ngettext(
            "Read in the text: %(read)d of the %(total)d points recorded; "
            "the other is known from a report.",
            "Read in the text: %(read)d of the %(total)d points recorded; "
            "the others are known from reports.",
            len(self.reported),
        ) % {"read": self.read_count, "total": total}

    @property
    def _holes(self) -> Iterable[str]:
        if number := self.unplaced_count:
            yield ngettext(
                "The place of %(number)d point in the text is not known.",
                "The place of %(number)d points in the text is not known.",
                number,
            ) % {"number": number}
        if self.missing:
            yield ngettext(
                "Nothing is recorded of its point %(numbers)s.",
                "Nothing is recorded of its points %(numbers)s.",
                len(self.missing),
            ) % {"numbers": ranges(self.missing)}

    @cached_property
    def by_topic(self) -> dict[Topic, list[Paragraph]]:
        found: dict[Topic, list[Paragraph]] = {}
        for point in self.points:
            for topic in point.topics.all():
                found.setdefault(topic, []).append(point)
        return found

    @property
    def without_topic(self) -> list[Paragraph]:
        """Points such as thanks and the next meeting."""
        return [point for point in self.points if not point.topics.all()]


def papers_seen_by(user: Visitor) -> list[Paper]:
    """All official papers that a visitor may see, in the order of the rounds."""
    return [Paper(document) for document in Document.objects.visible_to(user).with_points()]


def statements(papers: Iterable[Paper]) -> list[Paper]:
    """Those that count as the statements of their rounds."""
    return [paper for paper in papers if paper.document.is_statement]


@dataclass(frozen=True)
class Entry:
    """A paper in the list; ``before`` is the statement before it, where it is a statement.

    That is the one of the round with the number before, and of no other: a round of which no
    statement is seen may have one that is not published yet.
    """

    paper: Paper
    before: Paper | None


def entries(papers: Sequence[Paper]) -> list[Entry]:
    found = statements(papers)
    before = {after.document.pk: one for one, after in neighbours(found, ())}
    return [Entry(paper, before.get(paper.document.pk)) for paper in papers]


@dataclass(frozen=True)
class Cell:
    """The points of a statement on a topic; it is empty where none is recorded."""

    paper: Paper
    points: list[Paragraph]
    is_first: bool
    is_last: bool

    @property
    def count(self) -> int:
        return len(self.points)

    @property
    def href(self) -> str:
        return self.points[0].get_absolute_url()

    @property
    def text(self) -> str:
        """What is counted, and whether the topic is first or last seen here."""
        counted = ngettext("%(number)d point", "%(number)d points", self.count)
        words = {"points": counted % {"number": self.count}}
        if self.is_first and self.is_last:
            return gettext("%(points)s, first and last seen") % words
        if self.is_first:
            return gettext("%(points)s, first seen") % words
        if self.is_last:
            return gettext("%(points)s, last seen") % words
        return words["points"]


@dataclass(frozen=True)
class Row:
    """A topic at every statement."""

    topic: Topic
    cells: list[Cell]


@dataclass(frozen=True)
class Grid:
    """Topics against statements; a topic that no statement has is in ``absent`` alone."""

    papers: list[Paper]
    rows: list[Row]
    absent: list[Topic]

    @property
    def width(self) -> int:
        return len(self.papers) + 1

    @property
    def groups(self) -> dict[str, list[Row]]:
        """The rows by the themes of their topics."""
        found: dict[str, list[Row]] = {}
        for row in self.rows:
            found.setdefault(row.topic.get_theme_display(), []).append(row)
        return found


def grid(papers: list[Paper], topics: Iterable[Topic]) -> Grid:
    rows, absent = [], []
    for topic in topics:
        places = [place for place, paper in enumerate(papers) if topic in paper.by_topic]
        if not places:
            absent.append(topic)
            continue
        cells = [
            Cell(paper, paper.by_topic.get(topic, []), place == places[0], place == places[-1])
            for place, paper in enumerate(papers)
        ]
        rows.append(Row(topic, cells))
    return Grid(papers, rows, absent)


@dataclass(frozen=True)
class Passage:
    """What a paper says on a topic.

    ``silent`` are the rounds since the passage before of whose statements points are recorded,
    but none on the topic.
    """

    paper: Paper
    points: list[Paragraph]
    is_statement: bool
    silent: list[int]


@dataclass(frozen=True)
class Story:
    """What the papers say on a topic, from the first to the last."""

    topic: Topic
    passages: list[Passage] = field(default_factory=list)
    silent: list[int] = field(default_factory=list)  # rounds after the last passage

    @property
    def _in_statements(self) -> list[Passage]:
        return [passage for passage in self.passages if passage.is_statement]

    @property
    def first(self) -> Passage | None:
        """The first statement that has it."""
        return next(iter(self._in_statements), None)

    @property
    def last(self) -> Passage | None:
        return next(reversed(self._in_statements), None)

    @property
    def statement_count(self) -> int:
        return len(self._in_statements)

    @property
    def points(self) -> list[Paragraph]:
        return [point for passage in self.passages for point in passage.points]


def story(topic: Topic, papers: Sequence[Paper]) -> Story:
    passages: list[Passage] = []
    silent: list[int] = []
    for paper in papers:
        is_statement = paper.document.is_statement
        if points := paper.by_topic.get(topic):
            passages.append(Passage(paper, points, is_statement, silent))
            silent = []
        elif passages and is_statement:
            silent.append(paper.number)
    return Story(topic, passages, silent)


@dataclass(frozen=True)
class Change:
    """The points on a topic of two statements; one of the lists may be empty."""

    topic: Topic
    before: list[Paragraph]
    after: list[Paragraph]


@dataclass(frozen=True)
class StatementComparison:
    """Two statements by topic, the earlier named ``before``."""

    before: Paper
    after: Paper

    @property
    def both(self) -> tuple[Paper, Paper]:
        return self.before, self.after

    @property
    def points(self) -> list[Paragraph]:
        return [*self.before.points, *self.after.points]

    @cached_property
    def _changes(self) -> list[Change]:
        topics = self.after.by_topic | self.before.by_topic
        return [
            Change(topic, self.before.by_topic.get(topic, []), self.after.by_topic.get(topic, []))
            for topic in topics
        ]

    @property
    def came(self) -> list[Change]:
        """Topics of the later statement only."""
        return [change for change in self._changes if not change.before]

    @property
    def went(self) -> list[Change]:
        """Topics of the earlier statement only."""
        return [change for change in self._changes if not change.after]

    @property
    def kept(self) -> list[Change]:
        return [change for change in self._changes if change.before and change.after]
