"""Mutation testing reaches all of the core, and its list of survivors speaks of the code as it is."""

import ast
from collections import Counter
from collections.abc import Iterator

from tests.sites import ROOT
from tools.mutation import judged, settings, undecorated, verdict


def functions(text: str) -> Iterator[tuple[str, str]]:
    """Each function of a module by its name, methods by their class's too, with its lines in a row."""
    module = ast.parse(text)
    for outer in module.body:
        for node in outer.body if isinstance(outer, ast.ClassDef) else [outer]:
            if isinstance(node, ast.FunctionDef):
                name = f"{outer.name}.{node.name}" if isinstance(outer, ast.ClassDef) else node.name
                yield name, " ".join(line.strip() for line in (ast.get_source_segment(text, node) or "").splitlines())


def test_every_judged_slip_is_of_a_line_that_there_is() -> None:
    """A line that was rewritten takes its judgement with it, and none is of a module that is not looked at."""
    core = settings()["only_mutate"]
    code = {file: dict(functions((ROOT / file).read_text("utf-8"))) for file in core}
    gone = [
        f"{file}, {function}: {was}"
        for file, function, was, _ in judged()
        if was not in code.get(file, {}).get(function, "")
    ]

    assert gone == []


def test_a_decorated_function_is_looked_at_through_a_plain_one() -> None:
    """It takes and gives what it did, whatever the decorator makes of it."""
    text = (
        "class Word:\n"
        "    @property\n"
        "    def length(self) -> int:\n"
        '        """Its letters."""\n'
        "        return len(self.text)\n\n"
        "    @classmethod\n"
        "    def made(cls, text: str, more: str) -> 'Word':\n"
        "        word = cls()\n"
        "        word.text = text + more\n"
        "        return word\n\n"
        "    def plain(self) -> str:\n"
        "        return self.text\n"
    )
    made: dict[str, type] = {}
    exec(undecorated(text), made)
    word = made["Word"].made("a", "bc")  # type: ignore[attr-defined]

    assert (word.length, word.length_undecorated(), word.plain()) == (3, 3, "abc")
    assert {name for name, code in functions(undecorated(text)) if "len(" in code} == {"Word.length_undecorated"}


def test_the_list_of_survivors_is_exact() -> None:
    """A slip that is not judged is told, and so is one that is noticed by now; one judged once may survive once."""
    known, new = ("a.py", "f", "return 1", "return 2"), ("a.py", "C.g", "x = 1", "x = None")

    assert verdict(Counter([known]), Counter([known])) == ""
    assert verdict(Counter([known, known, new]), Counter([known])).splitlines() == [
        "No test notices these slips. Write one that does, or judge them in tests/survivors.yaml:",
        "a.py:",
        "  f:",
        "  - was: return 1",
        "    now: return 2",
        "  C.g:",
        "  - was: x = 1",
        "    now: x = None",
    ]
    assert verdict(Counter(), Counter([known])).startswith("These are noticed by now.")
