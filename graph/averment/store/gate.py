"""What a query may not be, seen from its text alone, before any parser reads it.

Parsers are recursive: a few kilobytes of nested brackets overflow their stack. And SPARQL can ask an engine to call
other servers. So a query is first cut into tokens here, by one regular expression without recursion, and refused where
it nests too deep, chains too many operators, or asks for more than reading.

Nobody may hide a keyword from these tokens by making them begin elsewhere than the engine's. Where two readings of the
same text are possible, the query is therefore refused, with a sentence that says how to write it plainly.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from averment.errors import QueryLengthError, QueryLimitError, QueryRefusedError, QuerySyntaxError

__all__ = ["Checked", "TextLimits", "Token", "asks_others", "check", "check_operators", "checked", "read"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLimits:
    """How much the text of a query or an update may hold. The engine survives a few times as much."""

    length: int = 50_000
    """Characters."""
    nesting: int = 50
    """Brackets of any kind within each other."""
    operators: int = 300
    """UNION, OPTIONAL, BIND and the like, and the signs of expressions and paths."""
    pieces: int = 20_000
    """Words, names, signs, and the space between them: cutting them takes time, before there is a limit on that."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A query that may be handed to the engine, as `checked` gives it."""

    text: str
    asks_others: bool


class Token(NamedTuple):
    """A piece of the text: its kind as `_TOKEN` names it, and where it begins, in characters.

    A tuple, since a query has hundreds of them.
    """

    kind: str
    text: str
    start: int = 0

    @property
    def word(self) -> str:
        """The keyword in capitals; nothing for what is none."""
        return self.text.upper() if self.kind == "word" else ""


_TOKEN = re.compile(
    r"""
      (?P<space>    [\x00-\x20]+ | \#[^\n\r]* )
    | (?P<string>   \"{3} (?: \\. | [^\\] )*? \"{3} | '{3} (?: \\. | [^\\] )*? '{3}
                  | " (?: \\. | [^"\\\n\r] )* "     | ' (?: \\. | [^'\\\n\r] )* ' )
    | (?P<iri>      < (?: \\u[0-9A-Fa-f]{4} | \\U[0-9A-Fa-f]{8} | [^<>"{}|^`\\\x00-\x20] )* > )
    | (?P<variable> [?$] [\w\x80-\U0010FFFF]+ )
    | (?P<language> @ [A-Za-z]+ (?: - [A-Za-z0-9]+ )* )
    | (?P<number>   [0-9]+ (?: \. [0-9]+ )? (?: [eE] [+-]? [0-9]+ )? )
    | (?P<name>     (?: [A-Za-z_\x80-\U0010FFFF] [\w.\x80-\U0010FFFF-]{0,255}+ )?
                    : (?: [\w.:%\x80-\U0010FFFF-] | \\[_~.!$&'()*+,;=/?\#@%-] )* )
    | (?P<word>     [A-Za-z_\x80-\U0010FFFF] [\w\x80-\U0010FFFF]* )
    | (?P<open>     [{(\[] )
    | (?P<close>    [})\]] )
    | (?P<sign>     && | \|\| | [!+*/|^=<>-] )
    | (?P<other>    . )
    """,
    re.VERBOSE | re.DOTALL,
)

# A prefix is looked for as far as 256 characters: what looks like one and is none, `a-a-a-...`, is looked through again
# from each of its words. Of a longer one the words are read, which hides nothing.

_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))")
_BAD_STRING_ESCAPE = re.compile(r"\\(?:\\|[^\\tbnrf\"'uU]|u(?![0-9A-Fa-f]{4})|U(?![0-9A-Fa-f]{8}))")
_HARMLESS_ASCII = re.compile(r"[A-Za-z0-9_]")
_ADDRESS = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*://")

_OPERATORS = frozenset(
    ["BIND", "EXISTS", "FILTER", "GRAPH", "IN", "LATERAL", "MINUS", "OPTIONAL", "SELECT", "UNION", "VALUES", "AS"]
)
_SIGNS = "!+*/|^=<>-&"
"""The characters of the kind `sign`."""

_UPDATES = frozenset(["ADD", "CLEAR", "COPY", "CREATE", "DELETE", "DROP", "INSERT", "LOAD", "MOVE", "WITH"])
_REFUSED = ("SERVICE", *sorted(_UPDATES))

_ODD = re.compile(r"""\\|<(?![A-Za-z][A-Za-z0-9+.-]*://)[^<>"{}|^`\x00-\x20]*['#]""")
"""What could be read in two ways."""


def check(query: str, limits: TextLimits | None = None, services: Collection[str] = ()) -> bool:
    """Return where `query` may be handed to the engine; it need not be SPARQL for that.

    Gives True for one that asks other servers, which are all among the addresses in `services`. Raises QueryLimitError
    where it is too long, too deep or too involved, QuerySyntaxError where it is an update, QueryRefusedError where it
    asks any other server or could be read in two ways.

    >>> check('SELECT ?s { ?s ?p "SERVICE" } # SERVICE')
    False
    """
    limits = limits or TextLimits()
    if _is_harmless(query, limits):
        return False
    tokens = read(query, limits)
    check_operators(tokens, limits.operators)
    _refuse_updates(query, tokens)
    return asks_others(tokens, services)


