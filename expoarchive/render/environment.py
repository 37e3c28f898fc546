"""Jinja, set so that a mistake in a template is an error with its line, never a silent blank."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from pathlib import Path
from traceback import extract_tb

from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateError, TemplateSyntaxError, meta
from jinja2.exceptions import TemplateNotFound

from expoarchive.cache import Memory
from expoarchive.nodes import list_files, read_file
from expoarchive.nodes.text import LARGEST_BYTES
from expoarchive.problem import Place, Problem, nearest

TEMPLATES = "templates"
# A template is code: whatever it raises is a fault at one of its lines. It may call itself without an end too.
RAISED = (
    TemplateError,
    ArithmeticError,
    AttributeError,
    LookupError,
    MemoryError,
    RuntimeError,
    TypeError,
    ValueError,
)


@dataclass(frozen=True)
class Templates:
    """The site's templates, compiled once."""

    root: Path
    environment: Environment
    _named: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def render(self, name: str, page: str, context: Mapping[str, object]) -> tuple[str, list[Problem]]:
        """The page from template ``name``. A fault names the template's line and the page it came up on."""
        try:
            html = self.environment.get_template(name).render(context)
            # An escape in a template can be half a character, which no file can hold.
            html.encode()
            return html, []
        except TemplateSyntaxError as error:
            # Of a sign that does not end, Jinja gives the file for the name.
            where = (error.name or name).removeprefix(f"{self.root / TEMPLATES}/")
            return "", [self._problem("template-syntax", where, error.lineno, str(error.message), page)]
        except TemplateNotFound as error:
            return "", [self._missing(error, page)]
        except RAISED as error:
            where, line = self._line_of(error, name)
            return "", [self._problem("template-undefined", where, line, str(error), page)]

    def dependencies(self, name: str) -> frozenset[str]:
        """The template and every template it extends, includes or imports."""
        found: set[str] = set()
        waiting = [name]
        while waiting:
            current = waiting.pop()
            if current not in found:
                found.add(current)
                waiting += self._named_in(current)
        return frozenset(found)

    def _named_in(self, name: str) -> tuple[str, ...]:
        """The templates that one names itself. Each file is parsed for it once."""
        if name not in self._named:
            loader = self.environment.loader
            assert loader is not None
            try:
                text = loader.get_source(self.environment, name)[0]
                found = meta.find_referenced_templates(self.environment.parse(text))
                self._named[name] = tuple(other for other in found if other)
            except TemplateError:
                self._named[name] = ()
        return self._named[name]

    def _missing(self, error: TemplateNotFound, page: str) -> Problem:
        """A template that is not there, at the line that asks for it; at its own place where a page does."""
        missing = str(error.name)
        where, line = self._line_of(error, missing)
        asked = self._problem("template-missing", where, line, "", page)
        there = self.environment.list_templates(extensions=["html"])
        return Problem(asked.kind, asked.place, {"name": missing, "page": page or "/"}, nearest(missing, there))

    def _line_of(self, error: BaseException, name: str) -> tuple[str, int]:
        """The innermost template line of the error's traceback: Jinja maps compiled code back to it."""
        folder = str(self.root / TEMPLATES)
        for frame in reversed(extract_tb(error.__traceback__)):
            if frame.filename.startswith(folder):
                return Path(frame.filename).relative_to(folder).as_posix(), frame.lineno or 1
        return name, 1

    def _problem(self, kind: str, name: str, line: int, reason: str, page: str) -> Problem:
        file = f"{TEMPLATES}/{name}"
        lines = read_file(self.root, file, LARGEST_BYTES)[0].decode("utf-8", "replace").split("\n")
        excerpt = lines[line - 1] if 0 < line <= len(lines) else ""
        return Problem(kind, Place(file, line, 1, excerpt), {"reason": reason, "page": page or "/"})


class _Loader(BaseLoader):
    """The files that ``digest_templates`` is made of, and no other: what is not watched is not read.

    Tells of a template that is no text at its own place, whoever includes it.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._names = frozenset(_names(root))

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        data, problems = (
            read_file(self._root, f"{TEMPLATES}/{template}", LARGEST_BYTES) if template in self._names else (b"", [])
        )
        if template not in self._names or problems:
            raise TemplateNotFound(template)
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            line = data[: error.start].count(b"\n") + 1
            raise TemplateSyntaxError(f"not UTF-8: {error.reason}", line, template) from None
        return text, str(self._root / TEMPLATES / template), lambda: True

    def list_templates(self) -> list[str]:
        return sorted(self._names)


def _names(root: Path) -> Iterator[str]:
    """Files below the templates' folder that a page's HTML can be made of.

    Styles and scripts are files of their own, which pages name and do not hold.
    """
    for file in list_files(root, TEMPLATES)[0]:
        name = file.removeprefix(f"{TEMPLATES}/")
        if not name.endswith(".css") and not name.startswith("static/"):
            yield name


def digest_templates(root: Path) -> tuple[str, list[Problem]]:
    """One digest of all that decides a page's HTML beside its records: templates, strings, examples.

    Reports what below the templates' folder cannot be read, which each of its readers passes by.
    """
    made = sha256()
    _, problems = list_files(root, TEMPLATES)
    for name in _names(root):
        data, found = read_file(root, f"{TEMPLATES}/{name}", LARGEST_BYTES)
        problems += found
        made.update(f"{name}\n".encode())
        made.update(sha256(data).digest())
    return made.hexdigest(), problems


def make_templates(root: Path, digest: str = "", memory: Memory | None = None) -> Templates:
    """The templates of the site at ``root``; those compiled before, where ``memory`` has them of the same digest."""
    return (memory or Memory()).recall("templates", (root, digest), partial(_made, root))


def _made(root: Path) -> Templates:
    environment = Environment(
        loader=_Loader(root),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        # Whoever asks for them anew has looked at the files: ``make_templates`` knows them by their digest.
        auto_reload=False,
    )
    return Templates(root, environment)
