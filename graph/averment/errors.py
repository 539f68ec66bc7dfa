"""The errors that people are told about. Whatever else is raised is a defect of averment itself.

    AvermentError             what every error here is; its text is one sentence for the person at the keyboard
    ├── InputError            a file or option cannot be used as it is
    ├── StoreError            the store is absent, in use or damaged, or a write would lose something
    └── QueryError            a query is refused or does not end well
        ├── QuerySyntaxError  it is not SPARQL
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
    "InputError",
    "QueryError",
    "QueryFormatError",
    "QueryLengthError",
    "QueryLimitError",
    "QueryMemoryError",
    "QuerySyntaxError",
    "QueryTimeError",
    "StoreError",
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


class StoreError(AvermentError):
    """The store is absent, in use or damaged, or a write would lose something."""


class QueryError(AvermentError):
    """A query is refused or failed."""


class QuerySyntaxError(QueryError):
    """The text is not SPARQL; message and attributes have the parser's line and column, where it gives them."""

    def __init__(self, message: str, line: int | None = None, column: int | None = None) -> None:
        """Keep the sentence and the place where the parser gave up, both counted from 1."""
        super().__init__(f"line {line}, column {column}: {message}" if line is not None else message)
        self.line = line
        self.column = column


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
