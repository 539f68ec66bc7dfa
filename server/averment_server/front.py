"""What stands before Flask in each server process: it reads requests within limits, and sees clients come and go.

An application of RSGI, granian's own interface: the event loop reads bodies and waits for workers, so a slow client
takes no thread. Queries of programs go the short way; Flask answers the rest in threads.

https://github.com/emmett-framework/granian/blob/master/docs/spec/RSGI.md
"""

import asyncio
import re
import secrets
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import count
from typing import Any, Protocol

from flask import Flask
from werkzeug.exceptions import BadRequest, HTTPException, RequestEntityTooLarge, RequestTimeout

from averment import tokens
from averment.errors import AvermentError
from averment.store.loop_worker import ClientGoneError
from averment_server import clients, writes
from averment_server.board import Board
from averment_server.configuration import ServerLimits
from averment_server.fast import Found, ShortWay
from averment_server.lines import Line, Lines
from averment_server.protocol import Sent
from averment_server.through_flask import Incoming, through_flask

__all__ = ["Front"]

_THREADS = 16
"""More than writes may wait, and pages have workers."""

_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_NAME = ("server", "averment")
"""Instead of the name of the program that speaks HTTP."""

_OUTCOMES = {2: "answered", 3: "known already", 4: "refused"}
_ROUTES = frozenset(
    ["about", "articles", "dataset", "documents", "export", "graphs", "healthz", "id", "metrics", "organizations",
     "payouts", "people", "readyz", "sparql", "static"]
)  # fmt: skip


class Scope(Protocol):
    """A request as RSGI has it."""

    method: str
    path: str
    query_string: str
    authority: str | None
    client: str
    server: str
    scheme: str

    @property
    def headers(self) -> Any:
        """Give them by `get`, names in small letters, and all by `items`."""


class Front:
    """The application of one server process."""

    def __init__(self, app: Flask, short: ShortWay, board: Board, lines: Lines | None, limits: ServerLimits) -> None:
        """Answer by `short` and `app`, count on `board`, and tell `lines` of each request, if there are any.

        `limits` has what a request may be.
        """
        self._board = board
        self._lines = lines
        self._app = app
        self._short = short
        self._limits = limits
        self._clients: clients.Clients | None = app.extensions.get(clients.EXTENSION)
        self._threads = ThreadPoolExecutor(_THREADS)
        self._numbers = count(1)
        self._prefix = secrets.token_hex(6)

    async def __rsgi__(self, scope: Scope, protocol: Any) -> None:
        """Answer one request."""
        began = time.perf_counter()
        given = scope.headers.get("x-request-id")
        number = given if given and _REQUEST_ID.fullmatch(given) else f"{self._prefix}-{next(self._numbers):x}"
        try:
            reply = await self._reply(scope, protocol)
        except ClientGoneError:
            reply = Found(499, [], b"", kept=False)
        headers = [*reply.headers, _NAME, ("x-request-id", number)]
        if scope.method == "HEAD":
            protocol.response_empty(reply.status, headers)
        elif reply.file is not None:
            protocol.response_file(reply.status, headers, reply.file)
        else:
            protocol.response_bytes(reply.status, headers, reply.body)
        self._note(scope, reply, number, time.perf_counter() - began)

    def _note(self, scope: Scope, reply: Found, number: str, seconds: float) -> None:
        """Count it, and write it down: never what was asked, only where."""
        pool = self._short.guard.pool
        self._board.answered(reply.status, seconds, hit=reply.kept, busy=pool.busy, slots=pool.size)
        if self._lines:
            outcome = _OUTCOMES.get(reply.status // 100, "failed")
            said = number, scope.method, _route(scope.path), reply.status, outcome, reply.kept, seconds, _size(reply)
            self._lines.add(Line(time.time(), *said))

    async def _reply(self, scope: Scope, protocol: Any) -> Found:
        headers = scope.headers
        host = scope.authority or headers.get("host") or ""
        try:
            body = await self._body(headers, protocol)
            if scope.path == "/sparql" and scope.method in {"GET", "POST"}:
                found = await self._in_short(scope, host, body, protocol)
                if found is not None:
                    return found
        except (AvermentError, HTTPException) as error:
            return await self._by_flask(scope, host, b"", failed=error)
        return await self._by_flask(scope, host, body)

    async def _body(self, headers: Any, protocol: Any) -> bytes:
        """Read what is sent; raise RequestEntityTooLarge before any of it is kept where it says that it is too long."""
        length = headers.get("content-length")
        if length is None and "transfer-encoding" not in headers:
            return b""
        most = self._most(headers.get("authorization"))
        if length is not None and int(length) > most:
            raise RequestEntityTooLarge(_TOO_LARGE)
        body = bytearray()
        try:
            async with asyncio.timeout(self._limits.body_seconds):
                async for piece in protocol:
                    body += piece
                    if len(body) > most:
                        raise RequestEntityTooLarge(_TOO_LARGE)
        except TimeoutError:
            raise RequestTimeout(f"the request was not all here after {self._limits.body_seconds:g} seconds") from None
        if length is not None and len(body) < int(length):
            raise BadRequest("the request ended before all of it was here")
        return bytes(body)

    def _most(self, authorization: str | None) -> int:
        """Give how many bytes a body may have: a write may have more than a question."""
        kind, _, token = (authorization or "").partition(" ")
        writing: writes.Writing = self._app.extensions[writes.EXTENSION]
        allowed = kind.lower() == "bearer" and tokens.holder(writing.store, token.strip()) is not None
        return writing.guard.limits.body if allowed else self._limits.body

    async def _in_short(self, scope: Scope, host: str, body: bytes, protocol: Any) -> Found | None:
        """Answer the short way; None where Flask is to."""
        headers = scope.headers
        media_type, _, parameters = (headers.get("content-type") or "").partition(";")
        if parameters or headers.get("content-encoding") or headers.get("authorization"):
            return None
        sent = Sent(scope.method, scope.query_string.encode(), media_type.strip().lower(), "utf-8", body)
        plan = self._short.plan(sent, headers.get("accept"), host)
        if plan is None:
            return None
        known = headers.get("if-none-match") if scope.method == "GET" else None
        client = scope.client.rpartition(":")[0].strip("[]")
        if self._clients:
            self._clients.come_in(client)
        try:
            return await self._short.answer(plan, known, protocol.client_disconnect)
        finally:
            if self._clients:
                self._clients.go_out(client)

    async def _by_flask(self, scope: Scope, host: str, body: bytes, **more: object) -> Found:
        incoming = Incoming(
            method=scope.method,
            path=scope.path,
            query=scope.query_string,
            headers=scope.headers.items(),
            host=host,
            client=scope.client,
            server=scope.server,
            scheme=scope.scheme,
            body=body,
        )
        work = partial(through_flask, self._app, incoming, **more)
        status, given, answer = await asyncio.get_running_loop().run_in_executor(self._threads, work)
        file = next((value for name, value in given if name == "x-sendfile" and status == 200), None)
        return Found(status, [pair for pair in given if pair[0] != "x-sendfile"], answer, kept=False, file=file)


_TOO_LARGE = "the request has more bytes than are read; a write with a token may have more"


def _size(reply: Found) -> int:
    """Give the bytes of a body, also of one that is a file."""
    stated = next((value for name, value in reply.headers if name == "content-length"), "") if reply.file else ""
    return int(stated) if stated else len(reply.body)


def _route(path: str) -> str:
    """Give the first part of a path, where it is one of ours: a path may be anything."""
    first = path.split("/", 2)[1] if path.startswith("/") else ""
    return f"/{first}" if first in _ROUTES or not first else "other"
