"""What a page says, found by the selectors of style sheets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache

import html5lib
from django.http import HttpResponse
from django.test import Client
from selectolax.lexbor import LexborHTMLParser, LexborNode

WITHIN_A_LINE = {"a", "b", "bdi", "em", "mark", "span", "strong", "time"}
NOT_SAID = {"-comment", "head", "sup"}
POINTERS = ("for", "aria-labelledby", "aria-describedby", "aria-controls")


class Part:
    """A part of a page."""

    def __init__(self, node: LexborNode) -> None:
        self.node = node

    @property
    def html(self) -> str:
        return self.node.html or ""

    @property
    def text(self) -> str:
        """Its words with single spaces, without the marks of footnotes."""
        return " ".join("".join(words(self.node)).split())

    @property
    def attributes(self) -> dict[str, str]:
        return {name: value or "" for name, value in self.node.attributes.items()}

    @property
    def facts(self) -> dict[str, str]:
        """What the lists of terms say of each."""
        return dict(zip(self.texts("dt"), self.texts("dd"), strict=True))

    @property
    def rows(self) -> list[list[str]]:
        """The cells of tables, row by row."""
        return [row.texts("th, td") for row in self.all("tr")]

    @property
    def ids(self) -> list[str]:
        return self.values("id", "[id]")

    def all(self, selector: str) -> list[Part]:
        return [Part(node) for node in self.node.css(selector)]

    def one(self, selector: str) -> Part:
        found = self.all(selector)
        assert len(found) == 1, f"{len(found)} parts of the page match {selector}"
        return found[0]

    def section(self, title: str) -> Part:
        """The section whose title has that id."""
        return self.one(f'section[aria-labelledby="{title}"]')

    def has(self, selector: str) -> bool:
        return bool(self.all(selector))

    def texts(self, selector: str) -> list[str]:
        return [part.text for part in self.all(selector)]

    def values(self, attribute: str, selector: str) -> list[str]:
        """What the parts that match have as that attribute."""
        return [part.attributes[attribute] for part in self.all(selector)]

    def links(self, selector: str = "a[href]") -> list[str]:
        return self.values("href", selector)


def words(node: LexborNode) -> Iterator[str]:
    """The pieces of text below a node, apart where a browser sets them apart."""
    for child in node.iter(include_text=True):
        if child.tag == "-text":
            yield child.text(deep=False)
        elif child.tag in WITHIN_A_LINE:
            yield from words(child)
        elif child.tag not in NOT_SAID:
            yield " "
            yield from words(child)
            yield " "


def read(html: str) -> Part:
    return Part(LexborHTMLParser(html).root)


def page_of(response: HttpResponse) -> Part:
    return read(response.content.decode())


def get_page(client: Client, address: str, status: int = 200, **query: str) -> Part:
    """The page that a client gets with that status."""
    response = client.get(address, query or None)
    assert response.status_code == status, address
    return page_of(response)


@cache
def answer(address: str) -> HttpResponse:
    """What everybody gets there, asked for once; only for tests that write nothing."""
    return Client().get(address)


def public_page(address: str, status: int = 200) -> Part:
    """The page that everybody gets with that status; only for tests that write nothing."""
    response = answer(address)
    assert response.status_code == status, address
    return page_of(response)


def assert_valid(response: HttpResponse) -> None:
    """The markup is right, no id stands twice, and what is pointed to is there."""
    html5lib.HTMLParser(strict=True).parse(response.content.decode())
    page = page_of(response)
    assert [one for one, count in Counter(page.ids).items() if count > 1] == []
    wanted = {link[1:] for link in page.links('a[href^="#"]')}
    for pointer in POINTERS:
        wanted.update(" ".join(page.values(pointer, f"[{pointer}]")).split())
    assert wanted <= set(page.ids)


def round_numbers(page: Part) -> list[int]:
    """The numbers of the rounds that the timeline lists."""
    return [int(name.removeprefix("round-")) for name in page.values("id", "article.round")]


def search(client: Client, query: str, **more: str) -> Part:
    return get_page(client, "/search/", q=query, **more)


def hit_totals(page: Part) -> dict[str, int]:
    """How many hits the search has of each kind, in the order of the page."""
    return {
        title.attributes["id"].removeprefix("kind-"): int(title.one(".count").text)
        for title in page.all('h2[id^="kind-"]')
    }


def hits(page: Part, kind: str) -> list[str]:
    """The addresses of the hits of a kind."""
    return page.section(f"kind-{kind}").links("a.hit")
