"""References as the English Wikipedia has them: the template {{cite web}}."""

from rounds.exports.citing.items import Item, iso
from rounds.wording.numbers import ordinal

# What ends a value of a template, or begins something else within it.
SPECIAL = str.maketrans({letter: f"&#{ord(letter)};" for letter in "|{}[]<>"} | {"\n": " "})
IN_ADDRESS = str.maketrans({letter: f"%{ord(letter):02X}" for letter in '|{}[]<>" '})


def template(item: Item) -> str:
    """The template with what is known of the item."""
    author = item.get("author", [{"literal": ""}])[0]["literal"]
    site = item.get("container-title", "")
    edition = item.get("edition")
    values = {
        "author": author if author not in (site, item.get("publisher")) else "",
        "title": item["title"],
        "url": item["URL"].translate(IN_ADDRESS),
        "website": site,
        "publisher": item.get("publisher", ""),
        "type": "Data set" if item["type"] == "dataset" else "",
        "edition": ordinal(int(edition)) if edition else "",
        "version": item.get("version", ""),
        "date": iso(item, "issued"),
        "access-date": iso(item, "accessed"),
        "language": item["language"] if item["language"] != "en" else "",
    }
    given = [
        f" |{name}={value if name == 'url' else value.translate(SPECIAL)}"
        for name, value in values.items()
        if value
    ]
    return "{{cite web" + "".join(given) + "}}"
