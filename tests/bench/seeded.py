"""Graphs of any size with a known number of faults of every kind, and what is to be found in them.

An article is one of the valid examples of tests/shapes under a name of its own, and a fault one of the invalid ones,
each of which breaks one rule. What is to be found in a fault's copy is what pySHACL finds in the example, renamed.
"""

from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox

from averment.validate import Shapes, reference
from averment.validate.files import read_quads
from averment.validate.finding import Finding

__all__ = ["Fact", "Fault", "articles", "expected", "fact", "faults", "quads", "renamed"]

EXAMPLES = Path(__file__).parents[1] / "shapes"
BASE = "https://example.org/ostport/"

SHARE = 100
"""One article in so many has a fault; where they are few, there is one fault for every rule."""

SMALLEST, LARGEST = 40, 100
"""Quads of the examples that stand for articles; the mean is some 70."""


class Fact(NamedTuple):
    """A result without its words."""

    focus: str
    value: str
    component: str
    shape: str


class Fault(NamedTuple):
    """A graph that breaks one rule, and the results that it gives."""

    quads: list[ox.Quad]
    facts: list[Fact]


def fact(finding: Finding) -> Fact:
    """Give what a finding says."""
    return Fact(*map(str, (finding.focus, finding.value, finding.component, finding.shape)))


def articles() -> list[list[ox.Quad]]:
    """Give the graphs that stand for articles."""
    found = [read_quads([path]) for path in sorted(EXAMPLES.glob("**/valid/*.t*"))]
    return [graph for graph in found if SMALLEST <= len(graph) <= LARGEST]


def faults(shapes: Shapes) -> list[Fault]:
    """Give one fault for every rule."""
    found = [read_quads([path]) for path in sorted(EXAMPLES.glob("**/invalid/*.t*"))]
    return [Fault(graph, [fact(it) for it in reference.of_quads(graph, shapes.graph)]) for graph in found]


def quads(size: int, sound: list[list[ox.Quad]], broken: list[Fault]) -> Iterator[ox.Quad]:
    """Give about `size` quads, those of the faults first."""
    given = 0
    for number in count():
        wrong = number < _faults(size, broken)
        if not wrong and given >= size:
            return
        graph = broken[number % len(broken)].quads if wrong else sound[number % len(sound)]
        yield from renamed(graph, number)
        given += len(graph)


def expected(size: int, broken: list[Fault]) -> set[Fact]:
    """Give what is to be found in the graph of this size."""
    return {
        Fact(*(part.replace(BASE, _base(number)) for part in one))
        for number in range(_faults(size, broken))
        for one in broken[number % len(broken)].facts
    }


def renamed(graph: Iterable[ox.Quad], number: int) -> Iterator[ox.Quad]:
    """Give a copy of an example, the one of this number."""
    new = _base(number)
    for quad in graph:
        subject, object_, name = (
            ox.NamedNode(new + term.value.removeprefix(BASE))
            if isinstance(term, ox.NamedNode) and term.value.startswith(BASE)
            else term
            for term in (quad.subject, quad.object, quad.graph_name)
        )
        yield ox.Quad(subject, quad.predicate, object_, name)  # type: ignore[arg-type] # what was a node still is one


def _faults(size: int, broken: list[Fault]) -> int:
    return max(len(broken), size // 70 // SHARE)


def _base(number: int) -> str:
    return f"https://example.org/{number}/"
