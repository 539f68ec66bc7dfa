"""What a guard and its children say to each other: requests and replies, each a JSON header and a body of bytes.

A frame is two lengths, the header and the body. A query is the body of its request, so that the headers of most are the
same and are written and read once. A worker that dies closes its end, which reads as None here.
"""

import json
import os
import socket
import struct
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeVar

__all__ = [
    "Change",
    "Frames",
    "Go",
    "Reply",
    "Request",
    "framed",
    "header_of",
    "receive",
    "receive_reply",
    "requests",
    "send",
]

_LENGTHS = struct.Struct(">IQ")
_AT_ONCE, _PIECE = 1 << 16, 1 << 20
"""Bytes that are asked of the system for a small message, and for a large one."""

_AWAKE = 0.0003
"""Seconds that a child looks for its next request before it sleeps: to be woken may take longer than a short query."""

_SHORT = 1_000
"""Bytes of a header that is worth keeping."""

Message = TypeVar("Message", "Change", "Go", "Reply")

JsonTerm = dict[str, str]
"""An RDF term as in SPARQL 1.1 Query Results JSON."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One query, with everything that its evaluation depends on."""

    snapshot: str
    """The folder to read."""
    query: str
    results: str | None
    """The name of the format for SELECT and ASK; None where a table is of no use."""
    rdf: str | None
    """The name of the format for CONSTRUCT and DESCRIBE; None where RDF is of no use."""
    values: dict[str, JsonTerm] = field(default_factory=dict)
    default_graphs: Sequence[str] | None = None
    named_graphs: Sequence[str] | None = None
    union: bool = False
    seconds: float
    memory: int
    answer: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One write: an update, or RDF for a graph."""

    folder: str
    """Of the store."""
    kind: str
    """`update`, or `replace`, `merge` or `drop` for a graph."""
    graph: str | None = None
    """The graph's IRI; None for the default graph."""
    base: str = ""
    """What relative IRIs in RDF are resolved against."""
    parts: list[tuple[str, int]] = field(default_factory=list)
    """Of the body, where it is RDF: the name of a format and a number of bytes for each."""
    default_graphs: Sequence[str] | None = None
    named_graphs: Sequence[str] | None = None
    seconds: float
    memory: int
    text: dict[str, int]
    """The limits on the text of an update."""
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Go:
    """That a write which is ready may be committed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What came of it.

    `kind` is `results` or `rdf` with a body, `begun` from a child that is there, `ready` or `written`, or the name of a
    failure with a message.
    """

    kind: str
    message: str = ""
    numbers: dict[str, int] = field(default_factory=dict)
    body: bytes = b""


def send(channel: socket.socket, message: Request | Change | Go | Reply, deadline: float | None = None) -> None:
    """Send a message whole; raise TimeoutError at the deadline (of `time.monotonic`), OSError where nobody listens."""
    header, body = _frame(message)
    _set_timeout(channel, deadline)
    if len(body) <= _PIECE:
        channel.sendall(header + body)  # so that the other side wakes up once
    else:
        channel.sendall(header)
        channel.sendall(body)


def framed(header: bytes, query: str) -> bytes:
    """Give the bytes of a request whole, for those who do not wait while they are sent.

    `header` is what `header_of` gives for a request with any query.
    """
    body = _body_of(query)
    return _LENGTHS.pack(len(header), len(body)) + header + body


def header_of(request: Request) -> bytes:
    """Give everything of a request but its query, as it is sent."""
    fields = {name: getattr(request, name) for name in request.__dataclass_fields__ if name != "query"}
    return json.dumps(fields).encode()


def requests(channel: socket.socket) -> Iterator[Request]:
    """Give what is asked, one after the other, until the guard has gone. It may ask before it has its answer."""
    frames = Frames()
    while piece := _next_piece(channel):
        frames.add(piece)
        while (request := frames.request()) is not None:
            yield request


def _next_piece(channel: socket.socket) -> bytes:
    until = time.monotonic() + _AWAKE
    while time.monotonic() < until:
        with suppress(BlockingIOError):
            return channel.recv(_AT_ONCE, socket.MSG_DONTWAIT)
        os.sched_yield()
    return channel.recv(_AT_ONCE)


