from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rounds.findings.careers import role_spans, terms
from rounds.findings.commitments import Ledger
from rounds.findings.matrices import Strip, attendance_matrix
from rounds.findings.naming import naming
from rounds.models import Commitment, Delegation, Member, Round
from rounds.participants.models import Participant, Person, Role
from rounds.querysets import RoundReport
from rounds.sources.footnotes import Footnotes
from rounds.views.missing import missing


def participant_list(request: HttpRequest) -> HttpResponse:
    """All participants by usual role, each with a strip of the rounds."""
    matrix = attendance_matrix(
        Round.objects.visible_to(request.user).outline(),
        Participant.objects.visible_to(request.user).prefetch_related("sources"),
        Delegation.objects.visible_to(request.user).reports(),
    )
    roles: dict[str, list[Strip]] = {str(role.label): [] for role in Role}
    for strip in matrix.rows:
        roles[strip.subject.get_usual_role_display()].append(strip)
    context = {
        "kind": "participant",
        "table": "participants",
        "groups": roles,
        "footnotes": Footnotes(),
    }
    return render(request, "participants/participant_list.html", context)


def participant_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A participant: its role over time, its attendance, its heads, notes by round."""
    participants = Participant.objects.visible_to(request.user)
    participant = participants.with_names().prefetch_related("sources").of_slug(slug)
    if participant is None:
        return missing(request, participants, slug, "rounds:participants")
    rounds = Round.objects.visible_to(request.user).outline()
    delegations = Delegation.objects.visible_to(request.user).sent_by(participant)
    heads = Member.objects.visible_to(request.user).heads_of(participant)
    commitments = Commitment.objects.visible_to(request.user).made_by(participant)
    led = {one.delegation_id: one for one in heads}
    reports = [
        RoundReport(participant.pk, one.round_id, one.attendance, str(led.get(one.pk, "")))
        for one in delegations
    ]
    context = {
        "participant": participant,
        "naming": naming(participant),
        "strip": attendance_matrix(rounds, [participant], reports).rows[0],
        "delegations": [(one, led.get(one.pk)) for one in delegations],
        "roles": role_spans(delegations),
        "terms": terms(heads),
        "ledger": Ledger(commitments.for_page().by_round()),
        "people": Person.objects.visible_to(request.user).of_participant(participant),
        "footnotes": Footnotes(),
    }
    return render(request, "participants/participant_detail.html", context)
