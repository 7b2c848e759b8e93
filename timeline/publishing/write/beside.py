"""Work on a connection that goes on beside what is made here, on a thread of its own.

What writes many rows waits for the database, or for SQLite in this very process; both
leave Python to others meanwhile. In bulk that hides half of what writing takes.
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor


class Beside:
    """Tasks that are carried out one after another, beside what goes on here.

    They may use a connection as long as nobody here does: whoever wants to waits until
    all are `done`. After one that failed no other begins.
    """

    def __init__(self):
        self.thread: ThreadPoolExecutor | None = None
        self.tasks: list[Future] = []
        self.is_over = False

    def __bool__(self) -> bool:
        """Whether anything was ever given to it."""
        return self.thread is not None

    def do(self, task: Callable[[], None]) -> None:
        """Have something carried out after all that was given before."""
        if self.thread is None:
            self.thread = ThreadPoolExecutor(max_workers=1)
        self.tasks.append(self.thread.submit(self._carry_out, task))

    def _carry_out(self, task: Callable[[], None]) -> None:
        if self.is_over:
            return
        try:
            task()
        except BaseException:
            self.is_over = True
            raise

    def done(self) -> None:
        """Wait until all is carried out; what the first to fail raised is raised."""
        tasks, self.tasks = self.tasks, []
        for task in tasks:
            task.result()

    def end(self) -> None:
        """Nothing more is begun; what has begun is waited for."""
        self.is_over = True
        if self.thread:
            self.thread.shutdown()
