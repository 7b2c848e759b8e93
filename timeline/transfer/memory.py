"""When memory is tidied up."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def undisturbed() -> Iterator[None]:
    """Nobody looks for garbage that goes in circles until this ends.

    To look for it again and again, among all that is still in use, was a tenth of the
    time of large loads. Whoever makes much of it calls `gc.collect()` in between.
    """
    was_on = gc.isenabled()
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.unfreeze()
        if was_on:
            gc.enable()
