"""How the timeline shows the rounds that are selected, not which."""

from django import forms
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

    @property
    def has_milestones(self) -> bool:
        return self.is_valid() and self.cleaned_data["milestones"] == "on"
