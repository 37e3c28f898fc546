"""``diff``: what changed in the data from one build to another."""

import argparse
import json
from pathlib import Path
from typing import Any

from expoarchive.cli.grammar import Parser, a_path
from expoarchive.cli.terminal import Stop, Terminal, say
from expoarchive.nodes import read_file
from expoarchive.render.data.changes import COMPARED, Changed, differences
from expoarchive.site.address import data_file


def declare(command: Parser) -> None:
    """The folders of two sites, and how to print what differs."""
    path = command.value(a_path, "grammar.path")
    command.add_argument("old", type=path, help="help.diff-old")
    command.add_argument("new", type=path, nargs="?", help="help.diff-new")
    command.add_argument("--format", choices=("text", "json"), default="text", help="help.diff-format")


def run(root: Path, options: argparse.Namespace, terminal: Terminal) -> int:
    """Print each row that differs. 0 whether or not there are any: a difference is no fault."""
    old, before = read_data(root / options.old)
    new, after = read_data(root / (options.new or options.output))
    changes = list(differences(old, new))
    if options.format == "json":
        rows = [{"table": one.table, "key": one.key, "sort": one.sort, "cells": one.cells} for one in changes]
        say(json.dumps({"old": before, "new": after, "changes": rows}, ensure_ascii=False, indent=1))
    elif not changes:
        terminal.say("diff.same", version=after)
    else:
        terminal.say("diff.versions", old=before, new=after)
        say("\n".join(_lines(change, terminal) for change in changes))
    return 0


def read_data(folder: Path) -> tuple[dict[str, Any], str]:
    """The compared tables of a built site, and the version of its data."""
    try:
        package = _read(folder, "datapackage.json")
        if not isinstance(package, dict) or "version" not in package:
            raise ValueError(data_file("datapackage.json"))
        tables = {name: _read(folder, f"{name}.json") for name in COMPARED}
        for name, rows in tables.items():
            keys = set(COMPARED[name])
            if not isinstance(rows, list) or not all(isinstance(row, dict) and keys <= row.keys() for row in rows):
                raise ValueError(data_file(f"{name}.json"))
    except ValueError as error:
        raise Stop("diff.unreadable", folder=folder, reason=error) from None
    return tables, str(package["version"])


def _read(folder: Path, name: str) -> Any:
    file = data_file(name)
    data, problems = read_file(folder, file)
    if problems:
        raise ValueError(f"{file}: {problems[0].details.get('reason', problems[0].kind)}")
    try:
        return json.loads(data)
    except RecursionError:
        raise ValueError(file) from None


def _lines(change: Changed, terminal: Terminal) -> str:
    title = terminal.word(f"diff.row-{change.sort}", table=change.table, key=change.key)
    cells = [f"    {name}: {_text(old)} → {_text(new)}" for name, old, new in change.cells]
    return "\n".join([title, *cells])


def _text(value: object) -> str:
    return "—" if value is None else json.dumps(value, ensure_ascii=False)
