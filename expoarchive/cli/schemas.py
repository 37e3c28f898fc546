"""``schemas``: what lets an editor's program complete and check records while somebody types."""

import argparse
from pathlib import Path

from expoarchive.build import survey
from expoarchive.build.ids import site_ids
from expoarchive.build.review import differs, media_of
from expoarchive.cli.amend import in_turn
from expoarchive.cli.main import colour_wanted, complain, say
from expoarchive.cli.report import report
from expoarchive.nodes import link_in
from expoarchive.records.schema import (
    EXTENSIONS,
    FOLDER,
    SETTINGS,
    editor_extensions,
    editor_settings,
    schemas_with_ids,
)
from expoarchive.write import put_file

WROTE = {
    "en": "{count} files renewed below {folder} and .vscode/",
    "zh": "已更新 {folder} 和 .vscode/ 下的 {count} 个文件",
}
CURRENT = {"en": "nothing to do: the schemas are those of the records", "zh": "无需更新：schema 与记录一致"}
FOREIGN = {
    "en": "{file} is not plain JSON and was left alone; it needs yaml.schemas for {folder}",
    "zh": "{file} 不是纯 JSON，未作改动；请自行在 yaml.schemas 中加入 {folder}",
}


@in_turn
def run_schemas(root: Path, options: argparse.Namespace, language: str) -> int:
    """Write what differs, remove schemas of nothing."""
    site, problems = survey(root)
    if site is None:
        complain(report(problems, language, colour=colour_wanted()))
        return 1
    files = schemas_with_ids(
        site.records, site.config, {"media": media_of(root), **site_ids(site.config, site.records)}
    )
    links = list(filter(None, (link_in(root, name) for name in (*files, SETTINGS, EXTENSIONS))))
    if links:
        complain(report(links, language, colour=colour_wanted()))
        return 1
    settings = root / SETTINGS
    try:
        files[SETTINGS] = editor_settings(settings.read_text("utf-8") if settings.is_file() else None)
    except ValueError:
        complain(FOREIGN[language].format(file=SETTINGS, folder=FOLDER))
    if not (root / EXTENSIONS).exists():
        files[EXTENSIONS] = editor_extensions()
    changed = [name for name, text in files.items() if differs(root, name, text)]
    for name in changed:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        put_file(root / name, files[name].encode())
    for path in sorted((root / FOLDER).rglob("*.json")):
        if path.relative_to(root).as_posix() not in files:
            path.unlink()
            changed.append(path.name)
    say((WROTE if changed else CURRENT)[language].format(count=len(changed), folder=FOLDER))
    return 0
