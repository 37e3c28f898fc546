"""``rename KIND OLD NEW``: an entry under another id, and everything that names it."""

import argparse
from difflib import unified_diff
from pathlib import Path

from expoarchive.build.rename import Renaming, entries_of, kinds_of, rename
from expoarchive.cache.store import Store
from expoarchive.cli.amend import amend_whole, in_turn, refuse_links
from expoarchive.cli.grammar import Parser
from expoarchive.cli.reading import read_site
from expoarchive.cli.terminal import Faulty, Slip, Stop, Terminal, say
from expoarchive.nodes.fields import is_id
from expoarchive.problem import nearest
from expoarchive.site import Site


def declare(command: Parser) -> None:
    """What is renamed, and whether it is only shown."""
    command.add_argument("kind", metavar="KIND", help="help.rename-kind")
    command.add_argument("old", metavar="OLD", help="help.rename-old")
    command.add_argument("new", metavar="NEW", help="help.rename-new")
    command.add_argument("--dry-run", action="store_true", help="help.rename-dry-run")


@in_turn
def run(root: Path, options: argparse.Namespace, terminal: Terminal) -> int:
    """Change every file or none; with ``--dry-run`` print what would change."""
    kind, old, new = options.kind, options.old, options.new
    store = Store()
    site = read_site(root)
    _refuse(site, kind, old, new)
    made, problems = rename(root, site, kind, old, new, store)
    if problems:
        raise Faulty(problems)
    refuse_links(root, made.texts)
    if options.dry_run:
        show(made)
    else:
        amend_whole(root, made.texts, made.before, terminal)
    for one, other in made.moved.items():
        terminal.say("rename.moved", old=one, new=other)
    files = len({*made.texts} - {*made.moved})
    terminal.say(
        "rename.would" if options.dry_run else "rename.done",
        old=old,
        new=new,
        files=files,
        references=made.references,
        stamps=made.stamps,
    )
    if made.pinned:
        terminal.say("rename.pinned", count=made.pinned)
    return 0


def _refuse(site: Site, kind: str, old: str, new: str) -> None:
    """Stop where there is no such kind or entry, or its new id cannot be one, or is another's."""
    kinds = kinds_of(site.records)
    if kind not in kinds:
        raise Slip("grammar.choice", nearest(kind, kinds), value=repr(kind), choices=", ".join(kinds), hint="")
    entries = entries_of(site.records, kind)
    if old not in entries:
        aliased = site.records.former.get((kind, old))
        raise Slip("rename.unknown", aliased[1] if aliased else nearest(old, entries), kind=kind, name=old)
    if not is_id(new):
        raise Slip("new.bad-id", name=new)
    reserved = (site.table.reserved | site.table.opened) & {old, new} if kind == "page" else ()
    for name in reserved:
        raise Slip("rename.reserved", name=name)
    parts = [sort.name for sort in site.table.sorts.parts]
    sorts = parts if kind in parts else [kind]
    for sort in sorts:
        if new in entries_of(site.records, sort):
            raise Stop("rename.taken", kind=sort, name=new)
        meant = site.records.former.get((sort, new))
        if meant is not None and meant != (kind, old):
            raise Stop("rename.former", name=new, owner=meant[1])


def show(made: Renaming) -> None:
    """Print every line that changes, file by file."""
    moved = {new: old for old, new in made.moved.items()}
    for file, data in made.texts.items():
        if data is None:
            continue
        source = moved.get(file, file)
        before = (made.before[source] or b"").decode("utf-8").splitlines()
        lines = [*unified_diff(before, data.decode("utf-8").splitlines(), source, file, lineterm="", n=0)]
        if lines:
            say("\n".join(lines))
