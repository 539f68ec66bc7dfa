"""What a query may not be, seen from its text alone, before any parser reads it.

Parsers are recursive: a few kilobytes of nested brackets overflow their stack. And SPARQL can ask an engine to call
other servers. So a query is first cut into tokens here, by one regular expression without recursion, and refused where
it nests too deep, chains too many operators, or asks for more than reading.

Nobody may hide a keyword from these tokens by making them begin elsewhere than the engine's. Where two readings of the
same text are possible, the query is therefore refused, with a sentence that says how to write it plainly.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from averment.errors import QueryError, QueryLengthError, QueryLimitError

__all__ = ["TextLimits", "check"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLimits:
    """How much a query's text may hold. The engine survives a few times as much."""

    length: int = 50_000
    """Characters."""
    nesting: int = 50
    """Brackets of any kind within each other."""
    operators: int = 300
    """UNION, OPTIONAL, BIND and the like, and the signs of expressions and paths."""


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str


_TOKEN = re.compile(
    r"""
      (?P<space>    [\x00-\x20]+ | \#[^\n\r]* )
    | (?P<string>   \"{3} (?: \\. | [^\\] )*? \"{3} | '{3} (?: \\. | [^\\] )*? '{3}
                  | " (?: \\. | [^"\\\n\r] )* "     | ' (?: \\. | [^'\\\n\r] )* ' )
    | (?P<iri>      < (?: \\u[0-9A-Fa-f]{4} | \\U[0-9A-Fa-f]{8} | [^<>"{}|^`\\\x00-\x20] )* > )
    | (?P<variable> [?$] [\w\x80-\U0010FFFF]+ )
    | (?P<language> @ [A-Za-z]+ (?: - [A-Za-z0-9]+ )* )
    | (?P<number>   [0-9]+ (?: \. [0-9]+ )? (?: [eE] [+-]? [0-9]+ )? )
    | (?P<name>     (?: [A-Za-z_\x80-\U0010FFFF] [\w.\x80-\U0010FFFF-]* )?
                    : (?: [\w.:%\x80-\U0010FFFF-] | \\[_~.!$&'()*+,;=/?\#@%-] )* )
    | (?P<word>     [A-Za-z_\x80-\U0010FFFF] [\w\x80-\U0010FFFF]* )
    | (?P<open>     [{(\[] )
    | (?P<close>    [})\]] )
    | (?P<sign>     && | \|\| | [!+*/|^=<>-] )
    | (?P<other>    . )
    """,
    re.VERBOSE | re.DOTALL,
)

_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))")
_BAD_STRING_ESCAPE = re.compile(r"\\(?:\\|[^\\tbnrf\"'uU]|u(?![0-9A-Fa-f]{4})|U(?![0-9A-Fa-f]{8}))")
_HARMLESS_ASCII = re.compile(r"[A-Za-z0-9_]")
_ADDRESS = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*://")

_OPERATORS = frozenset(
    ["BIND", "EXISTS", "FILTER", "GRAPH", "IN", "LATERAL", "MINUS", "OPTIONAL", "SELECT", "UNION", "VALUES", "AS"]
)
_UPDATES = frozenset(["ADD", "CLEAR", "COPY", "CREATE", "DELETE", "DROP", "INSERT", "LOAD", "MOVE", "WITH"])


def check(query: str, limits: TextLimits | None = None) -> None:
    """Return where `query` may be handed to the engine; it need not be SPARQL for that.

    Raises QueryLimitError where it is too long, too deep or too involved, QueryError where it asks for more than to
    read from this store or could be read in two ways.

    >>> check('SELECT ?s { ?s ?p "SERVICE" } # SERVICE')
    """
    limits = limits or TextLimits()
    if len(query) > limits.length:
        raise QueryLengthError(f"the query has {len(query):,} characters; at most {limits.length:,} are read")
    _check_escapes(query)
    tokens = list(_tokens(query))
    _check_depth(tokens, limits.nesting)
    _check_operators(tokens, limits.operators)
    _check_keywords(tokens)


def _tokens(query: str) -> Iterator[_Token]:
    """Cut the text into tokens, without space and comments."""
    for match in _TOKEN.finditer(query):
        token = _Token(match.lastgroup or "other", match.group())
        _check_readings(token)
        if token.kind != "space":
            yield token


def _check_escapes(query: str) -> None:
    r"""Refuse `\u0022` and its like: SPARQL has them decoded before anything else, this engine does it afterwards."""
    for match in _ESCAPE.finditer(query):
        code = int(match[1] or match[2], 16)
        if code < 0x80 and not _HARMLESS_ASCII.match(chr(code)):
            raise QueryError(f"the escape {match[0]} stands for a sign of SPARQL itself; write the character")


def _check_readings(token: _Token) -> None:
    """Refuse a token that the engine could begin or end elsewhere."""
    if token.kind == "other" and token.text == "\\":
        raise QueryError("a backslash stands outside strings and IRIs; write the character that is meant")
    if token.kind == "string" and any(match[0] != "\\\\" for match in _BAD_STRING_ESCAPE.finditer(token.text)):
        raise QueryError("a string has an escape that SPARQL does not know; write \\\\ for a backslash")
    if token.kind == "iri" and re.search("['#]", token.text) and not _ADDRESS.match(token.text):
        # `?a<'x>y'` compares with a string, but looks like the IRI <'x> followed by the beginning of a string.
        raise QueryError(f"{token.text} could be an IRI or a comparison; write the IRI in full, or a blank after <")


def _check_depth(tokens: list[_Token], limit: int) -> None:
    depth = 0
    for token in tokens:
        depth += (token.kind == "open") - (token.kind == "close")
        if depth > limit:
            raise QueryLimitError(f"the query nests brackets more than {limit} deep")


def _check_operators(tokens: list[_Token], limit: int) -> None:
    words = (token.text.upper() for token in tokens if token.kind == "word")
    count = sum(token.kind == "sign" for token in tokens) + sum(word in _OPERATORS for word in words)
    if count > limit:
        raise QueryLimitError(f"the query has {count:,} operators; at most {limit:,} are evaluated")


def _check_keywords(tokens: list[_Token]) -> None:
    for token in tokens:
        word = token.text.upper() if token.kind == "word" else ""
        if word in _UPDATES:
            raise QueryError(f"{word} would change data; this is for reading only")
        if "SERVICE" in word:
            raise _service_refused()
    _check_glued_keywords(tokens)


def _check_glued_keywords(tokens: list[_Token]) -> None:
    """Refuse `SERVICEex:other { ... }`: the engine takes keywords without a blank behind them."""
    before = _Token("other", "")
    for token, after in pairwise(tokens):
        named = token.kind == "name" and "SERVICE" in token.text.partition(":")[0].upper()
        if named and after.text == "{" and before.text.upper() != "GRAPH":
            raise _service_refused()
        before = token


def _service_refused() -> QueryError:
    return QueryError("SERVICE would ask another server; this answers from its own data only")
