"""The README keeps up with the code."""

import re
from pathlib import Path

from rounds.selection.display import DisplayForm
from rounds.selection.filters import RoundFilterSet

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()


def table(heading: str) -> set[str]:
    """The names in the first column of the table below a heading."""
    section = README.split(f"# {heading}\n")[1].split("\n#")[0]
    cells = re.findall(r"^\| (`.+?) \|", section, re.MULTILINE)
    return {name for cell in cells for name in re.findall(r"`(\w+)`", cell)}


def test_every_filter_is_documented():
    assert table("Filters") == {*RoundFilterSet.base_filters, *DisplayForm.base_fields}


def test_every_setting_is_documented():
    settings = (ROOT / "astana" / "settings.py").read_text()
    gunicorn = (ROOT / "gunicorn.conf.py").read_text()
    names = set(re.findall(r'env\.\w+\(\s*"(\w+)"', settings))
    names |= set(re.findall(r'environ\.get\(["\'](\w+)["\']', gunicorn))
    assert table("Settings") == names
