"""What only the page knows: how a citation, a live figure or a link by meaning is shown there."""

from collections.abc import Collection
from typing import Protocol


class Resolver(Protocol):
    """Asked in the order in which a reader meets the references, footnotes last.

    What ``citation``, ``figure`` and ``link`` return is inline HTML that is trusted and kept as it is. They are
    asked only for references that are well formed; that their targets exist was checked with the records.
    """

    def citation(self, source_id: str, locator: str | None) -> str: ...

    def figure(self, target: str, options: Collection[str]) -> str: ...

    def link(self, sort: str, target: str, text: str | None) -> str:
        """``text`` is what the editor typed, not escaped."""
        ...

    def address(self, href: str) -> str:
        """The address to write for one in the text that is neither external nor a fragment."""
        ...

    def string(self, name: str) -> str:
        """Words of the interface: ``table``, ``footnotes``, and ``footnote_back`` with ``{number}``."""
        ...
