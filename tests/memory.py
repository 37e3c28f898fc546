"""What a process of tests keeps of other people's pure functions: hundreds of small sites have the same templates.

A template's code and a picture's bytes follow from their text alone, so each text is compiled and drawn once. Nothing
of this project's own is kept: every build of a test still goes its whole way.
"""

import gc
import os
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from threading import get_ident
from types import CodeType, SimpleNamespace
from typing import Any

import pytest

# The variable that names the folder of what all processes of a run of tests share: pictures that one of them has drawn,
# what a check of the tiny expo keeps.
SHARED = "EXPOARCHIVE_TESTS_SHARED"


@contextmanager
def remembered() -> Iterator[None]:
    """Jinja's compiler and parser, its search for other templates, and the renderer of pictures: once for the same."""
    import resvg_py
    from jinja2 import Environment, meta

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Environment, "compile", _compiler(Environment.compile))
        patch.setattr(Environment, "parse", _parser(Environment.parse))
        patch.setattr(meta, "find_referenced_templates", _finder(meta.find_referenced_templates))
        patch.setattr(resvg_py, "svg_to_bytes", lru_cache(512)(_drawer(resvg_py.svg_to_bytes)))
        yield


def _drawer(drawn: Callable[..., Any]) -> Callable[..., bytes]:
    """Pictures are drawn once for all processes of a run, where it has a folder for them."""

    def bytes_of(**given: Any) -> bytes:
        folder = os.environ.get(SHARED)
        if folder is None:
            return bytes(drawn(**given))
        file = Path(folder, sha256(repr(sorted(given.items())).encode()).hexdigest())
        if not file.exists():
            beside = file.with_suffix(f".{os.getpid()}-{get_ident()}")
            beside.write_bytes(bytes(drawn(**given)))
            beside.replace(file)
        return file.read_bytes()

    return bytes_of


@contextmanager
def never_swept() -> Iterator[None]:
    """What this process has loaded by now is exempt from every collection; builds exempt and sweep nothing more.

    A sweep goes through all that thousands of tests hold, which costs as much as a small site. Garbage of builds is
    collected as Python does it anyway, which changes no site; the tests of the collector itself have it as it is.
    """
    from expoarchive.build import collector

    gc.collect()
    gc.freeze()
    idle = {"freeze": lambda: None, "unfreeze": lambda: None, "get_freeze_count": lambda: 0}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(collector, "gc", SimpleNamespace(**{**vars(gc), **idle}))
        yield


def _settings(environment: Any) -> tuple[Hashable, ...]:
    """What beside its text decides a template's code."""
    return (
        type(environment),
        environment.autoescape,
        environment.undefined,
        environment.trim_blocks,
        environment.lstrip_blocks,
        environment.keep_trailing_newline,
        *environment.extensions,
        *environment.filters,
        *environment.tests,
    )


def _compiler(compiled: Callable[..., Any]) -> Callable[..., Any]:
    codes: dict[Hashable, CodeType] = {}

    def code_of(environment: Any, source: str, name: str, filename: str, *raw: bool) -> Any:
        key = (source, name, raw, _settings(environment))
        if key not in codes:
            codes[key] = compiled(environment, source, name, filename, *raw)
        # A fault is told by the file: Jinja takes its name from the outermost code.
        return codes[key].replace(co_filename=filename)

    return code_of


def _parser(parsed: Callable[..., Any]) -> Callable[..., Any]:
    trees: dict[Hashable, Any] = {}

    def tree_of(environment: Any, source: str) -> Any:
        key = (source, _settings(environment))
        if key not in trees:
            trees[key] = parsed(environment, source)
        return trees[key]

    return tree_of


def _finder(found: Callable[..., Any]) -> Callable[..., Any]:
    # By identity, as the nodes of a tree have no other hash; each stays, so that no other takes its place.
    names: dict[int, tuple[Any, list[Any]]] = {}

    def names_in(tree: Any) -> Iterator[Any]:
        if id(tree) not in names:
            names[id(tree)] = (tree, list(found(tree)))
        return iter(names[id(tree)][1])

    return names_in
