"""Which addresses of the web lead to the same publication, however they are written."""

import re
from contextlib import suppress
from hashlib import blake2b
from typing import Any
from urllib.parse import SplitResult, quote, unquote_to_bytes, urlsplit

from django.db import models
from django.db.models.query_utils import DeferredAttribute
from django.utils.encoding import punycode

# Parameters that say by which way a reader came, and change nothing of what is read.
TRACKING = re.compile(
    r"""
    utm_.* | mtm_.* | at_(campaign|medium|source|link_.*|ptr_name|format) | hsa_.* | _hs(enc|mi)
    | fbclid | [gd]clid | [gw]braid | gad_source | ys?clid | msclkid | twclid | ttclid | igshid?
    | mc_[ce]id | mkt_tok | _ga | _gl | _openstat | __twitter_impression | xtor | cmpid | ocid
    | ref_src | ref_url | guccounter | guce_referrer(_sig)?
    """,
    re.IGNORECASE | re.VERBOSE,
)
OF_DEVICES = re.compile(r"^(www\d?|m|amp|mobile)\.(?=.+\.)")  # hosts that serve the same pages
FOR_PHONES = {("amp", "1"), ("amp", ""), ("outputtype", "amp")}
USUAL_PORTS = (80, 443)
LEFT_AS_THEY_ARE = "!$&'()*+,;=:@~"  # signs of a path that need no quoting
# A copy in an archive bears the address of what it is a copy of.
COPY = re.compile(
    r"^https?://(?:web\.archive\.org/web|archive\.(?:is|li|md|ph|today|vn|fo))/[^/]+/(https?:/.+)",
    re.IGNORECASE,
)


def normalised(address: str) -> str:
    """The address in the one way that all have in common that lead to the same publication.

    Without scheme, usual port, last slash, tracking and place on the page, parameters in order,
    and the same for phones as for others. What is no address comes back as it is. It is for
    comparison: where it leads, nobody says. Whoever changes it makes the keys on record anew.
    """
    given = address.strip()
    try:
        parts = urlsplit(given if "://" in given else f"https://{given}")
        port = parts.port
    except ValueError:
        return given
    if not parts.hostname:
        return given
    host = _host(parts.hostname) + (f":{port}" if port not in (None, *USUAL_PORTS) else "")
    query, fragment = _query(parts.query), _fragment(parts)
    return "".join(
        (host, _path(parts.path), f"?{query}" if query else "", f"#{fragment}" if fragment else "")
    )


def _host(name: str) -> str:
    with suppress(UnicodeError):
        name = punycode(name)
    return OF_DEVICES.sub("", name.lower().rstrip("."))


def _path(path: str) -> str:
    steps = [_quoted(step) for step in path.split("/")]
    return "/".join(step for step in steps if step.lower() != "amp").rstrip("/")


def _query(query: str) -> str:
    """The parameters in order, without those that change nothing."""
    found = []
    for part in query.split("&"):
        name, equals, value = part.partition("=")
        is_same = TRACKING.fullmatch(name) or (name.lower(), value.lower()) in FOR_PHONES
        if part and not is_same:
            found.append(_quoted(name) + equals + _quoted(value.replace("+", " ")))
    return "&".join(sorted(found))


def _fragment(parts: SplitResult) -> str:
    """What pages that are put together in the browser are told by; else nothing."""
    is_page = parts.fragment.startswith(("/", "!")) and len(parts.fragment) > 1
    return _quoted(parts.fragment) if is_page else ""


def _quoted(text: str) -> str:
    """Each sign in one way of writing it."""
    return quote(unquote_to_bytes(text), safe=LEFT_AS_THEY_ARE)


def original(address: str) -> str:
    """Of what an archive has a copy at the address; "" where it is none."""
    found = COPY.match(address.strip())
    # Archives write “https:/” as well as “https://”.
    return re.sub(r":/+", "://", found[1], count=1) if found else ""


def key_of(address: str) -> str:
    """What addresses that lead to the same publication share, and no others; "" for none."""
    if not address:
        return ""
    return blake2b(normalised(address).encode(errors="replace"), digest_size=16).hexdigest()


def keys_of(address: str) -> set[str]:
    """The keys under which the publication at an address may be on record."""
    return {key_of(one) for one in (address, original(address)) if one.strip()}


class _Derived(DeferredAttribute):
    """Follows from the field, whatever is put here."""

    field: "AddressKey"

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        return self if instance is None else key_of(getattr(instance, self.field.of))

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = value  # so that Django sees it as read


class AddressKey(models.CharField[str, str]):
    """The key of the address in another field, whatever writes the row; no fact of the record."""

    descriptor_class = _Derived

    def __init__(self, *args: Any, of: str = "", **options: Any) -> None:
        self.of = of
        fixed = {"max_length": 32, "blank": True, "default": "", "editable": False}
        super().__init__(*args, **options | fixed | {"serialize": False})

    def deconstruct(self) -> Any:
        """Like the field that it is; no migration depends on how it follows."""
        name, _path, args, options = super().deconstruct()
        return name, "django.db.models.CharField", args, options
