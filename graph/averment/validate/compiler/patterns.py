"""The trails of a query: from its patterns, how each triple that it looks at is reached from `$this`.

A pattern in OPTIONAL, UNION or EXISTS is reached through the patterns that must hold around it, never through those
beside it, which may hold nothing. What is not reached at all, or stands in a part that is not known here, is untied.
"""

from collections.abc import Iterator
from typing import Any

import pyoxigraph as ox
import rdflib
from rdflib.paths import AlternativePath, InvPath, MulPath, NegatedPath, SequencePath
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import Variable

from averment.validate.compiler.paths import AnyStep, Path, Repeated, Several, Step, backwards, sequence
from averment.validate.compiler.plan import Trail
from averment.validate.compiler.trails import along, joined

__all__ = ["trails_of"]

Reached = dict[Any, Path | None]
"""The variables that are reached from `$this`, each by one path."""

_AROUND = {
    **dict.fromkeys(("SelectQuery", "Project", "Distinct", "Reduced", "OrderBy", "Filter", "Extend"), ("p",)),
    "Join": ("p1", "p2"),
    "LeftJoin": ("p1",),
}
"""Which patterns hold wherever the part that they stand in does."""

_OPAQUE = {"ToMultiSet", "Minus", "Group", "AggregateJoin", "Graph", "ServiceGraphPattern"}
"""Parts in which a variable may be another one than that of the same name around them."""


def trails_of(algebra: Any) -> frozenset[Trail]:
    """Give the trails of a SELECT query, as rdflib translates it."""
    return frozenset(_trails(algebra, {Variable("this"): None}))


def _trails(part: Any, reached: Reached) -> Iterator[Trail]:
    if isinstance(part, list | tuple):
        for inner in part:
            yield from _trails(inner, reached)
    elif isinstance(part, CompValue):
        triples = list(_certain(part))
        reached = {} if part.name in _OPAQUE else _extended(reached, triples)
        for triple in triples:
            yield from _of_triple(triple, reached)
        for inner in _uncertain(part):
            yield from _trails(inner, reached)


def _certain(part: Any) -> Iterator[Any]:
    """Give the triple patterns that must hold where a part does."""
    if part.name == "BGP":
        yield from part.triples
    for name in _AROUND.get(part.name, ()):
        yield from _certain(getattr(part, name))


def _uncertain(part: Any) -> Iterator[Any]:
    """Give what stands below a part and may hold or not, and the expressions, which see what surrounds them."""
    for name in part if part.name != "BGP" else ():
        inner = getattr(part, name)
        if name in _AROUND.get(part.name, ()):
            yield from _uncertain(inner)
        else:
            yield inner


def _extended(reached: Reached, triples: list[Any]) -> Reached:
    found = dict(reached)
    grown = True
    while grown:
        grown = False
        for subject, predicate, object_ in triples:
            path = _path(predicate)
            for start, end, way in ((subject, object_, path), (object_, subject, backwards(path))):
                if start in found and end not in found and isinstance(end, Variable | rdflib.BNode):
                    found[end] = joined(found[start], way)
                    grown = True
    return found


def _of_triple(triple: Any, reached: Reached) -> Iterator[Trail]:
    subject, predicate, object_ = triple
    path = _path(predicate)
    if subject in reached:
        yield from along(reached[subject], path)
    elif object_ in reached:
        yield from along(reached[object_], backwards(path))
    else:
        yield from (Trail(None, trail.property, tied=False) for trail in along(None, path))


def _path(predicate: Any) -> Path:
    """Give a property, a variable for one, or a path of rdflib's as ours."""
    match predicate:
        case rdflib.URIRef():
            return Step(ox.NamedNode(str(predicate)))
        case InvPath():
            return backwards(_path(predicate.arg))
        case SequencePath() | AlternativePath():
            parts = tuple(map(_path, predicate.args))
            return sequence(*parts) if isinstance(predicate, SequencePath) else Several("|", parts)
        case MulPath():
            return Repeated(str(predicate.mod), _path(predicate.path))
        case NegatedPath():
            return Several("|", (AnyStep(), AnyStep(backwards=True)))
    return AnyStep()
