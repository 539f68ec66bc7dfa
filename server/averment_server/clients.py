"""How many requests one client may have at work at a time, so that nobody alone keeps the others waiting."""

import threading
from collections import Counter

from flask import Flask, g, request
from werkzeug.exceptions import TooManyRequests

__all__ = ["EXTENSION", "Clients", "limit_each"]

EXTENSION = "averment.clients"


class Clients:
    """Counts what each client, by its address, has at work in this process."""

    def __init__(self, most: int) -> None:
        """Let each have at most so many requests at work."""
        self._most = most
        self._at_work: Counter[str] = Counter()
        self._lock = threading.Lock()

    def come_in(self, client: str) -> None:
        """Count one more; raise TooManyRequests where there are as many as there may be."""
        with self._lock:
            if self._at_work[client] >= self._most:
                raise TooManyRequests(f"you have {self._most:,} requests at work already", retry_after=1)
            self._at_work[client] += 1

    def go_out(self, client: str) -> None:
        """Count one less."""
        with self._lock:
            self._at_work[client] -= 1
            if not self._at_work[client]:
                del self._at_work[client]


def limit_each(app: Flask, most: int) -> None:
    """Let each client have at most `most` requests for data at work in this process."""
    clients = app.extensions[EXTENSION] = Clients(most)

    def come_in() -> None:
        if request.endpoint != "static":
            client = request.remote_addr or ""
            clients.come_in(client)
            g.client = client

    def go_out(_error: BaseException | None) -> None:
        client = g.pop("client", None)
        if client is not None:
            clients.go_out(client)

    app.before_request(come_in)
    app.teardown_request(go_out)
