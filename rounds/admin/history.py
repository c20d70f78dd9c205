"""What became of an object with all that belongs to it, and the way back; what was deleted."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from django.apps import apps
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from astana.accounts import audit
from rounds.access import may_see_unpublished
from rounds.admin import edits
from rounds.admin.explaining import WANTED, reason_sent
from rounds.changes import together
from rounds.corrections import UnexplainedError, is_told
from rounds.history import undoing
from rounds.history.steps import Step, steps
from rounds.history.things import Things
from rounds.history.trees import belonging_to, told_of
from rounds.models import Change, Revision
from rounds.revisions import give_reason
from rounds.sources.admin import round_of
from rounds.triggers import parent_of, record_models

PAGE = 20  # revisions or deletions


class Entry(NamedTuple):
    """What was done at once; ``last`` is the last row of it."""

    revision: Revision | None
    at: Any
    last: int
    steps: list[Step]


def history(request: HttpRequest, app: str, name: str, key: str) -> HttpResponse:
    """Who changed what of an object when, from what to what; of other objects Django's page."""
    try:
        model = apps.get_model(app, name)
        screen: Any = admin.site._registry[model]
    except (LookupError, KeyError):
        raise Http404 from None
    if model not in record_models():
        response: HttpResponse = screen.history_view(request, key)
        return response
    thing = _asked(request, screen, key)
    rows = Change.objects.filter(told_of(model, thing.pk))
    page = _page(request, _groups(rows))
    entries = list(_entries(page.object_list))
    first = rows.order_by("pk").first()
    context = _context(request, screen, thing, gettext("History: %(name)s")) | {
        "page_obj": page,
        "entries": entries,
        "began": first.pk - 1 if first and not _was_added(first, model, thing.pk, rows) else None,
        "newest": page.paginator.object_list[0][-1] if page.paginator.count else None,
        "is_last_page": not page.has_next(),
    }
    return render(request, "admin/history.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def restore(request: HttpRequest, app: str, name: str, key: int, until: int) -> HttpResponse:
    """Show what would change if an object were as it was at a time, and do it."""
    try:
        model = apps.get_model(app, name)
        screen: Any = admin.site._registry[model]
    except (LookupError, KeyError):
        raise Http404 from None
    if model not in record_models():
        raise Http404
    thing = _asked(request, screen, str(key))
    changes = undoing.back_to(model, thing.pk, until)
    may = screen.has_change_permission(request, thing) and undoing.may(request.user, changes)
    back = reverse(f"admin:{app}_{name}_history", args=[thing.pk])
    earlier = Change.objects.filter(belonging_to(model, thing.pk), pk__lte=until)
    last = earlier.order_by("-pk").first()
    reasons: Sequence[str] = ()
    if request.method == "POST":
        if not may:
            raise PermissionDenied
        try:
            _write(request, changes, gettext("Restored a former version."))
            audit.note(request, audit.Action.RESTORED, thing, "as it was before")
        except undoing.RefusedError as error:
            reasons = error.reasons
        except UnexplainedError:
            messages.error(request, WANTED)
        else:
            edits.note_of(request, [thing])
            messages.success(request, gettext("It is again as it was."))
            return HttpResponseRedirect(back)
    context = _context(request, screen, thing, gettext("Restore: %(name)s")) | {
        "steps": [*_linked(steps(changes))],
        "is_gone": any(one.model == model._meta.label_lower and not one.after for one in changes),
        "at": last and last.at,
        "may": may,
        "reasons": reasons or undoing.missing(changes),
        "back": back,
    }
    return render(request, "admin/restore.html", context, status=409 if reasons else 200)


@require_http_methods(["GET", "HEAD"])
def deleted(request: HttpRequest) -> HttpResponse:
    """What was deleted, the last first, and by whom."""
    if not may_see_unpublished(request.user):
        raise PermissionDenied
    rows = [row for row in undoing.deletions() if _may_view(request, row)]
    page = _page(request, rows)
    things = Things()
    for label, some in groupby(sorted(page, key=lambda row: row.model), lambda row: row.model):
        things.read(apps.get_model(label), [row.key for row in some])
    context = admin.site.each_context(request) | {
        "title": gettext("Deleted"),
        "page_obj": page,
        "deletions": [(row, *_named(things, row)) for row in page],
    }
    return render(request, "admin/deleted.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def bring_back(request: HttpRequest, key: int) -> HttpResponse:
    """Show what was deleted with an object, and let it all be there again."""
    row = next((one for one in undoing.deletions() if one.pk == key), None)
    if not may_see_unpublished(request.user) or (row and not _may_view(request, row)):
        raise PermissionDenied
    if row is None:
        raise Http404
    changes = undoing.with_what_went(row)
    kind, name, _round = _named(Things(), row)
    may = undoing.may(request.user, changes)
    reasons: Sequence[str] = ()
    if request.method == "POST":
        if not may:
            raise PermissionDenied
        try:
            _write(request, changes, gettext("Brought back."))
            audit.note(request, audit.Action.RESTORED, f"{kind} {name}", "after its deletion")
        except undoing.RefusedError as error:
            reasons = error.reasons
        except UnexplainedError:
            messages.error(request, WANTED)
        else:
            edits.note_of(request, apps.get_model(row.model)._base_manager.filter(pk=row.key))
            messages.success(request, gettext("“%(name)s” is there again.") % {"name": name})
            return HttpResponseRedirect(_change_page(apps.get_model(row.model), row.key))
    context = admin.site.each_context(request) | {
        "title": gettext("Bring back: %(name)s") % {"name": f"{kind} “{name}”"},
        "row": row,
        "steps": steps(changes),
        "may": may,
        "reasons": reasons or undoing.missing(changes),
        "back": reverse("deleted"),
    }
    return render(request, "admin/bring_back.html", context, status=409 if reasons else 200)


def _write(request: HttpRequest, changes: list[Change], comment: str) -> None:
    """Do it; raises ``UnexplainedError`` where readers can see it and no reason is given."""
    reason = reason_sent(request)
    with together(comment):
        give_reason(reason)
        undoing.write(changes, comment)
        if is_told() and not reason:
            raise UnexplainedError


def _asked(request: HttpRequest, screen: Any, key: str) -> Any:
    """The object whose history is asked for: drafts may be in it, whatever it is now."""
    if not (screen.has_view_or_change_permission(request) and may_see_unpublished(request.user)):
        raise PermissionDenied
    thing = screen.get_object(request, key)
    if thing is None:
        raise Http404
    return thing


def _context(request: HttpRequest, screen: Any, thing: Any, title: str) -> dict[str, Any]:
    return admin.site.each_context(request) | {
        "title": title % {"name": thing},
        "opts": screen.opts,
        "thing": thing,
        "kinds": capfirst(str(screen.opts.verbose_name_plural)),
    }


def _page(request: HttpRequest, rows: Sequence[Any]) -> Page[Any]:
    return Paginator(rows, PAGE).get_page(request.GET.get("page"))


def _groups(rows: Any) -> list[list[int]]:
    """The keys of the changes that were made at once, the last first."""
    found = []
    listed = rows.order_by("-pk").values_list("pk", "revision", "at")
    for _at_once, some in groupby(listed, lambda row: row[1] or f"{row[2]:%Y%m%d%H%M%S}"):
        found.append([pk for pk, _revision, _at in some][::-1])
    return found


def _entries(groups: Iterable[list[int]]) -> Iterable[Entry]:
    keys = [pk for group in groups for pk in group]
    rows = Change.objects.select_related("revision__user").in_bulk(keys)
    for group in groups:
        changes = [rows[pk] for pk in group]
        said = [*_linked(steps(changes))]
        if said:
            yield Entry(changes[0].revision, changes[-1].at, group[-1], said)


def _linked(some: Iterable[Step]) -> Iterable[Step]:
    for step in some:
        step.address = _change_page(step.model, step.key) if step.is_there else ""
        yield step


def _change_page(model: type[Model], key: int) -> str:
    """Where the object is changed: its own page, or that of what it belongs to."""
    options = model._meta
    try:
        return reverse(f"admin:{options.app_label}_{options.model_name}_change", args=[key])
    except NoReverseMatch:
        parent = parent_of(model)
        above = model._base_manager.filter(pk=key).values_list(parent.attname, flat=True).first()
        return _change_page(parent.related_model, above) if above else reverse("admin:index")


def _was_added(first: Change, model: type[Model], key: int, rows: Any) -> bool:
    """Whether the history begins with the object itself."""
    label = model._meta.label_lower
    return bool(rows.filter(model=label, key=key, before__isnull=True).exists())


def _may_view(request: HttpRequest, row: Change) -> bool:
    options = apps.get_model(row.model)._meta
    return request.user.has_perm(f"{options.app_label}.view_{options.model_name}")


def _named(things: Things, row: Change) -> tuple[str, str, str]:
    """The kind, the name and the round of what was deleted."""
    model = apps.get_model(row.model)
    thing = things.get(model, row.key)
    try:
        round_ = str(round_of(thing) or "") if thing else ""
    except (AttributeError, model.DoesNotExist):
        round_ = ""
    return capfirst(str(model._meta.verbose_name)), things.name(model, row.key), round_
