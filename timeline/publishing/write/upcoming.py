"""The documents of the next act, built while what the one before wrote is waited for.

At the end of a large act Python waits for SQLite: for what is still written beside, and
for the commit. In a large record that is a third of the act.
"""

from concurrent.futures import Future, ThreadPoolExecutor, wait
from time import monotonic

from django.db import connection

from .building import Made, made_apart

WORTH = 0.15  # seconds of waiting that are worth it: what building 500 documents takes


class Upcoming:
    """To be told the keys of the next act where nothing is left to do in one.

    It builds their documents on a thread with a connection of its own, which sees
    nothing that the act before has written: whoever takes them asks again whether what
    they were built of is still so. On PostgreSQL, whose server works meanwhile, and in
    memory, where whoever writes keeps others from reading, it builds nothing.
    """

    def __init__(self):
        self.is_possible = (
            connection.vendor == "sqlite" and not connection.is_in_memory_db()
        )
        self.thread: ThreadPoolExecutor | None = None
        self.building: Future | None = None
        self.since = 0.0  # when this act began to wait, by `monotonic`
        self.waited = 0.0  # seconds that the last one did

    def __enter__(self) -> "Upcoming":
        return self

    def __exit__(self, *_raised) -> None:
        if self.thread:
            self.thread.submit(_close)
            self.thread.shutdown()

    def begin(self, keys: list[int]) -> None:
        """Build the documents of these events, where the act before waited for long.

        Nothing is left to do in this act but to wait.
        """
        self.since = monotonic()
        if self.is_possible and keys and self.waited >= WORTH:
            self.thread = self.thread or ThreadPoolExecutor(max_workers=1)
            self.building = self.thread.submit(made_apart, keys)

    def over(self) -> None:
        """The act is over: wait until nothing is built any more."""
        self.waited = monotonic() - self.since
        self.wait()

    def wait(self) -> None:
        """Until nothing is built."""
        if self.building:
            wait([self.building])

    def of(self, keys: list[int]) -> Made | None:
        """What was built for an act of these events, if that was done, and could be.

        The act itself says what kept it from being built.
        """
        self.wait()
        if self.building is None or self.building.exception():
            return None
        found = self.building.result()
        if found.keys != keys:
            return None
        self.building = None  # nobody needs it twice
        return found


def _close() -> None:
    """Close the connection of the thread that does this."""
    connection.close()
