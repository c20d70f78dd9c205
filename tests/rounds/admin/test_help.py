"""Next to each field of the admin stands what belongs there."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client

from rounds.access import EDITED_APPS
from rounds.models import Message, Round
from tests.addresses import admin_address
from tests.factories import make_message
from tests.pages import Part, get_page, page_of

NO_FIELD = {"Add a source by its address", "Another topic"}  # what they are for, they say


def unexplained(page: Part) -> set[str]:
    """The labels of fields beside which nothing says what belongs there."""
    lines = {said: text for one in page.all(".help-of-fields") for said, text in one.facts.items()}
    explained = {label for label, text in lines.items() if len(text.split()) > 2}
    labels = set(page.texts(".entering .field > label, .entering .member .tick:not(.new-person)"))
    return (labels - explained - NO_FIELD) | {
        row.text
        for row in page.all(".form-row")
        if row.has("input:not([type=hidden]), select, textarea") and not row.has(".help")
    }


@pytest.mark.django_db
def test_each_field_of_each_form_says_what_belongs_there(
    administrator_client: Client, round_22: Round
):
    forms = [
        model
        for model in admin.site._registry
        if model._meta.app_label in EDITED_APPS and model is not Message
    ]
    pages = [admin_address(model, "add") for model in [*forms, User]]
    pages += [
        admin_address(Round, "change", round_22.pk),
        admin_address(Message, "change", make_message().pk),
    ]
    found = {one: unexplained(get_page(administrator_client, one)) for one in pages}
    unknown = {"address": "https://example.org/unknown"}
    asked = page_of(administrator_client.post("/admin/entering/source/", unknown))
    labels = set(asked.texts(".field > label"))
    assert len(labels) == 5
    found["a new source"] = labels - set(asked.one(".help-of-fields").facts)
    assert {one: labels for one, labels in found.items() if labels} == {}