def checked(query: str, limits: TextLimits, services: Collection[str] = ()) -> Checked:
    """Give a query as one that has been checked; raise as `check` does."""
    return Checked(query, check(query, limits, services))


def _is_harmless(query: str, limits: TextLimits) -> bool:
    """Say whether no cutting into tokens could find anything: none of what is looked for stands there, anywhere.

    This is so of most queries, and seen at once. A test holds that what is harmless is never refused below.
    """
    if len(query) > min(limits.length, limits.pieces) or _ODD.search(query):
        return False
    words = query.upper()
    if any(word in words for word in _REFUSED):
        return False
    if len(query) > limits.operators:  # each has at least one character
        operators = sum(map(words.count, _OPERATORS)) + sum(map(query.count, _SIGNS))
        if operators > limits.operators:
            return False
    return sum(map(query.count, "{([")) <= limits.nesting


def read(text: str, limits: TextLimits, noun: str = "query") -> list[Token]:
    """Cut a text into tokens, without space and comments, where that can be done in one way only.

    Raises QueryLimitError where it is too long or too deep, QueryRefusedError where it could be read in two ways.
    """
    if len(text) > limits.length:
        raise QueryLengthError(f"the {noun} has {len(text):,} characters; at most {limits.length:,} are read")
    _check_escapes(text)
    tokens = list(_tokens(text, limits.pieces, noun))
    _check_depth(tokens, limits.nesting, noun)
    return tokens


def _tokens(text: str, limit: int, noun: str) -> Iterator[Token]:
    """Cut the text into tokens, without space and comments."""
    for count, match in enumerate(_TOKEN.finditer(text)):
        if count >= limit:
            raise QueryLimitError(f"the {noun} has more than {limit:,} words and signs")
        token = Token(match.lastgroup or "other", match.group(), match.start())
        _check_readings(token)
        if token.kind != "space":
            yield token


def _check_escapes(query: str) -> None:
    r"""Refuse `\u0022` and its like: SPARQL has them decoded before anything else, this engine does it afterwards."""
    for match in _ESCAPE.finditer(query):
        code = int(match[1] or match[2], 16)
        if code < 0x80 and not _HARMLESS_ASCII.match(chr(code)):
            raise QueryRefusedError(f"the escape {match[0]} stands for a sign of SPARQL itself; write the character")


def _check_readings(token: Token) -> None:
    """Refuse a token that the engine could begin or end elsewhere."""
    if token.kind == "other" and token.text == "\\":
        raise QueryRefusedError("a backslash stands outside strings and IRIs; write the character that is meant")
    if token.kind == "string" and any(match[0] != "\\\\" for match in _BAD_STRING_ESCAPE.finditer(token.text)):
        raise QueryRefusedError("a string has an escape that SPARQL does not know; write \\\\ for a backslash")
    if token.kind == "iri" and re.search("['#]", token.text) and not _ADDRESS.match(token.text):
        # `?a<'x>y'` compares with a string, but looks like the IRI <'x> followed by the beginning of a string.
        raise QueryRefusedError(
            f"{token.text} could be an IRI or a comparison; write the IRI in full, or a blank after <"
        )


def _check_depth(tokens: list[Token], limit: int, noun: str) -> None:
    depth = 0
    for token in tokens:
        depth += (token.kind == "open") - (token.kind == "close")
        if depth > limit:
            raise QueryLimitError(f"the {noun} nests brackets more than {limit} deep")


def check_operators(tokens: Iterable[Token], limit: int, noun: str = "query") -> None:
    """Raise QueryLimitError where more than `limit` operators stand among the tokens."""
    count = sum(token.kind == "sign" or token.word in _OPERATORS for token in tokens)
    if count > limit:
        raise QueryLimitError(f"the {noun} has {count:,} operators; at most {limit:,} are evaluated")


def _refuse_updates(query: str, tokens: list[Token]) -> None:
    """Refuse an update, which is no query; a parser of queries would not know what is wrong."""
    for token in tokens:
        if token.word in _UPDATES:
            line, column = query.count("\n", 0, token.start) + 1, token.start - query.rfind("\n", 0, token.start)
            raise QuerySyntaxError(f"{token.word} would change data, and this is a query", line, column)


def asks_others(tokens: list[Token], services: Collection[str] = ()) -> bool:
    """Say whether SERVICE is among the tokens; raise QueryRefusedError where it asks what is not among `services`.

    Also `SERVICEex:other { ... }` does: the engine takes keywords without a blank behind them.
    """
    found, before = False, Token("other", "")
    for place, token in enumerate(tokens):
        after = [following for following in tokens[place + 1 : place + 3] if following.word != "SILENT"]
        opens = bool(after) and after[0].text == "{"
        named = token.kind == "name" and "SERVICE" in token.text.partition(":")[0].upper()
        if "SERVICE" in token.word or (named and opens and before.word != "GRAPH"):
            asked = after[0].text[1:-1] if token.word == "SERVICE" and after and after[0].kind == "iri" else ""
            if asked not in services:
                raise QueryRefusedError(_refusal(services))
            found = True
        before = token
    return found


def _refusal(services: Collection[str]) -> str:
    if not services:
        return "SERVICE would ask another server; this answers from its own data only"
    return f"SERVICE may ask these servers only, by their whole addresses: {', '.join(sorted(services))}"
