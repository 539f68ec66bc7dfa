"""The log: a line of JSON for each request. A reader that does not read holds up no answer; lines are then lost."""

import json
import os
import threading
from collections import deque
from functools import lru_cache
from select import PIPE_BUF
from typing import NamedTuple

__all__ = ["Line", "Lines"]

_KEPT = 20_000
"""Lines that wait to be written, at most."""

_PAUSE = 0.2
"""Seconds between two writes."""

_METHOD = 100
"""Characters of a method that are written down; a client may call it anything."""


class Line(NamedTuple):
    """What is said of a request: when it was answered, and what came of it; never what was asked."""

    time: float
    """In seconds since 1970."""
    id: str
    method: str
    route: str
    status: int
    outcome: str
    kept: bool
    """Whether the answer was kept from before."""
    seconds: float
    bytes: int

    def text(self) -> str:
        """Give it as JSON. It is put together here, since there may be tens of thousands a second."""
        kept = '"kept": true, ' if self.kept else ""
        return (
            f'{{"time": {self.time:.3f}, "id": "{self.id}", "method": {_quoted(self.method)}, "route": "{self.route}", '
            f'"status": {self.status}, "outcome": "{self.outcome}", {kept}'
            f'"milliseconds": {self.seconds * 1000:.2f}, "bytes": {self.bytes}}}'
        )


@lru_cache
def _quoted(method: str) -> str:
    """Give a method as JSON; what the other fields may be needs no escapes."""
    return json.dumps(method[:_METHOD])


class Lines:
    """Writes lines to an open file, in a thread of its own."""

    def __init__(self, descriptor: int) -> None:
        """Begin to write to a file that others may write to."""
        self._descriptor = descriptor
        self._waiting: deque[str] = deque(maxlen=_KEPT)
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._write, daemon=True)
        self._thread.start()

    def add(self, line: Line) -> None:
        """Have a line written soon. It is put into words here: a thread with thousands to do would be in the way."""
        self._waiting.append(line.text())

    def close(self) -> None:
        """Write what waits, if that takes no longer than a second."""
        self._ended.set()
        self._thread.join(1.0)

    def _write(self) -> None:
        while not self._ended.wait(_PAUSE):
            self._write_waiting()
        self._write_waiting()

    def _write_waiting(self) -> None:
        while self._waiting:
            left = self._some()
            while left:
                try:
                    left = left[os.write(self._descriptor, left) :]
                except OSError:  # nobody reads any more; the answers go on
                    return

    def _some(self) -> bytes:
        """Take as many lines as a pipe takes whole, so that those of several processes do not mix."""
        some = b""
        while self._waiting and (not some or len(some) + len(self._waiting[0]) < PIPE_BUF):
            some += self._waiting.popleft().encode() + b"\n"
        return some
