"""How many requests one client may have at work at a time, so that nobody alone keeps the others waiting."""

from collections import Counter

from werkzeug.exceptions import TooManyRequests

__all__ = ["Clients"]


class Clients:
    """Counts what each client, by its address, has at work in this process. Used by one thread."""

    def __init__(self, most: int) -> None:
        """Let each have at most so many requests at work."""
        self._most = most
        self._at_work: Counter[str] = Counter()

    def come_in(self, client: str) -> None:
        """Count one more; raise TooManyRequests where there are as many as there may be."""
        if self._at_work[client] >= self._most:
            raise TooManyRequests(f"you have {self._most:,} requests at work already", retry_after=1)
        self._at_work[client] += 1

    def go_out(self, client: str) -> None:
        """Count one less."""
        self._at_work[client] -= 1
        if not self._at_work[client]:
            del self._at_work[client]
