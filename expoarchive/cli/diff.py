"""``diff``: what changed in the data from one build to another, or from one state of the sources to another."""

import argparse
import json
from pathlib import Path
from typing import Any

from expoarchive.cli.grammar import Parser, a_path, an_address
from expoarchive.cli.terminal import Faulty, Stop, Terminal, say
from expoarchive.config import CONFIG_FILE, read_config
from expoarchive.nodes import read_file
from expoarchive.problem import errors
from expoarchive.render.data.changes import COMPARED, Changed, differences
from expoarchive.site.address import data_file


def declare(command: Parser) -> None:
    """The folders of two sites, and how to print what differs."""
    path = command.value(a_path, "grammar.path")
    command.add_argument("old", type=path, help="help.diff-old")
    command.add_argument("new", type=path, nargs="?", help="help.diff-new")
    command.add_argument("--format", choices=("text", "json", "markdown"), default="text", help="help.diff-format")
    command.add_argument("--site", type=command.value(an_address(r"\S*"), "grammar.address"), help="help.diff-site")


def run(root: Path, options: argparse.Namespace, terminal: Terminal) -> int:
    """Print each row that differs. 0 whether or not there are any: a difference is no fault."""
    if options.format == "markdown":
        say(_proposal(root / options.old, root / (options.new or "."), options.site, terminal))
        return 0
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


def _proposal(old: Path, new: Path, built: str | None, terminal: Terminal) -> str:
    """What would change between two folders of sources, as Markdown. One that has errors says only that it has."""
    # Imported here: comparing built sites needs none of it.
    from expoarchive.build import survey
    from expoarchive.render.proposal import proposal
    from expoarchive.render.strings import read_strings
    from expoarchive.render.theme import theme_of

    for folder in (old, new):
        if not (folder / CONFIG_FILE).is_file():
            raise Stop("diff.no-sources", folder=folder, file=CONFIG_FILE)
    before, faults = survey(old)
    after, problems = survey(new)
    if after is None or before is None:
        readable = after or before
        config = readable.config if readable else read_config(new)[0]
        count = len(errors(problems if after is None else faults))
        strings, _ = read_strings(theme_of(new), config) if config else ({}, [])
        key = "proposal.faulty" if after is None else "proposal.unreadable"
        return "\n\n".join(one(key, count=str(count)) for one in strings.values())
    strings, of_strings = read_strings(theme_of(new), after.config)
    if errors(of_strings):
        raise Faulty(of_strings)
    return proposal(before, after, strings, built).rstrip("\n")


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
