"""Conventions of the templates: what the content security policy rests on, and dates."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LONGEST = 160  # characters of a line: what fits beside a diff
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
every_template = pytest.mark.parametrize(
    "path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates"))
)


@every_template
def test_templates_have_no_inline_script_or_style(path):
    html = path.read_text()
    assert re.findall(r"<script(?![^>]*\bsrc=)", html) == []
    assert re.findall(r"<style|\sstyle=|\son[a-z]+=|javascript:", html) == []


@every_template
def test_templates_have_no_long_lines(path):
    assert [line for line in path.read_text().splitlines() if len(line) > LONGEST] == []


@every_template
def test_templates_load_nothing_from_another_host(path):
    assert re.findall(r'(?:src|<link[^>]*href)="(?:https?:)?//', path.read_text()) == []


@every_template
def test_templates_write_dates_as_the_record_does(path):
    assert re.findall(r"\|\s*date\b|{% now\b", path.read_text()) == []  # but |day or |when


@pytest.mark.parametrize(
    "path", sorted((ROOT / "static").rglob("*.css")), ids=lambda path: path.name
)
def test_style_sheets_use_logical_directions(path):
    physical = r"\b(?:margin|padding|border|inset)-(?:left|right)\b|\btext-align: (?:left|right)"
    assert re.findall(physical, path.read_text()) == []
