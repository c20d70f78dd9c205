from argparse import ArgumentParser
from collections.abc import Iterator
from functools import partial
from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils import timezone

from rounds.links.asking import Asker
from rounds.links.checking import look_at
from rounds.links.record import counts, due, forget_others, note
from rounds.sources.link import Finding, Link
from rounds.sources.models import Source

DAYS = 7


class Command(BaseCommand):
    help = (
        "Ask for the address of every source that was not checked for a week, or failed of late,"
        " and keep what became of it: see docs/deployment.md. Of each host one page at a time."
    )
    asker = Asker

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--older-than",
            type=int,
            default=DAYS,
            metavar="DAYS",
            help="check what was not for so many days (7); 0 checks all",
        )
        parser.add_argument("--only", metavar="SLUG", help="check this source alone, and now")
        parser.add_argument(
            "--limit",
            type=int,
            metavar="NUMBER",
            help="check so many at most, the longest ago first",
        )

    def handle(
        self, *args: Any, older_than: int, only: str | None, limit: int | None, **options: Any
    ) -> None:
        if older_than < 0 or (limit is not None and limit < 1):
            raise CommandError("--older-than is 0 or more, --limit is 1 or more.")
        sources = Source.objects.all()
        if only:
            sources, older_than = sources.filter(slug=only), 0
            if not sources:
                raise CommandError(f"There is no source “{only}”.")
        forget_others()
        addresses = due(sources, timezone.now(), older_than)[:limit]
        links = []
        for address, finding in self._found(addresses):
            link = note(address, finding, timezone.now())
            links.append(link)
            if link.state != Link.State.WORKS or options["verbosity"] > 1:
                reason = link.new_address or link.reason
                self.stdout.write(f"{link.get_state_display()}: {address}  {reason}".rstrip())
        self._sum_up(links, len(addresses))

    def _found(self, addresses: list[str]) -> Iterator[tuple[str, Finding]]:
        """What is at each address. Nobody is taken for gone while nobody at all can be reached."""
        waiting: list[tuple[str, Finding]] | None = []
        for one in look_at(addresses, partial(self.asker, agent())):
            if waiting is not None and one[1].was_reached:
                yield from waiting
                waiting = None
            if waiting is None:
                yield one
            else:
                waiting.append(one)
        for address, finding in waiting or ():
            self.stderr.write(f"Not reached: {address}  {finding.reason}")

    def _sum_up(self, links: list[Link], number: int) -> None:
        found = counts(links)
        said = ", ".join(
            f"{found[state]:,} {str(label).lower()}" for state, label in Link.State.choices
        )
        self.stdout.write(f"{len(links):,} checked: {said}.")
        if number and not links:
            raise CommandError(
                "No address was reached, and nothing was noted: this may be our own network."
            )


def agent() -> str:
    """Who asks, with where that is explained if the site has a name of its own."""
    hosts = [host for host in settings.ALLOWED_HOSTS if is_name(host)]
    name = "AstanaProcessTracker/1.0 (checks the links that it cites"
    if not hosts:
        return f"{name})"
    scheme = "https" if settings.SECURE_SSL_REDIRECT else "http"
    return f"{name}; +{scheme}://{hosts[0]}{reverse('rounds:about')})"


def is_name(host: str) -> bool:
    """Whether others can find the site under it."""
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return "." in host.strip(".") and not host.startswith((".", "*"))
    return False
