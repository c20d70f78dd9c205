"""What readers write is no part of the record."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from rounds.models import Edition, Message, PendingChange, SearchEntry
from rounds.search.index import rebuild
from tests.factories import make_message
from tests.pages import hit_totals, search

pytestmark = pytest.mark.django_db
WORD = "quokkaville"


def written() -> Message:
    """A message that says the word wherever it can."""
    return make_message(text=WORD, note=WORD, wording=WORD, answer_to=f"{WORD}@example.org")


def test_a_message_raises_no_edition_and_nothing_follows_it():
    before = Edition.objects.get().token
    message = written()
    message.save()
    message.delete()
    assert Edition.objects.get().token == before
    assert not PendingChange.objects.exists()


def test_a_message_is_not_found(client):
    written()
    rebuild()
    assert not SearchEntry.objects.filter(text__contains=WORD).exists()
    assert hit_totals(search(client, WORD)) == {}


def test_a_message_is_in_nothing_that_leaves_the_record(tmp_path):
    written()
    call_command("dump_record", folder=tmp_path / "fixtures", stdout=StringIO())
    call_command("export_sheets", tmp_path / "sheets", stdout=StringIO())
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {path.parent.name for path in files} == {"fixtures", "sheets"}
    assert [path.name for path in files if WORD in path.read_text()] == []


def test_loading_the_record_leaves_messages_alone():
    message = written()
    call_command("load_record", force=True, verbosity=0)
    assert Message.objects.get() == message


def test_the_database_keeps_no_address_in_a_closed_message():
    with pytest.raises(IntegrityError):
        make_message(state="closed", answer_to="reader@example.org")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="one alone writes on SQLite")
def test_one_message_is_kept_at_a_time():
    with transaction.atomic(), CaptureQueriesContext(connection) as captured:
        Message.objects.one_at_a_time()
    assert "pg_advisory_xact_lock" in captured[0]["sql"]
