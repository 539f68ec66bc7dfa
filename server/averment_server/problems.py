"""What an error is over HTTP: its status, and what is said about it."""

from dataclasses import dataclass, field

from averment.errors import (
    AnswerSizeError,
    AvermentError,
    BusyError,
    QueryError,
    QueryFormatError,
    QueryLengthError,
    QueryMemoryError,
    QuerySyntaxError,
    QueryTimeError,
    StoreError,
)

__all__ = ["Problem", "problem"]

_STATUSES: tuple[tuple[type[AvermentError], int], ...] = (
    (QueryFormatError, 406),
    (QueryLengthError, 413),
    (AnswerSizeError, 413),
    (BusyError, 503),
    (QueryMemoryError, 503),
    (QueryTimeError, 504),
    (QueryError, 400),
    (StoreError, 503),
)
"""The first class that fits decides."""


@dataclass(frozen=True, slots=True)
class Problem:
    """An error as a client meets it."""

    status: int
    message: str
    line: int | None = None
    column: int | None = None
    headers: dict[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, str | int]:
        """Give what programs are told."""
        place = {"line": self.line, "column": self.column}
        return {"error": self.message, **{name: number for name, number in place.items() if number is not None}}


def problem(error: AvermentError) -> Problem:
    """Give the status, the sentence and the headers for an error."""
    status = next((status for kind, status in _STATUSES if isinstance(error, kind)), 500)
    if isinstance(error, StoreError):
        # Its text names a folder of this machine, which is for the owner's log alone.
        return Problem(status, "the store cannot be read at present")
    if isinstance(error, QuerySyntaxError):
        return Problem(status, str(error), error.line, error.column)
    return Problem(status, str(error), headers={"Retry-After": "2"} if isinstance(error, BusyError) else {})
