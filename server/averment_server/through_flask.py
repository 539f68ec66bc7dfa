"""A request of the event loop's, answered by Flask: the environment of WSGI around it.

https://peps.python.org/pep-3333/
"""

import io
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask

from averment_server.problems import Problem

__all__ = ["ANSWERED", "FAILED", "Incoming", "Outgoing", "through_flask"]

FAILED = "averment.failed"
ANSWERED = "averment.answered"
"""In the environment of a request: what `Incoming` has by these names, or None."""

_UNPREFIXED = {"content-type": "CONTENT_TYPE", "content-length": "CONTENT_LENGTH"}

_HOP_BY_HOP = {"connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade"}
"""These are between the client and the server before us (RFC 9110, section 7.6.1)."""

_LEFT_OUT = _HOP_BY_HOP | {"range", "if-range"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A request, its body read."""

    method: str
    path: str
    """Decoded."""
    query: str
    headers: list[tuple[str, str]]
    """With names in small letters."""
    host: str
    client: str
    """Its address, without a port."""
    server: str
    scheme: str
    body: bytes
    failed: Problem | None = None
    """In which the request has ended, and which is yet to be told."""
    answered: tuple[str, bytes] | Problem | None = None
    """What came of the query that it asks: the name of a format and the answer, or what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """An answer."""

    status: int
    headers: list[tuple[str, str]]
    """With names in small letters."""
    body: bytes


def through_flask(app: Flask, incoming: Incoming) -> Outgoing:
    """Have the application answer."""
    started: list[tuple[str, list[tuple[str, str]]]] = []

    def start(status: str, headers: list[tuple[str, str]], _error: object = None) -> Callable[[bytes], None]:
        started.append((status, headers))
        return lambda _: None

    pieces: Iterable[bytes] = app.wsgi_app(_environ(incoming), start)
    try:
        body = b"".join(pieces)
    finally:
        getattr(pieces, "close", lambda: None)()
    status, headers = started[-1]
    return Outgoing(int(status[:3]), [(name.lower(), value) for name, value in headers], body)


def _environ(incoming: Incoming) -> dict[str, Any]:
    name, _, port = incoming.server.rpartition(":")
    return {
        **_headers(incoming.headers),
        "HTTP_HOST": incoming.host,
        "CONTENT_LENGTH": str(len(incoming.body)),
        "REQUEST_METHOD": incoming.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": incoming.path.encode().decode("latin-1"),
        "QUERY_STRING": incoming.query.encode().decode("latin-1"),
        "REMOTE_ADDR": incoming.client,
        "SERVER_NAME": name,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": "HTTP/1.1",
        FAILED: incoming.failed,
        ANSWERED: incoming.answered,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": incoming.scheme,
        "wsgi.input": io.BytesIO(incoming.body),
        "wsgi.input_terminated": True,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }


def _headers(headers: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """Give headers as WSGI names them, those that came several times with commas between.

    A name with an underscore is left out: it could pass for another with a hyphen. What is sent is sent whole.
    """
    given: dict[str, str] = {}
    for name, value in headers:
        if name not in _LEFT_OUT and "_" not in name:
            known = _UNPREFIXED.get(name) or f"HTTP_{name.upper().replace('-', '_')}"
            given[known] = f"{given[known]},{value}" if known in given else value
    return given
