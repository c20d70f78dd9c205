import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from rounds.models import Message
from tests.addresses import admin_address
from tests.factories import make_message
from tests.forms import form_data
from tests.pages import get_page

pytestmark = pytest.mark.django_db
LIST = admin_address(Message, "changelist")


def change(client, message, **fields):
    """Save the page of a message with some fields changed; what is stored then."""
    address = admin_address(Message, "change", message.pk)
    form = form_data(get_page(client, address).one("#message_form"))
    response = client.post(address, form | {name: [value] for name, value in fields.items()})
    assert response.status_code == 302
    message.refresh_from_db()
    return message


def test_editors_change_state_and_note_alone(editor_client):
    message = make_message(fact="outcome-1", answer_to="reader@example.org")
    address = admin_address(Message, "change", message.pk)
    names = form_data(get_page(editor_client, address).one("#message_form"))
    assert set(names) == {"csrfmiddlewaretoken", "_seen", "_draft", "state", "note"}
    change(editor_client, message, state="in-work", note="Asked.", text="Forged", page="/forged/")
    assert (message.state, message.note) == ("in-work", "Asked.")
    assert (message.text, message.page) == ("The venue is another one.", "/rounds/22/")
    assert message.answer_to == "reader@example.org"


def test_a_message_leads_to_its_page_and_fact_and_to_the_reader(editor_client):
    message = make_message(fact="outcome-1", answer_to="reader@example.org")
    page = get_page(editor_client, admin_address(Message, "change", message.pk))
    links = page.links("#message_form a")
    assert {"/rounds/22/#outcome-1", "mailto:reader@example.org"} <= set(links)
    assert "/rounds/22/#outcome-1" in get_page(editor_client, LIST).links("#result_list a")


def test_closing_forgets_the_address_and_says_who_closed_it(editor, editor_client):
    message = change(editor_client, make_message(answer_to="reader@example.org"), state="closed")
    assert (message.answer_to, message.closed_by) == ("", editor)
    assert message.closed_at > message.received
    assert "reader@" not in "".join(str(one.__dict__) for one in LogEntry.objects.all())
    change(editor_client, message, state="in-work")
    assert (message.answer_to, message.closed_by, message.closed_at) == ("", None, None)


@pytest.mark.parametrize(
    ("who", "statuses"),
    [
        ("nobody", [302] * 5),
        ("a reader", [302] * 5),
        ("staff", [403] * 5),
        ("an editor", [200, 403, 200, 200, 200]),
        ("a superuser", [200, 403, 200, 200, 200]),
    ],
)
def test_who_may_do_what(editor, stranger, django_user_model, who, statuses):
    pk = make_message().pk
    client = Client()
    users = {
        "a reader": stranger,
        "staff": django_user_model.objects.create_user("staff", is_staff=True),
        "an editor": editor,
        "a superuser": django_user_model.objects.create_superuser("chief"),
    }
    if who in users:
        client.force_login(users[who])
    pages = [LIST, admin_address(Message, "add")]
    pages += [admin_address(Message, page, pk) for page in ("change", "delete", "history")]
    assert [client.get(page).status_code for page in pages] == statuses


def test_nobody_adds_a_message_in_the_admin(editor_client, admin_client):
    for client in (editor_client, admin_client):
        assert client.get(admin_address(Message, "add")).status_code == 403
        assert not get_page(client, LIST).has(".addlink[href^='/admin/rounds/message/']")


def test_spam_can_be_deleted(editor_client):
    message = make_message()
    address = admin_address(Message, "delete", message.pk)
    assert editor_client.post(address, {"post": "yes"}).status_code == 302
    assert not Message.objects.exists()


def test_new_messages_come_first_and_of_these_the_newest(editor_client):
    made = [
        make_message(text=f"{state} {number}", state=state)
        for number in (1, 2)
        for state in ("closed", "in-work", "new")
    ]
    listed = get_page(editor_client, LIST).texts("td.field-beginning")
    assert sorted(listed) == sorted(one.text for one in made)
    assert listed == ["new 2", "new 1", "in-work 2", "in-work 1", "closed 2", "closed 1"]


def test_the_list_makes_as_many_queries_however_many_there_are(editor_client):
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert editor_client.get(LIST).status_code == 200
        return len(found)

    make_message()
    one = queries()
    for _ in range(40):
        make_message()
    assert queries() == one


def test_the_address_of_a_reader_brings_no_headers_along(editor_client):
    message = make_message(answer_to="a?bcc=x@example.org")
    page = get_page(editor_client, admin_address(Message, "change", message.pk))
    assert page.links('a[href^="mailto:"]') == ["mailto:a%3Fbcc%3Dx@example.org"]
