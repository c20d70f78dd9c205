from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rounds.findings.careers import role_spans, terms
from rounds.findings.strips import Strip, attendance_strip, reports_by_key
from rounds.models import Delegation, Member, Round
from rounds.participants.models import Participant, Person, Role
from rounds.sources.footnotes import Footnotes
from rounds.views.missing import missing


def participant_list(request: HttpRequest) -> HttpResponse:
    """All participants by usual role, each with a strip of the rounds."""
    rounds = list(Round.objects.visible_to(request.user).outline())
    delegations = Delegation.objects.visible_to(request.user)
    reports = reports_by_key(delegations.values_list("participant", "round", "attendance"))
    roles: dict[str, list[tuple[Participant, Strip]]] = {str(role.label): [] for role in Role}
    for participant in Participant.objects.visible_to(request.user).prefetch_related("sources"):
        reported = reports.get(participant.pk, ())
        strip = attendance_strip(rounds, participant.slug, reported)
        roles[participant.get_usual_role_display()].append((participant, strip))
    context = {"kind": "participant", "groups": roles, "footnotes": Footnotes()}
    return render(request, "rounds/participant_list.html", context)


def participant_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A participant: its role over time, its attendance, its heads, notes by round."""
    participants = Participant.objects.visible_to(request.user)
    participant = participants.prefetch_related("sources").of_slug(slug)
    if participant is None:
        return missing(request, participants, slug, "rounds:participants")
    rounds = list(Round.objects.visible_to(request.user).outline())
    delegations = Delegation.objects.visible_to(request.user).sent_by(participant)
    reported = [(one.round_id, one.attendance) for one in delegations]
    heads = Member.objects.visible_to(request.user).heads_of(participant)
    context = {
        "participant": participant,
        "strip": attendance_strip(rounds, slug, reported),
        "delegations": delegations,
        "roles": role_spans(delegations),
        "terms": terms(heads),
        "people": Person.objects.visible_to(request.user).of_participant(participant),
        "footnotes": Footnotes(),
    }
    return render(request, "rounds/participant_detail.html", context)
