import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from rounds.models import FACTS, Claim, Delegation, Dispute, Outcome, Round, RoundPart
from rounds.names import Name
from rounds.sources.models import Source
from tests.addresses import admin_address
from tests.forms import form_data
from tests.pages import get_page, page_of
from tests.record import APPS, KNOWN, MODELS, told

pytestmark = pytest.mark.django_db

ON_THEIR_OWN = [model for model in MODELS if not issubclass(model, Name)]


@pytest.fixture
def clients(editor, stranger) -> dict[str, Client]:
    onlooker = User.objects.create_user("onlooker", is_staff=True)
    chief = User.objects.create_superuser("chief")
    users = {"stranger": stranger, "onlooker": onlooker, "editor": editor, "chief": chief}
    found = {"anonymous": Client()}
    for name, user in users.items():
        found[name] = Client()
        found[name].force_login(user)
    return found


def test_editors_have_the_record_and_nothing_else(editor, clients):
    apps_allowed = {permission.split(".")[0] for permission in editor.get_all_permissions()}
    assert apps_allowed == set(APPS)
    assert clients["editor"].get(reverse("admin:auth_user_changelist")).status_code == 403


def test_every_model_is_registered():
    edited = set(admin.site._registry)
    edited |= {one.model for page in admin.site._registry.values() for one in page.inlines}
    assert [model for model in ON_THEIR_OWN if model not in admin.site._registry] == []
    assert [model for model in MODELS if model not in edited] == []


@pytest.fixture
def round_form(editor_client, round_22) -> dict[str, list[str]]:
    page = get_page(editor_client, admin_address(Round, "change", round_22.pk))
    return form_data(page.one("#round_form"))


def test_saving_a_round_unchanged_changes_nothing(editor_client, round_22, round_form):
    before = told()
    response = editor_client.post(admin_address(Round, "change", round_22.pk), round_form)
    assert response.status_code == 302
    assert told() == before


def test_a_new_part_gets_the_next_number(editor_client, round_22, round_form):
    number = int(round_form["outcomes-TOTAL_FORMS"][0])
    round_form |= {
        "outcomes-TOTAL_FORMS": [str(number + 1)],
        f"outcomes-{number}-kind": ["other"],
        f"outcomes-{number}-text": ["Something else."],
        f"outcomes-{number}-sources": [str(Source.objects.all()[0].pk)],
    }
    editor_client.post(admin_address(Round, "change", round_22.pk), round_form)
    assert round_22.outcomes.get(text="Something else.").number == number + 1


def test_a_fact_without_a_source_is_refused_and_kept(editor_client, round_22, round_form):
    round_form["outcomes-0-text"] = ["Changed."]
    round_form["outcomes-0-sources"] = []
    response = editor_client.post(admin_address(Round, "change", round_22.pk), round_form)
    page = page_of(response)
    assert response.status_code == 200
    assert "Give at least one source." in page.texts(".errorlist li")
    assert page.one("#id_outcomes-0-text").text == "Changed."
    assert round_22.outcomes.get(number=1).text != "Changed."


def test_publishing_needs_a_summary(editor_client, round_22, round_form):
    round_form["summary"] = [""]
    response = editor_client.post(admin_address(Round, "change", round_22.pk), round_form)
    assert "A round needs a summary before it is published." in response.content.decode()


def test_an_absent_delegation_with_a_head_is_refused(editor_client, round_22, round_form):
    round_form["delegations-0-attendance"] = ["absent"]
    response = editor_client.post(admin_address(Round, "change", round_22.pk), round_form)
    assert "A delegation that stayed away has no members." in response.content.decode()


def test_an_editor_enters_a_round_which_is_a_draft(editor_client):
    source = str(Source.objects.all()[0].pk)
    parts = [model.round.field.remote_field.name for model in FACTS if issubclass(model, RoundPart)]
    empty = {f"{part}-{name}_FORMS": "0" for part in parts for name in ("TOTAL", "INITIAL")}
    data = empty | {
        "number": "101",
        "publication": "published",
        "status": "held",
        "summary": "A new beginning.",
        "start": "2027-05-01",
        "end": "2027-05-02",
        "date_precision": "day",
        "city": "Astana",
        "country": "KZ",
        "sources": [source],
        "disputes-TOTAL_FORMS": "1",
        "disputes-0-subject": "Dates",
        "disputes-0-sources": [source],
        "disputes-0-claims-TOTAL_FORMS": "2",
        "disputes-0-claims-INITIAL_FORMS": "0",
        "disputes-0-claims-0-value": "May",
        "disputes-0-claims-1-value": "June",
    }
    response = editor_client.post(admin_address(Round, "add"), data)
    assert response.status_code == 302
    assert [claim.number for claim in Claim.objects.filter(dispute__round__number=101)] == [1, 2]
    assert Dispute.objects.get(round__number=101).number == 1
    assert Round.objects.get(number=101).publication == "draft"
    assert Client().get("/rounds/101/").status_code == 404


@pytest.mark.parametrize("model", [Outcome, Dispute])
def test_a_part_on_its_own_page_gets_the_next_number(editor_client, round_22, model):
    data = {
        "round": round_22.pk,
        "kind": "other",
        "text": "New",
        "subject": "New",
        "reason": "It was found.",
        "sources": [Source.objects.all()[0].pk],
        "claims-TOTAL_FORMS": "0",
        "claims-INITIAL_FORMS": "0",
    }
    highest = max(model.objects.filter(round=round_22).values_list("number", flat=True))
    assert editor_client.post(admin_address(model, "add"), data).status_code == 302
    assert model.objects.filter(round=round_22).latest("pk").number == highest + 1


def test_view_on_site_leads_to_the_round(editor_client, round_22):
    page = get_page(editor_client, admin_address(Round, "change", round_22.pk))
    (link,) = page.links("a.viewsitelink")
    response = editor_client.get(link, follow=True)
    assert response.redirect_chain[0][0].endswith("/rounds/22/")


@pytest.mark.parametrize(
    ("model", "term", "found"),
    [
        (Round, "22", {22}),
        (Round, "Sochi", {8, 10, 15}),
        (Delegation, "Qatar", set()),
        (Delegation, "Iran", set(KNOWN)),
    ],
)
def test_search(editor_client, model, term, found):
    response = editor_client.get(admin_address(model, "changelist"), {"q": term})
    results = response.context_data["cl"].queryset
    numbers = {one.number if model is Round else one.round.number for one in results}
    assert numbers & set(KNOWN) == found
