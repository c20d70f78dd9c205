"""What is new, as feeds (Atom: RFC 4287): rounds, a topic, a participant, corrections.

An entry is called by a URN of its own, the same in every feed that has it and in every copy of
the record; ``updated`` is when readers were told something else than before (``moments.Told``).
The one updated last comes first.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import StringIO
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from django.db.models import QuerySet, prefetch_related_objects
from django.urls import reverse
from django.utils.encoding import iri_to_uri
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.xmlutils import SimplerXMLGenerator

from rounds.exports.identity import name_of_round, urn_of
from rounds.exports.moments import Told
from rounds.exports.rows import Scope
from rounds.exports.tables import NAMED
from rounds.models import AgendaItem, Commitment, Delegation, Edition, Member, PublicChange, Round
from rounds.participants.models import Participant
from rounds.querysets import CommitmentQuerySet
from rounds.sources.models import Source
from rounds.topics.models import Topic
from rounds.wording.dates import written
from rounds.wording.languages import page_language
from rounds.wording.signs import without_controls

ENCODING = "utf-8"
MOST = 100  # entries of a feed that is not one of rounds; pages have all
# What entries say of facts beside what these have themselves.
RELATED: dict[type[Any], Sequence[str]] = {
    AgendaItem: ["sources"],
    Delegation: ["sources"],
    Commitment: ["sources", "topic", "evidence__sources"],
}
Lines = list[tuple[str, str]]  # what is said, each with what it is said of


@dataclass
class Entry:
    """An entry: what it is called for good, and what it says.

    ``name`` is the permanent part of its address, ``path`` where readers find it.
    """

    name: str
    path: str
    title: str
    updated: datetime
    text: str = ""
    lines: Lines = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    topics: list[Topic] = field(default_factory=list)

    @property
    def summary(self) -> str:
        """The text, or what else it says in brief."""
        return self.text or " · ".join(f"{label}: {said}" for label, said in self.lines)

    @property
    def html(self) -> SafeString:
        """All of it: the text, the lines, and what it rests on."""
        parts = [format_html("<p>{}</p>", self.text)] if self.text else []
        if self.lines:
            rows = format_html_join("", "<li>{}: {}</li>", self.lines)
            parts.append(format_html("<ul>{}</ul>", rows))
        if self.sources:
            rows = format_html_join("", "<li>{}</li>", ((_linked(one),) for one in self.sources))
            parts.append(format_html("<p>{}</p><ol>{}</ol>", gettext("Sources:"), rows))
        return format_html_join("", "{}", ((part,) for part in parts))


def _linked(source: Source) -> SafeString:
    """A source that leads to where it can be read."""
    title = format_html('<a href="{}">{}</a>', source.readable_at, source.title)
    said = [source.publisher, *filter(None, [source.day])]
    return format_html("{}. {}", title, ", ".join(said))


class Head(NamedTuple):
    """What a feed says of itself: what it is called, for good and in words, and where it is."""

    name: str
    title: str
    page: str
    address: str
    root: str


class _Writer(SimplerXMLGenerator):
    """Writes XML, without the signs that XML does not have."""

    def characters(self, content: str) -> None:
        super().characters(without_controls(content))


class Feed(Atom1Feed):
    """A feed that is written entry by entry and knows when it was updated."""

    def __init__(self, head: Head, updated: datetime) -> None:
        super().__init__(
            title=head.title,
            link=head.page,
            description=None,
            language=page_language(),
            author_name=gettext("Astana process tracker"),
            author_link=f"{head.root}/",
            feed_url=head.address,
            feed_guid=urn_of(head.name),
            feed_copyright=gettext("CC BY 4.0: free to use with a reference to this site."),
        )
        self.root, self.updated = head.root, updated

    def latest_post_date(self) -> datetime:
        """When it was updated; of no entry Django would say: now."""
        return self.updated

    def pieces(self, entries: Iterable[Entry]) -> Iterator[str]:
        """The feed with these entries."""
        out = StringIO()
        handler: Any = _Writer(out, ENCODING, short_empty_elements=True)
        handler.startDocument()
        handler.startElement("feed", self.root_attributes())
        self.add_root_elements(handler)
        for entry in entries:
            self.items = []
            self.add_item(
                title=entry.title,
                link=f"{self.root}{entry.path}",
                description=None,  # type: ignore[arg-type]  # Django would call it HTML
                unique_id=urn_of(entry.name),
                updateddate=entry.updated.astimezone(UTC),
                entry=entry,
            )
            self.write_items(handler)
            yield out.getvalue()
            out.seek(0)
            out.truncate()
        handler.endElement("feed")
        yield out.getvalue()

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        entry: Entry = item["entry"]
        for source in entry.sources:
            title = without_controls(str(source))
            via = {"rel": "via", "href": iri_to_uri(source.readable_at), "title": title}
            handler.addQuickElement("link", "", via)
        for topic in entry.topics:
            said = {"term": topic.slug, "scheme": self.root + reverse("rounds:topics")}
            said["label"] = without_controls(str(topic))
            handler.addQuickElement("category", "", said)
        handler.addQuickElement("summary", entry.summary, {"type": "text"})
        handler.addQuickElement("content", entry.html, {"type": "html"})


def feed(head: Head, entries: list[Entry], beginning: datetime) -> Iterator[str]:
    """The entries as a feed, piece by piece; ``beginning`` is when one without entries changed."""
    updated = max((entry.updated for entry in entries), default=beginning)
    return Feed(head, updated.astimezone(UTC)).pieces(entries)


def title_of(round_: Round) -> str:
    """A round in one line, with its state unless it was held."""
    days = written(round_.start, round_.end, round_.date_precision)
    title = gettext("Round %(number)d: %(days)s, %(city)s") % {
        "number": round_.number,
        "days": days,
        "city": round_.city,
    }
    is_held = round_.status == Round.Status.HELD
    return title if is_held else f"{title} ({round_.get_status_display()})"


def rounds_feed(head: Head, scope: Scope) -> Iterator[str]:
    """The rounds of the scope; those that were updated last come first, or last."""
    table = NAMED["rounds"]
    rounds = scope.queryset(table).order_by(*scope.order(table)).prefetch_related("sources")
    topics = _topics_by_round(scope)
    told = Told()
    entries = [_of_round(round_, told, topics.get(round_.pk, [])) for round_ in rounds]
    entries.sort(key=lambda entry: entry.updated, reverse=scope.newest_first)
    return feed(head, entries, told.beginning)


def _topics_by_round(scope: Scope) -> dict[int, list[Topic]]:
    """The topics that rounds dealt with, by the keys of the rounds."""
    topics = Topic.objects.visible_to(scope.user).in_bulk()
    items = scope.queryset(NAMED["agenda"]).order_by("round", "topic__slug")
    found: dict[int, list[Topic]] = {}
    for round_, topic in items.values_list("round", "topic").distinct():
        if topic in topics:  # and not added a moment ago
            found.setdefault(round_, []).append(topics[topic])
    return found


def _of_round(round_: Round, told: Told, topics: list[Topic]) -> Entry:
    return Entry(
        name_of_round(round_.number),
        round_.get_absolute_url(),
        title_of(round_),
        told.of_round(round_),
        "\n".join(filter(None, (round_.summary, round_.date_note))),
        sources=list(round_.sources.all()),
        topics=topics,
    )


def updated_last(dated: Iterable[tuple[datetime, list[Any]]]) -> list[tuple[datetime, list[Any]]]:
    """Of facts that make entries, each with when it was updated, the last ones, with sources."""
    found = sorted(dated, key=itemgetter(0), reverse=True)[:MOST]
    for model, related in RELATED.items():
        facts = [one for _at, facts in found for one in facts if isinstance(one, model)]
        prefetch_related_objects(facts, *related)
    return found


def topic_feed(head: Head, scope: Scope, topic: Topic) -> Iterator[str]:
    """What was said of a topic at each round, and what was promised on it."""
    told = Told()
    items = AgendaItem.objects.visible_to(scope.user).about(topic).prefetch_related(None)
    by_round = [list(some) for _round, some in groupby(items, lambda item: item.round_id)]
    dated = [
        (told.of_parts(some[0].round, [some[0].get_absolute_url()]), some)
        for some in reversed(by_round)
    ]
    dated += _promises(Commitment.objects.visible_to(scope.user).on(topic), told)
    entries = [
        _of_commitment(at, *facts) if isinstance(facts[0], Commitment) else _of_topic(at, facts)
        for at, facts in updated_last(dated)
    ]
    return feed(head, entries, told.beginning)


def _promises(
    commitments: CommitmentQuerySet, told: Told
) -> Iterator[tuple[datetime, list[Commitment]]]:
    return ((told.of_commitment(one), [one]) for one in reversed(commitments.by_round()))


def _of_topic(at: datetime, items: list[AgendaItem]) -> Entry:
    """What was said of a topic at a round, stage by stage."""
    topic, round_ = items[0].topic, items[0].round
    return Entry(
        f"topics/{topic.slug}/{name_of_round(round_.number)}",
        items[0].get_absolute_url(),
        f"{topic} · {title_of(round_)}",
        at,
        lines=[(item.get_stage_display(), item.note or gettext("Yes")) for item in items],
        sources=_once(source for item in items for source in item.sources.all()),
        topics=[topic],
    )


def participant_feed(head: Head, scope: Scope, participant: Participant) -> Iterator[str]:
    """At which rounds a participant was, who led its delegation, and what it promised."""
    told = Told()
    sent = Delegation.objects.visible_to(scope.user).sent_by(participant).prefetch_related(None)
    dated: list[tuple[datetime, list[Any]]] = [
        (told.of_parts(one.round, [one.get_absolute_url()]), [one]) for one in reversed(sent)
    ]
    dated += _promises(Commitment.objects.visible_to(scope.user).made_by(participant), told)
    last = updated_last(dated)
    heads = Member.objects.visible_to(scope.user).heads_of(participant)
    led = {one.delegation_id: one for one in heads}
    entries = [
        _of_commitment(at, fact)
        if isinstance(fact, Commitment)
        else _of_delegation(at, fact, led.get(fact.pk))
        for at, (fact,) in last
    ]
    return feed(head, entries, told.beginning)


def _of_delegation(at: datetime, delegation: Delegation, head: Member | None) -> Entry:
    """A participant at a round."""
    participant, round_ = delegation.participant, delegation.round
    lines = [(gettext("Attendance"), delegation.get_attendance_display())]
    lines.append((gettext("Role"), delegation.get_role_display()))
    if head:
        led = ", ".join(filter(None, (str(head), head.position)))
        lines.append((gettext("Head of delegation"), led))
    return Entry(
        f"participants/{participant.slug}/{name_of_round(round_.number)}",
        delegation.get_absolute_url(),
        f"{participant} · {title_of(round_)}",
        at,
        delegation.note,
        lines,
        list(delegation.sources.all()),
    )


def _of_commitment(at: datetime, commitment: Commitment) -> Entry:
    """What was promised, with what became of it."""
    evidence = commitment.evidence_by_date
    facts = [commitment, *evidence]
    said = {"number": commitment.round.number, "text": commitment.text}
    return Entry(
        f"commitments/{commitment.slug}",
        commitment.get_absolute_url(),
        gettext("Commitment of round %(number)d: %(text)s") % said,
        at,
        commitment.text,
        [(f"{one.day}, {one.get_verdict_display()}", one.text) for one in evidence],
        _once(source for fact in facts for source in fact.sources.all()),
        [commitment.topic] if commitment.topic else [],
    )


def _once(sources: Iterable[Source]) -> list[Source]:
    """Each source once, where it is named first."""
    return list({source.pk: source for source in sources}.values())


def changes_feed(head: Head, changes: QuerySet[PublicChange]) -> Iterator[str]:
    """Corrections of what readers could see already; they come the last first."""
    last = [_of_change(one) for one in changes[:MOST]]
    return feed(head, last, Edition.objects.beginning())


def _of_change(change: PublicChange) -> Entry:
    """A correction: it is called by when it was told too, as copies of the record have others."""
    said = [
        (gettext("Before"), change.before),
        (gettext("After"), change.after),
        (gettext("Reason"), change.reason or (gettext("A typo") if change.is_typo else "")),
    ]
    return Entry(
        f"changes/{change.pk}/{change.at.astimezone(UTC).isoformat()}",
        change.address,
        str(change),
        change.at,
        lines=[(label, text) for label, text in said if text],
    )
