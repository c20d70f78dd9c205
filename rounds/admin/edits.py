"""Who edits a round: that is noted, and what it does to one that is published is said."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.models import LogEntry
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext

from rounds.desk.publishing import note_edit
from rounds.desk.review import refusals_of
from rounds.models import Round
from rounds.sources.admin import know_rounds, round_of


class NotesEdits(ModelAdmin[Any]):
    """A screen whose every edit counts as one of the round that it belongs to.

    Corrections of what is published are refused by nothing: a wrong fact has to go, even if it is
    the last of its kind. The editor is told what is missing then.
    """

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change and "round" in form.changed_data:
            note(request, [form.initial["round"]])  # that which it leaves

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> LogEntry:
        note(request, keys_of([obj]))
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> LogEntry:
        if message:
            note(request, keys_of([obj]))
        return super().log_change(request, obj, message)

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        note(request, keys_of(one for one in queryset if not isinstance(one, Round)))
        return super().log_deletions(request, queryset)

    def response_add(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        tell(request)
        return super().response_add(request, *args, **options)

    def response_change(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        tell(request)
        return super().response_change(request, *args, **options)

    def response_delete(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        tell(request)
        return super().response_delete(request, *args, **options)

    def response_action(self, request: HttpRequest, *args: Any, **options: Any) -> Any:
        response = super().response_action(request, *args, **options)
        tell(request)
        return response


def keys_of(some: Iterable[Model]) -> set[int]:
    """The keys of the rounds that objects are, or belong to."""
    rows = list(some)
    know_rounds(rows)
    rounds = (one if isinstance(one, Round) else round_of(one) for one in rows)
    return {one.pk for one in rounds if one}


def note(request: HttpRequest, rounds: Iterable[int]) -> None:
    """Note that whoever asks edits the rounds with these keys."""
    keys = set(rounds)
    note_edit(keys, request.user)  # type: ignore[arg-type]
    request.edited_rounds = getattr(request, "edited_rounds", set()) | keys  # type: ignore[attr-defined]


def note_of(request: HttpRequest, some: Iterable[Model]) -> None:
    """Note and tell what was done with objects, which may be gone, on a page of its own."""
    note(request, Round.objects.filter(pk__in=keys_of(some)).values_list("pk", flat=True))
    tell(request)


def tell(request: HttpRequest) -> None:
    """Say of the rounds that were edited and are published what would forbid that now."""
    keys = getattr(request, "edited_rounds", None)
    if not keys:
        return
    request.edited_rounds = set()  # type: ignore[attr-defined]
    published = list(Round.objects.filter(pk__in=keys, publication=Round.Publication.PUBLISHED))
    refusals = refusals_of(published) if published else {}
    for round_ in published:
        if refusals[round_.pk]:
            messages.warning(
                request,
                format_html(
                    '<a href="{}">{}</a> {}',
                    reverse("admin:rounds_round_change", args=[round_.pk]),
                    gettext("%(round)s is published though:") % {"round": round_},
                    " ".join(one.sentence for one in refusals[round_.pk]),
                ),
            )
