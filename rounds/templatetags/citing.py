"""How the page is cited: in a box at its end, and for reference managers in its head."""

from collections.abc import Iterator
from functools import cached_property
from html import unescape
from typing import Any, NamedTuple
from urllib.parse import quote

from django import template
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from rounds.access import keeper
from rounds.exports.citing import bibtex, csl, ris
from rounds.exports.citing.items import Item, Reading, iso
from rounds.exports.citing.styles import STYLES, cited
from rounds.exports.citing.wikipedia import template as wikipedia
from rounds.kept import nothing
from rounds.pages.addresses import PAGES
from rounds.selection.parameters import in_order, taken_by

register = template.Library()

# Pages that state nothing: what somebody asks or writes, and what is not there.
UNCITED = {
    "404.html",
    "messages/report.html",
    "messages/thanks.html",
    "missing.html",
    "rounds/compare_missing.html",
    "rounds/preview_ended.html",
    "rounds/round_missing.html",
    "rounds/statement_compare_missing.html",
    "search/search.html",
}

# Pages that stand for what can be taken along from them.
OF_DATASET = {"data/data.html", "data/release_detail.html"}


class File(NamedTuple):
    """A reference as a file that is within the page."""

    label: str
    ending: str
    name: str
    url: str


class Reference:
    """The reference to a page, in every form in which the page gives it."""

    def __init__(self, item: Item, reading: Reading) -> None:
        self.item, self.day = item, reading.day
        self.title, self.url, self.type = item["title"], item["URL"], item["type"]
        self.publisher = item.get("publisher", "")
        self.site = item.get("container-title") or self.publisher
        self.date, self.language = iso(item, "issued"), item["language"]

    @cached_property
    def texts(self) -> list[tuple[str, SafeString]]:
        return [(style.label, cited(self.item, style)) for style in STYLES]

    @property
    def wikipedia(self) -> str:
        return wikipedia(self.item)

    @property
    def files(self) -> Iterator[File]:
        for label, ending, form in (
            ("BibTeX", "bib", bibtex),
            ("RIS", "ris", ris),
            ("CSL-JSON", "csl.json", csl),
        ):
            text = "".join(form.written([self.item]))
            url = f"data:{form.KIND};charset=utf-8,{quote(text)}"
            yield File(label, ending, f"{self.item['id']}.{ending}", url)


@register.simple_tag(takes_context=True)
def reference_to_page(context: template.Context) -> Reference | None:
    """The reference to the page; None where it is not for citing, or not as everybody sees it."""
    request: HttpRequest | None = context.get("request")
    match = request and request.resolver_match
    if not request or not match or match.app_name != PAGES:
        return None
    is_public = keeper(request.user) is not nothing
    page: Any = context.template
    if page.name in UNCITED or not is_public or not getattr(request, "edition", None):
        return None
    reading = Reading(
        root=request.build_absolute_uri("/")[:-1],
        language=get_language() or "en",
        day=timezone.localdate(),
        edition=request.edition,  # type: ignore[attr-defined]
        release=request.edition.release or "",  # type: ignore[attr-defined]
    )
    if page.name in OF_DATASET:
        return Reference(reading.dataset(request.path, context.get("release")), reading)
    title = unescape(context["page_name"]).removesuffix(f" · {gettext('Timeline')}")
    return Reference(reading.page(title, path_of(request)), reading)


def path_of(request: HttpRequest) -> str:
    """The path of the page with what of its query counts."""
    parameters = taken_by(request.resolver_match.func) if request.resolver_match else None
    if not parameters:
        return request.path
    asked = QueryDict(mutable=True)
    for name, values in in_order(request.GET, parameters).lists():
        if name in parameters:
            asked.setlist(name, values)
    return f"{request.path}?{asked.urlencode()}" if asked else request.path
