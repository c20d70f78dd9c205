"""Times of what the record is given out as; and with a hundred times the rounds, its memory."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from rounds.kept import forget
from rounds.models import PendingChange
from tests.bench.large import copy_rounds

pytestmark = pytest.mark.django_db

DOCUMENTS = ["/rounds.json", "/rounds.csv"]
LARGE = [*DOCUMENTS, "/citations.csv", "/agenda.csv", "/paragraphs.json", "/commitments.json"]
FILES = [
    "/data/astana-datapackage.zip",
    "/data/astana.sqlite",
    "/data/astana.json",
    "/data/astana-sheets-yaml.zip",
    "/data/astana-sheets-json.zip",
]
MEGABYTES = 60  # more than idle


@pytest.mark.parametrize("address", DOCUMENTS)
def test_the_record(visit, address):
    assert visit(address).status_code == 200


@pytest.fixture
def nothing_is_kept(settings) -> None:
    """Files of the dataset are made anew each time."""
    settings.DATA_DIR = "/dev/null/nothing"


@pytest.mark.parametrize("address", FILES)
def test_the_dataset(visit, nothing_is_kept, address):
    assert visit(address).status_code == 200


def queries(client: Client, address: str) -> tuple[int, int]:
    """How many queries an answer makes until its end, with nothing kept, and how long it is."""
    forget()
    with CaptureQueriesContext(connection) as found:
        response = client.get(address)
        length = sum(map(len, response)) if response.streaming else len(response.content)
    return len(found), length


@pytest.fixture(scope="module")
def little(django_db_setup: None, django_db_blocker) -> Iterator[dict[str, tuple[int, int]]]:
    with django_db_blocker.unblock():
        yield {address: queries(Client(), address) for address in (*LARGE, *FILES)}


@pytest.fixture(scope="module")
def hundredfold(little, django_db_blocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        for copy in range(1, 100):
            copy_rounds(copy)
        PendingChange.objects.all().delete()  # or the first reader would have the search follow
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        yield
        call_command("flush", interactive=False, verbosity=0)
        call_command("load_record", verbosity=0)


def memory(name: str) -> float:
    """What the process takes, in megabytes: ``VmRSS`` now, ``VmHWM`` at most."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:")) / 1024


@pytest.fixture
def measured(client, timed_once, capsys) -> Callable[[str], tuple[int, int]]:
    """The same as ``queries``, timed, where it takes no more memory than it may."""

    def measure(address: str) -> tuple[int, int]:
        Path("/proc/self/clear_refs").write_text("5")  # the highest from now on
        idle = memory("VmRSS")
        made, length = timed_once(lambda: queries(client, address))
        more = memory("VmHWM") - idle
        with capsys.disabled():
            print(f"\n{address}: {length / 1e6:.1f} MB with {more:.0f} MB of memory", end=" ")
        assert more <= MEGABYTES
        return made, length

    return measure


@pytest.mark.skipif(not Path("/proc/self/clear_refs").exists(), reason="Linux says what it takes")
@pytest.mark.parametrize("address", LARGE)
def test_a_hundred_times_the_rounds_stream(hundredfold, little, measured, address):
    made, length = measured(address)
    assert made <= little[address][0]
    assert length > 20 * little[address][1]  # of sources there are not more


@pytest.mark.skipif(not Path("/proc/self/clear_refs").exists(), reason="Linux says what it takes")
@pytest.mark.parametrize("address", FILES)
def test_the_dataset_of_a_hundred_times_the_rounds_streams(
    hundredfold, little, nothing_is_kept, measured, address
):
    made, length = measured(address)
    assert made <= little[address][0]
    assert length > 5 * little[address][1]  # packed, what is alike takes little
