"""``new site``: the archive of another expo, as a small repository of content that names its generator.

What it begins with is the expo of the generator's own tests: it is built at every change, so it works.
"""

import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from expoarchive.cache.sources import TEMPLATES
from expoarchive.cli.archetypes import FOLDER
from expoarchive.cli.forms import write_forms
from expoarchive.cli.generator import Generator, generator_of
from expoarchive.cli.grammar import a_path
from expoarchive.cli.new_language import entry_of, id_of, words_to_fill_in
from expoarchive.cli.project import project_path
from expoarchive.cli.terminal import Slip, Stop, Terminal
from expoarchive.config import CONFIG_FILE, read_config
from expoarchive.config.model import TO_WRITE
from expoarchive.render.strings import FOLDER as FOLDER_OF_STRINGS
from expoarchive.render.theme import theme_of

STARTER = "tests/expo"
STARTER_LANGUAGES = ("en", "fr")
# Of the project: what starts a build, what drafts readers' reports, and what its editors read. The guides refer to each
# other, and to nothing else.
COPIED = (
    ".github/workflows/report.yml",
    "build.py",
    "docs/another-expo.md",
    "docs/another-expo.zh.md",
    "docs/content-model.md",
    "docs/editors.en.md",
    "docs/editors.zh.md",
    "docs/errors.md",
    "docs/reference/records.md",
    "docs/reference/records.zh.md",
)
# Among the archetypes, by the names they get. A leading dot would hide them from what packs a wheel.
LAID = {
    "Makefile": "Makefile",
    "gitignore": ".gitignore",
    "github/dependabot.yml": ".github/dependabot.yml",
    "github/workflows/pages.yml": ".github/workflows/pages.yml",
    "github/workflows/pull-request.yml": ".github/workflows/pull-request.yml",
    "templates.md": "templates/README.md",
}


def lay_out_site(root: Path, name: str, given: str | None, languages: str | None, terminal: Terminal) -> None:
    """Lay out the new archive in a folder of its own, which must be empty or not there.

    ``languages`` are tags with commas between them. Where the starter's first is among them, the archive begins with
    the starter's content in those that it has; otherwise it begins empty.
    """
    tags = [*dict.fromkeys(tag.strip() for tag in languages.split(","))] if languages is not None else []
    entries = [entry_of(tag, terminal) for tag in tags]
    if a_path(name) is None:
        raise Slip("new.bad-folder", folder=name)
    folder = root / name
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Stop("new.taken", folder=name)
    generator = generator_of(root, given)
    shutil.copytree(project_path(STARTER), folder, dirs_exist_ok=True)
    speaks = STARTER_LANGUAGES[0] in map(id_of, tags or STARTER_LANGUAGES)
    if tags:
        speak(folder, tags, entries)
    for file in COPIED:
        _lay(folder / file, project_path(file).read_bytes())
    for archetype, file in {**LAID, **_readmes(folder)}.items():
        _lay(folder / file, (FOLDER / "site" / archetype).read_bytes())
    write_forms(folder)
    lay_generator(folder, generator)
    _begin_history(folder)
    terminal.say("new.site" if speaks else "new.site-empty", folder=name, generator=generator.name)


def speak(folder: Path, tags: Sequence[str], entries: Sequence[str]) -> None:
    """Give a copy of the starter these languages in the place of its own, and files for the words that they lack."""
    config = folder / CONFIG_FILE
    listed = "".join(f"  - {entry}\n" for entry in entries)
    about = "# With `complete: true` in its entry, whatever a language lacks is an error.\n"
    begun = re.sub(r"\A(?:#.*\n)+", "", config.read_text("utf-8"))
    text = re.sub(r"languages:\n(?: +- .*\n)+", f"{about}languages:\n{listed}", begun)
    ids = [*map(id_of, tags)]
    text = _kept(folder, text, ids) if STARTER_LANGUAGES[0] in ids else _emptied(folder, text, ids[0])
    config.write_text(text, "utf-8")
    read, _ = read_config(folder)
    assert read is not None
    theme = theme_of(folder)
    for tag in tags:
        if f"{FOLDER_OF_STRINGS}/{id_of(tag)}.yaml" not in theme:
            words = words_to_fill_in(theme, read, tag)
            _lay(folder / TEMPLATES / FOLDER_OF_STRINGS / f"{id_of(tag)}.yaml", words.encode())


