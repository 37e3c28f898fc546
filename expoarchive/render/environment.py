"""Jinja, set up so that a mistake in a template is an error at its line rather than a blank."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
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
# A template is code, so whatever it raises is the fault of one of its lines, endless recursion included.
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
    _references: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def render(self, name: str, page: str, context: Mapping[str, object]) -> tuple[str, list[Problem]]:
        """The page from template ``name``. A problem names the template's line, and the page."""
        try:
            html = self.environment.get_template(name).render(context)
            # An escape in a template can be half a character, which cannot be encoded.
            html.encode()
            return html, []
        except TemplateSyntaxError as error:
            # For an unclosed tag, Jinja gives the file instead of the name.
            where = (error.name or name).removeprefix(f"{self.root / TEMPLATES}/")
            return "", [self._problem("template-syntax", where, error.lineno, str(error.message), page)]
        except TemplateNotFound as error:
            return "", [self._missing(error, page)]
        except RAISED as error:
            where, line = self._line_of(error, name)
            return "", [self._problem("template-undefined", where, line, str(error), page)]

    def dependencies(self, name: str) -> frozenset[str]:
        """The template and every template it extends, includes or imports."""
        names: set[str] = set()
        queue = [name]
        while queue:
            current = queue.pop()
            if current not in names:
                names.add(current)
                queue += self._references_in(current)
        return frozenset(names)

    def _references_in(self, name: str) -> tuple[str, ...]:
        """The templates that a template names. Each file is parsed once for this."""
        if name not in self._references:
            loader = self.environment.loader
            assert loader is not None
            try:
                text = loader.get_source(self.environment, name)[0]
                others = meta.find_referenced_templates(self.environment.parse(text))
                self._references[name] = tuple(other for other in others if other)
            except TemplateError:
                self._references[name] = ()
        return self._references[name]

    def _missing(self, error: TemplateNotFound, page: str) -> Problem:
        """A missing template, at the line that names it, or at its own place if a page needs it."""
        missing = str(error.name)
        problem = self._problem("template-missing", *self._line_of(error, missing), "", page)
        names = self.environment.list_templates(extensions=["html"])
        return replace(problem, details={"name": missing, "page": page or "/"}, nearest=nearest(missing, names))

    def _line_of(self, error: BaseException, name: str) -> tuple[str, int]:
        """The innermost template line in the error's traceback, to which Jinja maps its compiled code."""
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
    """Loads the files that ``digest_templates`` covers and no others, so that no change goes unnoticed.

    A template that is not text is a problem at its own place, whoever includes it.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._names = frozenset(_names(root))

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        if template not in self._names:
            raise TemplateNotFound(template)
        data, problems = read_file(self._root, f"{TEMPLATES}/{template}", LARGEST_BYTES)
        if problems:
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
    """Files below the templates' folder that may affect a page's HTML, which styles and scripts do not."""
    for file in list_files(root, TEMPLATES)[0]:
        name = file.removeprefix(f"{TEMPLATES}/")
        if not name.endswith(".css") and not name.startswith("static/"):
            yield name


def digest_templates(root: Path) -> tuple[str, list[Problem]]:
    """One digest of everything besides the records that affects HTML: templates, strings, examples.

    Reports files below the templates' folder that cannot be read, which other readers skip.
    """
    digest = sha256()
    _, problems = list_files(root, TEMPLATES)
    for name in _names(root):
        data, faults = read_file(root, f"{TEMPLATES}/{name}", LARGEST_BYTES)
        problems += faults
        digest.update(f"{name}\n".encode())
        digest.update(sha256(data).digest())
    return digest.hexdigest(), problems


def make_templates(root: Path, digest: str = "", memory: Memory | None = None) -> Templates:
    """The templates of the site at ``root``, compiled once for each ``digest`` that ``memory`` has seen."""
    return (memory or Memory()).recall("templates", (root, digest), partial(_compiler, root))


def _compiler(root: Path) -> Templates:
    environment = Environment(
        loader=_Loader(root),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        # ``make_templates`` compiles again when the digest changes.
        auto_reload=False,
    )
    return Templates(root, environment)
