"""The files that decide how a site looks: its own below ``templates/``, and the theme's for all that it lacks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from expoarchive.cache.sources import TEMPLATES, THEME, is_theme, theme_folder
from expoarchive.nodes import SourceText, list_files, read_file, text_of
from expoarchive.nodes.text import LARGEST_BYTES
from expoarchive.problem import Place, Problem

# Tells people about a folder, and is no part of the site.
_ABOUT = ("README.", "LICENSE")


@dataclass(frozen=True, slots=True)
class Layer:
    """One folder of the theme's files, and how messages name it."""

    folder: Path
    shown: str

    def files(self) -> tuple[list[str], list[Problem]]:
        """Its files by their path below it, in order."""
        files, problems = list_files(self.folder.parent, self.folder.name)
        names = (file.removeprefix(f"{self.folder.name}/") for file in files)
        return [name for name in names if not name.startswith(_ABOUT)], [self._named(one) for one in problems]

    def read(self, name: str, limit: int = LARGEST_BYTES) -> tuple[bytes, list[Problem]]:
        """The bytes of a file; empty where there are problems, ``conflict-marker`` among them."""
        data, problems = read_file(self.folder.parent, f"{self.folder.name}/{name}", limit)
        # Read as text only where it may hold such a mark: most of these files are read for their bytes.
        if b"<<<<<<<" in data or b">>>>>>>" in data:
            faults = text_of(f"{self.shown}/{name}", data)[1]
            if marks := [fault for fault in faults if fault.kind == "conflict-marker"]:
                return b"", marks
        return data, [self._named(one) for one in problems]

    def text(self, name: str) -> tuple[SourceText | None, list[Problem]]:
        """The text of a file; None where there are problems."""
        data, problems = self.read(name)
        return (None, problems) if problems else text_of(f"{self.shown}/{name}", data)

    def carried(self) -> "Layer":
        """The same layer where its folder is not."""
        read = {name: self.read(name) for name in self.files()[0]}
        return _Carried(self.folder, self.shown, {name: data for name, (data, faults) in read.items() if not faults})

    def _named(self, problem: Problem) -> Problem:
        file = self.shown + problem.place.file.removeprefix(self.folder.name)
        return replace(problem, place=replace(problem.place, file=file))


@dataclass(frozen=True, slots=True)
class _Carried(Layer):
    """A layer that has its files with it."""

    held: Mapping[str, bytes]

    def read(self, name: str, limit: int = LARGEST_BYTES) -> tuple[bytes, list[Problem]]:
        data = self.held.get(name)
        return (b"", [Problem("unreadable-file", Place(f"{self.shown}/{name}"))]) if data is None else (data, [])


@dataclass(frozen=True)
class Theme:
    """The layers, the site's own first; a file of one hides those of the same name in the ones after it.

    Names are paths below the layers' folders: ``partials/card/template.html``. ``problems`` are those of files that
    nobody can list, which all readers skip.
    """

    layers: tuple[Layer, ...]
    listed: tuple[frozenset[str], ...]
    problems: tuple[Problem, ...] = ()

    @cached_property
    def _layer_of(self) -> Mapping[str, Layer]:
        """By name, as one folder with all of the files would list them: those of a folder before its folders."""
        found: dict[str, Layer] = {}
        for layer, names in zip(self.layers, self.listed, strict=True):
            for name in names:
                found.setdefault(name, layer)
        return {name: found[name] for name in sorted(found, key=_rank)}

    def names(self, folder: str = "") -> Iterator[str]:
        """Every file, or every file below a folder, in order."""
        return (name for name in self._layer_of if not folder or name.startswith(f"{folder}/"))

    def __contains__(self, name: str) -> bool:
        return name in self._layer_of

    def each(self, name: str) -> Iterator[Layer]:
        """The layers that have a file, the site's own first."""
        return (layer for layer, names in zip(self.layers, self.listed, strict=True) if name in names)

    def read(self, name: str, limit: int = LARGEST_BYTES) -> tuple[bytes, list[Problem]]:
        """The bytes of a file; empty where there are problems."""
        return self._of(name).read(name, limit)

    def text(self, name: str) -> tuple[SourceText | None, list[Problem]]:
        """The text of a file; None where there are problems."""
        return self._of(name).text(name)

    def carried(self) -> "Theme":
        """The same theme in a process that has not its folders."""
        return Theme(tuple(layer.carried() for layer in self.layers), self.listed)

    def shown(self, name: str) -> str:
        """How messages name a file."""
        return f"{self._of(name).shown}/{name}"

    def path(self, name: str) -> Path:
        """Where a file is."""
        return self._of(name).folder / name

    def name_of(self, path: str) -> str | None:
        """The name of the file at a path; None where it is none of the theme's."""
        tops = (layer.folder for layer in self.layers if Path(path).is_relative_to(layer.folder))
        return next((Path(path).relative_to(top).as_posix() for top in tops), None)

    def is_own(self, name: str) -> bool:
        """Whether a file is the site's own, also where no theme has one of its name."""
        return self._of(name) is self.layers[0]

    def added(self) -> list[str]:
        """The site's own files that take the place of none."""
        return [name for name in self.names() if self.is_own(name) and len([*self.each(name)]) < len(self.layers)]

    def own_texts(self) -> Iterator[str]:
        """The texts of the site's own templates, styles and scripts."""
        for name in self.names():
            if self.is_own(name) and name.endswith((".html", ".css", ".js")):
                yield self.read(name)[0].decode("utf-8", "replace")

    def original(self, name: str) -> str | None:
        """How messages name the file whose place the site's own takes; None where there is none, or it is the same."""
        own, *others = self.each(name)
        differing = (other for other in others if other.read(name) != own.read(name))
        return next((f"{other.shown}/{name}" for other in differing), None)

    def _of(self, name: str) -> Layer:
        return self._layer_of.get(name, self.layers[0])


def _rank(name: str) -> list[tuple[bool, str]]:
    *folders, file = name.split("/")
    return [*((True, folder) for folder in folders), (False, file)]


def theme_of(root: Path) -> Theme:
    """The files of the site at ``root`` as they are now."""
    layers = [Layer(root / TEMPLATES, TEMPLATES)]
    if not is_theme(root / TEMPLATES):
        layers.append(Layer(theme_folder(), THEME))
    listed = [layer.files() for layer in layers]
    problems = tuple(problem for _, faults in listed for problem in faults)
    return Theme(tuple(layers), tuple(frozenset(names) for names, _ in listed), problems)
