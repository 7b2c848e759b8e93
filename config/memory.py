"""How the C library keeps memory between answers."""

import ctypes

# From malloc.h of the GNU C library.
M_TRIM_THRESHOLD, M_MMAP_THRESHOLD = -1, -3
LARGEST_ANSWER = 4 * 2**20  # bytes; larger ones are asked for and given back one by one
KEPT = 64 * 2**20


def keep_memory() -> bool:
    """Keep the memory of an answer for the next one; False where it can't be told to.

    A page is some hundred kilobytes, which the GNU C library would give back to the
    system after each answer and ask for again: more than a hundred page faults a page.
    """
    try:
        tell = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):  # another C library, another system
        return False
    tell.argtypes, tell.restype = (ctypes.c_int, ctypes.c_int), ctypes.c_int
    return bool(tell(M_MMAP_THRESHOLD, LARGEST_ANSWER) and tell(M_TRIM_THRESHOLD, KEPT))
