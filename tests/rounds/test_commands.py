import re
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.management.base import CommandError
from django.urls import reverse

from rounds.models import Round
from rounds.sources.models import Source
from tests.factories import make_round
from tests.record import fixture_counts

pytestmark = pytest.mark.django_db


def printed(*command: str) -> str:
    out = StringIO()
    call_command(*command, stdout=out)
    return out.getvalue()


def test_create_editor_prints_a_password_that_works(client):
    output = printed("create_editor", "nur")
    name, password = re.match(
        r"Editor: (\w+)   Password: (\S+)   \(shown only now\)", output
    ).groups()
    client.post(reverse("admin:login"), {"username": name, "password": password})
    assert client.get(reverse("admin:index")).status_code == 200
    user = User.objects.get(username="nur")
    assert (user.is_staff, user.is_superuser) == (True, False)
    assert [group.name for group in user.groups.all()] == ["Editors"]


def test_create_editor_again_gives_a_new_password():
    first = printed("create_editor", "nur")
    assert printed("create_editor", "nur", "--if-missing") == ""
    assert printed("create_editor", "nur") != first


@pytest.mark.parametrize("command", [("export_sheets",), ("dump_record", "--folder")])
def test_what_cannot_be_written_is_said_in_a_sentence(command, tmp_path):
    file = tmp_path / "file"
    file.touch()
    for name in ("rounds.yaml", "rounds.json"):
        (tmp_path / "taken" / name).mkdir(parents=True)
    for place in (file, file / "below", Path("/proc/none"), tmp_path / "taken"):
        with pytest.raises(CommandError, match=f"^{place}.* cannot be written: .* Give a folder"):
            printed(*command, str(place))


def test_load_record_leaves_a_database_with_rounds(blank):
    make_round(101)
    output = printed("load_record", "--if-empty")
    assert output == "The database has rounds already; nothing loaded.\n"
    assert Round.objects.count() == 1


def test_load_record_fills_an_empty_database(blank):
    printed("load_record", "--if-empty")
    for model in (Round, Source):
        assert model.objects.count() == fixture_counts()[model]
