from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import ListView

from rounds.access import Visitor
from rounds.findings.outline import outline_seen_by
from rounds.models import PublicChange, Round
from rounds.selection.parameters import Parameter
from rounds.views.momentary import momentary
from rounds.views.moved import asked_anew


class ChangesForm(forms.Form):
    """Which changes a visitor asks for."""

    round = forms.ChoiceField(
        label=_("Round"),
        required=False,
        error_messages={"invalid_choice": _("There is no round %(value)s.")},
    )

    def __init__(self, data: Any, numbers: list[int]) -> None:
        super().__init__(data)
        named: Any = self.fields["round"]
        named.choices = [("", _("All")), *((str(number), str(number)) for number in numbers)]

    @classmethod
    def asked(cls, request: HttpRequest) -> "ChangesForm":
        """What the parameters of a request ask for."""
        return cls(request.GET, [row.number for row in outline_seen_by(request.user)])


def changes_asked(form: ChangesForm, user: Visitor) -> QuerySet[PublicChange]:
    """The changes that a form asks for, of those that the visitor may see; none if it is wrong."""
    changes = PublicChange.objects.visible_to(user)
    if not form.is_valid():
        return changes.none()
    if number := form.cleaned_data["round"]:
        return changes.on(Round.objects.get(number=number))
    return changes


class ChangeListView(ListView[PublicChange]):
    """What was changed of facts that readers could see already, and why, the last first."""

    template_name = "changes.html"
    paginate_by = 50
    parameters = {"round": Parameter(), "page": Parameter("1")}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().get(request, *args, **kwargs)
        if self.form.is_valid():
            return response
        return asked_anew(request) or momentary(response)

    @cached_property
    def form(self) -> ChangesForm:
        return ChangesForm.asked(self.request)

    def get_queryset(self) -> QuerySet[PublicChange]:
        return changes_asked(self.form, self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(form=self.form, **kwargs)
