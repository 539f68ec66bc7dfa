"""What a shape looks at: the properties without whose triples it would find the same.

What it finds depends on the triples of these properties only: an engine may be given a part of a graph, and a change of
other triples changes nothing.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import pyoxigraph as ox
import rdflib
from rdflib.paths import AlternativePath, InvPath, MulPath, SequencePath
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import Node, URIRef, Variable

from averment.validate.compiler.paths import Path, Repeated, Several, Step
from averment.validate.compiler.plan import (
    Closed,
    Constraint,
    Custom,
    Pair,
    Query,
    Refused,
    Root,
    Shape,
    Target,
    Test,
    constraints_of,
)
from averment.validate.compiler.read import Reader
from averment.validate.graphs import to_rdflib
from averment.validate.prepared import prepared
from averment.validate.report import Term
from averment.vocabulary import RDF, RDFS

__all__ = ["footprint", "footprint_of"]

Properties = frozenset[ox.NamedNode]

_CLASSES = frozenset({RDF.type, ox.NamedNode(f"{RDFS.iri}subClassOf")})


class _Everything(Exception):  # noqa: N818 - no error: the answer is that every property counts
    """A shape looks at properties that it does not name."""


def footprint(graph: rdflib.Graph, shape: Term) -> Properties | None:
    """Give the properties that a shape of a graph looks at, those of its targets too; None where that may be any.

    Raises InputError where the shape is not sound.
    """
    reader = Reader(graph)
    node = to_rdflib(shape)
    return _of([(reader.targets().get(node, ()), reader.shape(node))])


def footprint_of(roots: Iterable[Root | Refused]) -> Properties | None:
    """Give the properties that the shapes of a plan look at; None where that may be any."""
    return _of((root.targets, root.shape) for root in roots)


def _of(pairs: Iterable[tuple[Iterable[Target], Shape]]) -> Properties | None:
    found: set[ox.NamedNode] = set()
    try:
        for targets, shape in pairs:
            for target in targets:
                found |= _of_target(target)
            found.update(_of_shape(shape))
    except _Everything:
        return None
    return frozenset(found)


def _of_target(target: Target) -> Properties:
    if target.kind == "Class":
        return _CLASSES
    if target.kind == "Node" or not isinstance(target.term, ox.NamedNode):
        return frozenset()
    return frozenset({target.term})


def _of_shape(shape: Shape) -> Iterator[ox.NamedNode]:
    for at, constraint in constraints_of(shape):
        if at.path is not None:
            yield from _of_path(at.path)
        yield from _of_constraint(constraint)


def _of_path(path: Path) -> Iterator[ox.NamedNode]:
    match path:
        case Step():
            yield path.property
        case Several():
            for part in path.parts:
                yield from _of_path(part)
        case Repeated():
            yield from _of_path(path.part)


def _of_constraint(constraint: Constraint) -> Iterator[ox.NamedNode]:
    match constraint:
        case Closed():
            raise _Everything
        case Test(component="Class"):
            yield from _CLASSES
        case Pair():
            yield constraint.property
        case Query():
            yield from _of_query(constraint.text, {})
        case Custom():
            yield from _of_query(constraint.text, {name: to_rdflib(term) for name, term in constraint.parameters})


# ---- Queries ------------------------------------------------------------------------------------------------------


def _of_query(text: str, given: dict[str, Node]) -> Iterator[ox.NamedNode]:
    """Give the properties of a query's patterns; `given` are the variables with a value that is known already."""
    known = {Variable(name): value for name, value in given.items()}
    for triples in _patterns(prepared(text).algebra):
        for triple in triples:
            yield from _of_verb(known.get(triple[1], triple[1]))
            _refuse_any_node(triple, triples)


def _patterns(part: Any) -> Iterator[list[Any]]:
    if isinstance(part, list | tuple):
        for inner in part:
            yield from _patterns(inner)
    elif isinstance(part, CompValue):
        if part.name == "BGP":
            yield part.triples
        for key in part:
            yield from _patterns(getattr(part, key))


def _of_verb(verb: Any) -> Iterator[ox.NamedNode]:
    """Give the properties of a path in a query; whatever is left over, a variable or `!`, may be any."""
    match verb:
        case URIRef():
            yield ox.NamedNode(str(verb))
        case SequencePath() | AlternativePath():
            for part in verb.args:
                yield from _of_verb(part)
        case InvPath():
            yield from _of_verb(verb.arg)
        case MulPath():
            yield from _of_verb(verb.path)
        case _:
            raise _Everything


def _refuse_any_node(triple: Any, triples: list[Any]) -> None:
    """A path of no steps between two variables holds of every node of the graph, unless another pattern names one."""
    subject, verb, object_ = triple
    ends = {subject, object_}
    free = all(isinstance(end, Variable) and end != Variable("this") for end in ends)
    if free and not isinstance(verb, URIRef):
        others = {term for other in triples if other is not triple and isinstance(other[1], URIRef) for term in other}
        if not ends & others:
            raise _Everything
