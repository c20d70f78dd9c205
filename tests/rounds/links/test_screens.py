"""What readers and editors see of links that no longer work."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import Permission

from rounds.links.record import note
from rounds.models import Change, Round
from rounds.sources.link import DEAD_AFTER, Finding, Link, What
from rounds.sources.models import Source
from tests.addresses import admin_address
from tests.factories import make_milestone, make_round, make_source
from tests.pages import get_page, page_of
from tests.rounds.links.conftest import state_of

pytestmark = pytest.mark.django_db

ARCHIVE = "https://web.archive.org/web/2017/https://example.org/x"


def check(source: Source, finding: Finding, days: int = 1) -> None:
    for day in range(1, days + 1):
        note(source.url, finding, datetime(2026, 3, day, 9, tzinfo=UTC))


@pytest.fixture
def round_101(db: None) -> Round:
    """It rests on three sources: a dead one with a copy, a dead one without, one that works."""
    round_ = make_round(101, start=date(2018, 3, 1))
    dead = make_source(slug="dead", url="https://example.org/x", archive_url=ARCHIVE)
    lost = make_source(slug="lost", url="https://example.org/y")
    works = make_source(slug="works", url="https://example.org/z", archive_url=f"{ARCHIVE}z")
    for one in (dead, lost):
        check(one, Finding(What.GONE, "No such page."), DEAD_AFTER)
    check(works, Finding(What.READ))
    for fact in (round_, make_milestone(start=date(2018, 4, 1))):
        fact.sources.set([dead, lost, works])
    return round_


@pytest.mark.usefixtures("blank")
def test_readers_see_which_links_are_dead_and_the_copy_first(client, round_101):
    sentence = "link has been dead since 1 March 2026."
    for address in ("/rounds/101/", "/?milestones=on"):
        page = get_page(client, address)
        dead, lost, works = page.all("#sources li")
        assert [sentence in one.text for one in (dead, lost, works)] == [True, True, False]
        assert dead.links("a[rel=external]") == [ARCHIVE, "https://example.org/x"]
        assert lost.links("a[rel=external]") == ["https://example.org/y"] * 2
        assert works.links("a[rel=external]") == ["https://example.org/z", f"{ARCHIVE}z"]
    page = get_page(client, "/sources/dead/")
    assert page.links(".facts a[rel=external]") == [ARCHIVE, "https://example.org/x"]
    assert "Archived copy · The link has been dead since 1 March 2026:" in page.text
    assert "dead since" not in get_page(client, "/sources/works/").text


def test_editors_see_the_state_of_links_and_narrow_to_one(editor_client, round_101):
    page = get_page(editor_client, admin_address(Source, "changelist"), link="dead")
    assert page.texts("#result_list tbody th") == ["dead", "lost"]
    assert page.texts("#result_list .field-link") == ["Dead", "Dead"]
    source = Source.objects.get(slug="dead")
    form = get_page(editor_client, admin_address(Source, "change", source.pk))
    said = "Dead since 1 March 2026. No such page. Checked on 3 March 2026."
    assert said in form.one(".field-checked_link").text
    page = get_page(editor_client, admin_address(Source, "changelist"), link="unchecked")
    others = Source.objects.count() - 3
    assert page.one(".paginator").text.endswith(f" {others} sources")
    assert [one.slug for one in Source.objects.dead_links()] == ["dead", "lost"]


def act(client, action: str, *sources: Source):
    data = {"action": action, "_selected_action": [one.pk for one in sources]}
    return page_of(client.post(admin_address(Source, "changelist"), data, follow=True))


def test_editors_take_new_addresses(editor_client):
    moved, other, still = (make_source(url=f"https://example.org/{n}") for n in range(3))
    check(moved, Finding(What.READ, moved_to="https://example.com/0"))
    check(other, Finding(What.READ, moved_to=still.url))
    form = get_page(editor_client, admin_address(Source, "change", moved.pk))
    there = form.links(".field-checked_link a")
    assert there[0] == "https://example.com/0"
    assert get_page(editor_client, there[1]).texts("#result_list tbody th") == [moved.slug]
    page = act(editor_client, "take_new_addresses", moved, other, still)
    assert page.texts(".messagelist li") == [
        f"{other.slug.capitalize()}: This is the address of the source “{still.slug}”, "
        "which is on record.",
        "1 source has its new address.",
    ]
    for one in (moved, other, still):
        one.refresh_from_db()
    assert (moved.url, other.url) == ("https://example.com/0", "https://example.org/1")
    assert state_of(moved) is None


def test_editors_say_that_a_page_is_right(editor_client):
    source = make_source()
    check(source, Finding(What.READ, title="Talks on Syria"))
    check(source, Finding(What.READ, title="Buy a mattress"))
    assert state_of(source) == Link.State.CHANGED
    act(editor_client, "accept_pages", source)
    check(source, Finding(What.READ, title="Buy a mattress"))
    assert state_of(source) == Link.State.WORKS


def test_who_may_not_change_sources_takes_nothing(client, stranger):
    stranger.is_staff = True
    stranger.save()
    stranger.user_permissions.set(Permission.objects.filter(codename="view_source"))
    client.force_login(stranger)
    source = make_source()
    check(source, Finding(What.READ, moved_to="https://example.com/0"))
    act(client, "take_new_addresses", source)
    source.refresh_from_db()
    assert source.url != "https://example.com/0"


def test_the_history_of_a_source_is_not_that_of_its_link():
    source = make_source()
    before = Change.objects.count()
    check(source, Finding(What.GONE, "No such page."), DEAD_AFTER)
    source.refresh_from_db()
    assert source.link_dead_since == date(2026, 3, 1)
    assert Change.objects.count() == before
    assert not {"url_key", "dead_since"} & Change.objects.latest("pk").after.keys()
