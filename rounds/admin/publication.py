"""Where a round stands on its way to readers, above its form, with the buttons that lead it on."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from django.contrib import admin, messages
from django.contrib.admin.options import ModelAdmin
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.forms.utils import from_current_timezone
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.timezone import get_current_timezone_name
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from rounds.access import may_edit
from rounds.desk.planning import cancel, is_overdue, plan, plan_of
from rounds.desk.previews import address_of as address_of_preview
from rounds.desk.previews import end_of, links_of, make_link, withdraw
from rounds.desk.publishing import (
    WAYS,
    RefusedError,
    Standing,
    Step,
    acknowledge,
    may_step,
    move,
    standing_of,
    token_of,
)
from rounds.desk.review import Finding
from rounds.models import LastEdit, PlannedPublication, PreviewLink, Round
from rounds.sources.admin import shown_to
from rounds.wording.dates import moment as moment_in_words

LONGEST_KEY = 19  # digits
MOMENT_FORMAT = "%Y-%m-%d %H:%M"
MOMENT_WANTED = _("Type the day and the time as YYYY-MM-DD HH:MM, such as 2027-05-31 09:00.")
PANEL = "publication"  # the id of the panel
# Where the form of a round has what is found of it; rows stand in the group of their kind.
FIELDS = {
    "delegations": "delegations-group",
    "agenda_items": "agenda_items-group",
    "outcomes": "outcomes-group",
}


class Place(NamedTuple):
    """A finding with the address where it is mended; ``token`` is what a tick of it sends."""

    sentence: str
    address: str
    token: str = ""

    @classmethod
    def of(cls, finding: Finding) -> "Place":
        return cls(finding.sentence, address_of(finding), token_of(finding))


class Panel(NamedTuple):
    """What the panel shows."""

    round: Round
    standing: Standing
    refusals: list[Place]
    warnings: list[Place]
    steps: list[Step]
    may_acknowledge: bool
    other_editor: LastEdit | None  # whose edit keeps this user from publishing
    previews: list["Preview"]
    plan: PlannedPublication | None
    may_plan: bool
    is_overdue: bool  # though its time came, nothing has tried to publish it
    zone: str  # of the times that are typed


class PublicationAdmin(ModelAdmin[Round]):
    """The screen of a round, whose publication changes by the buttons of the panel alone."""

    def get_readonly_fields(self, request: HttpRequest, obj: Round | None = None) -> Any:
        return [*super().get_readonly_fields(request, obj), "publication"]

    def save_model(self, request: HttpRequest, obj: Round, form: Any, change: bool) -> None:
        """Leave its publication as it is by now: the form was read before the transaction."""
        if change:
            obj.refresh_from_db(fields=["publication"])
        super().save_model(request, obj, form, change)

    def get_urls(self) -> list[Any]:
        view: Callable[..., HttpResponse] = self.admin_site.admin_view(require_POST(self.step))
        return [
            path("<int:pk>/publication/", view, name="rounds_round_publication"),
            *super().get_urls(),
        ]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any
    ) -> HttpResponse:
        round_ = options.get("obj")
        if round_ and round_.pk:
            context["publication"] = panel_of(round_, request)
        return super().render_change_form(request, context, *args, **options)

    def step(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Note what is ticked, and take the step whose button was pressed."""
        round_ = get_object_or_404(shown_to(request.user, Round.objects.all()), pk=pk)
        if not self.has_change_permission(request, round_):
            return self._refused(request, round_, gettext("You may not do this."))
        user: Any = request.user
        seen = acknowledge(round_, user, request.POST.getlist("seen"))
        try:
            said = _done(request, round_, user)
        except RefusedError as refused:
            return self._refused(request, round_, *refused.reasons)
        if said is None:
            count = len(seen)
            noted = ngettext("%(count)d warning is noted.", "%(count)d warnings are noted.", count)
            said = noted % {"count": count}
        messages.success(request, said)
        return self._back(round_)

    def _refused(self, request: HttpRequest, round_: Round, *reasons: str) -> HttpResponse:
        said = gettext("%(round)s stays as it was.") % {"round": round_}
        messages.error(request, " ".join([said, *reasons]))
        return self._back(round_)

    def _back(self, round_: Round) -> HttpResponse:
        return HttpResponseRedirect(f"{address_of_form(round_)}#{PANEL}")


def _done(request: HttpRequest, round_: Round, user: User) -> str | None:
    """Do what the button says that was pressed; returns what was done, None where none was."""
    sent = request.POST
    if (name := sent.get("step")) in Step.values:
        move(round_, Step(name), user, sent.get("edit"))
        return f"{round_}: {WAYS[Step(name)].told}"
    if "plan" in sent:
        moment = plan(round_, _moment(sent.get("publish_at", "")), user).publish_at
        return gettext("It is published on %(moment)s.") % {"moment": moment_in_words(moment)}
    if "cancel" in sent and may_step(user, Step.PUBLISH):
        cancel(round_)
        return gettext("Nothing is planned any more.")
    if "preview" in sent and not round_.is_published:
        make_link(round_, user)
        return gettext("Whoever has the link sees the round for a week.")
    if (key := sent.get("end", "")).isdecimal() and len(key) < LONGEST_KEY:
        withdraw(round_, int(key))
        return gettext("The link has ended.")
    return None


def _moment(typed: str) -> datetime:
    """The day and time that were typed, in the time zone of the site; raises ``RefusedError``."""
    try:
        return from_current_timezone(datetime.strptime(typed.strip(), MOMENT_FORMAT))
    except ValueError:
        raise RefusedError(str(MOMENT_WANTED)) from None
    except ValidationError as error:  # an hour that the clock leaves out, or has twice
        raise RefusedError(*error.messages) from error


class Preview(NamedTuple):
    """A link for a preview, with its whole address."""

    link: PreviewLink
    address: str
    ends: datetime


def panel_of(round_: Round, request: HttpRequest) -> Panel:
    user: Any = request.user
    standing = standing_of(round_)
    steps = [step for step, way in WAYS.items() if way.before == round_.publication]
    is_barred = Step.PUBLISH in steps and standing.waits_for_another_than(user)
    found = None if round_.is_published else plan_of(round_)
    links = [] if round_.is_published else links_of(round_)
    return Panel(
        round=round_,
        standing=standing,
        refusals=list(map(Place.of, standing.review.refusals)),
        warnings=list(map(Place.of, standing.unseen)),
        steps=[step for step in steps if may_step(user, step)],
        may_acknowledge=may_edit(user, Round),
        other_editor=standing.last_edit if is_barred else None,
        plan=found,
        may_plan=Step.PUBLISH in steps and may_step(user, Step.PUBLISH),
        is_overdue=found is not None and is_overdue(found),
        zone=get_current_timezone_name(),
        previews=[
            Preview(one, request.build_absolute_uri(address_of_preview(one)), end_of(one))
            for one in links
        ],
    )


def address_of(finding: Finding) -> str:
    """Where a finding is mended: a field of the round's form, or the form of a part of it."""
    place = FIELDS.get(finding.field) or f"id_{finding.field}"
    return f"{address_of_form(finding.about)}#{place}"


def address_of_form(one: Any) -> str:
    options = one._meta
    name = f"admin:{options.app_label}_{options.model_name}_change"
    return reverse(name, args=[one.pk], current_app=admin.site.name)
