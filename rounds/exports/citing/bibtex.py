"""References as BibTeX, with the fields of BibLaTeX, which has dates, addresses and languages."""

from collections.abc import Iterable, Iterator

from babel import Locale
from pybtex.database import BibliographyData, Entry, Person
from pybtex.database.output.bibtex import Writer

from rounds.exports.citing.items import Item, iso

KIND = "application/x-bibtex"
TYPES = {"webpage": "online", "dataset": "dataset"}  # those of BibLaTeX, by those of CSL
# What LaTeX would take for a command. Letters of all scripts stay as they are.
SPECIAL = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{letter: f"\\{letter}" for letter in "#$%&_"},
    }
)
# Addresses stand as they are, but for what ends a field or begins a command.
IN_ADDRESS = str.maketrans({letter: f"%{ord(letter):02X}" for letter in '{}\\" '})


class AsGiven(Writer):
    """Writes fields that are escaped already: addresses are escaped otherwise than texts."""

    def _encode(self, text: str) -> str:
        return text


def written(items: Iterable[Item]) -> Iterator[str]:
    """The entries, one after the other."""
    writer = AsGiven(encoding="UTF-8")
    for item in items:
        yield f"{writer.to_string(BibliographyData({item['id']: entry(item)}))}\n"


def entry(item: Item) -> Entry:
    fields = {
        # In braces, so that no style takes the capitals from names.
        "title": f"{{{text(item['title'])}}}",
        "date": iso(item, "issued"),
        "organization": text(item.get("container-title") or item["publisher"]),
        "version": text(version(item)),
        "url": item["URL"].translate(IN_ADDRESS),
        "urldate": iso(item, "accessed"),
        "langid": language(item["language"]),
    }
    if copy := item.get("archive_location"):
        fields["note"] = rf"Archived copy: \url{{{copy.translate(IN_ADDRESS)}}}"
    authors = [Person(f"{{{text(one['literal'])}}}") for one in item.get("author", ())]
    return Entry(
        TYPES[item["type"]],
        fields={name: value for name, value in fields.items() if value},
        persons={"author": authors} if authors else {},
    )


def text(value: str) -> str:
    return value.translate(SPECIAL)


def version(item: Item) -> str:
    """Which state of the record is cited."""
    if "edition" in item:
        return f"Edition {item['edition']}"
    return item.get("version", "")


def language(code: str) -> str:
    """The name of a language as LaTeX knows it: “russian”."""
    return (Locale.parse(code).get_language_name("en") or code).lower()
