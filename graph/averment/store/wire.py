"""What a guard and its children say to each other: requests and replies, each a JSON header and a body of bytes.

A frame is two lengths, the header and the body. A worker that dies closes its end, which reads as None here.
"""

import json
import socket
import struct
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

__all__ = [
    "Change",
    "Go",
    "Reply",
    "Request",
    "packed",
    "receive",
    "receive_reply",
    "receive_request",
    "send",
    "unpacked",
]

_LENGTHS = struct.Struct(">IQ")
_AT_ONCE, _PIECE = 1 << 16, 1 << 20
"""Bytes that are asked of the system for a small message, and for a large one."""

Message = TypeVar("Message", "Request", "Change", "Go", "Reply")

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


def packed(message: Request) -> bytes:
    """Give the bytes of a message whole, for those who do not wait while they are sent."""
    return b"".join(_frame(message))


def unpacked(data: bytes | bytearray) -> Reply | None:
    """Give the reply that these bytes are; None where they are not all of it."""
    if len(data) < _LENGTHS.size:
        return None
    header_length, body_length = _LENGTHS.unpack_from(data)
    body_at = _LENGTHS.size + header_length
    if len(data) < body_at + body_length:
        return None
    return Reply(**json.loads(data[_LENGTHS.size : body_at]), body=bytes(memoryview(data)[body_at:]))


def _frame(message: Request | Change | Go | Reply) -> tuple[bytes, bytes]:
    """Give the bytes of a message: the lengths with the header, and the body."""
    fields = {name: getattr(message, name) for name in message.__dataclass_fields__}
    body = fields.pop("body", b"")
    header = json.dumps(fields).encode()
    return _LENGTHS.pack(len(header), len(body)) + header, body


def receive_request(channel: socket.socket) -> Request | None:
    """Wait for a request; None where the guard has gone."""
    return receive(channel, Request)


def receive_reply(channel: socket.socket, deadline: float) -> Reply | None:
    """Wait for a reply; None where the child has gone. Raises TimeoutError at the deadline."""
    return receive(channel, Reply, deadline)


def receive(channel: socket.socket, kind: type[Message], deadline: float | None = None) -> Message | None:
    """Wait for a message of a kind; None where the other side has gone. Raises TimeoutError at the deadline."""
    frame = _receive(channel, deadline)
    if frame is None:
        return None
    header, body = frame
    if body:
        header["body"] = body
    return kind(**header)


def _receive(channel: socket.socket, deadline: float | None) -> tuple[dict[str, Any], bytes] | None:
    """Read one frame, mostly at one go: neither side says more before it has an answer."""
    data = bytearray()
    if not _read(channel, data, _LENGTHS.size, deadline):
        return None
    header_length, body_length = _LENGTHS.unpack_from(data)
    body_at = _LENGTHS.size + header_length
    if not _read(channel, data, body_at + body_length, deadline):
        return None
    return json.loads(data[_LENGTHS.size : body_at]), bytes(memoryview(data)[body_at:])


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
