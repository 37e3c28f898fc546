"""``new language TAG``: its entry in the configuration, and a file with all words of the interface to be filled in."""

import contextlib
import re
from collections.abc import Iterator
from pathlib import Path

from expoarchive.cache.sources import TEMPLATES
from expoarchive.cli.amend import quoted, refuse_links
from expoarchive.cli.forms import write_forms
from expoarchive.cli.terminal import Faulty, Slip, Stop, Terminal
from expoarchive.cli.words import hint
from expoarchive.config import CONFIG_FILE, Config, read_config
from expoarchive.config.tags import is_language, locale_for, nearest_language
from expoarchive.nodes import read_text
from expoarchive.nodes.fields import is_id
from expoarchive.problem import errors
from expoarchive.render.forms import FOLDER as FORMS
from expoarchive.render.strings import FOLDER, Strings, read_strings
from expoarchive.render.theme import Theme, theme_of
from expoarchive.write import put_file

# The list of languages in the form that `new site` writes: one in a line.
_LISTED = re.compile(
    r"^languages:[ \t]*\n(?:[ \t]*(?:#.*)?\n)*(?:(?P<indent> *)- .*\n(?:(?P=indent) +.*\n)*)+", re.MULTILINE
)
_HEAD = """\
# The words of the interface in {name}, one in a line: take out its # and translate what follows the colon; words in
# {{braces}} are filled in. What stays a comment is shown in {first}.
"""


def add_language(root: Path, tag: str, terminal: Terminal) -> None:
    """Add the language to the site. Nothing that is there is changed but the configuration's list of languages."""
    entry = entry_of(tag, terminal)
    config, problems = read_config(root)
    if config is None:
        raise Faulty(problems)
    language_id = id_of(tag)
    if language_id in config.language_ids:
        raise Stop("new.known-language", id=language_id, file=CONFIG_FILE)
    source, _ = read_text(root, CONFIG_FILE)
    listed = _LISTED.search(source.text) if source else None
    if source is None or listed is None:
        raise Stop("new.languages-elsewhere", file=CONFIG_FILE, entry=entry)
    theme = theme_of(root)
    file = f"{TEMPLATES}/{FOLDER}/{language_id}.yaml"
    files = {CONFIG_FILE: source.text[: listed.end()] + f"{listed['indent']}- {entry}\n" + source.text[listed.end() :]}
    if not (root / file).exists() and f"{FOLDER}/{language_id}.yaml" not in theme:
        files[file] = words_to_fill_in(theme, config, tag)
    refuse_links(root, files)
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        put_file(root / name, text.encode())
        terminal.say("new.file", file=name)
    with contextlib.suppress(Faulty):
        # Where content has errors, `forms` is for later.
        if any((root / FORMS).glob("report.*.yml")) and (changed := write_forms(root)):
            terminal.say("forms.renewed", count=changed, folder=FORMS)
    terminal.say("new.next-language", id=language_id)


def id_of(tag: str) -> str:
    """The folder of a language's pages, and its key in records."""
    return tag.lower()


def entry_of(tag: str, terminal: Terminal) -> str:
    """The language's entry in the configuration. ``Slip`` for no language, with the one that was meant."""
    locale = locale_for(tag) if is_language(tag) else None
    if locale is None or not is_id(id_of(tag)):
        close = hint(terminal.language, nearest_language(tag))
        raise Slip("new.bad-language", name=tag, hint=close)
    own = locale.languages
    name = own.get(_written(tag).replace("-", "_")) or own.get(locale.language, tag)
    return f"{{id: {id_of(tag)}, tag: {_written(tag)}, locale: {locale}, name: {name[:1].upper()}{name[1:]}}}"


def _written(tag: str) -> str:
    """The tag as it is usually written: zh-Hant-TW."""
    language, *parts = tag.split("-")
    cased = (part.title() if len(part) == 4 else part.upper() if len(part) == 2 else part for part in parts)
    return "-".join([language.lower(), *cased])


def words_to_fill_in(theme: Theme, config: Config, tag: str) -> str:
    """A file of strings with those of the site's first language as comments, in their order."""
    strings, problems = read_strings(theme, config)
    if errors(problems):
        raise Faulty(problems)
    first = config.default_language
    locale = locale_for(tag)
    name = locale.languages.get(locale.language, tag) if locale else tag
    head = _HEAD.format(name=name, first=first.name)
    return head + "".join(_lines(strings[first.id]))


def _lines(words: Strings) -> Iterator[str]:
    section = ""
    for key, text in words.texts.items():
        if key in words.given:
            continue
        if key.partition(".")[0] != section:
            section = key.partition(".")[0]
            yield "\n"
        yield f"# {key}: {quoted(text)}\n"
