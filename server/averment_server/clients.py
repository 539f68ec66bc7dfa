"""How many requests one client may have at work at a time, so that nobody alone keeps the others waiting."""

import threading
from collections import Counter

from flask import Flask, g, request
from werkzeug.exceptions import TooManyRequests

__all__ = ["limit_each"]


def limit_each(app: Flask, most: int) -> None:
    """Let each client, by its address, have at most `most` requests for data at work in this process."""
    at_work: Counter[str] = Counter()
    lock = threading.Lock()

    def come_in() -> None:
        if request.endpoint == "static":
            return
        client = request.remote_addr or ""
        with lock:
            if at_work[client] >= most:
                raise TooManyRequests(f"you have {most:,} requests at work already", retry_after=1)
            at_work[client] += 1
        g.client = client

    def go_out(_error: BaseException | None) -> None:
        client = g.pop("client", None)
        if client is None:
            return
        with lock:
            at_work[client] -= 1
            if not at_work[client]:
                del at_work[client]

    app.before_request(come_in)
    app.teardown_request(go_out)
