"""What readers wrote, for editors to work on."""

from typing import Any
from urllib.parse import quote

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rounds.lookups import TolerantAdmin
from rounds.models import Message
from rounds.sources.admin import RecordAdmin


@admin.register(Message)
class MessageAdmin(RecordAdmin, TolerantAdmin, admin.ModelAdmin[Message]):
    """Editors say how far a message is and what they found; what the reader wrote stays."""

    list_display = ["received", "state", "place", "beginning"]
    list_filter = ["state"]
    search_fields = ["text", "page", "note"]
    fields = [
        "received",
        "place",
        "wording",
        "text",
        "answer",
        "state",
        "note",
        "closed_at",
        "closed_by",
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [str(name) for name in self.fields or () if name not in ("state", "note")]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.display(description=_("about"))
    def place(self, message: Message) -> str:
        """A link to the page and fact."""
        if not message.page:
            return gettext("the site as a whole")
        return format_html('<a href="{}">{}</a>', message.address, message.address)

    @admin.display(description=_("text"))
    def beginning(self, message: Message) -> str:
        return Truncator(message.text).chars(120)

    @admin.display(description=_("answer to"))
    def answer(self, message: Message) -> str:
        """A link that writes to the reader, where there is an address."""
        if not message.answer_to:
            return gettext("no address")
        to = quote(message.answer_to, safe="@")  # or it could bring other headers
        return format_html('<a href="mailto:{}">{}</a>', to, message.answer_to)

    def save_model(self, request: HttpRequest, obj: Message, form: Any, change: bool) -> None:
        if "state" in form.changed_data:
            obj.follow_state(request.user)  # type: ignore[arg-type]
        super().save_model(request, obj, form, change)
