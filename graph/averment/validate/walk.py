"""The values at the end of a property path, counted for a message without running a query for it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, Protocol

import pyoxigraph as ox

from averment.validate.compiler.paths import AnyStep, Path, Repeated, Several, Step
from averment.validate.report import Term

__all__ = ["LINKS", "AsWritten", "Links", "values"]

LINKS = 1_000
"""Triples that are followed for one message; whoever reads it does not count further."""


class Links(Protocol):
    """What is asked of a graph here."""

    def follow(self, node: Term, predicate: ox.NamedNode, *, backwards: bool) -> Iterable[Any]:
        """Give the nodes that a property leads to, or comes from, in any order and perhaps repeatedly."""


class AsWritten:
    """Quads as they were written: a store would take 01 and 1 for one value, where a shape counts two."""

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        """Index quads by both of their ends."""
        self._ends: defaultdict[tuple[object, ox.NamedNode, bool], list[Any]] = defaultdict(list)
        for quad in quads:
            self._ends[quad.subject, quad.predicate, False].append(quad.object)
            self._ends[quad.object, quad.predicate, True].append(quad.subject)

    def follow(self, node: Term, predicate: ox.NamedNode, *, backwards: bool) -> Iterable[Any]:
        """Give the nodes that a property leads to, or comes from, in the order of the quads."""
        return self._ends.get((node, predicate, backwards), ())


def values(graph: Links, start: Term, path: Path) -> set[Term] | None:
    """Give the nodes that a path leads to, None where more than LINKS triples would have to be followed."""
    try:
        return _Walk(graph).ends({start}, path)
    except _TooManyError:
        return None


class _TooManyError(Exception):
    """The path leads along too many triples."""


class _Walk:
    """One walk, and the triples that it may still follow."""

    def __init__(self, graph: Links) -> None:
        self._graph = graph
        self._left = LINKS

    def ends(self, starts: set[Term], path: Path) -> set[Term]:
        match path:
            case Step():
                return {end for start in starts for end in self._follow(start, path)}
            case AnyStep():
                return set()  # no shape has such a path, only what is made of the queries in them
            case Several(mark="/"):
                for part in path.parts:
                    starts = self.ends(starts, part)
                return starts
            case Several():
                return {end for part in path.parts for end in self.ends(starts, part)}
            case Repeated(mark="?"):
                return starts | self.ends(starts, path.part)
            case Repeated():
                return self._closure(starts, path)

    def _closure(self, starts: set[Term], path: Repeated) -> set[Term]:
        found = set(starts) if path.mark == "*" else set()
        frontier = starts
        while frontier:
            frontier = self.ends(frontier, path.part) - found
            found |= frontier
        return found

    def _follow(self, start: Term, step: Step) -> Iterator[Term]:
        for end in self._graph.follow(start, step.property, backwards=step.backwards):
            self._left -= 1
            if self._left < 0:
                raise _TooManyError
            yield end
