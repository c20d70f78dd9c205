"""What is wrong with a form is said on top of it, with links to where."""

import pytest
from django.contrib.auth.models import User

from rounds.changes import together
from rounds.models import Evidence, Round
from rounds.topics.models import Topic
from tests.addresses import admin_address
from tests.factories import (
    make_delegation,
    make_member,
    make_outcome,
    make_participant,
    make_person,
    make_round,
    make_session,
)
from tests.forms import form_data
from tests.pages import get_page, page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
@together()
def round_() -> Round:
    found = make_round(101)
    make_session(found, kind="expert")
    delegation = make_delegation(found, participant=make_participant(name="Norway"))
    make_member(delegation, person=make_person(name="Ola Nordmann"))
    make_outcome(found, number=1)
    return found


@pytest.fixture
def faults(editor_client, round_):
    """Send the page of a round with changes; gives what its top says is wrong, with the links."""
    address = admin_address(Round, "change", round_.pk)
    page = get_page(editor_client, address)
    assert not page.has(".faults")
    data = form_data(page.one("#round_form"))

    def send(**changes: str) -> list[tuple[str, str]]:
        changed = {name.replace("__", "-"): [value] for name, value in changes.items()}
        page = page_of(editor_client.post(address, data | changed))
        links = page.links(".faults a")
        assert {link.removeprefix("#") for link in links} <= set(page.ids)
        return list(zip(page.texts(".faults li"), links, strict=True))

    return send


@pytest.mark.parametrize(
    ("changes", "sentence", "link"),
    [
        ({"city": ""}, "City This field is required.", "#id_city"),
        (
            {"summary": ""},
            "Summary A round needs a summary before it is published.",
            "#id_summary",
        ),
        (
            {"sessions__0__kind": "x"},
            "Select a valid choice. x is not one of the available choices.",
            "#sessions-0",
        ),
        (
            {"delegations__0__members__0__person": ""},
            "Delegation Norway › Member Ola Nordmann › Person This field is required.",
            "#id_delegations-0-members-0-person",
        ),
        (
            {"delegations__0__attendance": "absent"},
            "Delegation Norway › Member Ola Nordmann A delegation that stayed away has no members.",
            "#delegations-0-members-0",
        ),
    ],
)
def test_each_fault_leads_to_its_field_or_row(faults, changes, sentence, link):
    [(said, to)] = faults(**changes)
    assert said.endswith(sentence)
    assert to == link


def test_all_faults_are_said_from_top_to_bottom_but_of_rows_that_go(faults):
    found = faults(city="", sessions__0__kind="x", outcomes__0__text="", outcomes__0__DELETE="on")
    assert [link for _said, link in found] == ["#id_city", "#sessions-0"]


@pytest.mark.parametrize("model", [Topic, Evidence, User])
def test_every_screen_has_the_links(admin_client, model):
    address = admin_address(model, "add")
    data = form_data(get_page(admin_client, address).one(f"#{model._meta.model_name}_form"))
    page = page_of(admin_client.post(address, data))
    assert page.links(".faults a")
    assert {link.removeprefix("#") for link in page.links(".faults a")} <= set(page.ids)
