"""The record as linked data, in the vocabulary of schema.org: what is not recorded is left out."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext

from rounds.exports.imprint import LICENCE, Imprint
from rounds.models import Delegation, Document, Round
from rounds.participants.models import Participant, Role
from rounds.querysets import Outline
from rounds.sources.models import Source
from rounds.wording.dates import Precision
from rounds.wording.languages import page_language

Node = dict[str, Any]

CONTEXT = "https://schema.org"

# What was held went as it was scheduled, for all that the vocabulary can say.
STATUS = {
    Round.Status.ANNOUNCED: "EventScheduled",
    Round.Status.HELD: "EventScheduled",
    Round.Status.POSTPONED: "EventPostponed",
    Round.Status.CANCELLED: "EventCancelled",
}
# How much of a day as ISO 8601 writes it is known.
KNOWN = {Precision.DAY: 10, Precision.MONTH: 7, Precision.YEAR: 4}


def known(day: date | None, precision: str = Precision.DAY) -> str:
    """The day as ISO 8601 writes it, no finer than it is known; "" where it is not."""
    return day.isoformat()[: KNOWN[Precision(precision)]] if day else ""


def node(kind: str, **said: Any) -> Node:
    """A thing of that kind, with what is said of it and is not empty."""
    return {"@type": kind} | {name: value for name, value in said.items() if value}


def document_of(thing: Node) -> Node:
    """The thing as a document of its own."""
    return {"@context": CONTEXT, **thing}


def website(root: str) -> Node:
    """The site, and how it is searched; ``root`` is its address without a slash."""
    asked = f"{root}{reverse('rounds:search')}?q={{query}}"
    search = {
        "@type": "SearchAction",
        "target": node("EntryPoint", urlTemplate=asked),
        "query-input": "required name=query",
    }
    return {
        "@type": "WebSite",
        "@id": f"{root}/#site",
        "name": gettext("Astana process tracker"),
        "url": f"{root}/",
        "inLanguage": page_language(),
        "license": LICENCE,
        "about": process(root),
        "potentialAction": search,
    }


def process(root: str) -> Node:
    """What all rounds are part of."""
    return {
        "@type": "EventSeries",
        "@id": f"{root}/#process",
        "name": gettext("Astana process"),
        "alternateName": gettext("International Meetings on Syria in the Astana format"),
        "url": f"{root}/",
    }


def breadcrumbs(root: str, trail: Sequence[tuple[str, str]]) -> Node:
    """The way to a page: name and path of each page on it, the page itself last."""
    return node(
        "BreadcrumbList",
        itemListElement=[
            node("ListItem", position=place, name=name, item=f"{root}{path}")
            for place, (name, path) in enumerate(trail, 1)
        ],
    )


def event(round_: Round, root: str) -> Node:
    """A round with its parts loaded, as they are for its page."""
    address = root + round_.get_absolute_url()
    delegations = [one for one in round_.delegations.all() if _took_part(one)]
    topics = dict.fromkeys(item.topic for item in round_.agenda_items.all())
    place = node("PostalAddress", addressLocality=round_.city, addressCountry=round_.country.code)
    return {
        "@id": f"{address}#event",
        **node(
            "Event",
            name=gettext("Round %(number)d of the Astana process") % {"number": round_.number},
            url=address,
            description=round_.summary,
            startDate=known(round_.start, round_.date_precision),
            endDate=known(round_.end, round_.date_precision),
            eventStatus=f"{CONTEXT}/{STATUS[Round.Status(round_.status)]}",
            location=node("Place", name=round_.venue or round_.city, address=place),
            organizer=[
                _body(one.participant, root) for one in delegations if one.role == Role.GUARANTOR
            ],
            attendee=[
                _body(one.participant, root)
                for one in delegations
                if one.attendance == Delegation.Attendance.ATTENDED
            ],
            about=[
                node("DefinedTerm", name=str(one), url=root + one.get_absolute_url())
                for one in topics
            ],
            superEvent=process(root),
            subjectOf=[
                *(_paper(one) for one in round_.documents.all()),
                *(_source(one) for one in round_.sources.all()),
            ],
        ),
    }


def _took_part(delegation: Delegation) -> bool:
    return delegation.attendance != Delegation.Attendance.ABSENT


def _body(participant: Participant, root: str) -> Node:
    """Who takes part: a country is a place in that vocabulary, and organises nothing."""
    is_state = participant.kind == Participant.Kind.STATE
    return node(
        "GovernmentOrganization" if is_state else "Organization",
        name=participant.name,
        url=root + participant.get_absolute_url(),
    )


def _paper(document: Document) -> Node:
    return node(
        "CreativeWork",
        name=document.title,
        url=document.url,
        datePublished=known(document.date),
        inLanguage=document.language,
    )


def _source(source: Source) -> Node:
    return node(
        "CreativeWork",
        name=source.title,
        url=source.url,
        publisher=node("Organization", name=source.publisher),
        datePublished=known(source.published, source.published_precision),
        inLanguage=source.language,
    )


class Download(NamedTuple):
    """A file of the data. ``size`` in bytes is 0 and ``sha256`` is "" where they are not known."""

    name: str
    address: str
    kind: str
    size: int = 0
    sha256: str = ""


def dataset(imprint: Imprint, files: Iterable[Download], rounds: Sequence[Outline]) -> Node:
    """The record as data: its files, and the days and places of the rounds that it holds."""
    site = gettext("Astana process tracker")
    maker = node(
        "Organization",
        name=imprint.publisher or site,
        url=imprint.publisher_url or f"{imprint.root}/",
    )
    days = [(row.start, row.end) for row in rounds]
    covered = [min(start for start, _end in days), max(end for _start, end in days)] if days else []
    return {
        "@id": f"{imprint.address}#dataset",
        **node(
            "Dataset",
            name=imprint.title,
            description=imprint.about,
            url=imprint.address,
            license=LICENCE,
            isAccessibleForFree=True,
            creator=maker,
            keywords=imprint.keywords,
            version=imprint.version,
            dateModified=imprint.at.isoformat(),
            temporalCoverage="/".join(day.isoformat() for day in covered),
            spatialCoverage=[
                node("Place", name=city) for city in dict.fromkeys(row.city for row in rounds)
            ],
            about=process(imprint.root),
            distribution=[_download(one) for one in files],
        ),
    }


def _download(file: Download) -> Node:
    return node(
        "DataDownload",
        name=file.name,
        contentUrl=file.address,
        encodingFormat=file.kind,
        contentSize=f"{file.size} B" if file.size else "",
        sha256=file.sha256,
    )
