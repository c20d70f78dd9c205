"""Days are typed in one form, in whichever form of the admin."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import DateField

from rounds.models import Message, Milestone, Round
from rounds.sources.models import Source
from tests.addresses import admin_address
from tests.forms import form_data
from tests.pages import get_page, page_of

pytestmark = pytest.mark.django_db

WANTED = "Give the day as year-month-day, like 2018-01-31."
WITH_DAYS = [
    model
    for model in admin.site._registry
    if any(isinstance(field, DateField) and field.editable for field in model._meta.fields)
    if model is not Message and model._meta.app_label != "axes"  # nobody enters their days
]


@pytest.mark.parametrize("model", WITH_DAYS, ids=lambda model: model.__name__)
def test_every_field_of_a_day_shows_its_form(admin_client, model):
    page = get_page(admin_client, admin_address(model, "change", model.objects.latest("pk").pk))
    shown = {field.attributes["placeholder"] for field in page.all(".vDateField")}
    assert shown == {"YYYY-MM-DD"}


@pytest.mark.parametrize("value", ["05/06/2025", "12 May 2025", "May 12, 2025", "2025-13-01"])
def test_a_day_in_another_form_is_refused_with_the_form_that_is_wanted(
    editor_client, round_22, value
):
    address = admin_address(Round, "change", round_22.pk)
    data = form_data(get_page(editor_client, address).one("#round_form"))
    days = [
        name
        for name in data
        if name.endswith(("start", "-day", "-date", "planned_from")) and "initial" not in name
    ]
    assert {name.strip("-0123456789") for name in days} > {"start"}
    page = page_of(editor_client.post(address, data | {name: [value] for name in days}))
    assert page.texts(".errorlist li").count(WANTED) == len(days)
    assert page.one("#id_start").attributes["value"] == value


@pytest.mark.parametrize(("model", "field"), [(Source, "published"), (Milestone, "start")])
def test_a_day_is_stored_as_it_is_typed(editor_client, model, field):
    one = model.objects.exclude(**{field: None})[0]
    address = admin_address(model, "change", one.pk)
    data = form_data(get_page(editor_client, address).one(f"#{model._meta.model_name}_form"))
    page = page_of(editor_client.post(address, data | {field: ["05/06/2025"]}))
    assert WANTED in page.texts(".errorlist li")
    data |= {"end": [""], "related_round": [""]}
    assert editor_client.post(address, data | {field: ["2025-05-06"]}).status_code == 302
    assert str(getattr(model.objects.get(pk=one.pk), field)) == "2025-05-06"


@pytest.mark.parametrize(
    ("model", "form"),
    [(Milestone, "milestone_form"), (Round, "round_form"), (Source, "source_form")],
)
def test_a_day_far_from_all_others_is_asked_about_once(editor_client, model, form):
    """Once on each page: in fields of the object and of its parts."""
    one = model.objects.exclude(**{"published" if model is Source else "start": None}).last()
    address = admin_address(model, "change", one.pk)
    data = form_data(get_page(editor_client, address).one(f"#{form}"))
    days = [name for name in data if name.endswith(("published", "start", "end", "-day", "-date"))]
    days = [name for name in days if "initial" not in name]
    sent = data | {name: ["2107-06-01"] for name in days}
    asking = page_of(editor_client.post(address, sent))
    question = "Is 1 June 2107 meant? If it is, save once more."
    assert asking.texts(".errorlist li").count(question) == len(days) > 0
    again = form_data(asking.one(f"#{form}"))
    other = page_of(editor_client.post(address, again | {days[0]: ["1907-06-01"]}))
    assert "Is 1 June 1907 meant? If it is, save once more." in other.texts(".errorlist li")
    response = editor_client.post(address, again)
    said = [] if response.status_code == 302 else page_of(response).texts(".errorlist li")
    assert question not in said


def test_a_day_with_a_time_is_typed_in_the_same_form(admin_client, stranger):
    address = admin_address(User, "change", stranger.pk)
    data = form_data(get_page(admin_client, address).one("#user_form"))
    page = page_of(admin_client.post(address, data | {"date_joined_0": ["05/06/2025"]}))
    assert WANTED in page.texts(".errorlist li")
