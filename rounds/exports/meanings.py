"""What the codes of the record mean, each in a sentence."""

from functools import cache
from typing import Any

from django.db.models import Field, TextChoices
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from rounds.models import (
    AgendaItem,
    Delegation,
    Document,
    Milestone,
    Outcome,
    Paragraph,
    Round,
    Session,
)
from rounds.models.commitment import Verdict
from rounds.participants.models import Participant, Role
from rounds.topics.models import Theme
from rounds.wording.dates import Precision

Meanings = dict[Any, StrOrPromise]  # by the codes of a vocabulary

PRECISIONS: Meanings = {
    Precision.DAY: _("Known to the day."),
    Precision.MONTH: _("Known to the month: the day that stands there does not count."),
    Precision.YEAR: _("Known to the year: the month and the day that stand there do not count."),
}

STATUSES: Meanings = {
    Round.Status.ANNOUNCED: _("The round is still to come."),
    Round.Status.HELD: _("The round took place."),
    Round.Status.POSTPONED: _("The round was put off and did not take place on these days."),
    Round.Status.CANCELLED: _("The round was called off."),
}

SESSIONS: Meanings = {
    Session.Kind.EXPERT: _("A meeting of experts."),
    Session.Kind.BILATERAL: _("Meetings of two delegations at a time."),
    Session.Kind.TRILATERAL: _("A meeting of three delegations."),
    Session.Kind.PLENARY: _("The session of the delegations all together."),
    Session.Kind.WORKING_GROUP: _("A meeting of a working group."),
    Session.Kind.PRESS_CONFERENCE: _("An appearance before the press."),
}

ROLES: Meanings = {
    Role.GUARANTOR: _("One of the three states under which the meetings are held."),
    Role.CONFLICT_PARTY: _("One of the Syrian sides: the government or the opposition."),
    Role.MEDIATOR: _("It went between the Syrian delegations."),
    Role.HOST: _("The state that receives the meeting, where that is no guarantor."),
    Role.OBSERVER: _("It attends beside the guarantors and the Syrian sides."),
}

ATTENDANCE: Meanings = {
    Delegation.Attendance.ATTENDED: _("A source says that it came."),
    Delegation.Attendance.ABSENT: _("A source says that it stayed away."),
    Delegation.Attendance.ANNOUNCED: _(
        "It was announced or reported beforehand, and no report was found that it came."
    ),
    Delegation.Attendance.UNKNOWN: _("Whether it came is not known."),
}

STAGES: Meanings = {
    AgendaItem.Stage.AGENDA: _("It was named for the agenda beforehand."),
    AgendaItem.Stage.DISCUSSED: _("It was reported as a subject of the talks."),
    AgendaItem.Stage.STATEMENT: _(
        "It is in the text that the guarantors adopted: a statement, at round 2 a concept paper, "
        "at round 4 a memorandum."
    ),
}

OUTCOMES: Meanings = {
    Outcome.Kind.AGREEMENT: _("Something was agreed on, declared or signed."),
    Outcome.Kind.STATEMENT: _("A statement was adopted or issued."),
    Outcome.Kind.WORKING_GROUP: _("A working group was set up, given rules or tasks, or met."),
    Outcome.Kind.NO_AGREEMENT: _("On something no agreement was reached."),
    Outcome.Kind.NEXT_ROUND: _("When or where the next round was to be."),
    Outcome.Kind.OTHER: _("What else came out of the round."),
}

DOCUMENTS: Meanings = {
    Document.Kind.JOINT_STATEMENT: _("The joint statement of the guarantors."),
    Document.Kind.MEMORANDUM: _("A memorandum that was signed, like that on de-escalation areas."),
    Document.Kind.REGULATION: _("The rules of a body, like those of a working group."),
    Document.Kind.OTHER: _(
        "Another paper, such as a concept paper or a statement on one subject alone."
    ),
}

BASES: Meanings = {
    Paragraph.Basis.TEXT: _("The point was read in the text of the paper itself."),
    Paragraph.Basis.REPORT: _("The point is known from a report on the paper."),
}

VERDICTS: Meanings = {
    Verdict.KEPT: _("What was promised was done."),
    Verdict.PARTLY: _("Some of what was promised was done."),
    Verdict.REPEATED: _("It was promised again."),
    Verdict.LAPSED: _("Events overtook the promise."),
    Verdict.NOT_KEPT: _("What was promised was not done."),
    Verdict.NO_INFORMATION: _("Whether it was kept is not recorded."),
}

THEMES: Meanings = {
    Theme.SECURITY: _(
        "Truces, areas and the fighting, terrorism, weapons, and the country's integrity."
    ),
    Theme.HUMANITARIAN: _(
        "Detainees and missing persons, aid, return, mines, disease and disaster."
    ),
    Theme.POLITICAL: _(
        "A settlement, the constitution and the dialogue of Syrians, trust between the sides, and "
        "who may attend."
    ),
    Theme.RECOVERY: _("Reconstruction, early recovery, heritage, and sanctions."),
    Theme.REGIONAL: _("Relations with the states around Syria, wars and strikes in the region."),
}

PARTICIPANTS: Meanings = {
    Participant.Kind.STATE: _("A state, or the government of one."),
    Participant.Kind.ORGANISATION: _("An international organisation."),
    Participant.Kind.OPPOSITION_BODY: _("The Syrian opposition, or a body of it."),
}

MILESTONES: Meanings = {
    Milestone.Kind.SUMMIT: _("A meeting of the presidents of the guarantor states."),
    Milestone.Kind.MINISTERIAL: _("A meeting or a declaration of ministers, not of deputies."),
    Milestone.Kind.CONGRESS: _("A congress, such as that of the Syrian National Dialogue."),
    Milestone.Kind.CEASEFIRE: _("A truce, or a paper on one or on areas where it holds."),
    Milestone.Kind.UN_RESOLUTION: _("A resolution of the UN Security Council."),
    Milestone.Kind.WORKING_GROUP: _(
        "A working group was set up or met, or a release was carried out under it."
    ),
    Milestone.Kind.MILITARY: _("An event of the war, or an agreement on forces in it."),
    Milestone.Kind.POLITICAL: _("Another event of politics, such as a proposal or talks."),
    Milestone.Kind.CITY_RENAMING: _("The city of the meetings was given another name."),
}

VOCABULARIES: dict[type[TextChoices], Meanings] = {
    Precision: PRECISIONS,
    Round.Status: STATUSES,
    Session.Kind: SESSIONS,
    Role: ROLES,
    Delegation.Attendance: ATTENDANCE,
    AgendaItem.Stage: STAGES,
    Outcome.Kind: OUTCOMES,
    Document.Kind: DOCUMENTS,
    Paragraph.Basis: BASES,
    Verdict: VERDICTS,
    Theme: THEMES,
    Participant.Kind: PARTICIPANTS,
    Milestone.Kind: MILESTONES,
}


@cache
def meanings_of(field: Field[Any, Any]) -> Meanings:
    """What each code that the field may have means, by its vocabulary."""
    codes = [str(code) for code, _label in field.flatchoices if code]
    return next(
        meanings for vocabulary, meanings in VOCABULARIES.items() if vocabulary.values == codes
    )
