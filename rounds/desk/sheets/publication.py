"""Rounds that sheets publish or withdraw: whoever uploads them is checked as at the buttons."""

from collections.abc import Iterator

from django.conf import settings
from django.contrib.auth.models import User
from django.utils.translation import gettext

from rounds.access import PUBLISHED, may_publish
from rounds.desk.publishing import Standing, standing_of
from rounds.desk.review import reviews_of
from rounds.desk.sheets.differences import Difference, Differences, What
from rounds.desk.sheets.faults import Fault, SheetError
from rounds.models import Round


def published_by(differences: Differences, user: User) -> list[Standing]:
    """Where the rounds stand that are published by the differences, once these are written.

    Raises ``SheetError`` where the user may not publish or withdraw them, or where something
    forbids it.
    """
    some = list(_of_publication(differences))
    rounds = Round.objects.in_bulk([one.entry.pk for one in some if one.entry.pk])
    published = [one for one in rounds.values() if one.is_published]
    reviews = reviews_of(published) if published else {}
    standings = [standing_of(one, reviews[one.pk]) for one in published]
    by_round = {one.round.pk: one for one in standings}
    faults = [
        Fault(one.entry.place_of("publication"), one.label, sentence)
        for one in some
        for sentence in _reasons(by_round.get(one.entry.pk or 0), user)
    ]
    if faults:
        raise SheetError(faults)
    return standings


def _of_publication(differences: Differences) -> Iterator[Difference]:
    """The rounds that come to be published, or are no longer."""
    for one in differences.of(What.ADDED, What.CHANGED):
        if one.entry.shape.model is Round:
            told = [change for change in one.changes if change.key == "publication"]
            if any(PUBLISHED in (change.before, change.after) for change in told):
                yield one


def _reasons(standing: Standing | None, user: User) -> Iterator[str]:
    """Why the user may not publish the round that stands so, or withdraw one."""
    if not may_publish(user):
        yield gettext("You may not publish or withdraw rounds.")
    elif standing and settings.REVIEW_REQUIRED:
        yield gettext("Here, somebody else has to publish it: bring it in as “review”.")
    elif standing:
        yield from (one.sentence for one in standing.review.refusals)
