"""``diff``: what changed in the data from one build to another."""

import argparse
import json
from pathlib import Path
from typing import Any

from expoarchive.cli.main import complain, say
from expoarchive.nodes import read_file
from expoarchive.render.data.changes import COMPARED, Changed, differences
from expoarchive.site.address import data_file

UNREADABLE = {
    "en": "{folder} holds no data of a built site: {reason}",
    "zh": "{folder} 中没有已生成网站的数据：{reason}",
}
SAME = {"en": "the data is the same: version {version}", "zh": "数据相同：版本 {version}"}
VERSIONS = {"en": "version {old} → {new}", "zh": "版本 {old} → {new}"}
SORTS = {
    "en": {"added": "added", "removed": "removed", "changed": "changed"},
    "zh": {"added": "新增", "removed": "移除", "changed": "改动"},
}


def run_diff(root: Path, options: argparse.Namespace, language: str) -> int:
    """Print each row that differs. 0 whether or not there are any: a difference is no fault."""
    found = []
    for folder in (root / options.old, root / (options.new or options.output)):
        try:
            found.append(read_data(folder))
        except ValueError as error:
            complain(UNREADABLE[language].format(folder=folder, reason=error))
            return 1
    (old, before), (new, after) = found
    changes = list(differences(old, new))
    if options.format == "json":
        rows = [{"table": one.table, "key": one.key, "sort": one.sort, "cells": one.cells} for one in changes]
        say(json.dumps({"old": before, "new": after, "changes": rows}, ensure_ascii=False, indent=1))
    elif not changes:
        say(SAME[language].format(version=after))
    else:
        say("\n".join([VERSIONS[language].format(old=before, new=after), *(_line(one, language) for one in changes)]))
    return 0


def read_data(folder: Path) -> tuple[dict[str, Any], str]:
    """The compared tables of a built site, and the version of its data. ValueError where there are none."""
    package = _read(folder, "datapackage.json")
    if not isinstance(package, dict) or "version" not in package:
        raise ValueError(data_file("datapackage.json"))
    tables = {name: _read(folder, f"{name}.json") for name in COMPARED}
    for name, rows in tables.items():
        keys = set(COMPARED[name])
        if not isinstance(rows, list) or not all(isinstance(row, dict) and keys <= row.keys() for row in rows):
            raise ValueError(data_file(f"{name}.json"))
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


def _line(change: Changed, language: str) -> str:
    head = f"{SORTS[language][change.sort]} {change.table} {change.key}"
    cells = [f"    {name}: {_shown(old)} → {_shown(new)}" for name, old, new in change.cells]
    return "\n".join([head, *cells])


def _shown(value: object) -> str:
    return "—" if value is None else json.dumps(value, ensure_ascii=False)
