"""The page of a round: what its fields take, and what it asks for."""

import pytest
from django.contrib.auth.models import AnonymousUser, Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from rounds.changes import together
from rounds.models import AgendaItem, Delegation, Round
from rounds.participants.models import Person
from rounds.sources.models import Source
from tests.addresses import admin_address
from tests.factories import (
    make_agenda_item,
    make_delegation,
    make_full_round,
    make_member,
    make_participant,
    make_person,
    make_round,
    make_source,
    make_topic,
)
from tests.forms import form_data
from tests.pages import Part, get_page, page_of

pytestmark = pytest.mark.django_db

MOST_TO_OPEN, MOST_TO_SAVE = 30, 60  # queries


@pytest.fixture
@together()
def round_() -> Round:
    found = make_round(101)
    norway = make_participant(name="Norway", slug="norway")
    norway.names.create(language="ru", text="Норвегия")
    make_delegation(found, participant=norway)
    make_person(name="Kari Nordmann", participant=norway).names.create(
        language="ru", text="Кари Нурманн"
    )
    make_agenda_item(found, topic=make_topic(label="Fish"), stage="agenda")
    make_topic(label="Fishing").names.create(language="en", text="catch")
    return found


class Sheet:
    """The form of a round's page, filled in and sent."""

    def __init__(self, client: Client, round_: Round) -> None:
        self.client = client
        self.address = admin_address(Round, "change", round_.pk)
        self.data = form_data(get_page(client, self.address).one("#round_form"))

    def add(self, prefix: str, **values: str) -> int:
        """Put a row below the others; gives its place."""
        total = f"{prefix}-TOTAL_FORMS"
        place = int(self.data.get(total, ["0"])[0])
        self.data[total] = [str(place + 1)]
        self.data.setdefault(f"{prefix}-INITIAL_FORMS", ["0"])
        self.data |= {f"{prefix}-{place}-{name}": [value] for name, value in values.items()}
        return place

    def send(self) -> list[str]:
        """What is said to be wrong; nothing where it was saved."""
        response = self.client.post(self.address, self.data)
        return [] if response.status_code == 302 else page_of(response).texts(".faults li")


@pytest.fixture
def sheet(editor_client, round_) -> Sheet:
    return Sheet(editor_client, round_)


@pytest.mark.parametrize("spelling", ["kari nordmann", " Кари Нурманн ", "Nordmann, Kari"])
def test_a_head_is_found_by_any_spelling(sheet, round_, spelling):
    sheet.add("delegations-0-members", person=spelling, is_head="on")
    assert sheet.send() == []
    assert str(round_.delegations.get().head) == "Kari Nordmann"


def test_a_row_without_a_person_is_none(sheet, round_):
    sheet.add("delegations-0-members", person="", position="", is_head="on")
    assert sheet.send() == []
    assert not round_.delegations.get().members.exists()


def test_who_is_called_like_nobody_is_refused_with_who_is_meant(sheet, round_):
    sheet.add("delegations-0-members", person="Kari Nordman", is_head="on")
    [fault] = sheet.send()
    assert fault.endswith(
        "Nothing on record is called “Kari Nordman”. Do you mean “Kari Nordmann”?"
    )


def test_a_name_of_several_is_refused_with_theirs(sheet, round_):
    make_person(name="Ola Nordmann").names.create(language="ru", text="Кари Нурманн")
    sheet.add("delegations-0-members", person="Кари Нурманн")
    [fault] = sheet.send()
    assert "“Кари Нурманн” may be “Kari Nordmann” or “Ola Nordmann”." in fault


