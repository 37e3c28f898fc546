"""Jinja, set up so that a mistake in a template is an error at its line rather than a blank."""

import contextlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from hashlib import sha256
from keyword import iskeyword
from traceback import extract_tb
from typing import Any

from jinja2 import BaseLoader, Environment, StrictUndefined, Template, TemplateError, TemplateSyntaxError, meta, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.exceptions import TemplateNotFound, TemplateRuntimeError, UndefinedError
from jinja2.runtime import Context
from jinja2.utils import missing
from markupsafe import Markup, escape

from expoarchive.cache.memory import Memory
from expoarchive.problem import Place, Problem, nearest
from expoarchive.render.theme import Theme

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


class _Lacks(UndefinedError):
    """A value that a template was given has nothing of this name."""

    nearest: str | None = None


def _lacking(given: object, name: str, _: str) -> _Lacks:
    error = _Lacks(f"{type(given).__name__} has no {name}")
    names = given if isinstance(given, Mapping) else (known for known in dir(given) if not known.startswith("_"))
    error.nearest = nearest(name, names)
    return error


class _Undefined(StrictUndefined):
    """What a template asks for and is not given. The error says of what, and has the nearest name."""

    def __init__(
        self,
        hint: str | None = None,
        obj: object = missing,
        name: str | None = None,
        exc: type[TemplateRuntimeError] = UndefinedError,
    ) -> None:
        super().__init__(hint, obj, name, exc)
        if hint is None and obj is not missing and isinstance(name, str):
            # Jinja calls it with its own message, which has the path of the class's module.
            self._undefined_exception = partial(_lacking, obj, name)  # type: ignore[assignment]


@dataclass(frozen=True)
class Templates:
    """The site's templates, compiled once."""

    theme: Theme
    environment: "_Environment"

    def render(self, name: str, page: str, context: Mapping[str, object]) -> tuple[str, list[Problem]]:
        """The page from template ``name``. A problem names the template's line, and the page.

        Where the site's own templates take the place of the theme's, and the page is made with such, the problem is
        ``override-unfit``, which names both.
        """
        try:
            html = self.environment.get_template(name).render(context)
            # An escape in a template can be half a character, which cannot be encoded.
            html.encode()
            return html, []
        except TemplateSyntaxError as error:
            # For an unclosed tag, Jinja gives the file instead of the name.
            where = self.theme.name_of(error.name or "") or error.name or name
            problem = self._problem("template-syntax", where, error.lineno, str(error.message), page)
        except TemplateNotFound as error:
            where, problem = self._missing(error, page)
        except RAISED as error:
            where, line = self._line_of(error, name)
            problem = self._problem("template-undefined", where, line, str(error), page)
            if isinstance(error, _Lacks):
                problem = replace(problem, nearest=error.nearest)
        return "", [self._of_override(problem, where, name)]

    def compile(self) -> None:
        """Compile them all, so that processes forked from this one need not. A fault comes up again in ``render``."""
        for name in self.environment.list_templates(extensions=["html"]):
            with contextlib.suppress(*RAISED):
                self.environment.get_template(name)

    def dependencies(self, name: str) -> frozenset[str]:
        """The template and every template it extends, includes or imports."""
        known = self.environment.dependencies
        if name not in known:
            names: set[str] = set()
            queue = [name]
            while queue:
                current = queue.pop()
                if current not in names:
                    names.add(current)
                    queue += self._references_in(current)
            known[name] = frozenset(names)
        return known[name]

    def _references_in(self, name: str) -> tuple[str, ...]:
        """The templates that a template names. One that was compiled has been parsed already."""
        references = self.environment.references
        if name not in references:
            loader = self.environment.loader
            assert loader is not None
            try:
                text = loader.get_source(self.environment, name)[0]
                references[name] = _references_of(self.environment.parse(text))
            except TemplateError:
                references[name] = ()
        return references[name]

    def _missing(self, error: TemplateNotFound, page: str) -> tuple[str, Problem]:
        """The line that names a missing template, or the missing one's own place if a page needs it."""
        missing = str(error.name)
        where, line = self._line_of(error, missing)
        problem = self._problem("template-missing", where, line, f"no template “{missing}”", page)
        names = self.environment.list_templates(extensions=["html"])
        details = {**problem.details, "name": missing}
        return where, replace(problem, details=details, nearest=nearest(missing, names))

    def _line_of(self, error: BaseException, name: str) -> tuple[str, int]:
        """The innermost template line in the error's traceback, to which Jinja maps its compiled code.

        The innermost of the site's own, if there is one: the theme's templates are right as they are.
        """
        found = [
            (where, frame.lineno or 1)
            for frame in reversed(extract_tb(error.__traceback__))
            if (where := self.theme.name_of(frame.filename))
        ]
        own = [one for one in found if self.theme.is_own(one[0])]
        return next(iter([*own, *found]), (name, 1))

    def _problem(self, kind: str, name: str, line: int, reason: str, page: str) -> Problem:
        lines = self.theme.read(name)[0].decode("utf-8", "replace").split("\n")
        excerpt = lines[line - 1] if 0 < line <= len(lines) else ""
        return Problem(kind, Place(self.theme.shown(name), line, 1, excerpt), {"reason": reason, "page": page or "/"})

    def _of_override(self, problem: Problem, where: str, name: str) -> Problem:
        """The problem, as that of the site's own templates in the place of others, if it can be theirs.

        Theirs is what stands in one; what the page's other templates raise may be what one no longer gives them.
        """
        used = (where,) if self.theme.is_own(where) else sorted(self.dependencies(name))
        originals = {self.theme.shown(one): original for one in used if (original := self.theme.original(one))}
        if not originals:
            return problem
        details = {**problem.details, "own": ", ".join(originals), "original": ", ".join(originals.values())}
        return Problem("override-unfit", problem.place, details, problem.nearest)


