"""What a running process remembers of the last time: any objects, as long as what they were made of is the same."""

from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")


class Memory:
    """The last value made under each name, with what it was made of. Values are shared: nobody changes them."""

    def __init__(self) -> None:
        self._last: dict[object, tuple[object, Any]] = {}

    def recall(self, name: object, made_of: object, make: Callable[[], T]) -> T:
        """The last value of ``name`` if it was made of an equal ``made_of``, else what ``make`` gives."""
        last = self._last.get(name)
        if last is not None and (last[0] is made_of or last[0] == made_of):
            return last[1]  # type: ignore[no-any-return]
        value = make()
        self._last[name] = (made_of, value)
        return value

    def recall_of(self, name: object, thing: object, make: Callable[[], T]) -> T:
        """The same for a value made of one object, which is compared by identity alone."""
        last = self._last.get(name)
        if last is not None and last[0] is thing:
            return last[1]  # type: ignore[no-any-return]
        value = make()
        self._last[name] = (thing, value)
        return value
