"""What the tests keep to, so that they can be moved and read."""

import ast
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
# What these read is no page.
EXPRESSIONS_ON = {
    "astana/test_readme.py": "Markdown and Python",
    "astana/test_settings.py": "the example of the settings",
    "astana/test_templates.py": "style sheets",
    "browser/test_embeds.py": "the code that a page offers",
    "browser/test_explore.py": "what a browser shows",
    "rounds/selection/test_words.py": "messages",
    "rounds/test_drafts.py": "what pages of other editions have in common",
    "rounds/test_commands.py": "what a command prints",
}
CUTS = {"split", "rsplit", "partition", "rpartition", "index", "find", "replace"}
MODULES = {str(path.relative_to(TESTS)): path.read_text() for path in TESTS.rglob("test_*.py")}


def imported(code: str) -> set[str]:
    """The modules that a module imports from, and the names."""
    found = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.ImportFrom):
            found |= {node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found


def takes_from_tests(code: str) -> bool:
    return any(name.startswith("tests.") and ".test_" in name for name in imported(code))


def cuts_html(code: str) -> bool:
    """Whether text that is called html, or the content of a response, is cut by hand."""
    return any(
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in CUTS
        and any(word in ast.unparse(node.func.value) for word in ("html", "content"))
        for node in ast.walk(ast.parse(code))
    )


def test_no_test_module_imports_from_another():
    assert [name for name, code in MODULES.items() if takes_from_tests(code)] == []


def test_pages_are_read_by_selectors_alone():
    assert [name for name, code in MODULES.items() if cuts_html(code)] == []
    assert {name for name, code in MODULES.items() if "re" in imported(code)} == set(EXPRESSIONS_ON)


@pytest.mark.parametrize(
    ("check", "code"),
    [
        (takes_from_tests, "from tests.rounds.test_record import MODELS"),
        (takes_from_tests, "from tests.rounds import test_record"),
        (cuts_html, "response.content.decode().split('id')"),
        (cuts_html, "def f(html):\n    return html.replace('&amp;', '&')"),
    ],
)
def test_a_broken_convention_is_found(check, code):
    assert check(code)
