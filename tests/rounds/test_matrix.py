"""Who may do what with each kind of object, by requests to the addresses of the admin."""

from collections.abc import Iterator
from functools import cache

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.db.models import Model
from django.template import Template
from django.test import Client
from django.urls import reverse

from astana.accounts import audit
from rounds.access import EDITED_APPS, has_page, is_public
from rounds.merging import SPELLINGS
from rounds.models import Message, Round
from tests.factories import filled, make_message, make_round

pytestmark = pytest.mark.django_db

ACTIONS = ["list", "find", "see", "add", "change", "delete", "history", "merge", "publish"]
ROLES = ["visitor", "staff", "Editors", "Publishers", "Administrators", "superuser"]
# In the order of the actions: + may, . may not.
MATRIX = """
                    visitor     staff       Editors     Publishers  Administrators  superuser
page, public        .........   .........   +++++.+..   +++++++++   +++++++++       +++++++++
page, not public    .........   .........   +++++++..   ++++++++.   ++++++++.       ++++++++.
part                .........   .........   +++++++..   +++++++..   +++++++..       +++++++..
message             .........   .........   +++.+++..   +++.+++..   +++.+++..       +++.+++..
account             .........   .........   .........   .........   +++++.+..       +++++++..
superuser           .........   .........   .........   .........   ++++..+..       +++++++..
group               .........   .........   .........   .........   +++...+..       +++++++..
audit               .........   .........   .........   .........   +++...+..       +++...+..
of other apps       .........   .........   .........   .........   .........       +++++++..
"""


def rights(kind: str, role: str) -> dict[str, bool]:
    """What the matrix says of each action."""
    row = next(line for line in MATRIX.splitlines() if line.startswith(f"{kind} "))
    signs = row[len("page, not public") :].split()[ROLES.index(role)]
    return {action: sign == "+" for action, sign in zip(ACTIONS, signs, strict=True)}


def kind_of(thing: Model) -> str:
    if isinstance(thing, User):
        return "superuser" if thing.is_superuser else "account"
    if isinstance(thing, Group):
        return "group"
    if isinstance(thing, audit.Entry):
        return "audit"
    if isinstance(thing, Message):
        return "message"
    if thing._meta.app_label not in EDITED_APPS:
        return "of other apps"
    if not has_page(type(thing)):
        return "part"
    return "page, public" if is_public(thing) else "page, not public"


def everything() -> Iterator[Model]:
    """Objects of each model that has a screen, public and not."""
    yield make_round(101)
    yield make_round(102, publication="draft")
    for number, model in enumerate(admin.site._registry, start=103):
        if model is User:
            yield User.objects.create_user("novice", is_staff=True)
            yield User.objects.create_superuser("owner")
        elif model is Group:
            yield Group.objects.create(name="Guests")
        elif model is audit.Entry:
            yield audit.note(None, audit.Action.MERGED, "Somebody")
        elif model is Message:
            yield make_message()
        elif model._meta.app_label in EDITED_APPS and model is not Round:
            thing = filled(model, make_round(number, publication="draft"))
            thing.save()
            yield thing
            if has_page(model):
                yield model._base_manager.filter(pk__lt=thing.pk).first()
        elif model is not Round:
            yield model(pk=1)


def way_to(model: type[Model], screen: str, *arguments: object) -> str:
    return reverse(
        f"admin:{model._meta.app_label}_{model._meta.model_name}_{screen}", args=arguments
    )


@cache
def fields_that_find() -> dict[type[Model], dict[str, str]]:
    """For each model that is found by typing, a field in which it is."""
    return {
        model._meta.get_field(name).remote_field.model: {
            "app_label": model._meta.app_label,
            "model_name": model._meta.model_name,
            "field_name": name,
        }
        for model, screen in admin.site._registry.items()
        for name in screen.autocomplete_fields
    }


def may(client: Client, action: str, thing: Model) -> bool:
    model = type(thing)
    match action:
        case "find":
            response = client.get(reverse("admin:autocomplete"), fields_that_find()[model])
        case "list":
            response = client.get(way_to(model, "changelist"))
        case "add":
            response = client.get(way_to(model, "add"))
        case "see":
            response = client.get(way_to(model, "change", thing.pk))
        case "merge":
            other = model._base_manager.exclude(pk=thing.pk).first()
            way = reverse("merge", args=[model._meta.app_label, model._meta.model_name])
            response = client.get(way, {"stays": thing.pk, "goes": other.pk})
        case "publish":
            client.post(way_to(model, "publication", thing.pk), {"step": "withdraw"})
            is_withdrawn = Round.objects.get(pk=thing.pk).publication == "draft"
            Round.objects.filter(pk=thing.pk).update(publication="published")
            return is_withdrawn
        case "change":
            response = client.post(way_to(model, "change", thing.pk), {"nothing": "right"})
        case _:
            response = client.get(way_to(model, action, thing.pk))
    # To the start: there is no such object, as far as they may know.
    leads_to = response.headers.get("Location", "").partition("?")[0]
    is_away = leads_to in (reverse("admin:login"), reverse("admin:index"))
    refused = response.status_code == 403 or is_away
    assert refused or response.status_code in (200, 302), (action, thing, response.status_code)
    return not refused


@pytest.fixture
def no_pages(monkeypatch):
    """Whether a page is refused is known before it is made."""
    monkeypatch.setattr(Template, "_render", lambda self, context: "")


def can_be(action: str, thing: Model, kind: str) -> bool:
    """Whether there is such a thing to do with it, whoever does it."""
    if kind == "of other apps":  # their screens have rules of their own
        return action == "list"
    if action == "find":
        return type(thing) in fields_that_find()
    if action == "merge":
        return type(thing) in SPELLINGS
    return action != "publish" or (isinstance(thing, Round) and kind == "page, public")


def client_of(role: str) -> Client:
    client = Client()
    if role == "superuser":
        client.force_login(User.objects.create_superuser("root"))
    elif role != "visitor":
        user = User.objects.create_user(f"one of {role}", is_staff=True)
        user.groups.add(*Group.objects.filter(name=role))
        client.force_login(user)
    return client


def test_each_role_may_do_what_the_matrix_says_and_no_more(no_pages):
    kinds = [(thing, kind_of(thing)) for thing in everything()]
    clients = {role: client_of(role) for role in ROLES}
    written = {line[:18].strip() for line in MATRIX.strip().splitlines()[1:]}
    assert written == {kind for _thing, kind in kinds}
    wrong = [
        f"{role} {'may not' if right else 'may'} {action} a {thing._meta.verbose_name}, {kind}"
        for thing, kind in kinds
        for role in ROLES
        for action, right in rights(kind, role).items()
        if can_be(action, thing, kind)
        if may(clients[role], action, thing) is not right
    ]
    assert wrong == []
