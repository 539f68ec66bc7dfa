"""The log: a line of JSON for each request. A reader that does not read holds up no answer; lines are then lost."""

import json
import os
import threading
from collections import deque

__all__ = ["Lines"]

_KEPT = 20_000
"""Lines that wait to be written, at most."""

_PAUSE = 0.2
"""Seconds between two writes."""


class Lines:
    """Writes lines to an open file, in a thread of its own."""

    def __init__(self, descriptor: int) -> None:
        """Begin to write to a file that others may write to."""
        self._descriptor = descriptor
        self._waiting: deque[dict[str, object]] = deque(maxlen=_KEPT)
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._write, daemon=True)
        self._thread.start()

    def add(self, **said: object) -> None:
        """Have a line written soon; what is None is left out."""
        self._waiting.append(said)

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
            said = self._waiting.popleft()
            lines.append(json.dumps({name: value for name, value in said.items() if value is not None}))
        left = "".join(f"{line}\n" for line in lines).encode()
        while left:
            try:
                left = left[os.write(self._descriptor, left) :]
            except OSError:  # nobody reads any more; the answers go on
                return