def test_a_new_person_is_made_with_the_delegation_s_participant(sheet, round_):
    sheet.add("delegations-0-members", **{"person": "Jane Doe-Ünal", "person-is_new": "on"})
    assert sheet.send() == []
    person = Person.objects.get(name="Jane Doe-Ünal")
    assert (person.participant.name, person.slug) == ("Norway", "jane-doe-unal")
    assert person.memberships.get().delegation.round == round_


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Kari Nordmann", "is on record as “Kari Nordmann”"),
        ("Nordmann Kari", "is on record as “Kari Nordmann”"),
        ("Кто-то", "Give the name in Latin letters."),
    ],
)
def test_a_new_person_that_cannot_be_is_refused(sheet, name, said):
    people = Person.objects.count()
    sheet.add("delegations-0-members", **{"person": name, "person-is_new": "on"})
    [fault] = sheet.send()
    assert said in fault
    assert Person.objects.count() == people


def test_a_new_person_stays_one_where_something_else_is_wrong(sheet):
    sheet.add("delegations-0-members", **{"person": "Jane Doe", "person-is_new": "on"})
    page = page_of(sheet.client.post(sheet.address, sheet.data | {"city": [""]}))
    assert "checked" in page.one("#id_delegations-0-members-0-person-is_new").attributes


def test_a_new_person_is_in_one_row_alone(sheet, round_):
    for _ in range(2):
        sheet.add("delegations-0-members", **{"person": "Jane Doe", "person-is_new": "on"})
    assert "This person is in the delegation already." in sheet.send()[0]
    sheet.data["delegations-0-members-TOTAL_FORMS"] = ["1"]
    make_delegation(round_, participant=make_participant(name="Sweden"))
    other = Sheet(sheet.client, round_)
    for place in (0, 1):
        new = {"person": "Jane Doe", "person-is_new": "on"}
        other.add(f"delegations-{place}-members", **new)
    assert "This person is new in two rows." in other.send()[0]
    assert not Person.objects.filter(name="Jane Doe").exists()


def test_who_may_not_add_people_adds_none(sheet, editor):
    group = editor.groups.get()
    group.permissions.remove(Permission.objects.get(codename="add_person"))
    sheet.add("delegations-0-members", **{"person": "Jane Doe", "person-is_new": "on"})
    assert "You may not put people on record." in sheet.send()[0]


def test_a_fact_takes_the_sources_of_the_round(sheet, round_):
    first, second = make_source(), make_source()
    sheet.data["sources"] = [str(first.pk), str(second.pk)]
    sheet.add("agenda_items", topic="catch", stage="discussed", sources="round")
    assert sheet.send() == []
    item = round_.agenda_items.get(stage="discussed")
    assert (item.topic.label, set(item.sources.all())) == ("Fishing", {first, second})


def test_sources_of_a_round_without_any_are_asked_for_once(sheet):
    sheet.data["sources"] = []
    place = sheet.add("agenda_items", topic="Fish", stage="statement", sources="round")
    response = sheet.client.post(sheet.address, sheet.data)
    page = page_of(response)
    assert page.texts(".faults li") == ["Sources Give at least one source."]
    field = page.one(f"#id_agenda_items-{place}-sources")
    assert field.attributes["value"] == "round"


def test_a_number_that_no_source_has_is_said(sheet):
    sheet.data["agenda_items-0-sources"] = ["999999 x"]
    assert "No sources have the numbers 999999, x." in sheet.send()[0]


def test_a_tick_that_goes_takes_the_row_out(sheet, round_):
    sheet.data["agenda_items-0-DELETE"] = ["on"]
    assert sheet.send() == []
    assert not round_.agenda_items.exists()


def test_a_new_round_follows_the_last_one(editor_client, round_):
    Round.objects.filter(pk=round_.pk).update(city="Sochi", country="RU")
    page = get_page(editor_client, admin_address(Round, "add"))
    assert page.one("#id_number").attributes["value"] == "102"
    assert page.one("#id_city").attributes["value"] == "Sochi"
    assert page.one("#id_country option[selected]").attributes["value"] == "RU"
    assert page.texts(".agenda tbody th") == ["Fish"]
    assert not page.all(".agenda [data-tick][checked]")


