"""``schemas``: what lets an editor's program complete and check records while somebody types."""

import argparse
from pathlib import Path

from expoarchive.build.ids import site_ids
from expoarchive.build.review import differs, media_of
from expoarchive.cli.amend import in_turn, refuse_links
from expoarchive.cli.reading import read_site
from expoarchive.cli.terminal import Terminal
from expoarchive.records.schema import (
    EXTENSIONS,
    FOLDER,
    SETTINGS,
    editor_extensions,
    editor_settings,
    schemas_with_ids,
)
from expoarchive.write import put_file


@in_turn
def run(root: Path, options: argparse.Namespace, terminal: Terminal) -> int:
    """Write what differs, remove schemas of nothing."""
    site = read_site(root)
    ids = {"media": media_of(root), **site_ids(site.config, site.records)}
    files = schemas_with_ids(site.records, site.config, ids)
    refuse_links(root, (*files, SETTINGS, EXTENSIONS))
    settings = root / SETTINGS
    try:
        files[SETTINGS] = editor_settings(settings.read_text("utf-8") if settings.is_file() else None, site.config)
    except ValueError:
        terminal.complain("schemas.foreign", file=SETTINGS, folder=FOLDER)
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
    if changed:
        terminal.say("schemas.renewed", count=len(changed), folder=FOLDER)
    else:
        terminal.say("schemas.current")
    return 0
