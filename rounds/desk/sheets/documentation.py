"""The tables of docs/sheets.md: each key with what it holds, from the schema."""

import re
from typing import Any

from rounds.desk.sheets.schema import Schema, schema

# What stands between the two marks is written anew.
TABLE = re.compile(r"(<!-- keys of (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def documented(text: str) -> str:
    """A text with its tables as they should be."""
    return TABLE.sub(lambda found: found[1] + table(found[2]) + found[3], text)


def table(name: str) -> str:
    """The keys of an entry, by its name among the ``$defs`` of the schema."""
    entry = schema()["$defs"][name]
    required = entry.get("required", [])
    rows = []
    patterns = {key.strip("^$"): one for key, one in entry.get("patternProperties", {}).items()}
    for key, one in (_flat(entry["properties"]) | patterns).items():
        cells = [f"`{key}`", "yes" if key in required else "", _kind(one)]
        rows.append(f"| {' | '.join(cells)} | {_about(one)} |\n")
    return "| key | required | holds | |\n|---|---|---|---|\n" + "".join(rows)


def _flat(properties: Schema, around: str = "") -> Schema:
    """The properties, those within others by their path."""
    found: Schema = {}
    for key, one in properties.items():
        if one.get("type") == "object" and "properties" in one:
            found |= _flat(one["properties"], f"{around}{key}.")
        else:
            found[f"{around}{key}"] = one
    return found


def _about(one: Schema) -> str:
    return one.get("description", "").replace("|", "\\|")


def _kind(one: Schema) -> str:
    if "enum" in one:
        choices = [str(choice) for choice in one["enum"] if choice not in (None, "")]
        return " · ".join(f"`{choice}`" for choice in choices) if len(choices) < 20 else "name"
    if one.get("type") == "array":
        return f"list of {_items(one['items'])}"
    if one.get("format") == "date":
        return "day"
    types = one.get("type", "anything")
    return NAMES.get(types if isinstance(types, str) else types[0], "anything")


def _items(items: Schema) -> str:
    if "$ref" in items:
        name = items["$ref"].rpartition("/")[2]
        return f"[{name}](#{name})"
    return f"{_kind(items)}s" if "enum" not in items else _kind(items)


NAMES: dict[Any, str] = {
    "string": "text",
    "integer": "number",
    "boolean": "`true` or `false`",
    "object": "mapping",
}
