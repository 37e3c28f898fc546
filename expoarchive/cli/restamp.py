"""``restamp``: say in a translation's front matter that it is of the original as it is now."""

import argparse
from pathlib import Path

from expoarchive.cli.amend import amend_whole, in_turn
from expoarchive.cli.grammar import Parser
from expoarchive.cli.reading import read_site
from expoarchive.cli.terminal import Slip, Terminal
from expoarchive.problem import nearest
from expoarchive.records import Article, Records
from expoarchive.records.translation import stamp_line, standing, with_stamp


def declare(command: Parser) -> None:
    """Which translations."""
    command.add_argument("article", nargs="?", help="help.restamp-article")
    command.add_argument("language", nargs="?", help="help.restamp-language")
    command.add_argument("--all", action="store_true", help="help.restamp-all")


@in_turn
def run(root: Path, options: argparse.Namespace, terminal: Terminal) -> int:
    """Renew the stamps of one article or page, or of all; texts themselves are never touched."""
    records = read_site(root).records
    if options.all == bool(options.article):
        raise Slip("restamp.which")
    articles = [_named(records, options.article)] if options.article else [*_texts(records).values()]
    for article in articles:
        if options.language and options.language not in article.translations:
            raise Slip("restamp.missing", name=article.id, language=options.language)
    texts = {
        text.file: (article, language)
        for article in articles
        for language, text in article.translations.items()
        if options.language in (None, language)
    }
    states = {file: standing(*text).state for file, text in texts.items()}
    # Read as bytes: line ends and byte order marks are the editor's.
    before = {
        file: (root / file).read_bytes() for file, state in states.items() if state not in ("original", "current")
    }
    after = {file: with_stamp(data.decode("utf-8"), stamp_line(texts[file][0])) for file, data in before.items()}
    amend_whole(root, after, before, terminal)
    for file, state in states.items():
        terminal.say("restamp.stamped" if file in before else f"restamp.is-{state}", file=file)
    return 0


def _texts(records: Records) -> dict[str, Article]:
    """Articles and pages as they may be named: by id, or by their folder where a page has an article's id."""
    pages = {
        article_id if article_id not in records.articles else f"pages/{article_id}": article
        for article_id, article in records.pages.items()
    }
    return {**records.articles, **pages}


def _named(records: Records, name: str) -> Article:
    texts = {**_texts(records), **{f"pages/{page_id}": page for page_id, page in records.pages.items()}}
    text = texts.get(name.removeprefix("content/").removeprefix("articles/").rstrip("/"))
    if text is None:
        raise Slip("restamp.unknown", nearest(name, _texts(records)), name=name)
    return text
