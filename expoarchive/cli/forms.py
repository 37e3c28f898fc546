"""``forms``: the forms in which readers report, for the repository to show."""

import argparse
from pathlib import Path

from expoarchive.build.review import differs, forms_of
from expoarchive.cli.amend import in_turn, refuse_links
from expoarchive.cli.reading import read_site
from expoarchive.cli.terminal import Faulty, Terminal
from expoarchive.problem import errors
from expoarchive.render.forms import FOLDER, MADE
from expoarchive.write import put_file


@in_turn
def run(root: Path, options: argparse.Namespace, terminal: Terminal) -> int:
    """Write what differs, and say so."""
    if changed := write_forms(root):
        terminal.say("forms.renewed", count=changed, folder=FOLDER)
    else:
        terminal.say("forms.current")
    return 0


def write_forms(root: Path) -> int:
    """Write the forms that differ, remove those of languages that the site no longer has; how many there were.

    Other forms are somebody's own.
    """
    site = read_site(root)
    forms, problems = forms_of(root, site.config, site.records)
    if errors(problems):
        raise Faulty(problems)
    refuse_links(root, (FOLDER, *forms))
    changed = [name for name, text in forms.items() if differs(root, name, text)]
    for name in changed:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        put_file(root / name, forms[name].encode())
    former = [path for path in (root / FOLDER).glob("report.*.yml") if f"{FOLDER}/{path.name}" not in forms]
    former = [path for path in former if path.read_text("utf-8", "replace").startswith(MADE)]
    for path in former:
        path.unlink()
    return len(changed) + len(former)
