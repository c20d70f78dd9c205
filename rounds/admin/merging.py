"""Merging two topics, participants, people or sources: what moves, and which of them stays."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from astana.accounts import audit
from rounds.access import may_see_unpublished
from rounds.changes import together
from rounds.history.steps import said
from rounds.history.things import Things
from rounds.merging import SPELLINGS, Merge, RefusedError
from rounds.sources.admin import in_order, know_rounds, linked, with_round

MOST = 12  # rows of a kind that are named


def may_merge(request: HttpRequest, model: type[Model]) -> bool:
    options = model._meta
    right = f"{options.app_label}.merge_{options.model_name}"
    return may_see_unpublished(request.user) and request.user.has_perm(right)


def let_merge(site: AdminSite) -> None:
    """Let two of a list be merged, of each kind that can be."""
    for model in SPELLINGS:
        kind: Any = type(site._registry[model])
        actions = [*(kind.actions or ()), merge_two]
        site.unregister(model)
        site.register(model, type(kind.__name__, (Merged, kind), {"actions": actions}))


@admin.action(description=_("Merge two of these"), permissions=["merge"])
def merge_two(screen: Any, request: HttpRequest, chosen: QuerySet[Any]) -> HttpResponse | None:
    """Lead to the page on which two that were chosen can be merged."""
    keys = list(chosen.values_list("pk", flat=True)[:3])
    if len(keys) != 2:
        messages.error(request, gettext("Choose two that are the same, and no more."))
        return None
    options = screen.model._meta
    address = reverse("merge", args=[options.app_label, options.model_name])
    return HttpResponseRedirect(f"{address}?{urlencode({'stays': keys[0], 'goes': keys[1]})}")


class Merged(admin.ModelAdmin[Any]):
    """The screen of a kind of which two may turn out to be one."""

    def has_merge_permission(self, request: HttpRequest) -> bool:
        return may_merge(request, self.model)


@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest, app: str, name: str) -> HttpResponse:
    """Show what would become of two objects, and merge them."""
    model = next(
        (one for one in SPELLINGS if (one._meta.app_label, one._meta.model_name) == (app, name)),
        None,
    )
    if model is None:
        raise Http404
    if not may_merge(request, model):
        raise PermissionDenied
    asked = request.POST if request.method == "POST" else request.GET
    stays, goes = (_one(model, asked.get(side, "")) for side in ("stays", "goes"))
    if stays == goes:
        raise Http404
    both = Merge(stays, goes)
    if request.method == "POST":
        try:
            with together(both.comment):
                both.do()
                audit.note(request, audit.Action.MERGED, both.stays, both.comment)
        except RefusedError:
            messages.error(request, gettext("Something else was changed meanwhile. Look again."))
        else:
            messages.success(request, gettext("They are one now."))
            return HttpResponseRedirect(reverse(f"admin:{app}_{name}_change", args=[both.stays.pk]))
        return HttpResponseRedirect(f"{request.path}?{_query(both.stays, both.goes)}")
    options = model._meta
    context = admin.site.each_context(request) | {
        "title": gettext("Merge two into one"),
        "opts": options,
        "kinds": capfirst(str(options.verbose_name_plural)),
        "merge": both,
        "turned": _query(both.goes, both.stays),
        "fields": list(_beside(both)),
        "moves": list(_moves(both)),
        "conflicts": [(linked(one.stays), linked(one.goes)) for one in both.conflicts],
        "spellings": [text for _language, text in both.spellings],
    }
    return render(request, "admin/merge.html", context)


def _one(model: type[Model], key: str) -> Any:
    thing = (
        model._base_manager.filter(pk=key).first() if key.isdecimal() and len(key) < 19 else None
    )
    if thing is None:
        raise Http404
    return thing


def _query(stays: Model, goes: Model) -> str:
    return urlencode({"stays": stays.pk, "goes": goes.pk})


def _beside(both: Merge) -> Any:
    """What each says, where they differ, and what is said afterwards."""
    things = Things()
    for field in both.model._meta.concrete_fields:
        if field.primary_key or not field.editable:
            continue
        values = [getattr(one, field.attname) for one in (both.stays, both.goes)]
        if values[0] != values[1]:
            stays, goes = (said(field, value, things) for value in values)
            yield capfirst(str(field.verbose_name)), stays, goes, field in both.filled


def _moves(both: Merge) -> Any:
    """What refers to the one that goes, in words, by kind."""
    for one in both.moving:
        model, rows = one.field.model, one.rows
        links = [field for field in model._meta.fields if field.related_model]
        # Of a list, what stands at its other end.
        end = next((f for f in links if f is not one.field), None) if _is_list(model) else None
        shown: Any = (end.related_model if end else model)._meta
        if end:
            rows = list(
                shown.model._base_manager.filter(pk__in=[getattr(r, end.attname) for r in rows])
            )
        if hasattr(shown.model, "path_to_round"):
            know_rounds(rows)
            rows = sorted(rows, key=in_order)
        names = [with_round(row) for row in rows[:MOST]]
        rest = len(rows) - len(names)
        if rest:
            names.append(
                ngettext("and %(count)d more", "and %(count)d more", rest) % {"count": rest}
            )
        yield capfirst(str(shown.verbose_name_plural)), len(rows), names


def _is_list(model: type[Model]) -> bool:
    return bool(model._meta.auto_created)
