"""Names as rows of what they name."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission, User
from django.core.exceptions import ValidationError
from django.test import Client

from rounds.models import FixedTerm, Term
from rounds.participants.models import Participant, Person
from rounds.topics.models import Topic
from tests.addresses import admin_address
from tests.factories import (
    make_fixed_term,
    make_name,
    make_participant,
    make_person,
    make_topic,
)
from tests.forms import form_data
from tests.pages import get_page, hits, page_of, read, search

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("model", [Participant, Person, Topic, Term, FixedTerm])
def test_names_are_rows_of_what_they_name(editor_client, model):
    named = model.objects.filter(names__is_label=True).distinct()[0]
    page = get_page(editor_client, admin_address(model, "change", named.pk))
    data = form_data(page.one(f"#{model._meta.model_name}_form"))
    shown = [data[f"names-{n}-text"][0] for n in range(named.names.count())]
    assert shown == [name.text for name in named.names.all()]
    assert admin.site._registry[model].inlines


@pytest.fixture
def topic(db: None) -> Topic:
    topic = make_topic(label="Quokka")
    make_name(topic, "Кокка", language="ru", is_label=True)
    make_name(topic, "кокк")
    return topic


@pytest.fixture
def save(editor_client, topic):
    """Send the form with changes; gives what is said of errors."""

    def send(**changes: str) -> list[str]:
        address = admin_address(Topic, "change", topic.pk)
        data = form_data(get_page(editor_client, address).one("#topic_form"))
        data |= {name.replace("__", "-"): [value] for name, value in changes.items()}
        response = editor_client.post(address, data)
        if response.status_code == 302:
            return []
        return read(str(response.context_data["errors"])).texts("li:not(:has(li))")

    return send


def test_an_editor_changes_a_name_and_the_search_follows(client, save, topic):
    assert save(names__0__text="Вомбаты") == []
    assert hits(search(client, "вомбат"), "topic") == [f"/topics/{topic.slug}/"]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"names__1__text": "Кокка", "names__1__language": "ru"}, "It has this name already."),
        (
            {"names__1__language": "ru", "names__1__is_label": "on"},
            "It has one usual name in each language.",
        ),
        ({"names__1__is_label": "on"}, "A usual name needs its language."),
    ],
)
def test_a_name_that_cannot_be_is_refused_in_words(save, changes, sentence):
    assert sentence in save(**changes)


def test_who_may_not_change_names_sees_them_and_no_fields(topic):
    user = User.objects.create_user("reader", is_staff=True)
    codes = ["view_topic", "change_topic", "view_topicname", "view_unpublished_round"]
    user.user_permissions.set(Permission.objects.filter(codename__in=codes))
    client = Client()
    client.force_login(user)
    page = get_page(client, admin_address(Topic, "change", topic.pk))
    assert "Кокка" in page.text
    assert not page.has('[name="names-0-text"]')


DOUBLES = ["Quokka\u200b", "quokka", " Quokka", "\ufeffQUOKKA", "Quоkkа", "Quokka\ufe0f"]


@pytest.mark.parametrize("name", DOUBLES, ids=ascii)
@pytest.mark.parametrize(
    ("make", "field"),
    [
        (make_topic, "label"),
        (make_participant, "name"),
        (make_person, "name"),
        (make_fixed_term, "term"),
    ],
)
def test_a_name_that_looks_like_another_is_refused(db, make, field, name):
    make(**{field: "Quokka"})
    second = make(**{field: "Numbat"})
    setattr(second, field, name)
    with pytest.raises(ValidationError) as refused:
        second.full_clean()
    assert refused.value.message_dict == {
        field: ["“Quokka” is there already, and readers see no difference."]
    }
    setattr(second, field, "Quökka")
    second.full_clean()
    setattr(second, field, "\u200b")
    with pytest.raises(ValidationError, match="no sign that readers see"):
        second.full_clean()


def test_the_form_of_a_topic_names_the_other(topic, editor_client):
    data = form_data(get_page(editor_client, admin_address(Topic, "add")).one("#topic_form"))
    data |= {"slug": ["quokka-2"], "label": ["quokka"], "definition": ["A"], "theme": ["security"]}
    page = page_of(editor_client.post(admin_address(Topic, "add"), data))
    assert "“Quokka” is there already, and readers see no difference." in page.texts(
        ".errorlist li"
    )


def test_the_record_has_no_two_names_that_look_the_same(db):
    for model in (Participant, Person, Topic, FixedTerm):
        for one in model.objects.all():
            one.clean()


def test_forms_with_a_slug_propose_one_without_losing_letters(editor_client):
    page = get_page(editor_client, admin_address(Topic, "add"))
    scripts = [
        one for one in page.values("src", "script[src]") if "urlify" in one or "slugs" in one
    ]
    assert [one.rpartition("/")[2].partition(".")[0] for one in scripts] == ["urlify", "slugs"]
    assert not get_page(editor_client, admin_address(Term, "add")).has('script[src*="slugs"]')
