"""Pages, exports and the API build the same filter set."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict
from django.test import RequestFactory
from django_filters.rest_framework import DjangoFilterBackend
from django_filters.views import FilterView
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.views import APIView

from rounds.models import Round
from rounds.selection.filters import RoundFilterSet
from tests.factories import make_round

pytestmark = pytest.mark.django_db


class RoundFilterView(FilterView):
    filterset_class = RoundFilterSet
    strict = False
    template_name = "404.html"


class RoundAPIView(APIView):
    filterset_class = RoundFilterSet


def numbers(rounds) -> list[int]:
    return [one.number for one in rounds]


def by_view(request) -> list[int]:
    response = RoundFilterView.as_view()(request)
    return numbers(response.context_data["filter"].qs)


def by_api(request) -> list[int]:
    view, asked = RoundAPIView(), Request(request)
    asked.user = request.user
    rounds = Round.objects.visible_to(request.user)
    return numbers(DjangoFilterBackend().filter_queryset(asked, rounds, view))


def by_export(request) -> list[int]:
    return numbers(RoundFilterSet(request.GET, request=request).qs)


def by_mapping(request) -> list[int]:
    data = {name: many if len(many) > 1 else many[0] for name, many in request.GET.lists()}
    return numbers(RoundFilterSet(data, Round.objects.visible_to(request.user)).qs)


@pytest.mark.parametrize(
    "query",
    [
        "",
        "topic=hostages&stage=statement",
        "topic=idlib&topic=hostages&match=all&year=2018&year=2019",
        "participant=iraq&role=observer&order=oldest",
        "absent=united-states",
        "person=ahmet-yildiz",
        "city=Sochi&country=RU",
        "date_after=2020-01-01&date_before=2021-12-21",
        "outcome=working-group&q=prisoners",
        "commitment=kept&commitment=partly&year=2017",
    ],
)
def test_every_way_gives_the_same_rounds(query):
    request = RequestFactory().get(f"/?{query}")
    request.user = AnonymousUser()
    expected = by_export(request)
    assert expected
    assert by_view(request) == by_api(request) == by_mapping(request) == expected


@pytest.mark.parametrize("build", [by_view, by_api, by_export, by_mapping])
def test_every_way_keeps_drafts_from_visitors_and_shows_them_to_editors(build, editor):
    make_round(101, publication="draft", summary="")
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    assert 101 not in build(request)
    request.user = editor
    assert 101 in build(request)


def test_the_api_refuses_a_wrong_value():
    request = RequestFactory().get("/?topic=nothing")
    request.user = AnonymousUser()
    with pytest.raises(ValidationError, match="is not a topic here"):
        by_api(request)


def test_without_data_queryset_or_request_it_has_what_is_public():
    make_round(101, publication="draft", summary="")
    assert numbers(RoundFilterSet().qs) == numbers(
        Round.objects.visible_to(AnonymousUser()).newest()
    )


def test_numbers_are_taken_as_they_come():
    assert numbers(RoundFilterSet({"year": 2018}).qs) == numbers(
        RoundFilterSet({"year": "2018"}).qs
    )
    assert numbers(RoundFilterSet({"year": [2018, 2019], "city": None}).qs)


def test_a_prefix_goes_before_every_parameter():
    query = QueryDict("a-topic=hostages&a-stage=statement&topic=idlib&b-year=2018")
    filters = RoundFilterSet(query, prefix="a")
    assert numbers(filters.qs) == numbers(
        RoundFilterSet({"topic": "hostages", "stage": "statement"}).qs
    )


def test_choices_are_read_only_when_needed(django_assert_num_queries):
    with django_assert_num_queries(0):
        filters = RoundFilterSet({"order": "oldest"})
    with django_assert_num_queries(1):
        list(filters.qs)
