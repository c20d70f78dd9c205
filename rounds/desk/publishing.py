"""A round's way to its readers: a draft, in review, published, and back.

Whoever leads it a step further, on whatever screen, calls ``move``.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from astana.accounts import audit
from astana.accounts.audit import Action
from rounds.access import may_edit, may_publish
from rounds.changes import together
from rounds.desk.review import Finding, Review, refusals_of, review_of
from rounds.models import Acknowledgement, Edition, LastEdit, PlannedPublication, Round

Publication = Round.Publication


class Step(TextChoices):
    """What is done with a round on its way."""

    REVIEW = "review", _("Send to review")
    DRAFT = "draft", _("Back to draft")
    PUBLISH = "publish", _("Publish")
    WITHDRAW = "withdraw", _("Withdraw")


class _Way(NamedTuple):
    before: str
    after: str
    told: Any  # in the round's history
    audited: str = ""  # as what it is in the audit list


DRAFT, REVIEW, PUBLIC = Publication.DRAFT, Publication.REVIEW, Publication.PUBLISHED
DRAFT, REVIEW, PUBLIC = Publication.DRAFT, Publication.REVIEW, Publication.PUBLISHED
WAYS = {
    Step.REVIEW: _Way(DRAFT, REVIEW, _("Sent to review.")),
    Step.PUBLISH: _Way(REVIEW, PUBLIC, _("Published."), Action.PUBLISHED),
    Step.DRAFT: _Way(REVIEW, DRAFT, _("Taken back to draft.")),
    Step.WITHDRAW: _Way(PUBLIC, DRAFT, _("Withdrawn."), Action.WITHDRAWN),
}


class RefusedError(Exception):
    """A step that cannot be taken; a sentence on each reason."""

    def __init__(self, *reasons: str) -> None:
        self.reasons = reasons
        super().__init__(" ".join(reasons))


def may_step(user: User, step: Step) -> bool:
    """Whether the user may take that step with any round."""
    if step in (Step.PUBLISH, Step.WITHDRAW):
        return may_publish(user)
    return may_edit(user, Round)


@dataclass(frozen=True)
class Standing:
    """Where a round stands: what speaks against publishing it, and what of that was seen."""

    round: Round
    review: Review
    seen: dict[tuple[str, str], Acknowledgement] = field(default_factory=dict)

    @property
    def unseen(self) -> list[Finding]:
        """The warnings that nobody acknowledged as they are now."""
        return [one for one in self.review.warnings if _name(one) not in self.seen]

    @property
    def noted(self) -> list[Acknowledgement]:
        """Those that somebody acknowledged, of what holds no longer too, oldest first."""
        return list(self.seen.values())

    @cached_property
    def last_edit(self) -> LastEdit | None:
        return LastEdit.objects.select_related("by").filter(round=self.round).first()

    @property
    def mark(self) -> str:
        """What stands for the last edit and no other, "" where none is known."""
        return self.last_edit.at.isoformat() if self.last_edit else ""

    def waits_for_another_than(self, user: User) -> bool:
        """Whether the user was the last to edit it, where that is for somebody else to publish."""
        if not settings.REVIEW_REQUIRED or self.last_edit is None:
            return False
        return self.last_edit.by == user

    def reasons_against(self, user: User) -> list[str]:
        """Why the user may not publish it as it is, a sentence each."""
        reasons = [one.sentence for one in self.review.refusals]
        if self.unseen:
            reasons.append(gettext("Not every warning is acknowledged."))
        if self.waits_for_another_than(user):
            reasons.append(
                gettext("You were the last to edit it: here, somebody else has to publish it.")
            )
        return reasons


def standing_of(round_: Round, review: Review | None = None) -> Standing:
    """Where a round stands; of what is published nobody is warned, unless the review is given."""
    acknowledgements = Acknowledgement.objects.filter(round=round_).select_related("by")
    seen = {(one.key, one.grounds): one for one in acknowledgements}
    if review is None and round_.is_published:
        review = Review(refusals_of([round_])[round_.pk])
    return Standing(round_, review or review_of(round_), seen)


def token_of(warning: Finding) -> str:
    """What a form sends of a warning that is ticked."""
    return "@".join(_name(warning))


def acknowledge(round_: Round, user: User, tokens: Collection[str]) -> list[Acknowledgement]:
    """Note that the user has seen warnings; what a token stands for no longer is left out."""
    ticked = [one for one in standing_of(round_).unseen if token_of(one) in tokens]
    return note_seen(round_, user, ticked)


def note_seen(round_: Round, user: User, warnings: Iterable[Finding]) -> list[Acknowledgement]:
    return [
        Acknowledgement.objects.get_or_create(
            round=round_,
            key=one.key,
            grounds=one.grounds,
            defaults={"sentence": one.sentence, "by": user},
        )[0]
        for one in warnings
    ]


def _name(warning: Finding) -> tuple[str, str]:
    return warning.key, warning.grounds


def note_edit(rounds: Iterable[int], user: User) -> None:
    """Note that the user edited rounds, given by their keys."""
    LastEdit.objects.bulk_create(
        [LastEdit(round_id=key, by=user, at=timezone.now()) for key in rounds],
        update_conflicts=True,
        unique_fields=["round"],
        update_fields=["by", "at"],
    )


def _check(round_: Round, step: Step, user: User) -> None:
    """Raise ``RefusedError`` where the user may not take that step with the round as it is."""
    if not may_step(user, step):
        raise RefusedError(gettext("You may not do this."))
    if round_.publication != WAYS[step].before:
        raise RefusedError(
            gettext("Meanwhile somebody else has changed where it stands: it is “%(state)s”.")
            % {"state": round_.get_publication_display()}
        )
    if step is Step.PUBLISH and (reasons := standing_of(round_).reasons_against(user)):
        raise RefusedError(*reasons)


def check_publishing(round_: Round, user: User) -> None:
    """Raise ``RefusedError`` where the user may not publish the round as it is."""
    _check(Round.objects.get(pk=round_.pk), Step.PUBLISH, user)


def move(round_: Round, step: Step, user: User, edit: str | None = None) -> None:
    """Lead a round a step further, or back; ``edit`` is the mark of the last one that was seen.

    Raises ``RefusedError`` where the user may not, where it does not stand where the step begins,
    or, of publishing, where something speaks against it.
    """
    way = WAYS[step]
    with together(str(way.told)):
        Edition.objects.lock()  # nobody edits between the check and the step
        found = Round.objects.get(pk=round_.pk)
        _check(found, step, user)
        if step is Step.PUBLISH and edit is not None and edit != Standing(found, Review()).mark:
            raise RefusedError(gettext("Meanwhile it was edited: look at it once more."))
        found.publication = way.after
        found.save(update_fields=["publication"])
        one: Any = Round.objects.filter(pk=found.pk)
        LogEntry.objects.log_actions(user.pk, one, CHANGE, str(way.told), single_object=True)
        PlannedPublication.objects.filter(round=found).delete()
        if way.audited:
            audit.note(user, way.audited, found)
    round_.publication = way.after
