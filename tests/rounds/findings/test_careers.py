from datetime import date

import pytest

from rounds.findings.careers import role_spans, succession, terms
from rounds.models import Delegation, Member
from rounds.participants.models import Participant, Person
from tests.factories import make_delegation, make_member, make_round
from tests.record import KNOWN

pytestmark = pytest.mark.django_db


def terms_of(slug: str):
    return terms(Member.objects.heads_of(Participant.objects.get(slug=slug)))


def test_terms_of_the_syrian_government():
    found = [(term.person.slug, term.written) for term in terms_of("syrian-government")]
    assert found[:3] == [
        ("bashar-jaafari", "1–14"),
        ("ayman-sousan", "15–20"),
        ("bassam-sabbagh", "21"),
    ]


def test_succession_names_both_neighbours():
    found = succession(
        Person.objects.get(slug="bassam-sabbagh"), terms_of("syrian-government"), KNOWN
    )
    assert found.predecessor.person.slug == "ayman-sousan"
    assert found.successor.person.slug == "ayman-raad"


def test_first_head_succeeds_nobody_recorded():
    found = succession(
        Person.objects.get(slug="bashar-jaafari"), terms_of("syrian-government"), KNOWN
    )
    assert found.predecessor is None


def test_members_succeed_nobody():
    assert succession(Person.objects.get(slug="vitaly-naumkin"), terms_of("russia"), KNOWN) is None


def test_who_is_only_announced_succeeds_nobody():
    delegation = make_delegation(
        make_round(status="announced", start=date(2027, 5, 1)),
        participant=Participant.objects.get(slug="syrian-government"),
        attendance="announced",
    )
    make_member(delegation, is_head=True)
    assert terms_of("syrian-government")[-1].person.slug == "ayman-raad"


def test_roles_over_time():
    kazakhstan = Participant.objects.get(slug="kazakhstan")
    spans = role_spans(Delegation.objects.sent_by(kazakhstan).filter(round__number__in=KNOWN))
    assert [(span.label, span.written) for span in spans] == [
        ("Host", "1–9, 11–14"),
        ("Observer", "15"),
        ("Host", "16–22"),
    ]