class Frames:
    """Cuts what arrives into frames, where more than one may be on its way."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._data = bytearray()

    def add(self, data: bytes) -> None:
        """Take what has arrived."""
        self._data += data

    def reply(self) -> Reply | None:
        """Give the next reply; None where it is not all there."""
        frame = self._next()
        return None if frame is None else _as_message(Reply, *frame)

    def request(self) -> Request | None:
        """Give the next request; None where it is not all there."""
        frame = self._next()
        return None if frame is None else Request(**_fields_of(frame[0]), query=_query_of(frame[1]))

    def _next(self) -> tuple[bytes, bytes] | None:
        data = self._data
        if len(data) < _LENGTHS.size:
            return None
        header_length, body_length = _LENGTHS.unpack_from(data)
        body_at = _LENGTHS.size + header_length
        end = body_at + body_length
        if len(data) < end:
            return None
        header = bytes(data[_LENGTHS.size : body_at])
        body = bytes(memoryview(data)[body_at:end])
        del data[:end]
        return header, body


def _frame(message: Request | Change | Go | Reply) -> tuple[bytes, bytes]:
    """Give the bytes of a message: the lengths with the header, and the body."""
    if isinstance(message, Request):
        header, body = header_of(message), _body_of(message.query)
    elif isinstance(message, Reply) and not (message.message or message.numbers):
        header, body = _header_of_kind(message.kind), message.body
    else:
        fields = {name: getattr(message, name) for name in message.__dataclass_fields__}
        body = fields.pop("body", b"")
        header = json.dumps(fields).encode()
    return _LENGTHS.pack(len(header), len(body)) + header, body


@lru_cache
def _header_of_kind(kind: str) -> bytes:
    """Give the header of a reply that has nothing to add; there are few kinds."""
    return json.dumps({"kind": kind}).encode()


def _body_of(query: str) -> bytes:
    return query.encode("utf-8", "surrogatepass")  # what cannot be in SPARQL is for the engine to refuse


def _query_of(body: bytes) -> str:
    return body.decode("utf-8", "surrogatepass")


def _as_message(kind: type[Message], header: bytes, body: bytes) -> Message:
    fields = _fields_of(header)
    return kind(**({**fields, "body": body} if body else fields))


def _fields_of(header: bytes) -> dict[str, Any]:
    """Read a header. What it gives is kept for the next that is the same, and must stay as it is."""
    return _read_header(header) if len(header) < _SHORT else _read_header.__wrapped__(header)


@lru_cache(64)
def _read_header(header: bytes) -> dict[str, Any]:
    fields: dict[str, Any] = json.loads(header)
    return fields


def receive_reply(channel: socket.socket, deadline: float) -> Reply | None:
    """Wait for a reply; None where the child has gone. Raises TimeoutError at the deadline."""
    return receive(channel, Reply, deadline)


def receive(channel: socket.socket, kind: type[Message], deadline: float | None = None) -> Message | None:
    """Wait for a message of a kind; None where the other side has gone. Raises TimeoutError at the deadline."""
    frame = _receive(channel, deadline)
    return None if frame is None else _as_message(kind, *frame)


def _receive(channel: socket.socket, deadline: float | None) -> tuple[bytes, bytes] | None:
    """Read one frame, mostly at one go: whoever asks by this says no more before there is an answer."""
    data = bytearray()
    if not _read(channel, data, _LENGTHS.size, deadline):
        return None
    header_length, body_length = _LENGTHS.unpack_from(data)
    body_at = _LENGTHS.size + header_length
    if not _read(channel, data, body_at + body_length, deadline):
        return None
    return bytes(data[_LENGTHS.size : body_at]), bytes(memoryview(data)[body_at:])


def _read(channel: socket.socket, data: bytearray, length: int, deadline: float | None) -> bool:
    """Have at least so many bytes in `data`; say whether there were as many."""
    while len(data) < length:
        _set_timeout(channel, deadline)
        piece = channel.recv(max(_AT_ONCE, min(_PIECE, length - len(data))))
        if not piece:
            return False
        data += piece
    return True


def _set_timeout(channel: socket.socket, deadline: float | None) -> None:
    if deadline is None:
        if channel.gettimeout() is not None:
            channel.settimeout(None)
        return
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    channel.settimeout(left)
