"""What was made once and is kept in this process, up to so many bytes."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Value = TypeVar("Value")
OVERHEAD = 500  # bytes, about, that keeping one thing costs beside itself


class Kept(Generic[Value]):
    """The things used last, by keys that say all that they depend on."""

    def __init__(self, *, most: int, size: Callable[[Value], int]):
        self.most, self.size = most, size
        self.used = 0
        self._found: OrderedDict[Hashable, Value] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> Value | None:
        """What is kept under a key, or None."""
        with self._lock:
            found = self._found.get(key)
            if found is not None:
                self._found.move_to_end(key)
            return found

    def put(self, key: Hashable, value: Value) -> None:
        """Keep something; what was used longest ago makes room for it."""
        with self._lock:
            self._drop(key)
            self._found[key] = value
            self.used += self._weight(value)
            while self.used > self.most:
                self._drop(next(iter(self._found)))

    def clear(self) -> None:
        with self._lock:
            self._found.clear()
            self.used = 0

    def __len__(self) -> int:
        return len(self._found)

    def _drop(self, key: Hashable) -> None:
        value = self._found.pop(key, None)
        if value is not None:
            self.used -= self._weight(value)

    def _weight(self, value: Value) -> int:
        return self.size(value) + OVERHEAD
