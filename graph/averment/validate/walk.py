"""The values at the end of a property path, counted for a message without running a query for it."""

from collections.abc import Iterator

from averment.validate.compiler.paths import AnyStep, Path, Repeated, Several, Step
from averment.validate.report import Term
from averment.validate.union import Union

__all__ = ["LINKS", "values"]

LINKS = 1_000
"""Triples that are followed for one message; whoever reads it does not count further."""


def values(graph: Union, start: Term, path: Path) -> set[Term] | None:
    """Give the nodes that a path leads to, None where more than LINKS triples would have to be followed."""
    try:
        return _Walk(graph).ends({start}, path)
    except _TooManyError:
        return None


class _TooManyError(Exception):
    """The path leads along too many triples."""


class _Walk:
    """One walk, and the triples that it may still follow."""

    def __init__(self, graph: Union) -> None:
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
