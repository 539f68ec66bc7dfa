"""The errors that people are told about. Whatever else is raised is a defect of averment itself.

    AvermentError             what every error here is; its text is one sentence for the person at the keyboard
    ├── InputError            a file or option cannot be used as it is
    ├── StoreError            the store is absent, in use or damaged, or a write would lose something
    └── QueryError            a query is refused or does not end well
        ├── QuerySyntaxError  it is not SPARQL
        └── QueryLimitError   it ran into a limit on time, memory or size

The command line prints the text and exits with 2; the server answers with the status that fits the class.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = [
    "AvermentError",
    "InputError",
    "QueryError",
    "QueryLimitError",
    "QuerySyntaxError",
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
    """The text is not SPARQL; the message has the parser's line and column."""


class QueryLimitError(QueryError):
    """The query ran into a limit on time, memory or size."""


@contextmanager
def file_errors(path: Path | str) -> Iterator[None]:
    """Turn what the operating system says about `path` into an InputError that names it."""
    try:
        yield
    except OSError as error:
        raise InputError(f"{error.strerror or error}".lower(), path) from error
