"""The cards that stand for pages where these are shared: a headline, and the rounds by date."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.translation import gettext, ngettext

from rounds.models import AgendaItem, Delegation, Round
from rounds.participants.models import Role
from rounds.pictures.axis import Axis, Box
from rounds.pictures.drawn import Ink, Text, png, svg
from rounds.pictures.letters import PLAIN, STRONG, TITLE, Face, balanced, lines, width
from rounds.pictures.timeline import has_periods
from rounds.querysets import Outline, RoundReport
from rounds.topics.models import Topic
from rounds.wording.dates import written
from rounds.wording.lists import listed

WIDTH, HEIGHT = 1200, 630  # what those who show previews ask for
MARGIN = 64
ROOM = WIDTH - 2 * MARGIN
SMALL = 28  # the least size of letters: cards are mostly shown at half of theirs
TICK = 8  # width of a round
YEAR = 80  # room for the name of a year
DEFINED = 300  # where the room ends that a topic of a short name has for its definition


@dataclass(frozen=True)
class Tick:
    """A round on the axis."""

    box: Box
    is_marked: bool
    is_hollow: bool = False


@dataclass(frozen=True)
class Row:
    """A row of all rounds, some of them marked; ``y`` is where the ticks stand on."""

    y: float
    marked: Collection[int]
    high: float = 56
    low: float = 30


@dataclass
class Card:
    """A card: ``texts`` above, rows of ticks below, and the years under them.

    ``rounds`` are all that a visitor may see, oldest first; the axis begins at ``start``.
    """

    rounds: Sequence[Outline]
    texts: list[Text] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    start: float = MARGIN
    width, height = WIDTH, HEIGHT

    def __post_init__(self) -> None:
        site = gettext("Astana process tracker")
        self.texts.insert(0, Text(MARGIN, 92, site, STRONG, SMALL, Ink.accent))

    @cached_property
    def axis(self) -> Axis | None:
        if not self.rounds:
            return None
        first = min(row.start for row in self.rounds)
        last = max(row.end for row in self.rounds)
        length = int(WIDTH - MARGIN - self.start)
        return Axis(first, last, upright=False, head=int(self.start), length=length)

    @property
    def ticks(self) -> Iterator[Tick]:
        """Those of each row; of rounds on the same place one, marked where one of them is."""
        if self.axis is None:
            return
        step = TICK + 2 if has_periods(len(self.rounds)) else 1
        for row in self.rows:
            places: dict[int, Tick] = {}
            for one in self.rounds:
                place = round(self.axis.along(one.start) / step) * step
                before, is_marked = places.get(place), one.pk in row.marked
                if before and (before.is_marked or not is_marked):
                    continue
                height = row.high if is_marked else row.low
                box = Box(place, row.y - height, TICK, height)
                places[place] = Tick(box, is_marked, one.status == Round.Status.ANNOUNCED)
            yield from sorted(places.values(), key=lambda tick: tick.is_marked)

    @property
    def years(self) -> Iterator[Text]:
        """The names of years under the last row, as many as there is room for."""
        if self.axis is None or not self.rows:
            return
        y = self.rows[-1].y + 46
        ends = 0.0
        for band in self.axis.years(0):
            if band.box.x >= ends and band.box.x + YEAR - 10 <= WIDTH:
                ends = band.box.x + YEAR
                yield Text(band.box.x, y, band.label, PLAIN, SMALL - 2, Ink.soft)

    def add(self, text: str, y: float, face: Face, size: float, **options: str | int) -> float:
        """Write a text from there on in at most ``most`` lines; gives where the next may stand."""
        most = int(options.pop("most", 1))
        for line in balanced(text, face, size, ROOM, most):
            self.texts.append(Text(MARGIN, y, line, face, size, **options))  # type: ignore[arg-type]
            y += round(size * 1.22)
        return y

    def headline(self, text: str, sizes: Sequence[tuple[int, int]]) -> float:
        """Write the text in the first size that holds it in so many lines, cut in the last one.

        Gives where the next line of that size may stand.
        """
        size, most = next(
            (one for one in sizes if len(lines(text, TITLE, one[0], ROOM, one[1] + 1)) <= one[1]),
            sizes[-1],
        )
        return self.add(text, 152 + size // 2, TITLE, size, most=most)

    def png(self) -> bytes:
        return png(svg("card.svg", card=self))


def round_card(round_: Round, rounds: Sequence[Outline]) -> Card:
    """Of a round with what is compared loaded: when and where, who led, how much is recorded."""
    card = Card(rounds, rows=[Row(522, {round_.pk})])
    card.add(str(round_), 200, TITLE, 104)
    if round_.status != Round.Status.HELD:
        name = card.texts[-1]
        status = round_.get_status_display()
        card.texts.append(Text(name.end + 28, 200, status, STRONG, 38, Ink.second))
    dates = written(round_.start, round_.end, round_.date_precision)
    where = [dates, round_.city, round_.country.name]
    card.add(listed(dict.fromkeys(where)), 262, PLAIN, 40)
    if led := heads(round_):
        said = gettext("Delegations led by %(heads)s") % {"heads": led}
        card.add(said, 314, PLAIN, SMALL, most=2, ink=Ink.soft)
    x: float = MARGIN
    for number, label in figures(round_):
        count = Text(x, 424, str(number), TITLE, 48, Ink.accent)
        about = Text(count.end + 12, 424, label, PLAIN, SMALL, Ink.soft)
        card.texts += [count, about]
        x = about.end + 44
    return card


def heads(round_: Round) -> str:
    """Who led the delegations of the guarantors, as far as this is recorded."""
    led = [
        (one.head.person, one.participant)
        for one in round_.delegations.all()
        if one.role == Role.GUARANTOR and one.head
    ]
    named = gettext("%(person)s (%(participant)s)")
    return listed(named % {"person": person, "participant": body} for person, body in led)


def figures(round_: Round) -> Iterator[tuple[int, str]]:
    """How much is recorded of it, with what that is; what is not recorded is left out."""
    topics = len({item.topic_id for item in round_.agenda_items.all()})
    attended = Delegation.Attendance.ATTENDED
    came = sum(one.attendance == attended for one in round_.delegations.all())
    outcomes = len(round_.outcomes.all())
    named = [
        (topics, ngettext("topic", "topics", topics)),
        (came, ngettext("delegation", "delegations", came)),
        (outcomes, ngettext("outcome", "outcomes", outcomes)),
    ]
    return ((number, label) for number, label in named if number)


def topic_card(topic: Topic, reports: Sequence[RoundReport], rounds: Sequence[Outline]) -> Card:
    """Of a topic: its name, and at which rounds it was there at each stage."""
    labels: Mapping[str, str] = {one.value: str(one.label) for one in AgendaItem.Stage}
    names = [
        (stage, label, {one.round for one in reports if one.state == stage})
        for stage, label in labels.items()
    ]
    start = (
        MARGIN
        + 40
        + max(width(f"{label} {len(found)}", PLAIN, SMALL) for _stage, label, found in names)
    )
    card = Card(rounds, start=start)
    below = card.headline(topic.label, ((72, 2), (56, 2)))
    if below < DEFINED:
        card.add(topic.definition, below - 26, PLAIN, SMALL, most=2, ink=Ink.soft)
    for place, (_stage, label, found) in enumerate(names):
        y = 386 + 74 * place
        card.rows.append(Row(y, found, high=46, low=16))
        name = Text(MARGIN, y, label, PLAIN, SMALL, Ink.ink if found else Ink.soft)
        card.texts.append(name)
        if found:
            number = Text(name.end + 10, y, str(len(found)), STRONG, SMALL, Ink.accent)
            card.texts.append(number)
    return card


def timeline_card(sentence: str, matching: Collection[int], rounds: Sequence[Outline]) -> Card:
    """Of the timeline: the sentence on what is selected, and which rounds that are."""
    card = Card(rounds, rows=[Row(522, matching, high=96, low=40)])
    card.headline(sentence, ((68, 3), (52, 4), (42, 5)))
    return card
