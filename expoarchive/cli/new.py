"""``new``: a valid beginning for an edition, an article or a source, with comments that say what to fill in."""

import argparse
import re
from pathlib import Path

from expoarchive.cli.amend import in_turn, whole_amended
from expoarchive.cli.main import colour_wanted, complain, say
from expoarchive.cli.new_site import run_new_site
from expoarchive.cli.new_source import run_new_source
from expoarchive.cli.report import report
from expoarchive.config import Config, read_config
from expoarchive.nodes import link_in
from expoarchive.nodes.fields import is_id

EDITION = """\
# yaml-language-server: $schema=../.schemas/edition.json
# One edition of the fair. Leave out what is not known: nothing missing is ever taken for zero.
# 一届展会一个文件。不知道的内容不写：缺失绝不等于零。
# Take away the # before a line to use it. · 要用哪一行，就去掉行首的 #。
year: {year}
draft: true       # take this line out to publish it · 删去此行即可发布
status: unknown   # held, not_held, planned, unknown · 已举办、未举办、已宣布、不详

# Every value names its sources: ids of content/sources.yaml (python build.py new source ADDRESS adds one).
# 每个数值都要写来源：content/sources.yaml 中的 id（可用 python build.py new source 网址 添加）。
# ordinal: {{value: 27, sources: [source-id]}}                      # which edition it is · 第几届
# names: {{text: {{{text}}}, sources: [source-id]}}    # the fair's name that year · 当届名称
# themes: {{text: {{{text}}}, sources: [source-id]}}   # its theme · 主题
# held:
#   opened: {{date: {year}-06-25, sources: [source-id]}}            # day, month or year alone · 可只写年月
#   closed: {{date: {year}-06-28, sources: [source-id]}}

# Measures and their units: content/vocabularies/measures.yaml · 指标及其单位见该文件
# stage: offered, planned, signed, in_place · 推介、拟签、签约、到位
# figures:
#   {measure}: {{stage: signed, value: 145, sources: [source-id]}}
#   # Several claims are a list; those that differ are shown side by side. · 多条记述写成列表，不一致的并列显示
#   {measure}:
#     - {{stage: signed, value: 145, sources: [source-id]}}
#     - {{stage: signed, value: 150, qualifier: over, sources: [source-id]}}   # about, over, nearly · 约、逾、近
"""
ARTICLE = """\
# yaml-language-server: $schema=../../.schemas/article.json
# What holds in every language · 各语言共有的内容
draft: true   # take this line out to publish it · 删去此行即可发布
# date: 2026-01-31             # when the archive published it · 本档案发布的日期
# topics: [topic-id]           # content/vocabularies/topics.yaml
# editions: [2022]             # editions it speaks of · 文中谈到的届次
# places: [place-id]           # content/vocabularies/places.yaml
# industries: [industry-id]    # content/vocabularies/industries.yaml
# sources: [source-id]         # beside those that the text cites · 正文引用之外的来源
# cover: picture.svg           # a file of content/media/ · content/media/ 中的文件
# cover_alt: {{{text}}}        # what the picture shows · 图片内容
order: 100                     # smaller comes first · 数字小的在前
"""
PROSE = """\
---
title: {name}
summary: {name}
---

{hint}
"""
HINTS = {
    "zh": "正文写在这里。小标题写作“## 标题 {#id}”，两种语言用同一个 id。"
    "[@来源] 注明出处，[=2022#projects-signed] 引用记录中的数字，[[edition:2022]] 链到那一届。",
}
HINT = (
    "The text begins here. Headings are “## Heading {#id}”, with the same id in every language. "
    "[@source] cites a source, [=2022#projects-signed] shows a recorded figure, [[edition:2022]] links to an edition."
)
MADE = {"en": "made {file}", "zh": "已建立 {file}"}
EXISTS = {"en": "{file} exists already: nothing was changed", "zh": "{file} 已经存在，未作改动"}
BAD_YEAR = {"en": "“{name}” is not a year such as 2027", "zh": "“{name}”不是年份（例如 2027）"}
BAD_ID = {
    "en": "“{name}” is not an id: lower-case letters, digits and hyphens, such as cloud-fair",
    "zh": "“{name}”不能作 id：只用小写字母、数字和连字符，例如 cloud-fair",
}
NEXT = {
    "edition": {
        "en": "Next: fill in what sources say, look at it with “python build.py serve --drafts”; to publish, take out\n"
        "draft: true.",
        "zh": "接下来：按来源填写，用 python build.py serve --drafts 预览，最后删去 draft: true 发布。",
    },
    "article": {
        "en": "Next: title, summary and text in each language; “python build.py serve --drafts” shows it; when the\n"
        "translation is done, “python build.py restamp {name}”; to publish, take out draft: true.",
        "zh": "接下来：写好各语言的标题、摘要和正文，用 python build.py serve --drafts 预览；"
        "译文完成后运行 python build.py restamp {name}；最后删去 draft: true 发布。",
    },
}


@in_turn
def run_new(root: Path, options: argparse.Namespace, language: str) -> int:
    """Write the files of the new record; an existing one is never touched."""
    if options.sort == "source":
        return run_new_source(root, options, language)
    if options.sort == "site":
        return run_new_site(root, options, language)
    name: str = options.name
    fits = re.fullmatch(r"[1-9][0-9]{3}", name) if options.sort == "edition" else is_id(name)
    if not fits:
        complain((BAD_YEAR if options.sort == "edition" else BAD_ID)[language].format(name=name))
        return 2
    config, _ = read_config(root)
    files = edition_files(config, name) if options.sort == "edition" else article_files(config, name)
    links = list(filter(None, (link_in(root, file) for file in files)))
    if links:
        complain(report(links, language, colour=colour_wanted()))
        return 1
    taken = [file for file in files if (root / file).exists()]
    if taken:
        complain(EXISTS[language].format(file=taken[0]))
        return 1
    if not whole_amended(root, files, dict.fromkeys(files), language):
        return 1
    for file in files:
        say(MADE[language].format(file=file))
    say(NEXT[options.sort][language].format(name=name))
    return 0


def edition_files(config: Config | None, year: str) -> dict[str, str]:
    """The file of an edition."""
    text = _by_language(config)
    return {f"content/editions/{year}.yaml": EDITION.format(year=year, text=text, measure="projects")}


def article_files(config: Config | None, name: str) -> dict[str, str]:
    """The files of an article, one a language and one for all."""
    files = {f"content/articles/{name}/article.yaml": ARTICLE.format(text=_by_language(config))}
    for known in config.language_ids if config else ("en",):
        # The sample must not look like a reference to a source that exists.
        hint = HINTS.get(known, HINT)
        files[f"content/articles/{name}/{known}.md"] = PROSE.format(name=name, hint=f"<!-- {hint} -->")
    return files


def _by_language(config: Config | None) -> str:
    return ", ".join(f"{known}: …" for known in (config.language_ids if config else ("en",)))
