"""The log: a line of JSON for each request. A reader that does not read holds up no answer; lines are then lost."""

import json
import os
import threading
from collections import deque
from typing import NamedTuple

__all__ = ["Line", "Lines"]

_KEPT = 20_000
"""Lines that wait to be written, at most."""

_PAUSE = 0.2
"""Seconds between two writes."""


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
        """Give it as JSON."""
        kept = {"kept": True} if self.kept else {}
        said = {
            "time": round(self.time, 3),
            "id": self.id,
            "method": self.method,
            "route": self.route,
            "status": self.status,
            "outcome": self.outcome,
            **kept,
            "milliseconds": round(self.seconds * 1000, 2),
            "bytes": self.bytes,
        }
        return json.dumps(said)


class Lines:
    """Writes lines to an open file, in a thread of its own."""

    def __init__(self, descriptor: int) -> None:
        """Begin to write to a file that others may write to."""
        self._descriptor = descriptor
        self._waiting: deque[Line] = deque(maxlen=_KEPT)
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._write, daemon=True)
        self._thread.start()

    def add(self, line: Line) -> None:
        """Have a line written soon."""
        self._waiting.append(line)

    def close(self) -> None:
        """Write what waits, if that takes no longer than a second."""
        self._ended.set()
        self._thread.join(1.0)

    def _write(self) -> None:
        while not self._ended.wait(_PAUSE):
            self._write_waiting()
        self._write_waiting()

    def _write_waiting(self) -> None:
        lines = []
        while self._waiting:
            lines.append(self._waiting.popleft().text())
        left = "".join(f"{line}\n" for line in lines).encode()
        while left:
            try:
                left = left[os.write(self._descriptor, left) :]
            except OSError:  # nobody reads any more; the answers go on
                return
