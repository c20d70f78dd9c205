"""Publication at a set time."""

from datetime import date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from astana.accounts.models import Entry
from rounds.desk.planning import plan
from rounds.desk.publishing import move
from rounds.models import LastEdit, PlannedPublication, Round
from rounds.sources.models import Source
from tests.addresses import admin_address
from tests.factories import make_full_round
from tests.pages import Part, get_page, page_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("blank")]


@pytest.fixture
def ready() -> Round:
    round_ = make_full_round(23, publication="review", start=date(2026, 5, 12))
    Source.objects.update(published=date(2026, 5, 13))
    return round_


def press(client: Client, round_: Round, **sent: str) -> Part:
    address = reverse("admin:rounds_round_publication", args=[round_.pk])
    return page_of(client.post(address, sent, follow=True))


def said(page: Part) -> str:
    return page.one(".messagelist li").text


def let_it_be_due() -> tuple[str, str]:
    """What the command says, and complains of, once the time of all plans has come."""
    PlannedPublication.objects.update(publish_at=timezone.now() - timedelta(minutes=1))
    out, errors = StringIO(), StringIO()
    call_command("publish_due", stdout=out, stderr=errors)
    return out.getvalue(), errors.getvalue()


def test_a_round_is_published_at_its_time_and_not_before(settings, publisher_client, ready):
    settings.TIME_ZONE = "Asia/Almaty"
    page = press(publisher_client, ready, plan="on", publish_at=" 2099-05-31 09:00 ")
    assert "31 May 2099, 09:00 (Asia/Almaty)" in said(page)
    assert "31 May 2099, 09:00 (Asia/Almaty)" in page.one("#publication .plan").text
    found = PlannedPublication.objects.get()
    assert found.publish_at == datetime(2099, 5, 31, 4, tzinfo=timezone.get_fixed_timezone(0))
    call_command("publish_due", verbosity=0)
    assert not Round.objects.get().is_published
    assert let_it_be_due() == ("Round 23 is published.\n", "")
    assert Client().get("/rounds/23/").status_code == 200
    assert Entry.objects.get(action="published").name == "publisher"
    assert not PlannedPublication.objects.exists()
    assert let_it_be_due() == ("", "")


@pytest.mark.parametrize(
    "typed",
    ["", "tomorrow", "2099-05-31", "31/05/2099 09:00", "2099-02-30 09:00", "2020-01-01 09:00"],
)
def test_a_time_that_is_none_or_over_is_refused(publisher_client, ready, typed):
    page = press(publisher_client, ready, plan="on", publish_at=typed)
    is_over = typed.startswith("2020")
    assert ("That time is over" if is_over else "YYYY-MM-DD HH:MM") in said(page)
    assert not PlannedPublication.objects.exists()


def test_nothing_is_planned_that_could_not_be_published_now(
    settings, editor_client, publisher, publisher_client, ready
):
    later = {"plan": "on", "publish_at": "2099-05-31 09:00"}
    press(editor_client, ready, **later)
    press(Client(), ready, **later)
    settings.REVIEW_REQUIRED = True
    LastEdit.objects.create(round=ready, by=publisher)
    assert "somebody else" in said(press(publisher_client, ready, **later))
    settings.REVIEW_REQUIRED = False
    ready.agenda_items.all().delete()
    assert "nothing is on its agenda" in said(press(publisher_client, ready, **later))
    assert not PlannedPublication.objects.exists()


def test_what_is_refused_at_its_time_is_noted_and_not_tried_again(
    editor_client, publisher, publisher_client, ready
):
    plan(ready, timezone.now() + timedelta(days=1), publisher)
    item = ready.agenda_items.get()
    topic, source = item.topic, item.sources.get()
    item.delete()
    _out, errors = let_it_be_due()
    assert errors.startswith("Round 23 was not published: It was held, and nothing is on its")
    for address in (admin_address(Round, "change", ready.pk), reverse("admin:index")):
        assert "nothing is on its agenda" in get_page(editor_client, address).text
    ready.agenda_items.create(topic=topic, stage="agenda").sources.add(source)
    assert let_it_be_due() == ("", "")
    assert not Round.objects.get().is_published
    press(publisher_client, ready, cancel="on")
    assert not PlannedPublication.objects.exists()


def test_what_is_edited_after_it_was_planned_needs_another_look(settings, editor, publisher, ready):
    """Where somebody else has to look at each edit; elsewhere the plan holds."""
    for is_required in (True, False):
        settings.REVIEW_REQUIRED = is_required
        plan(ready, timezone.now() + timedelta(days=1), publisher)
        LastEdit.objects.update_or_create(
            round=ready, defaults={"by": editor, "at": timezone.now()}
        )
        assert ("look at it again" in let_it_be_due()[1]) == is_required
        assert Round.objects.get().is_published != is_required


def test_two_machines_publish_it_once(monkeypatch, publisher, ready):
    plan(ready, timezone.now() + timedelta(days=1), publisher)

    def late(*args: object) -> None:
        move(*args)
        move(*args)

    monkeypatch.setattr("rounds.desk.planning.move", late)
    assert let_it_be_due() == ("", "")
    assert Round.objects.get().is_published


def test_who_lost_the_right_or_the_account_publishes_nothing(publisher, ready):
    plan(ready, timezone.now() + timedelta(days=1), publisher)
    publisher.groups.clear()
    assert "You may not do this." in let_it_be_due()[1]
    PlannedPublication.objects.update(refusal="")
    publisher.delete()
    assert "The account of whoever planned it is gone." in let_it_be_due()[1]
    assert not Round.objects.get().is_published


def test_a_plan_is_cancelled_by_hand_and_by_going_back_to_draft(
    editor_client, publisher, publisher_client, ready
):
    plan(ready, timezone.now() + timedelta(days=1), publisher)
    press(editor_client, ready, cancel="on")
    assert PlannedPublication.objects.exists()
    press(publisher_client, ready, cancel="on")
    assert not PlannedPublication.objects.exists()
    plan(ready, timezone.now() + timedelta(days=1), publisher)
    press(editor_client, ready, step="draft")
    assert not PlannedPublication.objects.exists()


def test_editors_hear_where_nothing_publishes_what_is_due(editor_client, publisher, ready):
    plan(ready, timezone.now() + timedelta(days=1), publisher)
    PlannedPublication.objects.update(publish_at=timezone.now() - timedelta(hours=1))
    for address in (admin_address(Round, "change", ready.pk), reverse("admin:index")):
        assert "astana-publish" in get_page(editor_client, address).text


def test_the_start_page_says_what_is_planned_and_what_is_incomplete(
    editor_client, publisher, ready
):
    address = f"{admin_address(Round, 'change', ready.pk)}#publication"
    assert address not in get_page(editor_client, reverse("admin:index")).links("a")
    plan(ready, timezone.now() + timedelta(days=1), publisher)
    public = make_full_round(24, start=date(2026, 8, 1))
    public.agenda_items.all().delete()
    links = get_page(editor_client, reverse("admin:index")).links("a")
    assert {address, f"{admin_address(Round, 'change', public.pk)}#publication"} <= set(links)
