"""Who may import whom: the folders of ``rounds`` are storeys, as CONTRIBUTING shows them."""

import ast
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# Each imports only from itself and from those before it.
STOREYS = [
    "kept",
    "languages",
    "names",
    "access",
    "groups",
    "addresses",
    "lookups",
    "wording",
    "sources",
    "topics",
    "participants",
    "querysets",
    "models",
    "editions",
    "triggers",
    "revisions",
    "changes",
    "old_addresses",
    "history",
    "merging",
    "corrections",
    "findings",
    "search",
    "pictures",
    "exports",
    "selection",
    "pages",
    "messages",
    "links",
    "desk",
    "dataset",
    "admin",
    "views",
    "api",
    "templatetags",
    "management",
    "migrations",
    "sitemaps",
    "apps",
    "urls",
]
Sources = Mapping[str, str]  # the code of each module by its dotted name


def dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


MODULES = {
    dotted(path): path.read_text()
    for folder in ("astana", "rounds")
    for path in sorted((ROOT / folder).rglob("*.py"))
}


def storey(module: str) -> int:
    """The place of a module of ``rounds`` among the storeys."""
    return STOREYS.index(module.split(".")[1])


def imported(tree: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """What a module imports, with the node; what it names for types only is left out."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, node
            yield from ((f"{node.module}.{alias.name}", node) for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from ((alias.name, node) for alias in node.names)
        elif not (isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)):
            yield from imported(node)


def ours(modules: Sources, module: str) -> Iterator[str]:
    """The modules of ours that a module imports."""
    return (name for name, _node in imported(ast.parse(modules[module])) if name in modules)


def upward(modules: Sources) -> list[str]:
    """Imports that lead to a later storey, or out of the project into the domain."""
    return [
        f"{module} imports {other}"
        for module in modules
        for other in ours(modules, module)
        if other.startswith("rounds.")
        if not module.startswith("rounds.") or storey(other) > storey(module)
    ]


def hidden(modules: Sources) -> list[str]:
    """Functions that import; Django lets an app config import models nowhere else."""
    return [
        f"{module}.{function.name}"
        for module, code in modules.items()
        for function in ast.walk(ast.parse(code))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        if any(imported(function)) and not (module.endswith(".apps") and function.name == "ready")
    ]


def loops(modules: Sources) -> list[str]:
    """The modules of the first circle of imports that there is."""
    graph = {module: set(ours(modules, module)) - {module} for module in modules}
    # A package is loaded before its modules, which it may name.
    for module, others in graph.items():
        graph[module] = {one for one in others if not module.startswith(f"{one}.")}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return error.args[1]
    return []


def test_each_storey_imports_from_those_before_it():
    assert upward(MODULES) == []


def test_no_import_is_hidden_in_a_function():
    assert hidden(MODULES) == []


def test_no_module_imports_itself_by_way_of_others():
    assert loops(MODULES) == []


def test_every_module_has_a_storey():
    names = {module.split(".")[1] for module in MODULES if module.startswith("rounds.")}
    assert names <= set(STOREYS)


def test_every_storey_has_a_line_in_contributing():
    blocks = (ROOT / "CONTRIBUTING.md").read_text().split("```")
    tree = next(block for block in blocks if "rounds/\n" in block)
    named = [word for line in tree.splitlines() for word in line.split("  ")[:-1]]
    rooms = " ".join(named).replace(".py", "").replace("/", "").split()
    assert [storey for storey in STOREYS if storey not in rooms] == []


@pytest.mark.parametrize(
    ("module", "code", "check", "fault"),
    [
        ("rounds.models.round", "from rounds.views import search", upward, "rounds.views"),
        ("rounds.wording.dates", "import rounds.models.round", upward, "rounds.models.round"),
        ("rounds.search.words", "def f():\n    from rounds import views", upward, "rounds.views"),
        ("astana.settings", "from rounds.access import Visitor", upward, "rounds.access"),
        ("rounds.views.search", "def f():\n    from rounds.models import Round", hidden, "f"),
        ("rounds.wording.numbers", "from rounds.wording.dates import day", loops, "dates"),
    ],
)
def test_a_broken_rule_is_found(module, code, check, fault):
    broken = MODULES | {module: code}
    if check is loops:
        broken["rounds.wording.dates"] = f"import {module}"
    assert fault in " ".join(check(broken))
