"""References as RIS, which reference managers read."""

from collections.abc import Iterable, Iterator

import rispy

from rounds.exports.citing.items import Item, day_of

KIND = "application/x-research-info-systems"
TYPES = {"webpage": "ELEC", "dataset": "DATA"}  # by those of CSL


def written(items: Iterable[Item]) -> Iterator[str]:
    """The entries, one after the other."""
    for item in items:
        yield rispy.dumps([entry(item)], skip_unknown_tags=True).partition("\n")[2]


def entry(item: Item) -> dict[str, object]:
    """An entry by the names that rispy has for the tags."""
    notes = []
    if copy := item.get("archive_location"):
        notes.append(f"Archived copy: {copy}")
    fields = {
        "type_of_reference": TYPES[item["type"]],
        "id": item["id"],
        "title": item["title"],
        "authors": [one["literal"] for one in item.get("author", ())],
        "secondary_title": item.get("container-title"),
        "publisher": item.get("publisher"),
        "edition": item.get("edition") or item.get("version"),
        "date": date(item, "issued"),
        "year": str(item["issued"]["date-parts"][0][0]) if "issued" in item else "",
        "access_date": date(item, "accessed"),
        "urls": [item["URL"]],
        "language": item["language"],
        "notes": notes,
    }
    return {name: value for name, value in fields.items() if value}


def date(item: Item, variable: str) -> str:
    """A date as RIS has it, “2018/05//” where no day is known."""
    figures = [f"{figure:02}" for figure in day_of(item, variable)]
    return "/".join([*figures, *[""] * (3 - len(figures)), ""]) if figures else ""
