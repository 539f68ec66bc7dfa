"""A plan out of shapes: for every constraint that can give a result, the query that finds what breaks it."""

from collections.abc import Iterator
from dataclasses import replace

import pyoxigraph as ox
import rdflib

from averment.validate.compiler import conformance as write
from averment.validate.compiler.errors import Unsupported
from averment.validate.compiler.messages import message_of
from averment.validate.compiler.paths import Path, holds_of_itself, sequence
from averment.validate.compiler.plan import (
    Check,
    Closed,
    Constraint,
    Count,
    HasValue,
    Logic,
    Nested,
    OneLanguage,
    Pair,
    Plan,
    Qualified,
    Query,
    Refused,
    Root,
    Shape,
    Test,
)
from averment.validate.compiler.read import Reader
from averment.validate.compiler.trails import of_constraint
from averment.validate.graphs import from_rdflib
from averment.vocabulary import PREFIXES

__all__ = ["plan_of", "walks"]


def plan_of(graph: rdflib.Graph) -> Plan:
    """Compile the shapes of a graph.

    Raises InputError where they are not sound, or refer to themselves.
    """
    reader = Reader(graph)
    roots: list[Root] = []
    refused: list[Refused] = []
    for node, targets in reader.targets().items():
        try:
            shape = reader.shape(node)
            roots.append(Root(from_rdflib(node), targets, tuple(_checks(shape, None)), _sieve(shape)))
        except Unsupported as error:
            refused.append(Refused(from_rdflib(node), str(error)))
    return Plan(tuple(root for root in roots if root.checks), tuple(refused))


def _sieve(shape: Shape) -> str | None:
    """Give the filter for what breaks a shape: most keep to it, and need not be asked one check after the other."""
    plain = _without_queries(shape)
    try:
        return f"FILTER (!{write.conforms(plain, '?this')})" if plain.constraints else None
    except Unsupported:
        return None


def _without_queries(shape: Shape) -> Shape:
    constraints = (
        Nested(_without_queries(constraint.shape)) if isinstance(constraint, Nested) else constraint
        for constraint in shape.constraints
        if not isinstance(constraint, Query)
    )
    return replace(shape, constraints=tuple(constraints))


def _checks(shape: Shape, to: Path | None) -> Iterator[Check]:
    """Give the checks of a shape whose nodes are at the end of a path from the target, None where they are targets."""
    for constraint in shape.constraints:
        if isinstance(constraint, Nested):
            path = None if to is None and shape.path is None else sequence(to, shape.path)
            yield from _checks(constraint.shape, path)
        else:
            yield from _of(shape, constraint, to)


def _of(shape: Shape, constraint: Constraint, to: Path | None) -> Iterator[Check]:
    component = ox.NamedNode(f"{PREFIXES['sh']}{_name(constraint)}ConstraintComponent")
    message = message_of(shape, constraint)
    trails = frozenset(of_constraint(shape, constraint))
    for before, after in _texts(shape, constraint):
        yield Check(shape, component, before, after, to, message, own_value=shape.path is None, trails=trails)


def _name(constraint: Constraint) -> str:
    match constraint:
        case Query():
            return "SPARQL"
        case Closed() | HasValue():
            return type(constraint).__name__
        case OneLanguage():
            return "UniqueLang"
        case Nested():
            return "Property"
    return constraint.component


def _texts(shape: Shape, constraint: Constraint) -> Iterator[tuple[str, str]]:
    """Give queries in two halves, between which `?this` gets its values."""
    match constraint:
        case Query():
            yield constraint.select, constraint.body
        case Count() | Qualified() | HasValue() | OneLanguage():
            yield "SELECT DISTINCT ?this {", f"FILTER ({write.breaks(shape, constraint, '?this')}) }}"
        case Closed():
            node = "?this" if shape.path is None else "?node"
            triple = write.allowed(constraint, node, "?path", "?value")
            for walk in walks("?this", shape.path, node):
                yield "SELECT DISTINCT ?this ?path ?value {", f"{walk} {triple} }}"
        case Test() | Logic() | Pair():
            yield from _of_values(shape, constraint)


def _of_values(shape: Shape, constraint: Test | Logic | Pair) -> Iterator[tuple[str, str]]:
    value = "?this" if shape.path is None else "?value"
    head = "SELECT DISTINCT ?this ?value {"
    for walk in walks("?this", shape.path, value):
        yield head, f"{walk} FILTER (!{write.passes(constraint, '?this', value)}) }}"
    if isinstance(constraint, Pair) and constraint.component == "Equals":
        there = write.reaches(shape.path, "?this", "?value")
        yield head, f"?this {constraint.property} ?value FILTER (!{there}) }}"


def walks(start: str, path: Path | None, end: str) -> Iterator[str]:
    """Give the patterns from one variable to another, the empty one where there is no path.

    A node in no triple is reached from itself by another one.
    """
    if path is None:
        yield ""
        return
    yield f"{start} {write.reach(path)} {end} ."
    if holds_of_itself(path):
        yield f"BIND ({start} AS {end})"
