"""Who may import whom: the order of the apps, and within an app the order of its modules."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
APPS = ["rounds.sources", "rounds.topics", "rounds.participants", "rounds", "astana"]
MAY_IMPORT = {
    "rounds.sources": set(),
    "rounds.topics": {"rounds.sources"},
    "rounds.participants": {"rounds.sources"},
    "rounds": {"rounds.sources", "rounds.topics", "rounds.participants"},
    "astana": set(),
}
LAYERS = [
    {"addresses", "dates", "places", "languages"},
    {"querysets"},
    {"models", "editors"},
    {
        "footnotes",
        "sourcing",
        "search",
        "promises",
        "slips",
        "agenda",
        "careers",
        "comparison",
        "strips",
        "facts",
        "gaps",
        "matrices",
    },
    {"filters", "forms", "cards"},
    {"selection", "picture"},
    {"timeline"},
    {"views", "admin", "templatetags", "management", "apps"},
    {"urls"},
]
MODULES = [
    path
    for folder in ("astana", "rounds")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if "migrations" not in path.parts
]


def app_of(module: str) -> str | None:
    """The app of a dotted module, None if it is not one of ours."""
    ours = [app for app in APPS if module == app or module.startswith(f"{app}.")]
    return max(ours, key=len, default=None)


def layer_of(module: str) -> int:
    name = module.removeprefix(app_of(module) or "").lstrip(".").split(".")[0]
    return next((place for place, names in enumerate(LAYERS) if name in names), -1)


def imports(path: Path) -> Iterator[str]:
    """What a module imports when it is loaded: not in functions, not only for types."""
    todo = list(ast.parse(path.read_text()).body)
    while todo:
        node = todo.pop()
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ClassDef) or (
            isinstance(node, ast.If) and not is_for_types_only(node)
        ):
            todo.extend(node.body)


def is_for_types_only(node: ast.If) -> bool:
    return "TYPE_CHECKING" in ast.dump(node.test)


def dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


@pytest.mark.parametrize("path", MODULES, ids=dotted)
def test_imports_go_one_way(path):
    module = dotted(path)
    app = app_of(module)
    for imported in imports(path):
        other = app_of(imported)
        if other is None or module.startswith("astana.urls"):
            continue
        if other == app:
            assert layer_of(imported) <= layer_of(module), f"{module} imports {imported}"
        else:
            assert other in MAY_IMPORT[app], f"{module} imports {imported}"


def test_every_module_of_the_domain_has_a_layer():
    named = {dotted(path) for path in MODULES if dotted(path).startswith("rounds.")}
    apps = set(APPS)
    assert {module for module in named - apps if layer_of(module) == -1} == set()