def _written(value: object) -> str:
    """What stands in HTML for a value that a template writes: ``escape``, which takes much longer for a text."""
    if value.__class__ is str:
        return _escaped(value)
    return value if value.__class__ is Markup else str(escape(value))


# Most texts of a page stand on many.
@lru_cache(maxsize=5_000)
def _escaped(text: str) -> str:
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("'", "&#39;").replace('"', "&#34;")


class _Generator(CodeGenerator):
    """Writes the code of templates for what is true of ours alone.

    All text is escaped, and nothing that templates call wants Jinja's context. What is written need not be marked as
    escaped before it is joined.
    """

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        self.write("environment.written(")

    def visit_CondExpr(self, node: nodes.CondExpr, frame: Frame) -> None:  # noqa: N802 (Jinja's name)
        # Instead of an object that says that there is no “else” to whoever uses it.
        node.expr2 = node.expr2 or nodes.Const("")
        super().visit_CondExpr(node, frame)

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        named = {word.key for word in node.kwargs}
        if forward_caller or node.dyn_args or node.dyn_kwargs or any(map(iskeyword, named)):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for argument in node.args:
            self.visit(argument, frame)
            self.write(", ")
        for word in node.kwargs:
            self.write(f"{word.key}=")
            self.visit(word.value, frame)
            self.write(", ")
        self.write(")")


class _Template(Template):
    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        """What others import of it. It is the same for all, as no template is given more names than the others."""
        return super()._get_default_module()


class _Environment(Environment):
    """Keeps what the templates that it compiles name, since to parse is half of the work of a template."""

    code_generator_class = _Generator
    template_class = _Template
    written = staticmethod(_written)

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.references: dict[str, tuple[str, ...]] = {}
        # What ``Templates.dependencies`` found.
        self.dependencies: dict[str, frozenset[str]] = {}
        self._loaded: dict[str, Template] = {}

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        if name is not None:
            self.references[name] = _references_of(tree)
        return tree

    def get_template(self, name: str | Template, *more: Any, **named: Any) -> Template:
        """A template, which imports ask for each time that they are run."""
        loaded = self._loaded.get(name) if isinstance(name, str) else None
        if loaded is None:
            loaded = super().get_template(name, *more, **named)
            self._loaded[str(loaded.name)] = loaded
        return loaded


def _references_of(tree: nodes.Template) -> tuple[str, ...]:
    """The templates that one names; what is only known when it runs is left out."""
    return tuple(filter(None, meta.find_referenced_templates(tree)))


class _Loader(BaseLoader):
    """Loads the files that ``digest_templates`` covers and no others, so that no change goes unnoticed.

    A template that is not text is a problem at its own place, whoever includes it.
    """

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._names = frozenset(filter(_affects_html, theme.names()))

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        if template not in self._names:
            raise TemplateNotFound(template)
        data, problems = self._theme.read(template)
        if problems:
            raise TemplateNotFound(template)
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            line = data[: error.start].count(b"\n") + 1
            raise TemplateSyntaxError(f"not UTF-8: {error.reason}", line, template) from None
        return text, str(self._theme.path(template)), lambda: True

    def list_templates(self) -> list[str]:
        return sorted(self._names)


def _affects_html(name: str) -> bool:
    """Whether a file may affect a page's HTML, which styles and scripts do not."""
    return not name.endswith(".css") and not name.startswith("static/")


def digest_templates(theme: Theme) -> tuple[str, list[Problem]]:
    """One digest of everything besides the records that affects HTML: templates, strings, examples.

    It is the same wherever the theme lies. Reports files that cannot be read, which other readers skip.
    """
    digest = sha256()
    problems = [*theme.problems]
    for name in filter(_affects_html, theme.names()):
        # All of them: of strings, each layer has some.
        for layer in theme.each(name):
            data, faults = layer.read(name)
            problems += faults
            digest.update(f"{name}\n".encode())
            digest.update(sha256(data).digest())
    return digest.hexdigest(), problems


def make_templates(theme: Theme, digest: str = "", memory: Memory | None = None) -> Templates:
    """The site's templates, compiled once for each ``digest`` that ``memory`` has seen."""
    folders = tuple(layer.folder for layer in theme.layers)
    return (memory or Memory()).recall("templates", (folders, digest), partial(_compiler, theme))


def _compiler(theme: Theme) -> Templates:
    environment = _Environment(
        loader=_Loader(theme),
        autoescape=True,
        undefined=_Undefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        # ``make_templates`` compiles again when the digest changes.
        auto_reload=False,
    )
    return Templates(theme, environment)
