"""What editors see of checked links, and do about them."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.contrib.admin import ModelAdmin, SimpleListFilter
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from rounds.sources.link import Link
from rounds.sources.models import Source
from rounds.wording.dates import written

UNCHECKED = "unchecked"


class LinkFilter(SimpleListFilter):
    """The sources whose links are in a state."""

    title = _("link")
    parameter_name = "link"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [*Link.State.choices, (UNCHECKED, _("Not checked yet"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any] | None:
        if self.value() is None:
            return None
        if self.value() == UNCHECKED:
            return queryset.filter(link_state=None)
        return queryset.filter(link_state=self.value())


class LinkScreen(ModelAdmin[Source]):
    """The state of each link in the list of sources and on the form, and what to do about it."""

    actions = ["take_new_addresses", "accept_pages"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: Any = super().get_queryset(request)
        return rows.with_links()

    @admin.display(description=_("link"), ordering="link_state")
    def link(self, source: Any) -> str:
        state = source.link_state
        return str(Link.State(state).label) if state else gettext("not checked")

    @admin.display(description=_("link"))
    def checked_link(self, source: Source) -> str:
        """The state of the link in sentences."""
        link = Link.objects.filter(key=source.url_key).first() if source.pk else None
        if link is None:
            return gettext("Not checked yet.")
        said = [self._state(link), link.reason]
        when = gettext("Checked on %(day)s.") % {
            "day": written(timezone.localdate(link.checked_at))
        }
        return format_html("{} {} {}", *said, when)

    def _state(self, link: Link) -> str | SafeString:
        if link.state == Link.State.MOVED:
            to = format_html('<a href="{0}" rel="noreferrer">{0}</a>', link.new_address)
            asked = urlencode({"link": link.state, "q": link.address})
            where = f"{reverse('admin:sources_source_changelist')}?{asked}"
            return format_html(
                '{} <a href="{}">{}</a>',
                format_html(gettext("It moved to {}."), to),
                where,
                gettext("Take the new address in the list of sources."),
            )
        if link.first_failed and link.state in (Link.State.FAILING, Link.State.DEAD):
            sentence = gettext("%(state)s since %(day)s.")
            return sentence % {"state": link.get_state_display(), "day": written(link.first_failed)}
        return f"{link.get_state_display()}."

    @admin.action(description=_("Take the new address of links that moved"), permissions=["change"])
    def take_new_addresses(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        taken = 0
        for source, link in with_links(queryset, Link.State.MOVED):
            before, source.url = source.url, link.new_address
            try:
                source.full_clean()
            except ValidationError as error:
                messages.error(request, f"{source.slug}: {' '.join(error.messages)}")
                continue
            source.save()
            said = gettext("Address changed from %(before)s to %(now)s, as its site leads there.")
            self.log_change(request, source, said % {"before": before, "now": source.url})
            taken += 1
        sentence = ngettext(
            "%(number)d source has its new address.",
            "%(number)d sources have their new address.",
            taken,
        )
        messages.info(request, sentence % {"number": taken})

    @admin.action(description=_("The page is right as it is now"), permissions=["change"])
    def accept_pages(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        accepted = 0
        for _source, link in with_links(queryset, Link.State.CHANGED):
            link.accept()
            link.save()
            accepted += 1
        sentence = ngettext(
            "%(number)d page counts as right.", "%(number)d pages count as right.", accepted
        )
        messages.info(request, sentence % {"number": accepted})


def with_links(sources: QuerySet[Any], state: str) -> list[tuple[Source, Link]]:
    """Those whose links are in the state, each with that."""
    wanted = list(sources.filter(link_state=state))
    links = Link.objects.in_bulk([one.url_key for one in wanted], field_name="key")
    return [(one, links[one.url_key]) for one in wanted]
