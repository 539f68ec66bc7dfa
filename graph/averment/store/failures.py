"""What the failure of a child process means to whoever asked."""

import re

from averment.errors import (
    AnswerSizeError,
    QueryError,
    QueryFormatError,
    QueryMemoryError,
    QuerySyntaxError,
    QueryTimeError,
)
from averment.store.limits import Limits
from averment.store.wire import Reply

__all__ = ["failure", "syntax_error"]

_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_NEAR = 30
"""Characters of the query that are shown from where the parser gave up."""


def failure(reply: Reply, query: str, limits: Limits) -> QueryError:
    """Give the error for a reply that is not an answer."""
    match reply.kind:
        case "syntax":
            return syntax_error(reply.message, query)
        case "format":
            answer = "a table" if reply.message == "results" else "RDF"
            return QueryFormatError(f"the answer to this query is {answer}, which was not among the formats asked for")
        case "time":
            return QueryTimeError(
                f"the query was stopped after {limits.seconds:g} seconds; ask for less or add a LIMIT"
            )
        case "size":
            return AnswerSizeError(f"the answer is larger than {limits.answer:,} bytes; ask for less or add a LIMIT")
        case "memory" | "died":
            used = f"took more than {limits.memory >> 20:,} MiB of memory or nests too deep"
            return QueryMemoryError(f"the query {used}; ask for less")
    return QueryError(f"the query could not be evaluated: {reply.message}")


def syntax_error(message: str, query: str) -> QuerySyntaxError:
    """Say where the parser gave up. What it would have taken instead is a list that helps nobody, and is left out."""
    place = _PLACE.match(message)
    if not place:
        return QuerySyntaxError(f"this is not SPARQL: {message}")
    line, column = int(place[1]), int(place[2])
    if "Prefix not found" in place[3]:
        return QuerySyntaxError("a prefix is not declared", line, column)
    rest = "".join(query.split("\n")[line - 1 : line])[column - 1 :].strip()
    near = f", near “{rest[:_NEAR]}”" if rest else ""
    return QuerySyntaxError(f"this is not SPARQL{near}", line, column)
