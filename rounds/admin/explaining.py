"""Why something public is changed: the editor is asked, and readers are told."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rounds.access import is_public
from rounds.changes import together
from rounds.corrections import UnexplainedError, check_reason
from rounds.models import Member
from rounds.revisions import give_reason
from rounds.sources.models import Sourced

REASON, TYPO = "reason", "is_typo"
WANTED = _("Readers can see this already. Say in one line why it is changed.")


def is_corrected(thing: Model | None) -> bool:
    """Whether readers are told of changes to the object."""
    if isinstance(thing, Member):
        thing = thing.delegation
    if not isinstance(thing, Sourced) or thing.pk is None:
        return False
    return is_public(thing.its_round or thing)


def fields_of_reason() -> dict[str, forms.Field]:
    return {
        REASON: forms.CharField(
            label=_("Why it is changed"),
            required=False,
            max_length=300,
            widget=forms.TextInput(attrs={"class": "vTextField"}),
            help_text=_("One line for readers, who see it with what was changed."),
        ),
        TYPO: forms.BooleanField(
            label=_("Only a typo: it says what it said before"),
            required=False,
            help_text=_("Then it needs no reason; readers see it marked as a typo."),
        ),
    }


class Explained(ModelAdmin[Any]):
    """A screen that asks why, where readers are told of the change."""

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Those of the object; the reason stands by itself, below all rows."""
        return [name for name in super().get_fields(request, obj) if name not in (REASON, TYPO)]

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form: Any = super().get_form(request, obj, change, **kwargs)
        lacks_reason = getattr(request, "lacks_reason", False)
        if lacks_reason or REASON in request.POST or is_corrected(obj):
            attributes = {**fields_of_reason(), "lacks_reason": lacks_reason}
            form = type(form)(form.__name__, (Asking, form), attributes)
        return form

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        give_reason(form.cleaned_data.get(REASON, ""), is_typo=form.cleaned_data.get(TYPO, False))
        super().save_related(request, form, formsets, change)
        check_reason()

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        with together():
            _take_reason(request)
            super().delete_model(request, obj)
            check_reason()

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        with together():
            _take_reason(request)
            super().delete_queryset(request, queryset)
            check_reason()

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().delete_view(request, *args, **kwargs)
        except UnexplainedError:
            return _asked_again(request)

    def changelist_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().changelist_view(request, *args, **kwargs)
        except UnexplainedError:
            return _asked_again(request)


class Asking:
    """A form with a field for the reason, which says so where that is missing."""

    lacks_reason: bool

    @property
    def changed_data(self) -> list[str]:
        """What is changed of the object, for which the reason alone is none."""
        changed: list[str] = super().changed_data  # type: ignore[misc]
        return [name for name in changed if name not in (REASON, TYPO)]

    def is_valid(self) -> bool:
        is_valid: bool = super().is_valid()  # type: ignore[misc]
        if self.lacks_reason:
            self.add_error(REASON, WANTED)  # type: ignore[attr-defined]
        return is_valid and not self.lacks_reason


def reason_sent(request: HttpRequest) -> str:
    """The reason that came with a form that is none of an object."""
    return request.POST.get(REASON, "").strip()[:300]


def _take_reason(request: HttpRequest) -> None:
    give_reason(reason_sent(request))


def _asked_again(request: HttpRequest) -> HttpResponse:
    messages.error(request, gettext("Nothing was deleted. %(wanted)s") % {"wanted": WANTED})
    return HttpResponseRedirect(request.get_full_path())
