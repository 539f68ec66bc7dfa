"""What stands before Flask in each server process: it reads requests within limits, and sees clients come and go.

An application of RSGI, granian's own interface: the event loop reads bodies and waits for workers, so a slow client
takes no thread. Queries of programs go the short way; Flask answers the rest, in the process at the back.

https://github.com/emmett-framework/granian/blob/master/docs/spec/RSGI.md
"""

import asyncio
import logging
import re
import secrets
import time
from itertools import count
from typing import Any, Protocol

from werkzeug.exceptions import BadRequest, HTTPException, RequestEntityTooLarge, RequestTimeout
from werkzeug.http import parse_options_header

from averment import tokens
from averment.errors import AvermentError
from averment.store import Store
from averment.store.loop_worker import ClientGoneError
from averment_server.back import Back, BackDiedError
from averment_server.clients import Clients
from averment_server.fast import Found, Headers, ShortWay
from averment_server.notes import Notes
from averment_server.problems import DEFECT, Problem, problem
from averment_server.protocol import Sent, is_encoded
from averment_server.settings import Settings
from averment_server.through_flask import Incoming

__all__ = ["Front"]

_LOG = logging.getLogger(__name__)

_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_MORE = "if-none-match", "content-length", "content-encoding", "transfer-encoding"
"""Headers by which a request by GET has more to it than its address."""

