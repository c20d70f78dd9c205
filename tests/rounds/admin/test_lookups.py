"""Parameters of the admin that make no sense find nothing, and break nothing."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client

from rounds.lookups import TolerantAdmin
from rounds.models import FACTS, Claim, Delegation, Milestone, Outcome, Round, Session
from rounds.participants.models import Person
from rounds.sources.models import Source
from tests.addresses import admin_address
from tests.factories import make_source
from tests.forms import form_data
from tests.pages import get_page, page_of

pytestmark = pytest.mark.django_db

BEYOND = str(2**63)


@pytest.mark.parametrize("model", list(admin.site._registry), ids=lambda one: one.__name__)
def test_every_screen_is_tolerant(model):
    assert isinstance(admin.site._registry[model], TolerantAdmin)


@pytest.mark.parametrize(
    ("model", "query"),
    [
        (Source, "published__year=9999"),
        (Source, "published__year=9999&published__month=12"),
        (Source, "published__year=9999&published__month=12&published__day=31"),
        (Source, "published__year=99999"),
        (Source, "published__year=x"),
        (Round, "start__year=9999"),
        (Round, "city__exact=%00"),
        (Round, "city__exact=a%00b"),
        (Round, "city__exact=%00&_facets=True"),
        (Round, "city__in=Sochi,%00"),
        (Round, "city__contains=%00"),
        (Round, "status__exact=%00"),
        (Round, "sources__id__exact=%00"),
        (Session, "kind__exact=%00"),
        (Round, f"id__in={BEYOND}"),
        (Round, f"number__in=-1,{BEYOND}"),
        (Round, f"number={BEYOND}"),
        (Round, "number__range=1"),
        (Source, "language__range=2024-02-30"),
        (Round, "start__gte=x"),
        (Round, f"start__year={BEYOND}"),
        (Session, "round__id__exact=x"),
        (Person, f"participant__id__exact={BEYOND}"),
        (Milestone, "start__year=9999"),
    ],
)
def test_what_cannot_be_looked_for_is_not_found(editor_client, model, query):
    page = get_page(editor_client, f"{admin_address(model, 'changelist')}?{query}")
    assert page.one(".paginator").text.startswith("0 ")
    assert not page.has("#result_list tbody tr")


def test_the_last_year_has_what_was_published_in_it(editor_client):
    make_source(published="9998-12-31")
    page = get_page(editor_client, f"{admin_address(Source, 'changelist')}?published__year=9998")
    assert page.one(".paginator").text == "1 source"


def test_no_regular_expression_is_looked_for(editor_client):
    address = admin_address(Round, "changelist")
    assert editor_client.get(f"{address}?city__regex=(a*)*").status_code == 400
    assert editor_client.get(f"{address}?city__iregex=(((").status_code == 400


@pytest.mark.parametrize("model", FACTS, ids=lambda one: one.__name__)
def test_a_form_takes_no_value_that_cannot_be(editor_client, model):
    names = [field.name for field in (*model._meta.fields, *model._meta.many_to_many)]
    for value in ("x", "", "%00", "-1", BEYOND, "9" * 5000, "1,x"):
        query = "&".join(f"{name}={value}" for name in [*names, "nothing"])
        address = admin_address(model, "add")
        assert editor_client.get(f"{address}?{query}").status_code == 200


def test_a_form_takes_the_values_of_its_address(editor_client, round_22):
    source = Source.objects.earliest("pk")
    query = f"round={round_22.pk}&sources={source.pk}&text=They+agreed&kind=nothing"
    page = get_page(editor_client, f"{admin_address(Outcome, 'add')}?{query}")
    assert page.one("#id_round option[selected]").text == "Round 22"
    assert page.values("value", "[name=sources][checked]") == [str(source.pk)]
    assert page.one("#id_text").text == "They agreed"
    empty = get_page(editor_client, f"{admin_address(Claim, 'add')}?round=x&dispute=x")
    assert not any(empty.values("value", "#id_dispute option[selected]"))


@pytest.mark.parametrize("model", list(admin.site._registry), ids=lambda one: one.__name__)
def test_a_form_is_shown_again_whatever_was_sent(db, model):
    client = Client()
    client.force_login(User.objects.create_superuser("chief"))
    one = model.objects.first()
    address = admin_address(model, "change" if one else "changelist", *([one.pk] if one else []))
    data = form_data(get_page(client, address).one("body"))
    fields = (*model._meta.fields, *model._meta.many_to_many)
    for value in ("x", "\0", BEYOND, "9" * 5000):
        wrong = {one.name: [value, value] for one in fields if one.name in data}
        assert client.post(address, data | wrong).status_code in (200, 302, 403)
        assert client.post(admin_address(model, "add"), wrong).status_code in (200, 302, 403)


@pytest.mark.parametrize("page", ["change", "delete"])
def test_an_empty_field_to_look_in_is_none(editor_client, page):
    key = Claim.objects.first().pk
    address = admin_address(Claim, page, key)
    assert editor_client.get(f"{address}?_to_field=").status_code == 200
    assert editor_client.post(address, {"_to_field": "", "number": "x"}).status_code in (200, 302)


@pytest.mark.parametrize(
    "count",
    ["members-TOTAL_FORMS", "members-INITIAL_FORMS"],
)
def test_no_more_rows_are_shown_than_were_sent(editor_client, count):
    counts = {"members-TOTAL_FORMS": "2", "members-INITIAL_FORMS": "0"}
    data = counts | {count: str(2**31), "members-1-person": ""}
    response = editor_client.post(admin_address(Delegation, "add"), data)
    assert len(page_of(response).all("[name$='-position']")) == 2


def test_keys_that_cannot_be_lead_back(client: Client, editor_client):
    for key in ("x", "%00", BEYOND, "9" * 5000, "-1"):
        for page in ("change", "delete", "history"):
            response = editor_client.get(f"/admin/rounds/round/{key}/{page}/")
            assert response.status_code in (302, 404)


@pytest.mark.parametrize("term", ["%00", "a%00", "x" * 5000])
def test_for_what_cannot_be_nothing_is_proposed(editor_client, term):
    query = f"app_label=rounds&model_name=member&field_name=delegation&term={term}"
    response = editor_client.get(f"/admin/autocomplete/?{query}")
    assert response.json()["results"] == []


@pytest.mark.parametrize("key", ["\0", "x", "", BEYOND])
def test_an_action_on_a_row_that_cannot_be_does_nothing(editor_client, key):
    data = {"action": "delete_selected", "_selected_action": [key]}
    response = editor_client.post(admin_address(Round, "changelist"), data)
    assert response.status_code == 302
    assert Round.objects.count() == 22


def test_what_is_gone_is_deleted_by_nobody(editor_client):
    for model in (Round, Outcome, Source):
        response = editor_client.post(admin_address(model, "delete", 9**9), {"post": "yes"})
        assert response.status_code == 302
