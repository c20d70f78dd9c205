"""Conventions of the templates: what the content security policy rests on, and dates."""

import re
from html.parser import HTMLParser
from itertools import combinations
from pathlib import Path

import pytest
from django.template.base import Lexer, TokenType

ROOT = Path(__file__).parents[2]
LONGEST = 160  # characters of a line: what fits beside a diff
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
every_template = pytest.mark.parametrize(
    "path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates"))
)
STYLE_SHEETS = sorted((ROOT / "static").rglob("*.css"))
every_style_sheet = pytest.mark.parametrize("path", STYLE_SHEETS, ids=lambda path: path.name)

# One expression names the page; {% querystring %} puts several values together.
ADDRESS = re.compile(
    r"""
    (?: (?:mailto:)?{{[^}]*}} | {%\ (?:url|static)\ [^%]*%} | https://[^{]* )?
    (?: {%\ querystring\ [^%]*%} | \? (?:\w+=)? (?:\w+|{{[^}]*}}) (?:&amp;\w+=\w+)* )?
    (?: \# [\w-]* (?:{{[^}]*}})? )?
    """,
    re.VERBOSE,
)


class Tags(HTMLParser):
    """The tags of a template with their attributes, without what the template language says."""

    def __init__(self, template: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        tokens = Lexer(template).tokenize()
        self.feed("".join(one.contents for one in tokens if one.token_type == TokenType.TEXT))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))


def inline(template: str) -> list[str]:
    """The scripts and styles that stand in the template itself."""
    return [
        f"{tag} {name}"
        for tag, attributes in Tags(template).found
        for name, value in {"": "", **attributes}.items()
        if name == "style"
        or name.startswith("on")
        or value.startswith("javascript:")
        or (not name and (tag == "style" or (tag == "script" and "src" not in attributes)))
    ]


def foreign(template: str) -> list[str]:
    """What the template loads from another host."""
    loaded = [
        attributes.get("href" if tag == "link" else "src", "")
        for tag, attributes in Tags(template).found
    ]
    return [address for address in loaded if address.startswith(("//", "http:", "https:"))]


@every_template
def test_templates_have_no_inline_script_or_style(path):
    assert inline(path.read_text()) == []


@pytest.mark.parametrize("path", [*TEMPLATES, *STYLE_SHEETS], ids=lambda path: path.name)
def test_lines_are_not_long(path):
    assert [line for line in path.read_text().splitlines() if len(line) > LONGEST] == []


@every_template
def test_templates_put_no_address_together(path):
    addresses = re.findall(
        r'\b(?:href|action|data-suggest|data-hx-get)="([^"]*[/?#{][^"]*)"', path.read_text()
    )
    assert [one for one in addresses if not ADDRESS.fullmatch(one)] == []


@pytest.mark.parametrize(
    "address",
    [
        "/rounds/{{ round.number }}/",
        "{{ participants }}{{ one.slug }}/",
        "{% url 'rounds:topics' %}{{ topic.slug }}/",
        "?sort={{ sort }}&amp;order={{ order }}",
        "{{ round.get_absolute_url }}#topic-{{ topic.slug }}-{{ stage }}",
    ],
)
def test_an_address_put_together_is_found(address):
    assert not ADDRESS.fullmatch(address)


@every_template
def test_templates_load_nothing_from_another_host(path):
    assert foreign(path.read_text()) == []


@pytest.mark.parametrize(
    "template",
    [
        "<script>alert()</script>",
        "{% if x %}<style>p { color: red }</style>{% endif %}",
        '<p{% if x %} style="color: red"{% endif %}>',
        '<tr onclick="go()">',
        '<a href="javascript:go()">',
    ],
)
def test_an_inline_script_or_style_is_found(template):
    assert inline(template)


@pytest.mark.parametrize(
    "template", ['<script src="//a.example/b.js">', '<link href="https://a.example/b.css">']
)
def test_another_host_is_found(template):
    assert foreign(template)


@every_template
def test_templates_write_dates_as_the_record_does(path):
    assert re.findall(r"\|\s*date\b|{% now\b", path.read_text()) == []  # but |day or |when


@every_style_sheet
def test_style_sheets_use_logical_directions(path):
    physical = r"\b(?:margin|padding|border|inset)-(?:left|right)\b|\btext-align: (?:left|right)"
    assert re.findall(physical, path.read_text()) == []


def selectors(path: Path) -> set[str]:
    css = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
    rules = [rule.strip() for rule in re.findall(r"[^{};]+(?={)", css)]
    lists = [re.split(r",(?![^(]*\))", rule) for rule in rules if not rule.startswith("@")]
    return {" ".join(one.split()) for names in lists for one in names} - {":root"}


# Of cards for other sites, which load nothing else.
ALONE = "embed.css"


def test_what_a_rule_is_for_is_styled_in_one_sheet():
    twice = [
        (one.name, other.name, shared)
        for one, other in combinations(STYLE_SHEETS, 2)
        if ALONE not in (one.name, other.name) and (shared := selectors(one) & selectors(other))
    ]
    assert twice == []
