"""What checks found, kept beside the record; readers learn which links are dead."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from rounds.sources.link import Finding, Link
from rounds.sources.models import Source
from rounds.sources.sameness import key_of


def due(sources: QuerySet[Source], now: datetime, days: int) -> list[str]:
    """The addresses of sources that were not checked for so many days, the longest ago first.

    Those that failed of late are due on the next day already.
    """
    addresses = {one.url_key: one.url for one in sources.only("url", "url_key")}
    links = Link.objects.in_bulk(list(addresses), field_name="key") if addresses else {}

    def is_due(key: str) -> bool:
        link = links.get(key)
        if link is None:
            return True
        if link.not_before and link.not_before > now:
            return False
        wanted = min(days, 1) if link.state == Link.State.FAILING else days
        return link.checked_at <= now - timedelta(days=wanted) + timedelta(hours=2)

    due = [key for key in addresses if is_due(key)]
    due.sort(key=lambda key: links[key].checked_at.timestamp() if key in links else 0)
    return [addresses[key] for key in due]


def note(address: str, finding: Finding, now: datetime) -> Link:
    """Keep what was found of an address, and let its sources say so where it is dead."""
    key = key_of(address)
    with transaction.atomic():
        link = Link.objects.select_for_update().filter(key=key).first() or Link(key=key)
        link.address = address
        link.learn(finding, now)
        link.save()
        since = link.first_failed if link.state == Link.State.DEAD else None
        said = {"dead_since": since, "dead_key": key if since else ""}
        others = Source.objects.filter(url_key=key).exclude(**said)
        if others.exists():  # a statement raises the edition, also one that changes no row
            others.update(**said)
    return link


def forget_others() -> None:
    """Forget what was found of addresses that no source has any more."""
    Link.objects.exclude(key__in=Source.objects.values("url_key")).delete()


def counts(links: Iterable[Link]) -> dict[str, int]:
    """How many links are in each state."""
    found = dict.fromkeys(Link.State.values, 0)
    for link in links:
        found[link.state] += 1
    return found
