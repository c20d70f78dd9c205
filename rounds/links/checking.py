"""What an answer means for a link, and many links one after the other."""

import asyncio
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from http import HTTPStatus
from queue import SimpleQueue
from threading import Thread
from urllib.parse import urlsplit

from rounds.links.asking import Answer, Asker, NoAnswerError, UntrustedError
from rounds.links.ways import NoWayError
from rounds.sources.link import Finding, What
from rounds.sources.sameness import key_of

LONGEST_ADDRESS = 1000
MISSING = {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}
SERVER_FAULTS = 500
# Of pages that are there for people alone, and of those that say with 200 that nothing is there.
CHALLENGE = re.compile(
    r"just a moment|attention required|access denied|ddos-guard|captcha|are you (a )?human"
    r"|checking your browser|security check",
    re.IGNORECASE,
)
NOTHING_THERE = re.compile(
    r"\b404\b|(page|article) not found|не найден|bulunamadı|табылмады|غير موجود|یافت نشد",
    re.IGNORECASE,
)


async def look(address: str, asker: Asker) -> Finding:
    """What is at an address now. One of http is tried as https first."""
    if address.startswith("http://"):
        found = await _look("https" + address.removeprefix("http"), asker)
        if found.what is What.READ and not found.reason:
            return found
    return await _look(address, asker)


async def _look(address: str, asker: Asker) -> Finding:
    try:
        answer = await asker.ask(address)
    except (NoWayError, UntrustedError) as error:
        return Finding(What.UNSURE, str(error))
    except NoAnswerError as error:
        return Finding(What.GONE, str(error), was_reached=False)
    return _meaning(address, answer)


def _meaning(address: str, answer: Answer) -> Finding:
    if answer.is_challenge or CHALLENGE.search(answer.title):
        return Finding(What.UNSURE, "Its site asks whether the reader is human.")
    if answer.status in MISSING:
        return Finding(What.GONE, f"Its site says that there is no such page ({answer.status}).")
    if answer.status >= SERVER_FAULTS and answer.status != HTTPStatus.SERVICE_UNAVAILABLE:
        return Finding(What.GONE, f"Its site fails ({answer.status}).")
    if not HTTPStatus.OK <= answer.status < HTTPStatus.MULTIPLE_CHOICES:
        reason = f"Its site does not give it to a program ({answer.status})."
        return Finding(What.UNSURE, reason, not_before=answer.not_before)
    if NOTHING_THERE.search(answer.title):
        return Finding(What.READ, f"It is called “{answer.title[:80]}”.", answer.title)
    if is_front(answer.address) and not is_front(address):
        return Finding(What.READ, "It leads to the first page of its site.", answer.title)
    new = answer.permanent
    is_elsewhere = 0 < len(new) <= LONGEST_ADDRESS and key_of(new) != key_of(address)
    return Finding(What.READ, title=answer.title, moved_to=new if is_elsewhere else "")


def is_front(address: str) -> bool:
    """Whether an address is that of a site as a whole."""
    parts = urlsplit(address)
    return not (parts.path.strip("/") or parts.query)


def look_at(addresses: Iterable[str], asker: Callable[[], Asker]) -> Iterator[tuple[str, Finding]]:
    """What is at each address, as it becomes known. They are asked for while this is read."""
    found: SimpleQueue[tuple[str, Finding] | BaseException | None] = SimpleQueue()

    def work() -> None:
        try:
            asyncio.run(_look_at(list(addresses), asker, found.put))
            found.put(None)
        except BaseException as error:
            found.put(error)

    # Elsewhere than where the database is asked, which would keep all waiting. Whoever is
    # interrupted does not wait for what is under way.
    Thread(target=work, daemon=True).start()
    while one := found.get():
        if isinstance(one, BaseException):
            raise one
        yield one


async def _look_at(
    addresses: list[str],
    make: Callable[[], Asker],
    tell: Callable[[tuple[str, Finding]], None],
) -> None:
    by_host = defaultdict(list)
    for address in addresses:
        by_host[urlsplit(address).hostname].append(address)
    asker = make()

    async def follow(some: list[str]) -> None:
        for address in some:
            tell((address, await look(address, asker)))

    async with asyncio.TaskGroup() as group:
        for some in by_host.values():
            group.create_task(follow(some))
    await asker.client.aclose()
