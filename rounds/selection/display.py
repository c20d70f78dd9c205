"""How the timeline shows the rounds that are selected, not which."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _


class DisplayForm(forms.Form):
    """The switches of the page, beside its filters."""

    milestones = forms.ChoiceField(
        label=_("Milestones between the rounds"),
        choices=[("", _("hidden")), ("on", _("shown"))],
        required=False,
        error_messages={
            "invalid_choice": _("“%(value)s” is not possible here: use “on” or leave it out.")
        },
    )
    view = forms.ChoiceField(
        label=_("Rounds as"),
        choices=[("", _("list")), ("table", _("table"))],
        required=False,
        error_messages={
            "invalid_choice": _("“%(value)s” is not possible here: use “table” or leave it out.")
        },
    )

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.full_clean()  # a wrong value of one switch changes nothing of another

    @property
    def has_milestones(self) -> bool:
        return bool(self.cleaned_data.get("milestones") == "on")

    @property
    def is_table(self) -> bool:
        return bool(self.cleaned_data.get("view") == "table")
