"""Python's collector of garbage, kept away from what a build holds to its end."""

import contextlib
import gc
from collections.abc import Iterator


@contextlib.contextmanager
def nothing_to_collect() -> Iterator[None]:
    """Reads without collecting, and sets what was read apart from what is made of it later.

    What is read is hundreds of thousands of objects that live as long as the build: looking them over each time that
    there are more of them is a fifth of the time of an edit. Who builds again in one process, and has not swept
    meanwhile, waits for it here.
    """
    if gc.get_freeze_count():
        sweep()
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()


def sweep() -> None:
    """Collect what the last build left: for a process that builds again, while nobody waits for it."""
    gc.unfreeze()
    gc.collect()
