import pytest
from django.contrib.auth.models import AnonymousUser

from rounds.models import FACTS
from rounds.pages.release import release
from rounds.sources.models import Source
from tests.factories import make_full_round, make_hidden_round, make_source
from tests.pages import get_page
from tests.record import ROUND_NUMBERS

pytestmark = pytest.mark.django_db
UNSAID = "The operator of this copy has not said who runs it."


def test_the_figures_are_those_of_the_record(client):
    seen = {model: model.objects.visible_to(AnonymousUser()).count() for model in (*FACTS, Source)}
    figures = get_page(client, "/about/").one(".figures").facts
    assert figures["rounds"] == str(len(ROUND_NUMBERS))
    assert figures["sources"] == str(seen[Source])
    assert figures["facts"] == str(sum(seen[model] for model in FACTS))


def test_the_figures_follow_what_the_visitor_may_see(client, editor_client, blank):
    make_full_round(102).sources.add(make_source(language="fa"))
    before = get_page(client, "/about/").one(".figures").facts
    assert (before["rounds"], before["languages of sources"]) == ("1", "2")
    make_hidden_round()
    assert get_page(client, "/about/").one(".figures").facts == before
    assert get_page(editor_client, "/about/").one(".figures").facts["rounds"] == "2"


def test_it_says_what_the_words_of_the_record_mean(client):
    page = get_page(client, "/about/")
    for title in ("method", "silence", "corrections", "citing", "licence", "operator"):
        assert page.has(f'section[aria-labelledby="{title}"]')
    assert "no source seen says it" in page.section("silence").text
    assert page.section("licence").links() == ["https://creativecommons.org/licenses/by/4.0/"]


def test_an_empty_record_is_told_too(client, blank):
    assert get_page(client, "/about/").one(".figures").facts["facts"] == "0"


def test_who_runs_it_is_said_where_the_operator_said_so(client, settings):
    assert get_page(client, "/about/").section("operator").text.count(UNSAID)
    settings.OPERATOR = {
        "name": "Institute <of> Quokkas",
        "url": "https://quokka.example/",
        "email": "desk@quokka.example",
    }
    place = get_page(client, "/about/").section("operator")
    assert UNSAID not in place.text
    assert "run by Institute <of> Quokkas" in place.text
    assert place.links() == ["https://quokka.example/", "mailto:desk@quokka.example"]


def test_shared_pages_do_not_name_an_earlier_operator(settings):
    before = release.__wrapped__()
    settings.OPERATOR = {"name": "Another", "url": "", "email": ""}
    assert release.__wrapped__() != before
