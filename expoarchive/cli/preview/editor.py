"""Opening a source file at its line in the editor of whoever writes."""

import os
import shlex
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

# How graphical editors take a line. An editor that runs in a terminal has none to run in here.
_CALLS = {
    "code": "-g {file}:{line}:{column}",
    "code-insiders": "-g {file}:{line}:{column}",
    "codium": "-g {file}:{line}:{column}",
    "cursor": "-g {file}:{line}:{column}",
    "windsurf": "-g {file}:{line}:{column}",
    "zed": "{file}:{line}:{column}",
    "subl": "{file}:{line}:{column}",
    "mate": "-l {line}:{column} {file}",
    "bbedit": "+{line} {file}",
    "kate": "-l {line} -c {column} {file}",
    "gedit": "{file} +{line}:{column}",
    "gnome-text-editor": "{file}",
    "gvim": "+{line} {file}",
    "mvim": "+{line} {file}",
    "emacsclient": "-n +{line}:{column} {file}",
    "idea": "--line {line} --column {column} {file}",
    "pycharm": "--line {line} --column {column} {file}",
    "webstorm": "--line {line} --column {column} {file}",
    "notepad++": "-n{line} -c{column} {file}",
}


@dataclass(frozen=True, slots=True)
class Editor:
    """How a file is opened: a command with {file}, {line} and {column} in it, or the pattern of an address."""

    command: tuple[str, ...] = ()
    address: str = ""

    def open(self, path: Path, line: int, column: int) -> str | None:
        """Open the file, or give the address by which the browser will. Raises OSError where it does not start."""
        if self.address:
            return _filled(self.address, quote(path.as_posix(), safe="/:"), line, column)
        command = [_filled(part, str(path), line, column) for part in self.command]
        silent = subprocess.DEVNULL
        # A session of its own: Ctrl-C in the preview's terminal must not close the editor.
        subprocess.Popen(command, stdin=silent, stdout=silent, stderr=silent, start_new_session=True)
        return None


class NoCommand(Exception):
    """Words that no command can be read from: ``source`` says where they stand."""

    def __init__(self, source: str, text: str) -> None:
        super().__init__(source, text)
        self.source = source
        self.text = text


def find_editor(choice: str | None, environment: Mapping[str, str] = os.environ) -> Editor | None:
    """The editor asked for; else the terminal's $VISUAL or $EDITOR, if graphical; else a known one that is there.

    ``choice`` is a command (``code``, ``subl -n``), one with its own ``{file}`` and ``{line}``, or the pattern of
    an address (``vscode://file/{file}:{line}``). Raises ``NoCommand``.
    """
    if choice is not None and "://" in choice:
        return Editor(address=choice)
    if choice is not None:
        words = _words("--editor", choice)
        return _editor(words) or Editor((*words, "{file}"))
    for name in ("VISUAL", "EDITOR"):
        # Set to nothing is as good as not set.
        text = environment.get(name, "").strip()
        editor = _editor(_words(f"${name}", text)) if text else None
        if editor is not None:
            return editor
    path = environment.get("PATH")
    return next((_editor([name]) for name in _CALLS if shutil.which(name, path=path)), None)


def _words(source: str, text: str) -> list[str]:
    """The words of a command, as a shell reads them. Raises ``NoCommand`` where no program is among them."""
    try:
        words = shlex.split(text)
    except ValueError:
        words = []
    # The file to open is no program, and may be one that could be run.
    if not words or not words[0] or "{file}" in words[0]:
        raise NoCommand(source, text)
    return words


def _editor(words: list[str]) -> Editor | None:
    if any("{file}" in word for word in words):
        return Editor(tuple(words))
    call = _CALLS.get(Path(words[0]).stem)
    return Editor((*words, *call.split())) if call else None


def _filled(pattern: str, file: str, line: int, column: int) -> str:
    return pattern.replace("{line}", str(line)).replace("{column}", str(column)).replace("{file}", file)
