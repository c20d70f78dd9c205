"""Asking for addresses politely: slowly, briefly, and no more than is needed."""

import asyncio
import re
import ssl
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from html import unescape
from http import HTTPStatus
from time import monotonic
from typing import NamedTuple

import httpx

from rounds.links.ways import NoWayError, UnknownHostError, WalledTransport, Ways, public_way

PAUSE = 2.0  # seconds between two requests to one host
AT_ONCE = 8  # requests, each to another host
SECONDS = 30.0  # that a request may take
BYTES = 262_144  # of a page that are read, for its title
HOPS = 8
LONGEST_WAIT = 60  # seconds; who wants to be asked later than that is asked another day
PERMANENT = {HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT}
BUSY = {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}
TITLE = re.compile(r"<title[^>]*>(.*?)</title", re.IGNORECASE | re.DOTALL)
CHARSET = re.compile(rb"<meta[^>]+charset=[\"']?([\w-]+)", re.IGNORECASE)


class Answer(NamedTuple):
    """What came back in the end. ``permanent`` is where a site leads for good, "" if nowhere."""

    status: int
    address: str
    permanent: str = ""
    title: str = ""
    is_challenge: bool = False
    not_before: datetime | None = None


class NoAnswerError(Exception):
    """Nobody answered, or not so that it can be read; says why."""


class UntrustedError(NoAnswerError):
    """The certificate is none to trust."""


class BrokenOffError(NoAnswerError):
    """A host that answers, and not as one should."""


class Asker:
    """Asks one thing at a time of each host, with a pause."""

    def __init__(
        self, agent: str, way: Ways = public_way, *, pause: float = PAUSE, seconds: float = SECONDS
    ) -> None:
        self.pause, self.seconds = pause, seconds
        # A body that is packed may be of any size once it is unpacked.
        headers = {"User-Agent": agent, "Accept-Encoding": "identity", "Accept": "text/html, */*"}
        self.client = httpx.AsyncClient(
            transport=WalledTransport(way), headers=headers, timeout=seconds, trust_env=False
        )
        self.free_at: dict[str, float] = defaultdict(float)
        self.turns: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self.room = asyncio.Semaphore(AT_ONCE)

    async def ask(self, address: str) -> Answer:
        """Follow an address to its end. Raises ``NoAnswerError`` or ``NoWayError``."""
        try:
            url = httpx.URL(address)
        except httpx.InvalidURL as error:
            raise NoWayError("It is no address.") from error
        permanent, is_permanent = "", True
        for _ in range(HOPS):
            response, title = await self._answer(url)
            if not response.has_redirect_location:
                return Answer(
                    response.status_code,
                    str(url),
                    permanent,
                    title,
                    "cf-mitigated" in response.headers,
                    not_before(response),
                )
            try:
                url = url.join(response.headers["Location"])
            except httpx.InvalidURL as error:
                raise NoAnswerError("It leads on to what is no address.") from error
            is_permanent = is_permanent and response.status_code in PERMANENT
            permanent = str(url) if is_permanent else permanent
        raise NoAnswerError(f"It leads on more than {HOPS} times.")

    async def _answer(self, url: httpx.URL) -> tuple[httpx.Response, str]:
        """The answer for an address, with the title of a page; asks again who is busy for long."""
        answer = await self._head_or_get(url)
        wait = not_before(answer[0])
        if wait and wait <= datetime.now(UTC) + timedelta(seconds=LONGEST_WAIT):
            await asyncio.sleep((wait - datetime.now(UTC)).total_seconds())
            answer = await self._head_or_get(url)
        return answer

    async def _head_or_get(self, url: httpx.URL) -> tuple[httpx.Response, str]:
        """Only the head where that tells all; some sites do not know how to give it."""
        try:
            response, _title = await self._request("HEAD", url)
            is_page = response.headers.get("Content-Type", "text/html").startswith("text/html")
            is_read = response.is_success and not is_page
            if is_read or response.has_redirect_location or response.status_code in BUSY:
                return response, ""
        except BrokenOffError:
            pass
        return await self._request("GET", url)

    async def _request(self, method: str, url: httpx.URL) -> tuple[httpx.Response, str]:
        async with self._turn(url.host):
            try:
                async with (
                    asyncio.timeout(self.seconds),
                    self.client.stream(method, url) as response,
                ):
                    return response, await title_of(response)
            except UnknownHostError as error:
                raise NoAnswerError("Nobody knows its host.") from error
            except (TimeoutError, httpx.TimeoutException) as error:
                raise NoAnswerError("It does not answer in time.") from error
            except httpx.ConnectError as error:
                if isinstance(_cause(error), ssl.SSLCertVerificationError):
                    raise UntrustedError("Its certificate is none to trust.") from error
                raise NoAnswerError("Its host takes no connection.") from error
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                raise BrokenOffError("Its host breaks off.") from error

    @asynccontextmanager
    async def _turn(self, host: str) -> AsyncIterator[None]:
        async with self.turns[host]:
            await asyncio.sleep(max(0.0, self.free_at[host] - monotonic()))
            async with self.room:
                yield
            self.free_at[host] = monotonic() + self.pause


def _cause(error: BaseException) -> BaseException:
    """What is behind an error, at the end or on the way where it is a certificate."""
    while not isinstance(error, ssl.SSLCertVerificationError):
        behind = error.__cause__ or error.__context__
        if behind is None:
            break
        error = behind
    return error


async def title_of(response: httpx.Response) -> str:
    """What a page calls itself, if its beginning says so; "" if not."""
    is_packed = response.headers.get("Content-Encoding", "identity") != "identity"
    if is_packed or response.request.method == "HEAD":
        return ""
    text = b""
    async for part in response.aiter_raw():
        text += part
        if len(text) >= BYTES or b"</title" in text.lower():
            break
    named = CHARSET.search(text)
    charset = response.charset_encoding or (named[1].decode() if named else "utf-8")
    try:
        page = text[:BYTES].decode(charset, "replace")
    except LookupError:
        page = text[:BYTES].decode("utf-8", "replace")
    found = TITLE.search(page)
    return " ".join(unescape(found[1]).replace("\0", "").split()) if found else ""


def not_before(response: httpx.Response) -> datetime | None:
    """When a host that is busy wants to be asked again, if it says so."""
    said = response.headers.get("Retry-After", "").strip()
    if response.status_code not in BUSY or not said:
        return None
    now = datetime.now(UTC)
    try:
        at = now + timedelta(seconds=int(said)) if said.isdecimal() else parsedate_to_datetime(said)
        at = at if at.tzinfo else at.replace(tzinfo=UTC)
        return min(max(at, now), now + timedelta(days=30))
    except (ValueError, OverflowError):
        return None
