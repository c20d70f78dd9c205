from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rounds.findings.careers import succession, terms
from rounds.findings.matrices import person_strip
from rounds.findings.naming import naming
from rounds.models import Member, Round
from rounds.participants.models import Participant, Person
from rounds.sources.footnotes import Footnotes
from rounds.views.missing import missing


def person_list(request: HttpRequest) -> HttpResponse:
    """All people by participant, with the rounds of each."""
    numbers = Member.objects.visible_to(request.user).rounds_by_person()
    people = Person.objects.visible_to(request.user).with_names().by_participant()
    for person in people:
        person.rounds = numbers.get(person.pk, [])
    participants: dict[Participant, list[Person]] = {}
    for person in people:
        participants.setdefault(person.participant, []).append(person)
    return render(request, "participants/person_list.html", {"participants": participants})


def person_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A person with the positions given at each round."""
    people = Person.objects.visible_to(request.user)
    person = people.with_names().prefetch_related("sources").of_slug(slug)
    if person is None:
        return missing(request, people, slug, "rounds:people")
    members = Member.objects.visible_to(request.user)
    memberships = members.of_person(person)
    rounds = list(Round.objects.visible_to(request.user).outline())
    heads = terms(members.heads_of(person.participant))
    context = {
        "person": person,
        "strip": person_strip(rounds, person, memberships),
        "memberships": memberships,
        "naming": naming(person),
        "succession": succession(person, heads, {row.number for row in rounds}),
        "footnotes": Footnotes(),
    }
    return render(request, "participants/person_detail.html", context)
