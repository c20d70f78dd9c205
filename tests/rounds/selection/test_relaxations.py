"""What to give up where no round matches, and at which cost."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from rounds.models import Outcome, Round
from rounds.participants.models import Participant, Role
from rounds.selection.filters import RoundFilterSet
from rounds.selection.relaxations import Relaxation, relaxations
from rounds.selection.words import Selection
from rounds.topics.models import Topic

pytestmark = pytest.mark.django_db


def relaxed(query: str) -> list[Relaxation]:
    rounds = Round.objects.visible_to(AnonymousUser())
    return relaxations(Selection(RoundFilterSet(QueryDict(query), rounds)))


def one_by_one(query: str) -> Iterator[tuple[str, int]]:
    """Each value's text, and how many rounds the other values alone would leave."""
    rounds = Round.objects.visible_to(AnonymousUser())
    for part in Selection(RoundFilterSet(QueryDict(query), rounds)).parts:
        count = RoundFilterSet(QueryDict(part.rest), rounds).qs.count()
        if count:
            yield part.text, count


TOPICS = "&".join(f"topic={slug}" for slug in ("chemical-weapons", "hostages", "covid-19"))


@pytest.mark.parametrize(
    "query",
    [
        "absent=united-states&year=2024",
        "absent=united-states&year=2024&year=2023&topic=idlib",
        f"{TOPICS}&match=all",
        f"{TOPICS}&match=all&year=2018",
        f"{TOPICS}&match=all&stage=statement&stage=agenda",
        "topic=chemical-weapons&stage=agenda",
        "topic=chemical-weapons&topic=earthquake&stage=agenda&year=2017",
        "participant=iraq&participant=united-states&match=all",
        "participant=iraq&participant=united-states&participant=iran&match=all&role=observer",
        "participant=united-nations&role=guarantor",
        "commitment=lapsed&year=2020",
        "commitment=lapsed&commitment=kept&city=Sochi&year=2017",
        "date_after=2020-01-01&date_before=2020-12-31",
        "date_after=2020-01-01&date_before=2020-12-31&city=Sochi",
        "q=prisoners&person=ahmet-yildiz&country=RU&outcome=working-group",
        "topic=earthquake&match=all&year=2017&participant=iran&participant=turkiye",
    ],
)
def test_counts_are_those_of_the_other_values_alone(query):
    assert not RoundFilterSet(QueryDict(query)).qs.exists()
    found = [(one.text, one.count) for one in relaxed(query)]
    assert sorted(found) == sorted(one_by_one(query))
    assert [count for _, count in found] == sorted((count for _, count in found), reverse=True)


def many(*, years: bool) -> str:
    """A query with every topic, participant, role and kind of outcome, of which all must match."""
    values = [("match", "all"), ("absent", "iran"), ("city", "Sochi"), ("q", "syria")]
    values += [("topic", slug) for slug in Topic.objects.values_list("slug", flat=True)]
    values += [("participant", slug) for slug in Participant.objects.values_list("slug", flat=True)]
    values += [("role", role) for role in Role.values]
    values += [("outcome", kind) for kind in Outcome.Kind.values]
    if years:
        starts = Round.objects.values_list("start__year", flat=True)
        values += [("year", str(year)) for year in sorted(set(starts))]
    query = QueryDict(mutable=True)
    for name, value in values:
        query.appendlist(name, value)
    return query.urlencode()


def test_queries_do_not_grow_with_the_values():
    all_ = many(years=True)
    others = [part for part in all_.split("&") if not part.startswith("topic=")]
    few = "&".join([*others, "topic=idlib", "topic=hostages"])
    assert len(all_.split("&")) > len(few.split("&")) > 30
    counts = []
    for query in (few, all_):
        selection = Selection(RoundFilterSet(QueryDict(query)))
        assert not selection.filterset.qs.exists()
        with CaptureQueriesContext(connection) as queries:
            relaxations(selection)
        counts.append(len(queries))
    assert counts == [7, 7]


@pytest.mark.usefixtures("kept_parts")
@pytest.mark.parametrize("years", [True, False])
def test_the_worst_address_makes_few_queries(client, years):
    with CaptureQueriesContext(connection) as queries:
        response = client.get(f"/?{many(years=years)}")
    assert response.status_code == 200
    assert b"No round matches all of these filters." in response.content
    # The edition is asked for twice a second, not by each request as in tests.
    assert sum("rounds_edition" not in query["sql"] for query in queries) <= 30
