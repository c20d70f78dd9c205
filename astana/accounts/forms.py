"""The forms by which people log in and prove who they are."""

from typing import Any

from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm
from django.utils.translation import gettext_lazy as _

from astana.accounts import codes
from astana.accounts.waiting import CodeWantedError


class LoginForm(AdminAuthenticationForm):
    """Name and password. Raises CodeWantedError where these are right and not enough."""

    def confirm_login_allowed(self, user: Any) -> None:
        super().confirm_login_allowed(user)
        if codes.are_set_up(user):
            raise CodeWantedError(user)


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(
            attrs={
                "class": "vTextField",
                "autocomplete": "one-time-code",
                "autocapitalize": "none",
                "spellcheck": "false",
                "aria-describedby": "id_code_helptext",
            }
        ),
        error_messages={"required": _("Type the code.")},
    )
