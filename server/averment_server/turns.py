"""Taking turns at what takes memory and time in this process: few at a time, and few that wait.

Whoever would have to wait behind those is told to come back, so that threads are left for everybody else.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from averment.errors import BusyError

__all__ = ["Turns"]

_PATIENCE = 5.0
"""Seconds that one waits for its turn."""


class Turns:
    """Lets so many do something at a time, and so many more wait for that."""

    def __init__(self, at_once: int, waiting: int) -> None:
        """Let `at_once` do it, and `waiting` more wait."""
        self._places = threading.BoundedSemaphore(at_once)
        self._all = threading.BoundedSemaphore(at_once + waiting)

    @contextmanager
    def turn(self, what: str) -> Iterator[None]:
        """Wait for a turn, and keep it for as long as the block lasts; raise BusyError where that takes too long.

        `what` says what others are at.
        """
        busy = BusyError(f"{what} at work that there may be at a time; try again")
        if not self._all.acquire(blocking=False):
            raise busy
        try:
            if not self._places.acquire(timeout=_PATIENCE):
                raise busy
            try:
                yield
            finally:
                self._places.release()
        finally:
            self._all.release()
