"""The house rules: the direction of imports, what the generator may not know, who prints, what must be worded."""

import ast
import json
import re
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
import yaml

from tests.sites import ROOT

PACKAGE = ROOT / "expoarchive"
LAYERS = (
    "problem",
    "cache",
    "nodes",
    "config",
    "load",
    "records",
    "sheets",
    "site",
    "render",
    "check",
    "write",
    "build",
    "cli",
)
MODULES = sorted(PACKAGE.rglob("*.py"))


def dotted(path: Path) -> str:
    """``expoarchive.nodes.parse`` for its file; a package for its __init__.py."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def tree_of(path: Path) -> ast.Module:
    """The parsed module."""
    return ast.parse(path.read_text("utf-8"), str(path))


@cache
def nodes_in(tree: ast.AST) -> tuple[ast.AST, ...]:
    """All of a tree, which is gone through for one rule after another."""
    return tuple(ast.walk(tree))


@cache
def imports_of(path: Path) -> tuple[tuple[str, int], ...]:
    """Every module that is imported anywhere in the file, also in functions and under TYPE_CHECKING, with its line."""
    return tuple(_imports_in(tree_of(path), path))


def _imports_in(tree: ast.Module, path: Path) -> Iterator[tuple[str, int]]:
    for node in nodes_in(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            name = node.module or ""
            if node.level:
                inner = dotted(path).split(".")
                if path.name != "__init__.py":
                    inner.pop()
                kept = inner[: len(inner) - node.level + 1]
                name = ".".join([*kept, name]).rstrip(".")
            if name == "expoarchive":
                yield from ((f"expoarchive.{alias.name}", node.lineno) for alias in node.names)
            else:
                yield name, node.lineno


def layer_of(module: str) -> str | None:
    """The stage a module belongs to; None for the package itself and for other packages.

    What ``python -m expoarchive`` runs is the command line's.
    """
    parts = module.replace("__main__", "cli").split(".")
    return parts[1] if parts[0] == "expoarchive" and len(parts) > 1 and parts[1] != "__version__" else None


def test_every_module_belongs_to_a_stage() -> None:
    """A new stage is a decision: it gets its place in LAYERS and in the docstring of the package."""
    stages = {path.relative_to(PACKAGE).parts[0] for path in MODULES if path.parent != PACKAGE}

    assert sorted(path.name for path in PACKAGE.glob("*.py")) == ["__init__.py", "__main__.py"]
    assert sorted(stages - set(LAYERS)) == []
    assert " -> ".join(LAYERS) in (ast.get_docstring(tree_of(PACKAGE / "__init__.py")) or "")


def test_no_module_imports_from_its_right() -> None:
    """problem -> nodes -> ... -> cli: a stage knows only those before it."""
    wrong = []
    for path in MODULES:
        own = layer_of(dotted(path))
        for name, line in imports_of(path):
            other = layer_of(name)
            if own and other and LAYERS.index(other) > LAYERS.index(own):
                wrong.append(f"{path.relative_to(ROOT)}:{line}: {dotted(path)} imports {name}")

    assert wrong == []


@cache
def modules_imported_by(path: Path) -> set[str]:
    """The modules of the package that a file imports, those included that it names as parts of a package."""
    known = {dotted(module) for module in MODULES}
    found = set()
    for node in nodes_in(tree_of(path)):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names} & known
    for name, _ in imports_of(path):
        found |= {name} & known
    return found


def test_inside_a_package_imports_run_one_way_too() -> None:
    """The modules and folders of each package can be put in an order in which each knows only those before it."""
    rings = []
    for package in {path.parent for path in MODULES}:
        base = dotted(package / "__init__.py")
        below: dict[str, set[str]] = {}
        for path in package.rglob("*.py"):
            own = dotted(path).removeprefix(base).strip(".").split(".")[0]
            others = {
                name.removeprefix(f"{base}.") for name in modules_imported_by(path) if name.startswith(f"{base}.")
            }
            below.setdefault(own, set()).update({other.split(".")[0] for other in others} - {own})
        below.pop("", None)  # the package's own file may gather what is in it
        try:
            TopologicalSorter(below).prepare()
        except CycleError as error:
            rings.append(f"{base}: {' -> '.join(error.args[1])}")

    assert rings == []


def test_the_direction_is_seen_in_every_form_of_import() -> None:
    """Relative imports, imports in functions and under TYPE_CHECKING count too."""
    path = PACKAGE / "nodes" / "sample.py"
    tree = ast.parse(
        "from typing import TYPE_CHECKING\nfrom ..render import x\nfrom expoarchive import cli\nfrom .text import y\n"
        "if TYPE_CHECKING:\n    import expoarchive.write\ndef f():\n    from expoarchive.build import build\n"
    )
    found = [name for name, _ in _imports_in(tree, path)]

    assert sorted(found) == [
        "expoarchive.build",
        "expoarchive.cli",
        "expoarchive.nodes.text",
        "expoarchive.render",
        "expoarchive.write",
        "typing",
    ]


def test_what_is_imported_is_locked() -> None:
    """Every package that the generator imports is named in requirements.in or by an extra, not there by chance."""
    named = {line.strip().lower() for line in (ROOT / "requirements.in").read_text("utf-8").splitlines()}
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    named |= {package for packages in extras.values() for package in packages}
    distributions = packages_distributions()
    missing = set()
    for path in MODULES:
        for name, _ in imports_of(path):
            top = name.split(".")[0]
            if top in sys.stdlib_module_names or top == "expoarchive":
                continue
            known = {distribution.lower().replace("_", "-") for distribution in distributions.get(top, [top])}
            # These come with jinja2 and pydantic, at versions that only those may choose.
            if not known & (named | {"markupsafe", "pydantic-core", "typing-extensions", "tornado"}):
                missing.add(f"{dotted(path)} imports {name}")

    assert sorted(missing) == []


PINNED = re.compile(r"([a-z0-9-]+)==[0-9][0-9a-z.]*(?: ; [^\\\n]+)?(?: \\\n    --hash=sha256:[0-9a-f]{64})+\n")


def test_locks_give_exact_versions_with_digests_and_no_places() -> None:
    """A lock says what, never where from: each machine has its own registry, and none can slip in another file."""
    names: list[str] = []
    for lock in ("requirements.lock", "requirements-inspect.lock", "requirements-dev.lock"):
        comment, _, pins = (ROOT / lock).read_text("utf-8").partition("\n")
        names += PINNED.findall(pins)

        assert comment.startswith("# "), lock
        assert PINNED.sub("", pins) == "", lock
    assert {"jinja2", "pytest", "pip-audit"} <= set(names)
    assert len(names) == len(set(names))


def test_the_lock_of_npm_gives_digests_and_no_places() -> None:
    """The same; and no package is optional, for npm leaves such a one out without a word where it does not fit."""
    packages: dict[str, dict[str, object]] = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]
    own = packages.pop("")

    assert packages
    assert [name for name, one in packages.items() if not str(one.get("integrity", "")).startswith("sha512-")] == []
    assert [name for name, one in packages.items() if "resolved" in one] == []
    assert own.keys() <= {"name", "license", "dependencies", "devDependencies"}


# --- style -----------------------------------------------------------------------------------------------------------


def test_only_the_command_line_prints() -> None:
    """Stages give back data and problems; `cli` alone writes to the terminal."""
    found = []
    for path in MODULES:
        if layer_of(dotted(path)) == "cli":
            continue
        for node in nodes_in(tree_of(path)):
            is_print = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
            is_stream = isinstance(node, ast.Attribute) and node.attr in ("stdout", "stderr")
            if isinstance(node, ast.Call | ast.Attribute) and (is_print or is_stream):
                found.append(f"{path.relative_to(ROOT)}:{node.lineno}")

    assert found == []


def test_every_module_and_public_function_has_a_docstring() -> None:
    """Of the package: modules, and the functions that other modules may call."""
    bare = []
    for path in MODULES:
        tree = tree_of(path)
        if not ast.get_docstring(tree):
            bare.append(dotted(path))
        for node in tree.body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
                bare += [] if ast.get_docstring(node) else [f"{dotted(path)}.{node.name}"]

    assert bare == []


def test_build_py_is_a_thin_entry() -> None:
    """Besides saying what lacks, which any Python can read, all it does is call the command line."""
    imported = {name for name, _ in imports_of(ROOT / "build.py")}

    assert {name for name in imported if name.startswith("expoarchive")} == {"expoarchive.cli"}
    assert imported <= {"expoarchive.cli", "os", "subprocess", "sys"}


# --- problems are worded ---------------------------------------------------------------------------------------------

LANGUAGES = {"en", "zh"}
Wordings = dict[str, dict[str, dict[str, str]]]


@cache
def wordings() -> Wordings:
    """All entries of problem/kinds/*.yaml; a kind worded twice is an error."""
    entries: Wordings = {}
    for path in sorted((PACKAGE / "problem" / "kinds").glob("*.yaml")):
        read = yaml.safe_load(path.read_text("utf-8"))
        twice = entries.keys() & read.keys()
        if twice:
            pytest.fail(f"{path.name} words again: {sorted(twice)}")
        entries |= read
    return entries


class Raisers(ast.NodeVisitor):
    """Where a string becomes the kind of a problem: calls of Problem, and of functions that pass their argument on.

    ``positions`` maps a function's name to the place of its kind among its arguments, ``self`` left out.
    """

    def __init__(self) -> None:
        self.positions = {"Problem": 0, "PydanticCustomError": 0, "CellFault": 0}
        self.grew = False

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        names = [argument.arg for argument in node.args.args if argument.arg not in ("self", "cls")]
        for call in (inner for inner in nodes_in(node) if isinstance(inner, ast.Call)):
            argument = self.kind_in(call)
            if isinstance(argument, ast.Name) and argument.id in names and node.name not in self.positions:
                self.positions[node.name] = names.index(argument.id)
                self.grew = True
        self.generic_visit(node)

    def kind_in(self, call: ast.Call) -> ast.expr | None:
        """The expression that says the kind, if this call makes or passes on one."""
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        if name not in self.positions:
            return None
        by_name = next((keyword.value for keyword in call.keywords if keyword.arg == "kind"), None)
        at = self.positions[name]
        return by_name or (call.args[at] if at < len(call.args) else None)


def strings_of(expression: ast.expr | None, scope: ast.AST, module: ast.Module) -> set[str]:
    """The strings an expression may give: through conditions, tables of the module and names set in the function."""
    match expression:
        case ast.Constant(value=str(text)):
            return {text}
        case ast.IfExp(body=yes, orelse=no):
            return strings_of(yes, scope, module) | strings_of(no, scope, module)
        case ast.BoolOp(values=values):
            return set().union(*(strings_of(value, scope, module) for value in values))
        case ast.Subscript(value=table) | ast.Call(func=ast.Attribute(value=table, attr="get")):
            rest = expression.args[1:] if isinstance(expression, ast.Call) else []
            return strings_of(table, scope, module).union(*(strings_of(default, scope, module) for default in rest))
        case ast.Dict(values=values) | ast.Tuple(elts=values):
            return set().union(*(strings_of(value, scope, module) for value in values))
        case ast.Name(id=name):
            set_to = [
                node.value
                for place in (scope, *module.body)
                for node in (nodes_in(place) if place is scope else [place])
                if isinstance(node, ast.Assign | ast.AnnAssign)
                and any(
                    isinstance(t, ast.Name) and t.id == name
                    for t in getattr(node, "targets", [getattr(node, "target", None)])
                )
            ]
            return set().union(*(strings_of(value, ast.Pass(), module) for value in set_to))
        case _:
            return set()


@cache
def raised() -> dict[str, str]:
    """Each kind that the code can raise, with a place where it does."""
    raisers = Raisers()
    while True:
        raisers.grew = False
        for path in MODULES:
            raisers.visit(tree_of(path))
        if not raisers.grew:
            break
    found: dict[str, str] = {}
    for path in MODULES:
        module = tree_of(path)
        scopes = [node for node in nodes_in(module) if isinstance(node, ast.FunctionDef)]
        for scope in [module, *scopes]:
            for call in (node for node in nodes_in(scope) if isinstance(node, ast.Call)):
                for kind in strings_of(raisers.kind_in(call), scope, module):
                    found.setdefault(kind, f"{path.relative_to(ROOT)}:{call.lineno}")
    return found


def test_every_kind_of_problem_that_is_raised_is_worded() -> None:
    """An editor never reads the bare id of a kind."""
    unworded = {kind: place for kind, place in raised().items() if kind not in wordings()}

    assert len(raised()) > 40
    assert unworded == {}


def test_every_worded_kind_is_raised() -> None:
    """No wording outlives the check it was written for."""
    assert sorted(wordings().keys() - raised().keys()) == []


@pytest.mark.parametrize("part", ["says", "expected", "cure"])
def test_every_kind_is_worded_in_both_languages_of_editors(part: str) -> None:
    """What is wrong, what was expected and what to do, in English and Chinese."""
    lacking = [
        kind
        for kind, entry in wordings().items()
        if set(entry.get(part, {})) != LANGUAGES or not all(str(text).strip() for text in entry[part].values())
    ]

    assert lacking == []


def test_both_languages_of_a_wording_show_the_same_details() -> None:
    """A name or number that the English reader is told is not kept from the Chinese one."""
    braces = re.compile(r"(?<!\{)\{(\w+)\}")
    differing = [
        f"{kind}.{part}"
        for kind, entry in wordings().items()
        for part, texts in entry.items()
        if part != "words" and len({frozenset(braces.findall(text)) for text in texts.values()}) > 1
    ]

    assert differing == []
