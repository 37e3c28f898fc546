"""What a running process remembers from its last build: any objects, as long as what they were made of is the same."""

from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")


class Memory:
    """The last value made under each name, with what it was made of. Values are shared, so nobody may change them."""

    def __init__(self) -> None:
        self._last: dict[object, tuple[object, Any]] = {}

    def recall(self, name: object, made_of: object, make: Callable[[], T], *, by_identity: bool = False) -> T:
        """The last value of ``name`` if it was made of an equal ``made_of``, else what ``make`` gives.

        With ``by_identity`` only the very same object will do, which spares a costly comparison.
        """
        last = self._last.get(name)
        if last is not None and (last[0] is made_of or (not by_identity and last[0] == made_of)):
            return last[1]  # type: ignore[no-any-return]
        value = make()
        self._last[name] = (made_of, value)
        return value
