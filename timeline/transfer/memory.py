"""How Python goes about large loads: when memory is tidied up, and whose turn it is."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager

OFTEN = 0.0003  # seconds


@contextmanager
def by_turns() -> Iterator[None]:
    """Threads hand over to one another more often until this ends.

    What is written beside has Python only to begin the next lot, dozens of times in an
    act; of the 5 ms that it commonly waits for it each time PostgreSQL stood still for
    an eighth of the time.
    """
    before = sys.getswitchinterval()
    sys.setswitchinterval(OFTEN)
    try:
        yield
    finally:
        sys.setswitchinterval(before)


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
