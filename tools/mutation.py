"""Mutation testing of the core: ``python -m tools.mutation [MODULE ...]``, which ``make mutation`` runs, for hours.

mutmut makes small slips in the modules that ``pyproject.toml`` names, one at a time, and runs the tests that reach
them. A slip that neither a test nor a type notices is a survivor. ``tests/survivors.yaml`` judges each survivor: why it
changes nothing that anybody could see. A survivor that is not there fails the run. A judgement whose slip is noticed by
now is only printed, so that the list stays short: on another machine it may survive.
"""

import ast
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
JUDGED = ROOT / "tests" / "survivors.yaml"
# A copy of the project: mutmut writes its mutants into its working folder.
WORK = ROOT / ".cache" / "mutation"
_COPIED = (
    *("expoarchive", "tests", "templates", "content"),
    *("pyproject.toml", "site_config.yaml", "build.py", "requirements.in", "requirements.lock"),
)
# The tests write thousands of small sites: in memory if the system allows it.
_FAST = Path("/dev/shm")
# How mutmut says that a slip was noticed.
_FOUND = {"killed", "timeout", "caught by type check"}
_PLAIN = "_undecorated"
_SPINNER = re.compile(r"^[\u2800-\u28ff] .*\n", re.MULTILINE)
# Module, function, what the slip took away and what it put in its place.
Slip = tuple[str, str, str, str]


def settings() -> dict[str, list[str]]:
    """The settings of mutmut in ``pyproject.toml``."""
    read: dict[str, list[str]] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["mutmut"]
    return read


def undecorated(text: str) -> str:
    """The module with each decorated function calling a plain one, as mutmut skips decorated functions."""
    lines = text.splitlines()
    functions = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)]
    for node in sorted(functions, key=lambda node: -node.lineno):
        names = [ast.unparse(decorator) for decorator in node.decorator_list]
        first, *others = [argument.arg for argument in (*node.args.posonlyargs, *node.args.args)] or [""]
        if not names or first not in ("self", "cls"):
            continue
        start, end, body = node.decorator_list[0].lineno - 1, node.end_lineno or 0, node.body[0].lineno - 1
        indent = " " * node.col_offset
        lines[end:end] = [*lines[start:body], f"{indent}    return {first}.{node.name}{_PLAIN}({', '.join(others)})"]
        head = lines[node.lineno - 1].replace(f"def {node.name}(", f"def {node.name}{_PLAIN}(", 1)
        lines[start : node.lineno] = [f"{indent}@classmethod"] * ("classmethod" in names) + [head]
    return "\n".join(lines) + "\n"


def lay() -> None:
    """Create the copy in which the slips are made."""
    shutil.rmtree(WORK, ignore_errors=True)
    for name in _COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, WORK / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(source, WORK / name)
    for name in settings()["only_mutate"]:
        path = WORK / name
        path.write_text(undecorated(path.read_text("utf-8")), "utf-8")


def mutmut(*arguments: str, **more: str) -> str:
    """The output of mutmut, run with more in its environment. Raises SystemExit where it fails."""
    programs = Path(sys.executable).parent
    path = f"{programs}{os.pathsep}{os.environ.get('PATH', '')}"
    # Sets of tests must run in the same order each time.
    environment = {**os.environ, "PATH": path, "PYTHONHASHSEED": "0", **more}
    process = subprocess.run(
        [programs / "mutmut", *arguments], cwd=WORK, env=environment, capture_output=True, text=True, check=False
    )
    if process.returncode:
        raise SystemExit(f"mutmut {' '.join(arguments)}:\n{_SPINNER.sub('', process.stdout)}\n{process.stderr}")
    return process.stdout


def outcomes() -> dict[str, str]:
    """The result of each slip, by mutmut's name for it."""
    return dict(re.findall(r"^ +(\S+): (.+)$", mutmut("results", "--all", "true"), re.MULTILINE))


def slip(name: str) -> Slip:
    """The slip in mutmut's mutant of this name."""
    module, _, function = name.partition("__mutmut_")[0].rpartition(".")
    lines = mutmut("show", name).split("\n@@", 1)[1].splitlines()[1:]
    was, now = (" ".join(line[1:].strip() for line in lines if line.startswith(sign)) for sign in "-+")
    function = function.removeprefix("x_").removeprefix("xǁ").replace("ǁ", ".").removesuffix(_PLAIN)
    return f"{module.replace('.', '/')}.py", function, was, now


def judged() -> Iterator[Slip]:
    """The survivors that were judged. A line may have several; one that is listed twice may survive twice."""
    for file, functions in (yaml.safe_load(JUDGED.read_text("utf-8")) or {}).items():
        for function, slips in functions.items():
            for one in slips:
                assert one["why"].strip(), f"{file}, {function}: why may {one['now']!r} survive?"
                for now in one["now"] if isinstance(one["now"], list) else [one["now"]]:
                    yield file, function, one["was"], now


def verdict(survived: Counter[Slip], excused: Counter[Slip]) -> str:
    """What is wrong with the list of judgements, in the list's own form; empty where it is right."""
    titles = {
        "No test notices these slips. Write one that does, or judge them in tests/survivors.yaml:": survived - excused,
        "These are noticed by now. Take them out of tests/survivors.yaml:": excused - survived,
    }
    text = ""
    for title, slips in titles.items():
        tree: dict[str, dict[str, list[dict[str, str]]]] = {}
        for file, function, was, now in slips.elements():
            tree.setdefault(file, {}).setdefault(function, []).append({"was": was, "now": now})
        if tree:
            text += f"{title}\n{yaml.safe_dump(tree, allow_unicode=True, sort_keys=False, width=10_000)}"
    return text


def main(modules: list[str]) -> int:
    """Zero where every survivor is judged."""
    began = time.monotonic()
    lay()
    files = [file for file in settings()["only_mutate"] if not modules or any(module in file for module in modules)]
    names = [f"{file.removesuffix('.py').replace('/', '.')}.*" for file in files]
    with tempfile.TemporaryDirectory(dir=_FAST if os.access(_FAST, os.W_OK) else None) as folder:
        mutmut("run", *(names if modules else ()), TMPDIR=folder)
    results = {name: how for name, how in outcomes().items() if how != "not checked"}
    survived = Counter(slip(name) for name, how in results.items() if how not in _FOUND)
    excused = Counter(one for one in judged() if one[0] in files)
    print(verdict(survived, excused), end="")
    how = ", ".join(f"{number} {name}" for name, number in sorted(Counter(results.values()).items()))
    print(f"{len(results)} slips in {len(files)} modules: {how}; {(time.monotonic() - began) / 60:.0f} minutes")
    return int(bool(survived - excused))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
