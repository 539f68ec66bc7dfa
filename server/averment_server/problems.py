"""What an error is over HTTP: its status, each with one meaning, and what is said about it (RFC 9457)."""

import json
from dataclasses import dataclass, field

from werkzeug.exceptions import HTTPException

from averment.errors import (
    AnswerSizeError,
    AvermentError,
    BusyError,
    InputError,
    QueryFormatError,
    QueryLengthError,
    QueryLimitError,
    QueryMemoryError,
    QueryRefusedError,
    QuerySyntaxError,
    QueryTimeError,
    StoreBusyError,
    StoreError,
    StoreFullError,
    StoreUncertainError,
    StoreUnpublishedError,
)

__all__ = ["DEFECT", "MEANINGS", "MEDIA_TYPE", "Meaning", "Problem", "problem"]

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a status stands for here: a title, and when it is given."""

    title: str
    when: str


MEANINGS = {
    400: Meaning("Not well-formed", "the request breaks the protocol, or what it holds is no SPARQL or RDF"),
    401: Meaning("No token", "a write without a token that is worth something"),
    404: Meaning("Not found", "there is no such page, thing or graph"),
    405: Meaning("Not a method of this", "Allow says which there are"),
    406: Meaning("No such format", "the answer has no form that the client accepts"),
    408: Meaning("Too slow", "the request did not come whole in the time that there is for it"),
    413: Meaning("Too large", "the request, or the answer: none of which is then given"),
    415: Meaning("Sent in a form that is not read", "another media type, another charset, or compressed"),
    421: Meaning("Not this server", "it does not answer to that host name"),
    422: Meaning("Understood and not done", "asks another server, is too involved, or does not fit this store"),
    429: Meaning("Too many at a time", "this client has as many requests at work as one may have"),
    500: Meaning("A defect", "something is wrong with this server"),
    503: Meaning("Not at present", "no worker is free, it takes more memory than one has, or somebody else writes"),
    504: Meaning("Out of time", "it took longer than it may, and was stopped"),
    507: Meaning("No room", "the disk is full, and nothing was written"),
}
"""Every status of an error, and all that it is given for."""

_STATUSES: tuple[tuple[type[AvermentError], int], ...] = (
    (QueryFormatError, 406),
    (QueryLengthError, 413),
    (AnswerSizeError, 413),
    (BusyError, 503),
    (QueryMemoryError, 503),
    (QueryTimeError, 504),
    (QuerySyntaxError, 400),
    (QueryRefusedError, 422),
    (QueryLimitError, 422),
    (InputError, 400),
    (StoreFullError, 507),
    (StoreError, 503),
)
"""The first class that fits decides; an error of no class here is a query that cannot be evaluated."""

_OF_THE_STORE: tuple[tuple[type[StoreError], str], ...] = (
    (StoreBusyError, "another program is writing to the store; try again"),
    (StoreFullError, "the disk has no room for it; nothing was written"),
    (StoreUncertainError, "the write was cut off at its very end; look whether it is there before you repeat it"),
    (StoreUnpublishedError, "it is written, but readers cannot see it yet; the next write makes it visible"),
    (StoreError, "the store cannot be read or written at present"),
)
"""Their own texts name a folder of this machine, which is for the owner's log alone."""

_OF_THE_PAGE = "Content-Type", "Content-Length"
"""Headers of the page that an error of HTTP brings with it, which is not used."""

_PATIENCE = "2"
"""Seconds after which a client may try again."""


@dataclass(frozen=True, slots=True)
class Problem:
    """An error as a client meets it."""

    status: int
    message: str
    line: int | None = None
    column: int | None = None
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """What a problem with this status is called."""
        meaning = MEANINGS.get(self.status)
        return meaning.title if meaning else "That did not work"

    @property
    def text(self) -> str:
        """What programs are told, in JSON."""
        place = {"line": self.line, "column": self.column}
        told: dict[str, str | int] = {"title": self.title, "status": self.status, "detail": self.message}
        return json.dumps({**told, **{name: n for name, n in place.items() if n is not None}}) + "\n"


DEFECT = Problem(500, "something is wrong with this server; the query or address may well be right")
"""What is told of an error that nobody has thought of."""


def problem(error: AvermentError | HTTPException) -> Problem:
    """Give the status, the sentence and the headers for an error."""
    if isinstance(error, HTTPException):
        headers = {name: value for name, value in error.get_headers() if name not in _OF_THE_PAGE}
        return Problem(error.code or 500, error.description or error.name, headers=headers)
    status = next((status for kind, status in _STATUSES if isinstance(error, kind)), 422)
    headers = {"Retry-After": _PATIENCE} if isinstance(error, (BusyError, StoreBusyError)) else {}
    if isinstance(error, StoreError):
        return Problem(status, next(said for kind, said in _OF_THE_STORE if isinstance(error, kind)), headers=headers)
    line, column = (getattr(error, name, None) for name in ("line", "column"))
    return Problem(status, str(error), line, column, headers)