_NAME = ("server", "averment")
"""Instead of the name of the program that speaks HTTP."""


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

    def __init__(self, store: Store, short: ShortWay, back: Back, notes: Notes, settings: Settings) -> None:
        """Answer by `short` and `back`, and have each request noted.

        The tokens of `store` let a request be as large as `settings` have it for a write.
        """
        self._store = store
        self._short = short
        self._back = back
        self._notes = notes
        self._limits, self._most_written = settings.server, settings.writes.body
        self._clients = None if settings.each is None else Clients(settings.each)
        self._numbers = count(1)
        self._prefix = secrets.token_hex(6)

    async def __rsgi__(self, scope: Scope, protocol: Any) -> None:
        """Answer one request."""
        began = time.perf_counter()
        given = scope.headers.get("x-request-id")
        number = given if given and _REQUEST_ID.fullmatch(given) else f"{self._prefix}-{next(self._numbers):x}"
        try:
            reply = self._at_once(scope) or await self._reply(scope, protocol)
        except ClientGoneError:
            reply = Found(499, [], b"", kept=False)
        except BackDiedError:
            _LOG.warning("request %s: the process that answers it has died", number)
            reply = self._short.refused(_DIED)
        except Exception:  # noqa: BLE001 - whatever it is, the client is told
            _LOG.exception("request %s failed", number)
            reply = self._short.refused(DEFECT)
        headers = [*reply.headers, _NAME, ("x-request-id", number)]
        if scope.method == "HEAD":
            protocol.response_empty(reply.status, [*headers, *_length_of(reply)])
        elif reply.file is not None:
            protocol.response_file(reply.status, headers, reply.file)
        else:
            protocol.response_bytes(reply.status, headers, reply.body)
        size = int(dict(reply.headers).get("content-length", 0)) if reply.file else len(reply.body)
        seconds = time.perf_counter() - began
        self._notes.answered(number, scope.method, scope.path, reply.status, size, seconds, kept=reply.kept)

    def _at_once(self, scope: Scope) -> Found | None:
        """Answer what is asked again, with nothing more to it than that."""
        headers = scope.headers
        if scope.method != "GET" or scope.path != "/sparql" or self._clients or any(name in headers for name in _MORE):
            return None
        return self._short.at_once(scope.query_string, _whole(headers, "accept"), _host_of(scope))

    async def _reply(self, scope: Scope, protocol: Any) -> Found:
        """Answer one of the requests that this client may have at work."""
        if self._clients is None or scope.path.startswith("/static/"):
            return await self._answer(scope, protocol)
        client = _address_of(scope)
        try:
            self._clients.come_in(client)
        except HTTPException as error:
            return await self._failed(scope, error)
        try:
            return await self._answer(scope, protocol)
        finally:
            self._clients.go_out(client)

    async def _answer(self, scope: Scope, protocol: Any) -> Found:
        try:
            body = await self._body(scope.headers, protocol)
            if scope.path == "/sparql" and scope.method in {"GET", "HEAD", "POST"}:
                found = await self._in_short(scope, body, protocol)
                if found is not None:
                    return found
        except (AvermentError, HTTPException) as error:
            return await self._failed(scope, error)
        return await self._at_the_back(scope, body)

    async def _failed(self, scope: Scope, error: AvermentError | HTTPException) -> Found:
        """Tell an error: to programs as it is, to people by a page."""
        found = problem(error)
        if found.status >= _OURS and isinstance(error, AvermentError):
            _LOG.warning("%s: %s", type(error).__name__, error)
        return self._short.refused(found) if scope.path == "/sparql" else await self._at_the_back(scope, failed=found)

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
        allowed = kind.lower() == "bearer" and tokens.holder(self._store, token.strip()) is not None
        return self._most_written if allowed else self._limits.body

    async def _in_short(self, scope: Scope, body: bytes, protocol: Any) -> Found | None:
        """Answer a query; None for anything else. Its page is made at the back."""
        headers = scope.headers
        if is_encoded(headers.get("content-encoding")):
            return None
        accept, kind = _whole(headers, "accept"), _whole(headers, "content-type")
        if len(accept or "") + len(kind or "") > _HEADERS:
            raise RequestEntityTooLarge(f"the headers Accept and Content-Type have more than {_HEADERS:,} bytes")
        media_type, options = parse_options_header(kind)
        charset = options.get("charset", "utf-8")
        sent = Sent(scope.method, scope.query_string.encode(), media_type.lower(), charset, body)
        plan = await self._short.read(sent, accept, _host_of(scope), self._back.read)
        if plan is None:
            return None
        if plan.choice.is_page:
            answered = await self._short.evaluate(plan, protocol.client_disconnect)
            return await self._at_the_back(scope, body, answered=answered)
        known = _whole(headers, "if-none-match") if scope.method != "POST" else None
        if len(known or "") > _HEADERS:
            known = None  # whoever has that many answers is sent one more
        return await self._short.answer(plan, known, protocol.client_disconnect)

    async def _at_the_back(self, scope: Scope, body: bytes = b"", **known: Any) -> Found:
        """Have Flask answer; `known` is what `Incoming` says beside the request."""
        incoming = Incoming(
            method=scope.method,
            path=scope.path,
            query=scope.query_string,
            headers=scope.headers.items(),
            host=_host_of(scope),
            client=_address_of(scope),
            server=scope.server,
            scheme=scope.scheme,
            body=body,
            **known,
        )
        answer = await self._back.answer(incoming)
        if answer is None:
            return self._short.refused(DEFECT)
        file = next((value for name, value in answer.headers if name == "x-sendfile" and answer.status == 200), None)
        headers = [pair for pair in answer.headers if pair[0] != "x-sendfile"]
        return Found(answer.status, headers, answer.body, kept=False, file=file)


_HEADERS = 2_000
"""Bytes of headers that the loop reads; browsers send a tenth of that."""

_NOT_MODIFIED = 304

_OURS = 500
"""From here on a status says that it is not the client's doing."""

_DIED = Problem(
    503,
    "what answers this has ended and is started again; look whether a write is there before you repeat it",
    headers={"Retry-After": "2"},
)

_TOO_LARGE = "the request has more bytes than are read; a write with a token may have more"


def _length_of(reply: Found) -> Headers:
    """Give the header that says how long an answer is, where there is one and Flask has not said it."""
    is_said = reply.status == _NOT_MODIFIED or any(name == "content-length" for name, _ in reply.headers)
    return [] if is_said else [("content-length", str(len(reply.body)))]


def _whole(headers: Any, name: str) -> str | None:
    """Give a header, the lines of it with commas between; None where there is none."""
    found = headers.get_all(name)
    return ",".join(found) if found else None


def _host_of(scope: Scope) -> str:
    return scope.authority or scope.headers.get("host") or ""


def _address_of(scope: Scope) -> str:
    """Give the client's address, without its port."""
    return scope.client.rpartition(":")[0].strip("[]")
