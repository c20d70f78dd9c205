"""References as CSL-JSON: the items as they are."""

import json
from collections.abc import Iterable, Iterator

from rounds.exports.citing.items import Item

KIND = "application/vnd.citationstyles.csl+json"


def written(items: Iterable[Item]) -> Iterator[str]:
    """An array of the items, one on a line."""
    yield "["
    for place, item in enumerate(items):
        yield (",\n" if place else "\n") + json.dumps(item, ensure_ascii=False)
    yield "\n]\n"
