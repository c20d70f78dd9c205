"""The form by which readers write to the editors."""

from datetime import timedelta
from typing import Any

from django import forms
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rounds.messages.places import Place
from rounds.messages.stamps import fault_of, is_too_quick, new_stamp
from rounds.models import Message

LONGEST = 4_000  # characters: in any script less than what nginx lets readers send
PERIOD = timedelta(hours=1)
MOST = 60  # messages of all readers in that time
SAID = ("fact", "text", "answer_to")  # by the reader, and kept


class TooManyError(Exception):
    """The site took as many messages as it takes at a time."""


class Lines(forms.CharField):
    """A text whose lines end as they are counted in a browser."""

    widget = forms.Textarea(attrs={"rows": 8})

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n")


class MessageForm(forms.Form):
    """What is wrong at a place, and perhaps an address to answer to."""

    fact = forms.ChoiceField(
        label=_("What is it about?"),
        required=False,
        error_messages={
            "invalid_choice": _("This is no longer on the page. Choose again what it is about.")
        },
    )
    text = Lines(
        label=_("What is wrong?"),
        max_length=LONGEST,
        help_text=_("If you know a publication that says otherwise, add its address."),
        error_messages={
            "required": _("Write what is wrong."),
            "max_length": _(
                "This has %(show_value)d characters, and at most %(limit_value)d are taken. Make "
                "it shorter, or send the rest as another message."
            ),
        },
    )
    answer_to = forms.EmailField(
        label=_("Your mail address, if you want an answer"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_(
            "Optional. The editors answer to it and use it for nothing else. It is deleted here "
            "when they close your message; a backup and their mail may have it for longer."
        ),
        error_messages={
            "invalid": _("This is no mail address, such as name@example.org. Mend or empty it.")
        },
    )
    # Only programs fill it in: it is shown to nobody.
    website = forms.CharField(label=_("Leave this empty"), required=False)

    def __init__(
        self, place: Place | None, sent: QueryDict | None = None, fact: str = "", **options: Any
    ) -> None:
        """``place`` is None where what was asked for is none; ``fact`` is the one to begin with."""
        super().__init__(sent, initial={"fact": fact}, **options)
        self.is_elsewhere = place is None
        self.place = place or Place()
        self.fields["fact"].choices = [  # type: ignore[attr-defined]
            ("", gettext("The page as a whole")),
            *(
                (kind, [(fact.anchor, fact.brief) for fact in facts])
                for kind, facts in self.place.facts.items()
            ),
        ]

    @cached_property
    def next_stamp(self) -> str:
        """The stamp with which the form can be sent from now on."""
        sent = self.data.get("stamp", "")
        return sent if not fault_of(sent) or is_too_quick(sent) else new_stamp()

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError(
                gettext("A field that stays empty was filled in. It is empty again: send it now.")
            )
        return ""

    def clean(self) -> dict[str, Any]:
        if fault := fault_of(self.data.get("stamp", "")):
            raise forms.ValidationError(fault)
        if self.is_elsewhere:
            raise forms.ValidationError(
                gettext("The page is not public, or no longer. Look through the form and send it.")
            )
        return self.cleaned_data

    def keep(self) -> Message | None:
        """Keep the message of a valid form; None where the same was kept a moment ago.

        Raises TooManyError where the site takes none just now.
        """
        said = self.cleaned_data
        fact = self.place.fact(said["fact"])
        what = {"page": self.place.path} | {name: said[name] for name in SAID}
        with transaction.atomic():
            Message.objects.one_at_a_time()
            recent = Message.objects.received_since(timezone.now() - PERIOD)
            if recent.saying(**what).exists():
                return None
            if recent.count() >= MOST:
                raise TooManyError
            return Message.objects.create(**what, wording=fact.wording if fact else "")
