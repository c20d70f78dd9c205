"""Who asks: the address of the client, also behind proxies, and how much of it may be told."""

from collections.abc import Mapping
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any

from django.conf import settings
from django.http import HttpRequest

Address = IPv4Address | IPv6Address
FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PROTO")
TOLD = {4: 24, 6: 48}  # bits of an address that a log may have
OWN = {4: 32, 6: 64}  # bits that one client cannot change at will


@lru_cache(1024)  # the same proxy asks again and again
def parsed(text: str) -> Address | None:
    """The address that a text is; None for nonsense."""
    try:
        address = ip_address(text.strip())
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


@lru_cache(1024)
def is_proxy(address: Address) -> bool:
    """Whether the address is named as one of a proxy that stands in front of the site."""
    ranges = [one for one in settings.FORWARDED_ALLOW_IPS if one != "*"]
    return any(address in ip_network(one) for one in ranges)


def is_trusted(peer: str) -> bool:
    """Whether the other end of the connection may say for whom it asks.

    A socket of the file system has no address: who may write to it is trusted.
    """
    address = parsed(peer)
    return not peer or "*" in settings.FORWARDED_ALLOW_IPS or bool(address and is_proxy(address))


def client_of(meta: Mapping[str, Any]) -> str:
    """The address that the outermost trusted proxy was asked from.

    Each proxy adds, at the end, from where it was asked. What stands before the word of the first
    one that is not trusted may be invented.
    """
    peer = meta.get("REMOTE_ADDR", "")
    found = parsed(peer)
    if is_trusted(peer):
        for hop in reversed(meta.get("HTTP_X_FORWARDED_FOR", "").split(",")):
            address = parsed(hop)
            if address is None:
                break
            found = address
            if not is_proxy(address):
                break
    return str(found or "")


def shortened(address: str, bits: Mapping[int, int] = TOLD) -> str:
    """The network that an address is in, such as 192.0.2.0/24; a dash for none."""
    known = parsed(address)
    return str(ip_network((known, bits[known.version]), strict=False)) if known else "-"


def client_of_login(request: HttpRequest) -> str | None:
    """By what failed logins of a client are counted: of IPv6, which has many, its network."""
    address = request.META.get("REMOTE_ADDR", "")
    return shortened(address, OWN).partition("/")[0] if parsed(address) else None


def describe_login(username: str, address: str, *others: Any) -> str:
    """What the log says of who failed to log in: no name, no full address."""
    return f"a client in {shortened(address or '')}"
