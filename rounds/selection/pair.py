"""Which two rounds a visitor wants to compare."""

from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rounds.addresses import HIGHEST
from rounds.wording.lists import quoted


class NumberField(forms.IntegerField):
    """The number of a round, whatever it is that the address says instead."""

    def clean(self, value: Any) -> int:
        try:
            return super().clean(value)
        except forms.ValidationError:
            raise forms.ValidationError(
                gettext("%(value)s is not the number of a round. Choose one from the list.")
                % {"value": quoted(Truncator(value or "").chars(20))}
            ) from None


class PairForm(forms.Form):
    first = NumberField(label=_("Compare round"), min_value=1, max_value=HIGHEST)
    second = NumberField(label=_("with round"), min_value=1, max_value=HIGHEST)
