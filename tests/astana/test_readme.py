"""The README keeps up with the code."""

import re
from pathlib import Path

from rounds.selection.display import DisplayForm
from rounds.selection.filters import RoundFilterSet
from tests.documents import table

ROOT = Path(__file__).parents[2]
READ = r'(?:env\.\w+|names|environ\.get)\(\s*"([A-Z_]+)"'


def test_every_filter_is_documented():
    assert table("Filters") == {*RoundFilterSet.base_filters, *DisplayForm.base_fields}


def test_every_setting_is_documented():
    code = (ROOT / "astana" / "environment.py").read_text()
    assert table("Settings") == set(re.findall(READ, code))
