"""What SHACL keeps out of queries in which some variables have a value from the start.

https://www.w3.org/TR/shacl/#pre-binding: no MINUS, SERVICE or VALUES, no other value for such a variable, and no
sub-SELECT that leaves one of them out.
"""

import re
from collections.abc import Iterator

from averment.validate.compiler.errors import Unsound
from averment.validate.compiler.nesting import TOKEN

__all__ = ["refuse_unbindable"]

_FORBIDDEN = {"minus", "service", "values"}


def refuse_unbindable(text: str, bound: set[str]) -> None:
    """Raise Unsound for a query in which the variables `bound`, without question marks, cannot have their values."""
    tokens = [found[0] for found in TOKEN.finditer(text) if found[0][0] != "#"]
    for at, token in enumerate(tokens):
        word = token.lower()
        if word in _FORBIDDEN:
            raise Unsound(f"a query uses {word.upper()}, which SHACL does not allow")
        if word == "as" and _name(tokens[at + 1 : at + 2]) in bound:
            raise Unsound(f"a query gives {tokens[at + 1]} another value, which SHACL does not allow")
    for projected in _subselects(tokens):
        missing = sorted(bound - projected)
        if missing:
            raise Unsound(f"a query has a SELECT within it that leaves out ${missing[0]}, which SHACL does not allow")


def _name(tokens: list[str]) -> str | None:
    return tokens[0][1:] if tokens and tokens[0][0] in "?$" else None


def _subselects(tokens: list[str]) -> Iterator[set[str]]:
    """Give what each SELECT but the first selects; everything that stands within it where that is `*`."""
    starts = [at for at, token in enumerate(tokens) if token.lower() == "select"]
    for start in starts[1:]:
        brace = next((at for at in range(start, len(tokens)) if tokens[at] == "{"), len(tokens))
        head = tokens[start + 1 : brace]
        if "*" in head[:2]:
            yield {token[1:] for token in tokens[brace : _end(tokens, brace)] if re.match(r"[?$]\w", token)}
        else:
            yield _selected(head)


def _selected(head: list[str]) -> set[str]:
    """Give the variables that stand by themselves, not in an expression."""
    depth = 0
    found: set[str] = set()
    for token in head:
        depth += {"(": 1, ")": -1}.get(token, 0)
        if depth == 0 and token[0] in "?$":
            found.add(token[1:])
    return found


def _end(tokens: list[str], start: int) -> int:
    depth = 0
    for at in range(start, len(tokens)):
        depth += (tokens[at] == "{") - (tokens[at] == "}")
        if depth == 0:
            return at
    return len(tokens)
