"""Rounds as events of a calendar (iCalendar: RFC 5545, RFC 7986).

A calendar that somebody subscribed to follows a round by its ``UID``, from the announcement to
what became of it. It is told that an event changed by ``SEQUENCE``, which must never fall: so
that is the time of the last edit, in seconds, and no count, which would start anew in a database
that is restored or made from the fixtures. No ``METHOD`` stands there, so that ``DTSTAMP`` too is
when the event was changed, and the same calendar is the same file whenever it is fetched.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from django.utils.translation import gettext, pgettext
from icalendar import Calendar, Event, vDuration, vText

from rounds.exports.identity import name_of_round, urn_of, uuid_of
from rounds.exports.moments import Written
from rounds.exports.rows import Scope
from rounds.exports.tables import NAMED
from rounds.models import Round
from rounds.sources.models import Source
from rounds.wording.dates import Precision, written
from rounds.wording.signs import without_controls

# What the seconds are counted from: before the first round, and so that they fit in the 32 bits
# of a number in iCalendar until 2085.
EPOCH = datetime(2017, 1, 1, tzinfo=UTC)
REFRESHED = timedelta(hours=12)  # how often to ask for a calendar
END = "END:VCALENDAR"

# What is announced may still move; what was postponed takes place on other days, if at all, so
# that nothing takes place on these.
STATUS = {
    Round.Status.ANNOUNCED: "TENTATIVE",
    Round.Status.HELD: "CONFIRMED",
    Round.Status.POSTPONED: "CANCELLED",
    Round.Status.CANCELLED: "CANCELLED",
}


class Head(NamedTuple):
    """What a calendar says of itself: what it is called, for good and in words, and where it is."""

    name: str
    title: str
    page: str
    address: str


def calendar(head: Head, scope: Scope) -> Iterator[str]:
    """The rounds of the scope as a calendar, piece by piece."""
    table = NAMED["rounds"]
    rounds = scope.queryset(table).order_by(*scope.order(table)).prefetch_related("sources")
    changed = Written()
    found = [(round_, changed.of(round_)) for round_ in rounds]
    last = max((at for _round, at in found), default=changed.beginning)
    yield _calendar(head, last).to_ical().decode().removesuffix(f"{END}\r\n")
    for round_, at in found:
        yield event(round_, at, scope.root).to_ical().decode()
    yield f"{END}\r\n"


def _calendar(head: Head, changed: datetime) -> Calendar:
    made = Calendar()
    made.add("version", "2.0")
    made.add("prodid", "-//Astana process tracker//Rounds//EN")
    made.add("calscale", "GREGORIAN")
    made.add("uid", urn_of(head.name))
    title = vText(without_controls(head.title))
    made.add("name", title)
    made.add("x-wr-calname", title)
    made.add("last-modified", changed)
    made.add("url", head.page)
    made.add("source", head.address, {"VALUE": "URI"})
    made.add("refresh-interval", REFRESHED, {"VALUE": "DURATION"})
    made.add("x-published-ttl", vDuration(REFRESHED))
    return made


def event(round_: Round, changed: datetime, root: str) -> Event:
    """A round as an event of whole days; it comes with its sources.

    ``changed`` is when it was edited last, ``root`` what stands before each path.
    """
    made = Event()
    made.add("uid", str(uuid_of(name_of_round(round_.number))))
    made.add("sequence", sequence(changed))
    made.add("dtstamp", changed)
    made.add("last-modified", changed)
    made.add("dtstart", round_.start)
    if round_.end < date.max:
        made.add("dtend", round_.end + timedelta(days=1))  # the first day that is none of it
    else:
        made.add("duration", round_.end - round_.start + timedelta(days=1))
    made.add("status", STATUS[Round.Status(round_.status)])
    made.add("transp", "TRANSPARENT")  # it takes nobody's day
    made.add("summary", without_controls(summary_of(round_)))
    made.add("location", without_controls(place_of(round_)))
    url = root + round_.get_absolute_url()
    made.add("url", url)
    made.add("description", without_controls("\n".join(_description(round_, url))))
    return made


def sequence(changed: datetime) -> int:
    """A number that grows with each edit: the time of the last one."""
    return max(0, int((changed - EPOCH).total_seconds()))


def summary_of(round_: Round) -> str:
    """What the event is called, with what is not as the days alone would say."""
    name = gettext("Astana process, round %(number)d") % {"number": round_.number}
    if round_.status == Round.Status.HELD:
        return name
    said = {"status": round_.get_status_display(), "name": name}
    return pgettext("an event in a calendar", "%(status)s: %(name)s") % said


def place_of(round_: Round) -> str:
    """From the building to the country, as maps look for it."""
    return ", ".join(filter(None, (round_.venue, round_.city, round_.country.name)))


def _description(round_: Round, url: str) -> Iterator[str]:
    if round_.date_precision != Precision.DAY:
        days = written(round_.start, round_.end, round_.date_precision)
        yield gettext("No exact days are known, only: %(days)s.") % {"days": days}
    yield from filter(None, (round_.date_note, round_.summary))
    yield ""
    yield url
    yield ""
    yield gettext("Sources:")
    for source in round_.sources.all():
        yield f"– {source_line(source)}"


def source_line(source: Source) -> str:
    """A source in one line, with where it can be read."""
    said = ", ".join(filter(None, (str(source), source.day)))
    return f"{said}: {source.readable_at}"
