"""``new``: a valid beginning for an edition or an article, with comments that say what to fill in."""

import argparse
import re
from pathlib import Path

from expoarchive.cli.main import complain, say
from expoarchive.config import read_config
from expoarchive.nodes.fields import SLUG

EDITION = """\
# One edition of the fair. Leave out what is not known: nothing missing is ever taken for zero.
# 一届展会一个文件。不知道的内容不写：缺失绝不等于零。
year: {year}
status: unknown   # held, not_held, planned, unknown · 已举办、未举办、已宣布、不详
# ordinal: {{value: 27, sources: [source-id]}}
# names: {{text: {{{text}}}, sources: [source-id]}}
# held:
#   opened: {{date: {year}-06-25, sources: [source-id]}}
# figures:
#   projects: {{stage: signed, value: 145, sources: [source-id]}}
"""
ARTICLE = """\
# What holds in every language · 各语言共有的内容
# topics: [topic-id]
# editions: [2022]
# sources: [source-id]
order: 100
"""
PROSE = """\
---
title: {name}
summary: {name}
---

{hint}
"""
HINTS = {"zh": "正文写在这里。[@来源] 注明出处，[=2022#projects-signed] 引用记录中的数字。"}
HINT = "The text begins here. [@source] cites a source, [=2022#projects-signed] shows a recorded figure."
MADE = {"en": "made {file}", "zh": "已建立 {file}"}
EXISTS = {"en": "{file} exists already: nothing was changed", "zh": "{file} 已经存在，未作改动"}
BAD_YEAR = {"en": "“{name}” is not a year such as 2027", "zh": "“{name}”不是年份（例如 2027）"}
BAD_ID = {
    "en": "“{name}” is not an id: lower-case letters, digits and hyphens, such as cloud-fair",
    "zh": "“{name}”不能作 id：只用小写字母、数字和连字符，例如 cloud-fair",
}


def run_new(root: Path, options: argparse.Namespace, language: str) -> int:
    """Write the files of the new record; an existing one is never touched."""
    name: str = options.name
    config, _ = read_config(root)
    languages = config.language_ids if config else ("en",)
    if options.sort == "edition":
        if not re.fullmatch(r"[1-9][0-9]{3}", name):
            complain(BAD_YEAR[language].format(name=name))
            return 2
        text = ", ".join(f"{known}: …" for known in languages)
        files = {f"content/editions/{name}.yaml": EDITION.format(year=name, text=text)}
    else:
        if not SLUG.fullmatch(name):
            complain(BAD_ID[language].format(name=name))
            return 2
        files = {f"content/articles/{name}/article.yaml": ARTICLE}
        for known in languages:
            # The sample must not look like a reference to a source that exists.
            hint = HINTS.get(known, HINT)
            files[f"content/articles/{name}/{known}.md"] = PROSE.format(name=name, hint=f"<!-- {hint} -->")
    taken = [file for file in files if (root / file).exists()]
    if taken:
        complain(EXISTS[language].format(file=taken[0]))
        return 1
    for file, text in files.items():
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).write_text(text, "utf-8")
        say(MADE[language].format(file=file))
    return 0
