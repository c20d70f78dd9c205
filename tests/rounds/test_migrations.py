"""Back to an older version of the tables, and forward again."""

import json
from pathlib import Path

import pytest

from tests.sites import empty_site, make_site

# Before and after: the rounds, the entries of the index, and how many the full text finds.
GO = """
import django, json, sys
django.setup()
from django.core.management import call_command
from rounds.models import Outcome, Round, SearchEntry
from rounds.search.kinds import KIND_OF

def count():
    entries = SearchEntry.objects.of_kinds([KIND_OF[Outcome]])
    hits = entries.filter(words__having="round")
    return [one.count() for one in (Round.objects, Outcome.objects, entries, hits)]

if "is empty" in sys.argv:
    call_command("migrate", verbosity=0)
before = count()
call_command("migrate", "rounds", "0002", verbosity=0)
call_command("migrate", verbosity=0)
print(json.dumps([before, count()]))
"""


@pytest.mark.parametrize("is_filled", [True, False])
def test_tables_go_back_and_forth(tmp_path: Path, is_filled: bool) -> None:
    site = make_site(tmp_path) if is_filled else empty_site(tmp_path)
    before, after = json.loads(site.run("-c", GO, *["is empty"] * (not is_filled)).stdout)
    assert all(before) == is_filled
    assert after == before
