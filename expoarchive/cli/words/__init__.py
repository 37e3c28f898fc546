"""What the command line says, in each language that an editor may choose: ``words/<language>.yaml``.

A file has sections, each with a key and its text a line. Longer texts go on below, indented further. That much of YAML
is read here, as importing a whole parser takes longer than ``--help`` or a build with nothing to do.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
ENGLISH = "en"


@cache
def languages() -> tuple[str, ...]:
    """The languages that there are words in."""
    return tuple(sorted(file.stem for file in FOLDER.glob("*.yaml")))


@cache
def words(language: str) -> Mapping[str, str]:
    """Every text by ``section.key``; the English ones where the language is none of ours."""
    file = FOLDER / f"{language if language in languages() else ENGLISH}.yaml"
    section, key = "", ""
    texts: dict[str, list[str]] = {}
    for line in file.read_text("utf-8").splitlines():
        bare = line.strip()
        indent = len(line) - len(line.lstrip())
        if not bare or bare.startswith("#"):
            continue
        if indent == 0:
            section = bare.removesuffix(":")
        elif indent == 2:
            name, _, text = bare.partition(": ")
            key = f"{section}.{name}"
            texts[key] = [text]
        else:
            texts[key].append(bare)
    return {key: _text(lines) for key, lines in texts.items()}


def _text(lines: list[str]) -> str:
    """One value: the lines of a block, a text in quotes, or a plain one."""
    if lines[0] == "|-":
        return "\n".join(lines[1:])
    text = " ".join(lines)
    return str(json.loads(text)) if text.startswith('"') else text


def word(language: str, key: str, /, **values: object) -> str:
    """The text of ``section.key``, with values in its braces."""
    text = words(language)[key]
    if "{" not in text:
        return text
    # Help has hardly a brace, and answers in less time than this takes to import.
    from expoarchive.problem.pattern import fill

    return fill(text, values)


def hint(language: str, nearest: str | None) -> str:
    """What ends a complaint about a name that does not exist, where another is near."""
    return word(language, "general.nearest", nearest=nearest) if nearest else ""
