"""What processes that were run have spent, the database's server with them."""

import os
import resource
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

TICKS = os.sysconf("SC_CLK_TCK")


class Spent(NamedTuple):
    """CPU seconds, and how many of them were the server's."""

    cpu: float
    served: float


@contextmanager
def measured(found: dict, label: str):
    """What the processes run within spend, and what is carried out here."""
    before, server = ours_seconds(), server_seconds()
    yield
    served = server_seconds() - server
    found[label] = Spent(ours_seconds() - before + served, served)


def ours_seconds() -> float:
    """CPU seconds of the processes that were run, and of this thread."""
    spent = map(resource.getrusage, (resource.RUSAGE_CHILDREN, resource.RUSAGE_THREAD))
    return sum(one.ru_utime + one.ru_stime for one in spent)


def server_seconds() -> float:
    """CPU seconds of all processes of PostgreSQL that are there, and were."""
    total = 0.0
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, _, rest = path.read_text().partition(") ")
        except OSError:
            continue
        if name.endswith("(postgres"):
            total += sum(map(int, rest.split()[11:15])) / TICKS
    return total
