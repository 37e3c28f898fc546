"""What only the page knows: how it shows a citation, a live figure or a link by meaning."""

from collections.abc import Collection, Sequence
from typing import Protocol


class Resolver(Protocol):
    """Is asked in reading order, footnotes last.

    ``citation``, ``figure``, ``link`` and ``absence`` return inline HTML, which is trusted. They are asked about
    well-formed references only, whose targets the records stage has found to exist.
    """

    def citation(self, source_id: str, locator: str | None) -> str: ...

    def figure(self, target: str, options: Collection[str]) -> str: ...

    def link(self, sort: str, target: str, text: str | None) -> str:
        """``text`` is as the editor typed it, unescaped."""
        ...

    def pictures(self, picture_ids: Sequence[str]) -> str:
        """The pictures of a paragraph that has nothing else, as HTML of blocks, which is trusted."""
        ...

    def absence(self, target: str) -> str:
        """``target`` is an entry's id or an address; inline HTML, or nothing."""
        ...

    def address(self, href: str) -> str:
        """The page's form of an address that is neither external nor a fragment."""
        ...

    def string(self, name: str) -> str:
        """Words of the interface: ``table``, ``footnotes``, and ``footnote_back`` with ``{number}``."""
        ...
