"""Publication at a set time, by the command ``publish_due``, which a timer runs."""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext

from rounds.desk.publishing import RefusedError, Step, check_publishing, move
from rounds.desk.review import Finding, refusals_of
from rounds.models import LastEdit, PlannedPublication, Round

PATIENCE = timedelta(minutes=15)  # after which it is said that nothing publishes what is due


class Outcome(NamedTuple):
    """What became of a plan: why the round was not published, "" where it was."""

    round: Round
    refusal: str


def plan(round_: Round, moment: datetime, user: User) -> PlannedPublication:
    """Have the round published at that moment, in the name of the user.

    Raises ``RefusedError`` where that is over, or where the user could not publish it now.
    """
    if moment <= timezone.now():
        raise RefusedError(gettext("That time is over: give one that is still to come."))
    check_publishing(round_, user)
    made, _is_new = PlannedPublication.objects.update_or_create(
        round=round_,
        defaults={"publish_at": moment, "by": user, "at": timezone.now(), "refusal": ""},
    )
    return made


def plan_of(round_: Round) -> PlannedPublication | None:
    return PlannedPublication.objects.select_related("by").filter(round=round_).first()


def cancel(round_: Round) -> None:
    """Forget the plan for the round, or why it was refused."""
    PlannedPublication.objects.filter(round=round_).delete()


def is_overdue(found: PlannedPublication) -> bool:
    """Whether its time came a while ago, and nothing has tried to publish it."""
    return not found.refusal and found.publish_at < timezone.now() - PATIENCE


def publish_due() -> list[Outcome]:
    """Publish the rounds whose time has come, each if nothing speaks against it by then.

    One that is refused is not tried again: nobody wants it public at some later hour.
    """
    due = PlannedPublication.objects.filter(publish_at__lte=timezone.now(), refusal="")
    rows = due.select_related("round", "by").order_by("publish_at", "round__number")
    return [found for one in rows if (found := _publish(one))]


def _publish(due: PlannedPublication) -> Outcome | None:
    """What became of it; None where somebody else was faster, such as another machine."""
    try:
        if due.by is None:
            raise RefusedError(gettext("The account of whoever planned it is gone."))
        if settings.REVIEW_REQUIRED and _was_edited_since(due):
            raise RefusedError(gettext("It was edited after that was planned: look at it again."))
        move(due.round, Step.PUBLISH, due.by)
    except RefusedError as refused:
        still = PlannedPublication.objects.filter(pk=due.pk)
        return Outcome(due.round, str(refused)) if still.update(refusal=str(refused)) else None
    return Outcome(due.round, "")


def _was_edited_since(due: PlannedPublication) -> bool:
    return LastEdit.objects.filter(round=due.round_id, at__gt=due.at).exists()


class Incomplete(NamedTuple):
    """A round that is published, and what would forbid that now."""

    round: Round
    refusals: list[Finding]


def incomplete() -> list[Incomplete]:
    """The published rounds that have lost what a round needs, in two queries."""
    published = list(Round.objects.filter(publication=Round.Publication.PUBLISHED))
    found = refusals_of(published) if published else {}
    return [Incomplete(one, found[one.pk]) for one in published if found[one.pk]]


def plans() -> list[PlannedPublication]:
    """All plans, refused ones too, the next first."""
    return list(PlannedPublication.objects.select_related("round", "by"))
