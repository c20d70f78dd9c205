"""To which machine a request goes: one that everybody reaches, and to no other."""

import asyncio
import socket
from collections.abc import Awaitable, Callable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import NamedTuple

import httpx

PORTS = {"http": 80, "https": 443}
NAT64 = IPv6Network("64:ff9b::/96")


class Way(NamedTuple):
    """An address of the network and the port there."""

    host: str
    port: int


class NoWayError(Exception):
    """An address to which no request goes; says why."""


class UnknownHostError(Exception):
    """A name that the network does not know."""


Ways = Callable[[httpx.URL], Awaitable[Way]]


async def public_way(url: httpx.URL) -> Way:
    """Where the host is, if it is on the public network and the port is the usual one.

    Raises ``NoWayError`` where it may not be asked, ``UnknownHostError`` where nobody knows it.
    """
    port = PORTS.get(url.scheme)
    if port is None:
        raise NoWayError("It is no address of http or https.")
    if url.port not in (None, port):
        raise NoWayError("It has a port of its own.")
    try:
        found = await asyncio.get_running_loop().getaddrinfo(
            url.raw_host.decode("ascii"), port, type=socket.SOCK_STREAM
        )
    except (OSError, UnicodeError) as error:
        raise UnknownHostError(str(error)) from error
    addresses = [str(one[4][0]) for one in found]
    if not addresses or not all(map(is_public, addresses)):
        raise NoWayError("It leads to no machine of the public network.")
    return Way(addresses[0], port)


def is_public(address: str) -> bool:
    """Whether everybody reaches the address, and what it may stand for within it."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    return all(map(_is_public, (found, *_within(found))))


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    is_special = address.is_multicast or address.is_reserved or address.is_unspecified
    is_near = address.is_private or address.is_loopback or address.is_link_local
    return address.is_global and not is_special and not is_near


def _within(address: IPv4Address | IPv6Address) -> list[IPv4Address]:
    """The IPv4 addresses to which one of IPv6 may be led on."""
    if isinstance(address, IPv4Address):
        return []
    found = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if address in NAT64:
        found.append(IPv4Address(int(address) & 0xFFFFFFFF))
    return [one for one in found if one]


class WalledTransport(httpx.AsyncBaseTransport):
    """Sends each request to the machine that was found for it, and looks for none a second time.

    So a name that is led elsewhere meanwhile leads nowhere else. What is said to the machine, and
    what its certificate has to be of, is the name all the same. No connection serves two requests,
    which may be of two names.
    """

    def __init__(self, way: Ways) -> None:
        self.way = way
        self.inner = httpx.AsyncHTTPTransport(
            verify=httpx.create_ssl_context(),
            trust_env=False,  # a proxy would find machines by itself
            limits=httpx.Limits(max_keepalive_connections=0),
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        host, port = await self.way(request.url)
        return await self.inner.handle_async_request(
            httpx.Request(
                request.method,
                request.url.copy_with(host=host, port=port),
                headers=request.headers,  # with the name
                stream=request.stream,
                extensions=request.extensions | {"sni_hostname": request.url.raw_host.decode()},
            )
        )

    async def aclose(self) -> None:
        await self.inner.aclose()
