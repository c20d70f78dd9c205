"""The record as a dataset: its files, the codebook, and the releases."""

from collections.abc import Iterable
from itertools import chain
from time import monotonic
from typing import Any, NamedTuple

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from rounds import editions
from rounds.dataset import kept, releases
from rounds.dataset.deposit import KINDS, counts
from rounds.dataset.examples import EXAMPLES
from rounds.dataset.files import FILES, NAMED, File
from rounds.exports import citations
from rounds.exports.codebook import rules
from rounds.exports.imprint import Imprint
from rounds.exports.resources import resources
from rounds.exports.tables import NAMED as TABLES_BY_NAME
from rounds.models import Release
from rounds.views.formats import WHOLE, taking
from rounds.views.momentary import momentary

FOR_GOOD = "public, max-age=31536000, immutable"
SHOWN = ("application/json", "text/markdown")  # by browsers, which save all others
TEXTS = {".json": "application/json", ".md": "text/markdown", ".cff": "application/yaml"}


# The tables that have an address of their own.
GIVEN = {*TABLES_BY_NAME, citations.NAME}


class Offer(NamedTuple):
    """A file of the dataset with its size, where that is known."""

    file: File
    size: kept.Size | None


def imprint_of(request: HttpRequest) -> Imprint:
    """What the files say of themselves that the visitor gets."""
    edition = getattr(request, "edition", None) or editions.current()
    root = settings.SITE_URL or request.build_absolute_uri("/")[:-1]
    return Imprint.of(edition, root, settings.OPERATOR)


def data(request: HttpRequest) -> HttpResponse:
    """What the record is as data, and every way to take it along."""
    imprint = imprint_of(request)
    until = monotonic() + settings.DATA_SECONDS
    offers = [Offer(file, kept.size_of(file, imprint, until)) for file in FILES]
    context = {
        "imprint": imprint,
        "offers": offers,
        "is_whole": all(offer.size for offer in offers),
        "tables": [
            (one, reverse(f"rounds:{one.name}_csv")) for one in resources() if one.name in GIVEN
        ],
        "examples": [(one, one.text(imprint.root)) for one in EXAMPLES],
        "newest": Release.objects.newest(),
    }
    response = render(request, "data/data.html", context)
    return response if context["is_whole"] else momentary(response)


def codebook(request: HttpRequest) -> HttpResponse:
    """Every table, column and code in words."""
    return render(request, "data/codebook.html", {"tables": resources(), "rules": rules()})


@taking({})
def file(request: HttpRequest, name: str) -> HttpResponseBase:
    """A file of the dataset, of the edition as it is now."""
    found = NAMED.get(name)
    if found is None:
        raise Http404
    pieces = kept.sent(kept.pieces(found, imprint_of(request)))
    return _answer(pieces, found.media_type, name)


def _answer(pieces: Iterable[bytes], media_type: str, name: str) -> HttpResponseBase:
    """In one piece, which has an ETag and is kept; what is long streams."""
    headers = {"Content-Disposition": _disposition(media_type, name)}
    content_type = _content_type(media_type)
    first: list[bytes] = []
    rest, length = iter(pieces), 0
    for piece in rest:
        first.append(piece)
        length += len(piece)
        if length > WHOLE:
            return StreamingHttpResponse(chain(first, rest), content_type, headers=headers)
    return HttpResponse(b"".join(first), content_type, headers=headers)


def _disposition(media_type: str, name: str) -> str:
    shown = "inline" if media_type in SHOWN or media_type.startswith("text/") else "attachment"
    return f'{shown}; filename="{name}"'


def _content_type(media_type: str) -> str:
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


def release_list(request: HttpRequest) -> HttpResponse:
    """The releases with what changed in each, the newest first."""
    found = [_told(one) for one in Release.objects.newest_first()]
    return render(request, "data/release_list.html", {"releases": found})


def release_detail(request: HttpRequest, name: str) -> HttpResponse:
    """One release: its files, its notes, what differs from the one before."""
    return render(request, "data/release_detail.html", _told(get_object_or_404(Release, name=name)))


def _told(release: Release) -> dict[str, Any]:
    """A release, and of its tables those that differ from the one before."""
    before, tables = release.changes["before"], release.changes["tables"]
    differing = [
        {
            "name": name,
            "table": table,
            "counts": [(kind, count) for kind, count in counts(table).items() if count],
        }
        for name, table in tables.items()
        if any(counts(table).values())
    ]
    return {
        "release": release,
        "before": before,
        "differing": differing if before else [],
        "gone": [name for name, table in tables.items() if "is_gone" in table],
        "rows": sum(table["rows"] for table in tables.values()),
        "kinds": KINDS,
    }


@taking({})
def release_file(request: HttpRequest, name: str, file: str) -> HttpResponseBase:
    """A file of a release, which stays as it is for good."""
    release = get_object_or_404(Release, name=name)
    if file not in {one["name"] for one in release.files}:
        raise Http404
    path = releases.folder_of(release) / file
    try:
        opened = path.open("rb")
    except OSError as error:  # the folder is on another machine, or was not brought back
        raise Http404 from error
    media_type = NAMED[file].media_type if file in NAMED else TEXTS.get(path.suffix, "text/plain")
    headers = {
        "Cache-Control": FOR_GOOD,
        "Content-Disposition": _disposition(media_type, file.removeprefix(".")),
    }
    return FileResponse(opened, content_type=_content_type(media_type), headers=headers)
