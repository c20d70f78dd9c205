"""Languages and cities are those that the record knows, however they are typed."""

import pytest

from rounds.models import Document, FixedTermName, Round, TermName
from rounds.participants.models import ParticipantName, PersonName
from rounds.sources.models import Source
from rounds.topics.models import TopicName
from tests.addresses import admin_address
from tests.factories import make_name, make_round, make_source, make_topic
from tests.forms import form_data
from tests.pages import get_page, page_of

pytestmark = pytest.mark.django_db

OF_LANGUAGES = [
    (Source, "language"),
    (Document, "language"),
    (Document, "text_language"),
    *(
        (one, "language")
        for one in (TopicName, PersonName, ParticipantName, TermName, FixedTermName)
    ),
]
KNOWN = "Known are those of ISO 639-1: ar, en, fa, kk, ru, tr and others."


@pytest.mark.parametrize(("model", "field"), OF_LANGUAGES)
def test_a_language_has_one_code(model, field):
    clean = model._meta.get_field(field).clean
    assert [clean(one, None) for one in ("EN", " ru ", "Ckb")] == ["en", "ru", "ckb"]


@pytest.fixture
def save(editor_client):
    """Send the form of an object with changes; gives what is wrong."""

    def send(one, **changes):
        address = admin_address(type(one), "change", one.pk)
        form = f"#{one._meta.model_name}_form"
        data = form_data(get_page(editor_client, address).one(form))
        data |= {name.replace("__", "-"): [value] for name, value in changes.items()}
        response = editor_client.post(address, data)
        return [] if response.status_code == 302 else page_of(response).texts(".errorlist li")

    return send


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("eng", "Give “en”."),
        ("English", "Give “en”."),
        ("RUSSIAN", "Give “ru”."),
        ("fas", "Give “fa”."),
        ("xx", KNOWN),
        ("e", KNOWN),
        ("en-GB", KNOWN),
    ],
)
def test_what_is_no_code_is_refused_with_what_is_known(save, value, said):
    sentence = f"“{value}” is not the code of a language. {said}"
    assert save(make_source(), language=value) == [sentence]


def test_a_name_is_stored_with_its_code(save):
    topic = make_topic()
    make_name(topic, "Quokka", language="en")
    assert save(topic, names__0__language="xx")
    assert save(topic, names__0__language="TR") == []
    assert topic.names.get().language == "tr"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("astana", "Astana"),
        (" ASTANA\u200b", "Astana"),
        ("nur-sultan", "Nur-Sultan"),
        ("Oslo", "Oslo"),
    ],
)
def test_a_city_is_called_as_the_record_calls_it(save, typed, stored):
    round_ = make_round(101)
    assert save(round_, city=typed) == []
    assert Round.objects.get(number=101).city == stored
