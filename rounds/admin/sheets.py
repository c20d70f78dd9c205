"""Sheets in the admin: upload some, see what they would change, apply that; download."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.auth import get_permission_codename
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET, require_http_methods

from rounds import editions
from rounds.access import Visitor, may_publish, may_see_unpublished
from rounds.admin import edits
from rounds.corrections import UnexplainedError
from rounds.desk.sheets.archives import unpacked
from rounds.desk.sheets.database import read_record
from rounds.desk.sheets.differences import Differences, Prune, What
from rounds.desk.sheets.exporting import Sheets, sheet_of_round
from rounds.desk.sheets.faults import SheetError
from rounds.desk.sheets.files import LARGEST, text_of
from rounds.desk.sheets.importing import Wishes, bring_in
from rounds.desk.sheets.record import shapes
from rounds.exports.archives import zipped
from rounds.models import Round

SALT = "rounds.admin.sheets"
LONGEST = 2_000_000  # characters of packed sheets that a page carries on; forms take little more
FORMS = ("yaml", "json")

Files = list[tuple[str, str]]


def _may(user: Visitor, *actions: str) -> bool:
    """Whether the user may do all of this with every kind of object of the record."""
    return may_see_unpublished(user) and user.has_perms(
        f"{shape.model._meta.app_label}.{get_permission_codename(action, shape.model._meta)}"
        for shape in shapes()
        for action in actions
    )


def may_download(user: Visitor) -> bool:
    return _may(user, "view")


def may_upload(user: Visitor) -> bool:
    return _may(user, "view", "add", "change")


def may_prune(user: Visitor) -> bool:
    return may_upload(user) and _may(user, "delete")


@require_http_methods(["GET", "HEAD", "POST"])
def sheets(request: HttpRequest) -> HttpResponse:
    """The page: what can be downloaded, and what uploaded sheets would change."""
    if not may_download(request.user):
        raise PermissionDenied
    if request.method != "POST":
        return _page(request)
    if not may_upload(request.user):
        raise PermissionDenied
    return _apply(request) if "apply" in request.POST else _compare(request)


def _compare(request: HttpRequest) -> HttpResponse:
    """Show what the uploaded files would change, and carry them on to be applied."""
    sent = [
        (str(one.name), one.read(LARGEST + 1))  # more is refused as too large
        for one in request.FILES.getlist("files")
    ]
    wishes = Wishes(
        prune=Prune.PARTS if "prune" in request.POST else Prune.NOTHING,
        publishes="publish" in request.POST,
        user=request.user,  # type: ignore[arg-type]
    )
    _check_prune(request, wishes)
    edition = editions.current().number
    try:
        files = list(unpacked(sent))
        differences = bring_in(files, wishes)
    except SheetError as error:
        return _page(request, status=422, faults=list(map(str, error.faults)))
    packed = _packed([(name, content.decode()) for name, content in files], wishes, edition)
    return _differences(request, differences, packed)


def _apply(request: HttpRequest) -> HttpResponse:
    """Do what was shown, unless the record is no longer the one that it was shown for."""
    try:
        files, prune, publishes, edition = signing.loads(request.POST["apply"], salt=SALT)
    except signing.BadSignature:
        return _page(request, status=422, faults=[gettext("Upload the sheets once more.")])
    contents = [(name, content.encode()) for name, content in files]
    is_as_shown = editions.current().number == edition
    edition = editions.current().number
    wishes = Wishes(
        applies=is_as_shown,
        prune=Prune(prune),
        publishes=publishes,
        user=request.user,  # type: ignore[arg-type]
        has_seen_warnings="seen" in request.POST,
        reason=request.POST.get("reason", "").strip(),
    )
    _check_prune(request, wishes)
    try:
        differences = bring_in(contents, wishes)
    except SheetError as error:
        return _page(request, status=422, faults=list(map(str, error.faults)))
    except UnexplainedError:
        differences = bring_in(contents, wishes._replace(applies=False))
        messages.error(request, gettext("Nothing was changed: say why, in one line."))
        return _differences(request, differences, _packed(files, wishes, edition))
    if not is_as_shown:
        messages.warning(
            request, gettext("The record was changed meanwhile. This is what differs now.")
        )
        return _differences(request, differences, _packed(files, wishes, edition))
    _log(request, differences)
    messages.success(request, gettext("The sheets were brought into the record."))
    return HttpResponseRedirect(reverse("sheets"))


def _check_prune(request: HttpRequest, wishes: Wishes) -> None:
    if wishes.prune is not Prune.NOTHING and not may_prune(request.user):
        raise PermissionDenied


def _packed(files: Files, wishes: Wishes, edition: int) -> str:
    said = [files, wishes.prune.value, wishes.publishes, edition]
    return signing.dumps(said, salt=SALT, compress=True)


def _differences(request: HttpRequest, differences: Differences, packed: str) -> HttpResponse:
    is_too_much = len(packed) > LONGEST
    return _page(
        request,
        differences=differences,
        counts=_counts(differences),
        has_warnings=any(one.unseen for one in differences.published),
        packed="" if is_too_much or not differences.to_write else packed,
        is_too_much=is_too_much,
    )


def _counts(differences: Differences) -> list[str]:
    """How many objects differ in what way, in words."""
    added, changed, removed, left = (len(differences.of(what)) for what in What)
    same = differences.unchanged
    return [
        ngettext("%(count)d object is added", "%(count)d objects are added", added)
        % {"count": added},
        ngettext("%(count)d is changed", "%(count)d are changed", changed) % {"count": changed},
        ngettext("%(count)d is removed", "%(count)d are removed", removed) % {"count": removed},
        ngettext("%(count)d is unchanged", "%(count)d are unchanged", same) % {"count": same},
        ngettext(
            "%(count)d is in the database and not in the sheets, and stays",
            "%(count)d are in the database and not in the sheets, and stay",
            left,
        )
        % {"count": left},
    ]


def _log(request: HttpRequest, differences: Differences) -> None:
    """Note in the admin's history what was added and changed, as each screen does.

    What was removed is a change of what it belonged to.
    """
    flags = {What.ADDED: ADDITION, What.CHANGED: CHANGE, What.REMOVED: CHANGE}
    for what, flag in flags.items():
        keys: dict[type[Model], set[Any]] = {}
        for one in differences.of(what):
            entry = one.entry.parent or one.entry if what is What.REMOVED else one.entry
            if entry.shape.model in admin.site._registry:
                keys.setdefault(entry.shape.model, set()).add(entry.pk)
        for model, some in keys.items():
            rows: Any = model._base_manager.filter(pk__in=some)
            LogEntry.objects.log_actions(request.user.pk or 0, rows, flag, gettext("By sheet."))
            edits.note(request, edits.keys_of(rows))
    edits.tell(request)


def _page(request: HttpRequest, status: int = 200, **context: Any) -> HttpResponse:
    common = admin.site.each_context(request) | {
        "title": gettext("Sheets"),
        "may_upload": may_upload(request.user),
        "may_prune": may_prune(request.user),
        "may_publish": may_publish(request.user),
        "numbers": list(Round.objects.order_by("-number").values_list("number", flat=True)),
        "forms": FORMS,
    }
    return render(request, "admin/sheets.html", common | context, status=status)


@require_GET
def record_file(request: HttpRequest, form: str) -> HttpResponse:
    """The whole record: a file for each kind, in an archive."""
    _check(request, form)
    content = zipped(Sheets().files(form), timezone.now())
    return _file(f"record-{form}.zip", content, "application/zip")


@require_GET
def round_file(request: HttpRequest, number: int, form: str) -> HttpResponse:
    """One round with what belongs to it and what it names, as one file."""
    _check(request, form)
    record = read_record()
    if (number,) not in record["rounds"]:
        raise Http404
    text = text_of(sheet_of_round(record, number), form)
    kind = "application/json" if form == "json" else "application/yaml"
    return _file(f"round-{number}.{form}", [text.encode()], f"{kind}; charset=utf-8")


def _check(request: HttpRequest, form: str) -> None:
    if not may_download(request.user):
        raise PermissionDenied
    if form not in FORMS:
        raise Http404


def _file(name: str, content: Iterable[bytes], kind: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(b"".join(content), content_type=kind, headers=headers)
