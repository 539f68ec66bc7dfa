"""Walking property paths in Python, from one node at a time: for a few nodes that is quicker than to ask for them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, Protocol

import pyoxigraph as ox

from averment.validate.compiler.paths import AnyStep, Path, Repeated, Several, Step
from averment.validate.report import Term

__all__ = ["LINKS", "AsWritten", "Links", "ends", "values"]

LINKS = 1_000
"""Triples that are followed for one message; whoever reads it does not count further."""


class Links(Protocol):
    """What is asked of a graph here."""

    def follow(self, node: Term, predicate: ox.NamedNode | None, *, backwards: bool) -> Iterable[Any]:
        """Give the nodes that a property, or any, leads to or comes from, in any order and perhaps repeatedly."""


class AsWritten:
    """Quads as they were written: a store would take 01 and 1 for one value, where a shape counts two."""

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        """Index quads by both of their ends."""
        self._ends: defaultdict[tuple[object, ox.NamedNode | None, bool], list[Any]] = defaultdict(list)
        for quad in quads:
            self._ends[quad.subject, quad.predicate, False].append(quad.object)
            self._ends[quad.object, quad.predicate, True].append(quad.subject)

    def follow(self, node: Term, predicate: ox.NamedNode | None, *, backwards: bool) -> Iterable[Any]:
        """Give the nodes that a property leads to, or comes from, in the order of the quads."""
        return self._ends.get((node, predicate, backwards), ())


def ends(graph: Links, path: Path | None, start: Term) -> list[Any]:
    """Give the terms to which a path leads from a node, each once; None leads nowhere else."""
    match path:
        case None:
            return [start]
        case Step():
            return list(dict.fromkeys(graph.follow(start, path.property, backwards=path.backwards)))
        case AnyStep():
            return list(dict.fromkeys(graph.follow(start, None, backwards=path.backwards)))
        case Several(mark="/"):
            found = [start]
            for part in path.parts:
                found = _all(graph, part, found)
            return found
        case Several():
            return list(dict.fromkeys(end for part in path.parts for end in ends(graph, part, start)))
        case Repeated():
            return _repeated(graph, path, start)


def values(graph: Links, start: Term, path: Path) -> set[Any] | None:
    """Give the terms to which a path leads, None where more than LINKS triples would have to be followed."""
    try:
        return set(ends(_Bounded(graph), path, start))
    except _TooManyError:
        return None


def _all(graph: Links, path: Path, starts: Iterable[Term]) -> list[Any]:
    return list(dict.fromkeys(end for start in starts for end in ends(graph, path, start)))


def _repeated(graph: Links, path: Repeated, start: Term) -> list[Any]:
    found: dict[Any, None] = {} if path.mark == "+" else {start: None}
    reached: list[Any] = [start]
    while reached:
        reached = [end for end in _all(graph, path.part, reached) if end not in found]
        found |= dict.fromkeys(reached)
        if path.mark == "?":
            break
    return list(found)


class _TooManyError(Exception):
    """A path leads along too many triples."""


class _Bounded:
    """A graph of which only so many triples may be followed."""

    def __init__(self, graph: Links) -> None:
        self._graph = graph
        self._left = LINKS

    def follow(self, node: Term, predicate: ox.NamedNode | None, *, backwards: bool) -> Iterator[Any]:
        for end in self._graph.follow(node, predicate, backwards=backwards):
            self._left -= 1
            if self._left < 0:
                raise _TooManyError
            yield end
