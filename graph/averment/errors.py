"""The errors that people are told about. Whatever else is raised is a defect of averment itself.

    AvermentError             what every error here is; its text is one sentence for the person at the keyboard
    ├── InputError            a file or option cannot be used as it is
    │   └── DataSyntaxError   it is not the RDF that it is said to be
    ├── StoreError            the store is absent, in use or damaged, or a write would lose something
    │   ├── StoreBusyError        another process is writing; the same write may succeed later
    │   ├── StoreFullError        there is no room on the disk
    │   ├── StoreUncertainError   nobody can say whether a change was written
    │   └── StoreUnpublishedError a change is written, and readers cannot see it yet
    └── QueryError            a query or an update is refused or does not end well
        ├── QuerySyntaxError  it is not SPARQL
        ├── QueryRefusedError it is SPARQL, and asks for what is not done here
        ├── QueryFormatError  its answer has no form in any of the formats asked for
        └── QueryLimitError   it ran into a limit on time, memory or size
            ├── QueryLengthError   its text is too long
            ├── QueryTimeError     it took too long and was stopped
            ├── QueryMemoryError   it took too much memory, or the engine fell over it
            ├── AnswerSizeError    its answer is too large
            └── BusyError          no worker came free for it; the same query may succeed later

The command line prints the text and exits with 2; the server answers with the status that fits the class.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = [
    "AnswerSizeError",
    "AvermentError",
    "BusyError",
    "DataSyntaxError",
    "InputError",
    "QueryError",
    "QueryFormatError",
    "QueryLengthError",
    "QueryLimitError",
    "QueryMemoryError",
    "QueryRefusedError",
    "QuerySyntaxError",
    "QueryTimeError",
    "StoreBusyError",
    "StoreError",
    "StoreFullError",
    "StoreUncertainError",
    "StoreUnpublishedError",
    "file_errors",
]


class AvermentError(Exception):
    """An error with a sentence for people: what is wrong, where, and what to do."""


class InputError(AvermentError):
    """A file or option cannot be used; `path` is the file, or None where it is not one."""

    def __init__(self, message: str, path: Path | str | None = None) -> None:
        """Keep the sentence and, where there is one, the file that it is about."""
        super().__init__(f"{path}: {message}" if path is not None else message)
        self.path = path


class DataSyntaxError(InputError):
    """The text is not RDF in its format; message and attributes have the line and column, where there are any."""

    def __init__(self, message: str, line: int | None = None, column: int | None = None) -> None:
        """Keep the sentence and the place where the parser gave up, both counted from 1."""
        super().__init__(f"line {line}, column {column}: {message}" if line else message)
        self.reason = message
        self.line = line
        self.column = column


class StoreError(AvermentError):
    """The store is absent, in use or damaged, or a write would lose something."""


class StoreBusyError(StoreError):
    """Another process is writing to the store."""


class StoreFullError(StoreError):
    """The disk has no room for the change; the store is as it was."""


class StoreUncertainError(StoreError):
    """A change may or may not have been written: whoever was writing it died at the very end."""


class StoreUnpublishedError(StoreError):
    """A change is written; the next writer makes it visible to readers."""


class QueryError(AvermentError):
    """A query or an update is refused or failed."""


class QuerySyntaxError(QueryError):
    """The text is not SPARQL; message and attributes have the parser's line and column, where it gives them."""

    def __init__(self, message: str, line: int | None = None, column: int | None = None) -> None:
        """Keep the sentence and the place where the parser gave up, both counted from 1."""
        super().__init__(f"line {line}, column {column}: {message}" if line is not None else message)
        self.line = line
        self.column = column


class QueryRefusedError(QueryError):
    """It asks for what is not done here, or cannot be done to this store."""


class QueryFormatError(QueryError):
    """The answer is a table and only RDF was asked for, or the other way round."""


class QueryLimitError(QueryError):
    """The query ran into a limit on time, memory or size."""


class QueryLengthError(QueryLimitError):
    """The text of the query is too long."""


class QueryTimeError(QueryLimitError):
    """The query took too long and was stopped."""


class QueryMemoryError(QueryLimitError):
    """The query took more memory than it may, or the engine fell over it."""


class AnswerSizeError(QueryLimitError):
    """The answer is too large; none of it is given, since half an answer looks like a whole one."""


class BusyError(QueryLimitError):
    """Every worker was taken; the same query may succeed later."""


@contextmanager
def file_errors(path: Path | str) -> Iterator[None]:
    """Turn what the operating system says about `path` into an InputError that names it."""
    try:
        yield
    except OSError as error:
        raise InputError(f"{error.strerror or error}".lower(), path) from error
