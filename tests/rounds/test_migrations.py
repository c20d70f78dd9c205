"""Back to an older version of the tables, and forward again."""

import json
from pathlib import Path

import pytest

from tests.sites import empty_site, make_site

# The rounds, the entries of the index, and how many the database's full text finds.
COUNT = """
import json
from rounds.models import Outcome, Round, SearchEntry
from rounds.search.kinds import KIND_OF
entries = SearchEntry.objects.of_kinds([KIND_OF[Outcome]])
hits = entries.filter(words__having="round")
print(json.dumps([Round.objects.count(), Outcome.objects.count(), entries.count(), hits.count()]))
"""


@pytest.mark.parametrize("is_filled", [True, False])
def test_tables_go_back_and_forth(tmp_path: Path, is_filled: bool) -> None:
    site = make_site(tmp_path) if is_filled else empty_site(tmp_path)

    def migrate(*target: str) -> None:
        site.manage("migrate", *target, "--verbosity=0")

    def count() -> list[int]:
        return json.loads(site.manage("shell", "--no-imports", "--command", COUNT).stdout)

    migrate()
    before = count()
    assert all(before) == is_filled
    migrate("rounds", "0002")
    migrate()
    assert count() == before
