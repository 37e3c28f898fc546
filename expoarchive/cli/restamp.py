"""``restamp``: say in a translation's front matter that it is of the original as it is now."""

import argparse
import re
from pathlib import Path

from expoarchive.build import survey
from expoarchive.cli.main import colour_wanted, complain, say
from expoarchive.cli.report import report
from expoarchive.problem import nearest
from expoarchive.records import Article, Records
from expoarchive.records.prose.front import FENCE
from expoarchive.records.translation import stamp_line, standing
from expoarchive.write import put_file

STAMPED = {"en": "{file}: stamped", "zh": "{file}：已更新标记"}
CURRENT = {"en": "{file}: up to date already", "zh": "{file}：原本就是最新"}
ORIGINAL = {"en": "{file} is the original: there is nothing to stamp", "zh": "{file} 是原文，不需要标记"}
MISSING = {"en": "{name} has no text in “{language}”", "zh": "{name} 没有“{language}”文本"}
UNKNOWN = {"en": "there is no article or page “{name}”", "zh": "没有名为“{name}”的文章或页面"}
NEAREST = {"en": "; did you mean “{nearest}”?", "zh": "；您是不是想写“{nearest}”？"}
WHICH = {
    "en": "say which article or page; --all stamps every translation there is",
    "zh": "请写明文章或页面；--all 会标记现有的全部译文",
}


def run_restamp(root: Path, options: argparse.Namespace, language: str) -> int:
    """Renew the stamps of one article or page, or of all; texts themselves are never touched."""
    site, problems = survey(root)
    if site is None:
        complain(report(problems, language, colour=colour_wanted()))
        return 1
    if options.all == bool(options.article):
        complain(WHICH[language])
        return 2
    chosen = _named(site.records, options.article) if options.article else [*_texts(site.records).values()]
    if not chosen:
        close = nearest(options.article, _texts(site.records))
        complain(
            UNKNOWN[language].format(name=options.article) + (NEAREST[language].format(nearest=close) if close else "")
        )
        return 2
    for article in chosen:
        if options.language and options.language not in article.translations:
            complain(MISSING[language].format(name=article.id, language=options.language))
            return 2
        for known, text in article.translations.items():
            if options.language in (None, known):
                say(_restamp(root, article, known)[language].format(file=text.file))
    return 0


def _texts(records: Records) -> dict[str, Article]:
    """Articles and pages as they may be named: by id, or by their folder where a page has an article's id."""
    pages = {
        article_id if article_id not in records.articles else f"pages/{article_id}": article
        for article_id, article in records.pages.items()
    }
    return {**records.articles, **pages}


def _named(records: Records, name: str) -> list[Article]:
    found = {**_texts(records), **{f"pages/{page_id}": page for page_id, page in records.pages.items()}}
    name = name.removeprefix("content/").removeprefix("articles/").rstrip("/")
    return [found[name]] if name in found else []


def _restamp(root: Path, article: Article, language: str) -> dict[str, str]:
    """What was done with one text, in words."""
    state = standing(article, language).state
    if state == "original":
        return ORIGINAL
    if state == "current":
        return CURRENT
    file = root / article.translations[language].file
    # As it is in the file: its line ends and its byte order mark are the editor's.
    text = file.read_bytes().decode("utf-8")
    put_file(file, with_stamp(text, stamp_line(article)).encode("utf-8"))
    return STAMPED


def with_stamp(text: str, stamp: str) -> str:
    """The Markdown file's text with this line at the end of its front matter, in place of the one it had."""
    end = "\r\n" if "\r\n" in text else "\n"
    lines = text.split(end)
    close = next(at for at, line in enumerate(lines[1:], 1) if line.rstrip() == FENCE)
    head: list[str] = []
    within = False
    for line in lines[1:close]:
        # A stamp that somebody has broken over lines goes with all of them.
        within = bool(re.match(r"original\s*:", line)) or (within and (not line or line[0] in " \t}"))
        if not within:
            head.append(line)
    return end.join([lines[0], *head, stamp, *lines[close:]])
