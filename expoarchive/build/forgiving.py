"""What earlier builds kept may be anybody's: where a stage fails at it, all is made anew."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from expoarchive.cache import Store

P = ParamSpec("P")
T = TypeVar("T")


def forgiving(make: Callable[P, T]) -> Callable[P, T]:
    """``make``, which takes a ``store``; done once more without what is kept there, should it fail with that."""

    @wraps(make)
    def made(*arguments: P.args, **options: P.kwargs) -> T:
        store = options.get("store")
        try:
            return make(*arguments, **options)
        except Exception:
            # With nothing kept, the fault is the generator's own.
            if not isinstance(store, Store) or not store.doubt():
                raise
        return make(*arguments, **options)

    return made
