"""What an update from outside may be, seen from its text, and the text that is carried out in its place.

It passes the gate that queries pass, except that it may change data; neither may it make this store ask others, by
SERVICE or LOAD. A request may say which graphs its patterns are about (`using-graph-uri`), which the engine has no
parameter for: the same is then written into the text, as USING.

https://www.w3.org/TR/sparql11-protocol/#update-operation
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from averment.errors import QueryRefusedError
from averment.store import gate
from averment.store.gate import TextLimits, Token

__all__ = ["Dataset", "operations"]

_PROLOGUE = frozenset(["BASE", "PREFIX", "VERSION"])
_HARMLESS_IN_DATA = frozenset("^+-")
"""Signs of datatypes and numbers; what is data is no expression, however many there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """The graphs that the patterns of an update are about; None where the request does not say."""

    default_graphs: Sequence[str] | None = None
    named_graphs: Sequence[str] | None = None

    @property
    def clauses(self) -> str:
        """The same in SPARQL; nothing where the request does not say. Raises ValueError for what is no IRI."""
        default = [f"USING {ox.NamedNode(iri)} " for iri in self.default_graphs or ()]
        return "".join([*default, *(f"USING NAMED {ox.NamedNode(iri)} " for iri in self.named_graphs or ())])


def operations(text: str, limits: TextLimits, dataset: Dataset | None = None) -> str:
    """Give the operations of an update, about the graphs of `dataset`; nothing where there are none.

    Raises QueryLimitError and QueryRefusedError as `gate.check` does, and where both the request and the text say
    which graphs they are about.
    """
    tokens = gate.read(text, limits, "update")
    gate.check_operators(_expressions(tokens), limits.operators, "update")
    gate.asks_others(tokens)
    keywords = _keywords(tokens)
    if any(word.startswith("LOAD") for _, word in keywords):
        raise QueryRefusedError("LOAD would ask another server; send the data itself, to /graphs")
    if all(word in _PROLOGUE for _, word in keywords):
        return ""
    end = tokens[-1].start if tokens[-1].text == ";" else len(text)
    clauses = dataset.clauses if dataset else ""
    return _about(text[:end], tokens, clauses) if clauses else text[:end]


def _expressions(tokens: list[Token]) -> Iterator[Token]:
    """Leave out the signs of data between the braces of INSERT DATA and DELETE DATA."""
    depth, data_from = 0, 0
    before = Token("other", "")
    for token in tokens:
        depth += (token.kind == "open") - (token.kind == "close")
        if depth == 1 and token.text == "{":
            data_from = 1 if before.word.endswith("DATA") else 0
        data_from = 0 if depth == 0 else data_from
        if not (data_from and token.text in _HARMLESS_IN_DATA):
            yield token
        before = token


def _keywords(tokens: list[Token]) -> list[tuple[int, str]]:
    """Give the keywords outside brackets, in capitals, with their places.

    A name that follows no keyword may begin with one, as in `LOADex:a`: the engine wants no blank behind them.
    """
    found = []
    before = Token("other", "")
    for place, (token, depth) in enumerate(_with_depth(tokens)):
        glued = token.text.upper() if token.kind == "name" and not before.word else ""
        if depth == 0 and (word := token.word or glued):
            found.append((place, word))
        before = token
    return found


def _about(text: str, tokens: list[Token], clauses: str) -> str:
    """Write the clauses before each WHERE; `DELETE WHERE { ... }`, which takes none, is written out for that."""
    pieces, done = [], 0
    for place, word in _keywords(tokens):
        if "USING" in word or word.startswith("WITH"):
            raise QueryRefusedError("the request says which graphs to use, and so does the update (USING or WITH)")
        if word.endswith("WHERE") and word != "WHERE":
            raise QueryRefusedError(f"{tokens[place].text} is two words; write a blank before WHERE")
        if word == "WHERE":
            pattern = _block(text, tokens, place + 1) if place and tokens[place - 1].word == "DELETE" else ""
            pieces.append(f"{text[done : tokens[place].start]}{pattern} {clauses}")
            done = tokens[place].start
    return "".join(pieces) + text[done:]


def _with_depth(tokens: Iterable[Token]) -> Iterator[tuple[Token, int]]:
    """Give each token with the number of brackets around it, its own not counted."""
    depth = 0
    for token in tokens:
        depth -= token.kind == "close"
        yield token, depth
        depth += token.kind == "open"


def _block(text: str, tokens: list[Token], first: int) -> str:
    """Give the block in braces that begins with the token at `first`."""
    following = (tokens[place] for place in range(first, len(tokens)))
    ends = (token.start + 1 for token, depth in _with_depth(following) if token.kind == "close" and depth == 0)
    end = next(ends, None)
    return "" if end is None else text[tokens[first].start : end]
