"""Who may write, and writing with a log: what updates and the graph store share."""

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import cast

from flask import current_app, request
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Unauthorized, UnprocessableEntity

from averment import tokens
from averment.errors import AvermentError, StoreError
from averment.store import Store
from averment.store.write_guard import WriteGuard, Written
from averment_server.problems import problem
from averment_server.write_log import Entry, WriteLog

__all__ = ["EXTENSION", "Writing", "require_token", "token_name", "write", "writing"]

EXTENSION = "averment.writing"

_CONDITIONS = ("If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since", "Content-Range")
"""Headers by which a client makes a write depend on what is there, or sends a part."""

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Writing:
    """Everything that a write goes through."""

    store: Store
    guard: WriteGuard
    log: WriteLog


def writing() -> Writing:
    """Give that of the application at hand."""
    return cast(Writing, current_app.extensions[EXTENSION])


def token_name() -> str | None:
    """Give the name of the token that came with the request; its body may then be as large as a write's.

    None where there is none that is worth something.
    """
    given = request.authorization
    if given is None or given.type != "bearer" or not given.token:
        return None
    name = tokens.holder(writing().store, given.token)
    if name is not None:
        request.max_content_length = request.max_form_memory_size = writing().guard.limits.body
    return name


def require_token(name: str | None) -> str:
    """Give the name of a token as it is; raise Unauthorized where there is none.

    A browser never sends a token unasked. So a page of another site, which can make its reader's browser send a write,
    has it refused.
    """
    if name is None:
        said = "a write needs a token that is worth something, as Authorization: Bearer ..."
        raise Unauthorized(said, www_authenticate=WWWAuthenticate("bearer", {"realm": "averment"}))
    return name


def write(token: str, kind: str, graph: str | None, size: int, carry_out: Callable[[WriteGuard], Written]) -> Written:
    """Carry out a write of `size` bytes between its two lines in the log.

    An error is logged with its status and raised again. Raises StoreFullError where there is no room for the log, and
    UnprocessableEntity for a write on a condition, which would be carried out whether or not that holds.
    """
    if any(name in request.headers for name in _CONDITIONS):
        raise UnprocessableEntity("a write on a condition is not done here; send it without, or look first")
    log, entry = writing().log, Entry(token=token, kind=kind, graph=graph, bytes=size)
    number = log.begin(entry)
    try:
        written = carry_out(writing().guard)
    except AvermentError as error:
        with suppress(StoreError):  # the disk is full, which the client is told anyhow
            log.end(number, entry, problem(error).status)
        raise
    try:
        log.end(number, entry, 200, generation=written.generation, quads=written.quads)
    except StoreError:
        # The change is made, and its first line says who made it: to report a failure would have it made twice.
        _LOG.exception("the end of write %s is not in the log", number)
    return written
