"""What an editor saw of an object and its rows; it travels with the form, for comparing on saving.

Each value is there as a short hash, which tells whether somebody changed it, not what it was.
"""

import json
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from rounds.admin.opened.stored import Key, Row, fields_of, key_of, plain

SENSELESS = (
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    OverflowError,
    RecursionError,
)
LENGTH = 6  # signs of a hash: of four thousand million values, two have the same


def hashed(value: str) -> str:
    return b64encode(blake2b(value.encode(), digest_size=4).digest()).decode()[:LENGTH]


@dataclass
class Seen:
    """Hashes of values by row and name of the field, with the edition of the record and the time.

    While that edition stands, nothing has changed.
    """

    edition: str = ""
    at: datetime = field(default_factory=timezone.now)
    rows: dict[Key, dict[str, str]] = field(default_factory=dict)

    def packed(self) -> str:
        """All of it as one text, short enough for a field of a form."""
        models: dict[str, tuple[list[str], dict[str, str]]] = {}
        for (label, pk), values in self.rows.items():
            names, rows = models.setdefault(label, (list(values), {}))
            rows[pk] = "".join(values[name] for name in names)
        content = {"edition": self.edition, "at": self.at.isoformat(), "rows": models}
        return json.dumps(content, separators=(",", ":"))

    @classmethod
    def unpacked(cls, text: str) -> "Seen":
        """What was packed; that nothing was seen, where the text is none of ours."""
        try:
            content = json.loads(text)
            at = parse_datetime(content["at"])
            if at is None or timezone.is_naive(at):
                raise ValueError(text)
            at = at.astimezone(UTC)
            rows = {
                (label, pk): dict(zip(names, pieces(hashes), strict=True))
                for label, (names, stored) in content["rows"].items()
                for pk, hashes in stored.items()
            }
            return cls(str(content["edition"]), at, rows)
        except SENSELESS:
            return cls()

    @classmethod
    def of_forms(cls, edition: str, form: Any, formsets: Iterable[Any]) -> "Seen":
        """What forms show that were not sent; ``edition`` was read before their objects."""
        return cls(edition, rows=dict(_shown(form, None, formsets)))

    @classmethod
    def of_rows(cls, edition: str, rows: Mapping[Key, Row]) -> "Seen":
        """What is stored; ``edition`` was read before."""
        return cls(edition, rows={key: hashes(row.values) for key, row in rows.items()})

    def has_changed(self, rows: Mapping[Key, Row]) -> bool:
        """Whether what is stored now is anything else than what was seen."""
        return self.rows.keys() != rows.keys() or any(
            self.changed(key, row.values) for key, row in rows.items()
        )

    def changed(self, key: Key, values: Mapping[str, str]) -> list[str]:
        """The fields of a row whose values are others than was seen."""
        seen = self.rows.get(key)
        if seen is None:
            return list(values)
        return [name for name in values if name in seen and seen[name] != hashed(values[name])]


def hashes(values: Mapping[str, str]) -> dict[str, str]:
    return {name: hashed(value) for name, value in values.items()}


def pieces(text: str) -> list[str]:
    return [text[start : start + LENGTH] for start in range(0, len(text), LENGTH)]


def _shown(
    form: Any, to_parent: Any, formsets: Iterable[Any]
) -> Iterator[tuple[Key, dict[str, str]]]:
    """The hashes of a form's values, and of those of its rows.

    Relations to many are what the form shows: to read them again would take a query for each.
    """
    one = form.instance
    values = {
        part.name: plain(
            form.initial[part.name] if part.many_to_many else getattr(one, part.attname)
        )
        for part in fields_of(type(one), to_parent)
        if part.name in form.initial or not part.many_to_many
    }
    yield key_of(one), hashes(values)
    for formset in formsets:
        for row in formset.initial_forms:
            yield from _shown(row, formset.fk, getattr(row, "nested_formsets", ()))