def _kept(folder: Path, config: str, ids: Sequence[str]) -> str:
    """The configuration, and the content in ``folder``, in those languages of the starter's that are kept."""
    for file in folder.glob("content/**/*.yaml"):
        file.write_text(_without(file.read_text("utf-8"), ids), "utf-8")
    for file in folder.glob("content/**/*.md"):
        if file.stem not in ids:
            file.unlink()
    for file in folder.glob("content/*/*/[ap]*.yaml") if ids[0] != STARTER_LANGUAGES[0] else ():
        # What its texts were first written in stays what it was.
        file.write_text(f"{file.read_text('utf-8')}original: {STARTER_LANGUAGES[0]}\n", "utf-8")
    return _without(config, ids)


def _emptied(folder: Path, config: str, language: str) -> str:
    """The configuration with its words left to write, and ``folder`` without content but the mark."""
    for path in folder.glob("content/*"):
        if path.name != "media":
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    for path in folder.glob("content/media/*"):
        if path.name != "mark.svg":
            path.unlink()
    blank = f'{{{language}: "{TO_WRITE}"}}'
    for pattern, text in (
        (r"^(title|expo): .*", rf"\1: {blank}"),
        (r"^description:\n(?:  .*\n)+", f"description: {blank}\n"),
        (r"^navigation: .*", "navigation: [timeline, editions, articles, sources]"),
        (r"^featured: .*\n", ""),
    ):
        config = re.sub(pattern, text, config, flags=re.MULTILINE)
    return config


def _without(text: str, kept: Sequence[str]) -> str:
    """The starter's YAML without the texts of its languages that are not ``kept``; the first one is."""
    for language in STARTER_LANGUAGES:
        if language not in kept:
            value = r'(?:"[^"]*"|\[[^\]]*\]|[^,{}\[\]"\n]+)'
            text = re.sub(rf"(?<=\{{){language}: {value}, ", "", text)
            text = re.sub(rf", {language}: {value}(?=[,}}])", "", text)
            text = re.sub(rf"^ +{language}: .*\n", "", text, flags=re.MULTILINE)
            text = re.sub(rf", {language}(?=\])", "", text)
            text = re.sub(rf" translated: \[{language}\],", "", text)
    return text


def lay_generator(folder: Path, generator: Generator) -> None:
    """Let the archive name this generator, and have its wheel if it is not to be fetched."""
    if generator.file:
        _lay(folder / generator.file, generator.data)
    _lay(folder / "requirements.lock", generator.requirements().encode())


def _readmes(folder: Path) -> dict[str, str]:
    """One in each of the archive's languages that there are words in, the first one's where readers look first."""
    config, _ = read_config(folder)
    assert config is not None
    names = [name for one in config.language_ids if (FOLDER / "site" / (name := f"README.{one}.md")).is_file()]
    return {name: name if at else "README.md" for at, name in enumerate(names)}


def _begin_history(folder: Path) -> None:
    """A git repository on ``main``, where git is there and the folder is not within one already."""

    def git(*words: str) -> bool:
        ran = subprocess.run(["git", *words], cwd=folder, capture_output=True, check=False)
        return ran.returncode == 0

    if shutil.which("git") and not git("rev-parse", "--is-inside-work-tree") and git("init", "--quiet"):
        # Every git knows this; an option of `init` for it came late.
        git("symbolic-ref", "HEAD", "refs/heads/main")


def _lay(target: Path, data: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
