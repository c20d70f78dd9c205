"""How a page is packed for its way."""

import gzip
import zlib
from collections.abc import Mapping
from functools import lru_cache

import brotli

BROTLI, GZIP, PLAIN = "br", "gzip", ""
# Browsers take brotli, which is packed once for many; gzip is packed for each page that is made:
# at this level in half the time, a tenth larger.
BROTLI_LEVEL, GZIP_LEVEL = 5, 3

PACKED = ("image/png", "application/zip", "application/gzip")  # which no packing makes smaller


def is_packed(headers: Mapping[str, str]) -> bool:
    """Whether a response with these headers goes out as it is."""
    return headers.get("Content-Type", "") in PACKED


@lru_cache(maxsize=256)
def best(accepted: str) -> str:
    """The best packing that the reader takes, by the header Accept-Encoding (RFC 9110, 12.5.3)."""
    weights = {}
    for part in accepted.lower().split(","):
        name, _, weight = part.partition(";")
        weights[name.strip()] = weight.replace(" ", "").rstrip("0.") != "q="
    return next((one for one in (BROTLI, GZIP) if weights.get(one)), PLAIN)


def packed(text: bytes, encoding: str) -> bytes:
    """The text as the reader gets it; the same for the same text."""
    if encoding == GZIP:
        return gzip.compress(text, GZIP_LEVEL, mtime=0)
    if encoding == BROTLI:
        return brotli.compress(text, quality=BROTLI_LEVEL)
    return text


def unpacked(text: bytes) -> bytes:
    """What was packed as gzip; raises ValueError where that is none."""
    try:
        return gzip.decompress(text)
    except (OSError, EOFError, zlib.error) as error:
        raise ValueError(error) from error