def test_the_delegations_of_a_round_are_proposed_with_their_roles_alone(editor_client, round_):
    make_member(round_.delegations.get())
    answer = editor_client.get(reverse("entering_delegations", args=[101])).json()
    role = round_.delegations.get().role
    assert answer == {"delegations": [{"participant": "Norway", "role": role}]}


def test_the_sections_say_what_they_hold(editor_client, round_22):
    page = get_page(editor_client, admin_address(Round, "change", round_22.pk))
    assert "Türkiye · Guarantor · Attended · Mustafa Yurdakul · 3 sources" in page.texts(
        "#delegations-group summary"
    )
    stages = AgendaItem.objects.filter(round=round_22).count()
    assert len(page.all(".agenda [data-tick][checked]")) == stages


def test_few_queries_open_and_save_the_largest_round(editor_client, round_22):
    address = admin_address(Round, "change", round_22.pk)
    with CaptureQueriesContext(connection) as queries:
        page = get_page(editor_client, address)
    assert len(queries) <= MOST_TO_OPEN
    data = form_data(page.one("#round_form"))
    with CaptureQueriesContext(connection) as queries:
        assert editor_client.post(address, data).status_code == 302
    assert len(queries) <= MOST_TO_SAVE


def test_everything_is_found_by_all_its_names(editor_client, round_):
    found = editor_client.get(reverse("entering_names")).json()
    assert ["Kari Nordmann", "Кари Нурманн"] in found["person"]
    assert set(found) == {"participant", "person", "topic"}


def asked(client: Client, **fields: str) -> tuple[int, Part]:
    response = client.post(reverse("entering_source"), fields)
    return response.status_code, page_of(response)


def test_the_source_with_an_address_is_found(editor_client):
    one = make_source(url="https://example.org/a/")
    status, row = asked(editor_client, address="http://www.example.org/a?utm_source=x")
    assert (status, row.one("li").attributes["data-source"]) == (200, str(one.pk))


def test_a_source_is_made_of_an_address_and_what_is_said_of_it(editor_client):
    status, form = asked(editor_client, address="https://example.org/new")
    assert status == 202
    assert form.one("[name=new-url]").attributes["value"] == "https://example.org/new"
    fields = {
        "new-url": "https://example.org/new",
        "new-title": "New",
        "new-publisher": "Ünlü Agency",
        "new-language": "en",
    }
    status, form = asked(editor_client, **fields, **{"new-published": "05/06/2025"})
    assert (status, form.texts(".errorlist li")) == (
        202,
        ["Give the day as year-month-day, like 2018-01-31."],
    )
    status, row = asked(editor_client, **fields, **{"new-published": "2025-05-06"})
    made = Source.objects.get(url="https://example.org/new")
    assert (status, made.slug) == (200, "unlu-agency-2025-05-06")
    assert row.one("li").attributes["data-source"] == str(made.pk)


@pytest.mark.parametrize("name", ["names", "delegations", "source"])
def test_who_may_not_edit_rounds_is_told_nothing(client, name):
    onlooker = User.objects.create_user("onlooker", is_staff=True)
    address = reverse(f"entering_{name}", args=[22] if name == "delegations" else [])
    send = client.post if name == "source" else client.get
    assert send(address).status_code == 302
    client.force_login(onlooker)
    assert send(address).status_code == 403


def test_who_may_see_no_draft_is_told_of_none(client):
    draft = make_full_round(102, publication="draft")
    user = User.objects.create_user("reader", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="change_round"))
    client.force_login(user)
    assert client.get(reverse("entering_delegations", args=[102])).status_code == 404
    names = client.get(reverse("entering_names")).json()["participant"]
    own = set(Delegation.objects.filter(round=draft).values_list("participant__name", flat=True))
    public = set(map(str, Delegation.objects.visible_to(AnonymousUser())))
    secret = draft.sources.get()
    address = {"address": secret.url}
    assert client.post(reverse("entering_source"), address).status_code == 403
    assert not {first for first, *_ in names} & (own - public)
