"""What answers in formats other than pages share: what is asked for, refusals, streams."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import wraps
from http import HTTPStatus
from itertools import chain
from typing import Any

from django.forms import Form, ModelChoiceField
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from rounds.exports.matches import Passages
from rounds.exports.rows import ChangedMeanwhileError, Scope
from rounds.exports.tables import table_of
from rounds.selection.demands import Match
from rounds.selection.filters import Order, RoundFilterSet
from rounds.selection.parameters import Parameters, Unused, parameters_of
from rounds.selection.passages import passages
from rounds.views.moved import asked_anew
from rounds.wording.lists import listed

View = Callable[..., HttpResponseBase]
Faults = Mapping[str, list[str]]  # sentences by the names of parameters

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
NO_ROUND = _("There is no round of this number.")
EDITED = _("The record was edited while it was read. Ask again in a few seconds.")
ALL = 10_000  # passages of a round: all that there are
# Up to this an answer is one piece, which is kept and has an ETag; what is longer streams.
WHOLE = 4_000_000  # letters

ATTEMPTS = 3  # to read a record that is edited meanwhile

# What every format of the timeline takes: its filters, not what its page shows of them.
OF_ROUNDS: Parameters = parameters_of(
    RoundFilterSet.base_filters, match=Match.ANY, order=Order.NEWEST
)


class BadParametersError(Exception):
    """What is asked for makes no sense; ``faults`` has sentences by the names of parameters."""

    def __init__(self, faults: Faults) -> None:
        super().__init__(faults)
        self.faults = faults


def taking(parameters: Parameters) -> Callable[[View], View]:
    """Let a view take these parameters and no others; what makes no sense is a 400.

    Slugs and numbers of before lead on, as on pages.
    """

    def wrapped(view: View) -> View:
        @wraps(view)
        def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            try:
                refuse_unknown(request, parameters)
                return read_whole(request, lambda: view(request, *args, **kwargs))
            except BadParametersError as error:
                return asked_anew(request) or refused(request, error.faults)

        asked.parameters = parameters  # type: ignore[attr-defined]
        return asked

    return wrapped


def read_whole(request: HttpRequest, view: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """The answer of a view, which is asked again where the record changed under its hands.

    After some attempts a 503 that asks to come back.
    """
    for _attempt in range(ATTEMPTS):
        try:
            return view()
        except ChangedMeanwhileError:
            continue
    busy = _refusal(request, HTTPStatus.SERVICE_UNAVAILABLE, [EDITED])
    busy.headers["Retry-After"] = "5"
    return busy


def refuse_unknown(request: HttpRequest, parameters: Parameters) -> None:
    """Raise ``BadParametersError`` for parameters that are none, or are given too often."""
    unused = Unused.of(request.GET, parameters)
    known = listed(parameters) or gettext("none")
    faults = {
        name: [gettext("There is no such parameter here. There are: %(known)s.") % {"known": known}]
        for name in unused.names
    }
    for name in unused.values:
        faults[name] = [gettext("It takes one value: leave all but one out.")]
    if faults:
        raise BadParametersError(faults)


def checked(filterset: Any) -> Any:
    """The filter set itself; raises ``BadParametersError`` where a value of it is wrong."""
    if filterset.errors:
        form = filterset.form
        raise BadParametersError({name: list(_said(form, name)) for name in form.errors})
    return filterset


def _said(form: Form, name: str) -> Iterator[str]:
    """What is wrong with a value, and where a choice is to be made, which values there are."""
    for error in form.errors.as_data()[name]:
        yield from error.messages
        if error.code in ("invalid_choice", "invalid_pk_value"):
            yield gettext("The list: %(values)s.") % {"values": _values(form.fields[name])}


def _values(field: Any) -> str:
    """The values of a choice; of what there are many the table that has them."""
    if isinstance(field, ModelChoiceField):
        rows: Any = field.queryset
        address = reverse(f"rounds:{table_of(rows.model).name}_csv")
        return gettext("the slugs in %(address)s") % {"address": address}
    return listed(str(value) for value, _label in field.choices if value)


def asked_rounds(request: HttpRequest) -> RoundFilterSet:
    """The rounds that the parameters ask for, as on the timeline.

    Raises ``BadParametersError`` where a value is wrong.
    """
    filterset: RoundFilterSet = checked(RoundFilterSet(request.GET, request=request))
    return filterset


def scope_of(
    request: HttpRequest,
    filterset: RoundFilterSet | None = None,
    *,
    rounds: list[int] | None = None,
) -> Scope:
    """What the visitor may see, or of that the rounds that are asked for, in their order.

    Those are what a filter set leaves, or have these keys.
    """
    root = root_of(request)
    if filterset is None:
        return Scope(request.user, rounds=rounds, root=root)
    return Scope(
        request.user,
        rounds=[row.pk for row in filterset.matching] if filterset.demands else None,
        newest_first=not filterset.is_oldest_first,
        root=root,
    )


def root_of(request: HttpRequest) -> str:
    """The address of the site, without a slash at its end."""
    return request.build_absolute_uri("/")[:-1]


def about(request: HttpRequest, title: str) -> dict[str, Any]:
    """What a document says of itself."""
    edition = getattr(request, "edition", None)
    return {
        "title": title,
        "address": request.build_absolute_uri(),
        "site": request.build_absolute_uri("/"),
        "edition": edition and edition.number,
        "changed": edition and edition.changed_at,
        "licence": LICENCE,
    }


def found_passages(filterset: RoundFilterSet) -> Passages:
    """By the numbers of the rounds that match, the facts by which they do."""
    numbers = {row.pk: row.number for row in filterset.matching}
    found = passages(filterset, list(numbers), ALL)
    return {numbers[pk]: one.shown for pk, one in found.items()}


def refused(request: HttpRequest, faults: Faults) -> HttpResponse:
    """A 400 that names each parameter and what is wrong with it."""
    return _refusal(request, HTTPStatus.BAD_REQUEST, faults)


def not_there(request: HttpRequest, sentence: StrOrPromise) -> HttpResponse:
    """A 404 that says what there is not."""
    return _refusal(request, HTTPStatus.NOT_FOUND, [sentence])


def _refusal(
    request: HttpRequest, status: HTTPStatus, errors: Faults | Sequence[StrOrPromise]
) -> HttpResponse:
    """Why there is no answer, as JSON where that was asked for."""
    if request.path.endswith("json") or request.path.startswith(reverse("rounds:api")):
        options = {"ensure_ascii": False}
        return JsonResponse({"errors": errors}, status=status, json_dumps_params=options)
    lines = (
        [f"{name}: {' '.join(sentences)}" for name, sentences in errors.items()]
        if isinstance(errors, Mapping)
        else errors
    )
    text = "".join(f"{line}\n" for line in lines)
    return HttpResponse(text, "text/plain; charset=utf-8", status=status)


def answer(pieces: Iterable[str], kind: str, name: str = "") -> HttpResponseBase:
    """An answer of these pieces, which streams where it is long; saved under a name, if any.

    ``kind`` is its media type, which is text in UTF-8.
    """
    headers = {"Content-Disposition": f'attachment; filename="{name}"'} if name else {}
    content_type = f"{kind}; charset=utf-8"
    first: list[str] = []
    rest: Iterator[str] = iter(pieces)
    length = 0
    for piece in rest:
        first.append(piece)
        length += len(piece)
        if length > WHOLE:
            return StreamingHttpResponse(chain(first, rest), content_type, headers=headers)
    return HttpResponse("".join(first), content_type, headers=headers)
