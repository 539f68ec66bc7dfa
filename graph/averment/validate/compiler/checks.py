"""A plan out of shapes: for every constraint that can give a result, the query that finds what breaks it."""

from collections.abc import Iterable, Iterator

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
    Target,
    Test,
)
from averment.validate.compiler.read import Reader
from averment.validate.compiler.values import instance_of
from averment.validate.graphs import from_rdflib
from averment.vocabulary import PREFIXES

__all__ = ["plan_of", "target_pattern"]


def plan_of(graph: rdflib.Graph) -> Plan:
    """Compile the shapes of a graph.

    Raises InputError where they are not sound, or refer to themselves.
    """
    reader = Reader(graph)
    roots: list[Root] = []
    refused: list[Refused] = []
    for node, targets in reader.targets().items():
        try:
            roots.append(Root(from_rdflib(node), targets, tuple(_checks(reader.shape(node), None))))
        except Unsupported as error:
            refused.append(Refused(from_rdflib(node), str(error)))
    return Plan(tuple(root for root in roots if root.checks), tuple(refused))


def target_pattern(targets: Iterable[Target], variable: str) -> str:
    """Give the pattern for a variable being a target."""
    return " UNION ".join(f"{{ {_target(target, variable)} }}" for target in targets)


def _target(target: Target, variable: str) -> str:
    match target.kind:
        case "Class":
            return instance_of(variable, target.term)
        case "SubjectsOf":
            return f"{variable} {target.term} ?targetObject ."
        case "ObjectsOf":
            return f"?targetSubject {target.term} {variable} ."
    return f"VALUES {variable} {{ {target.term} }}"


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
    root = "?this" if to is None else "?root"
    own = shape.path is None
    for start in _walks("?root", to, "?this"):
        for before, after in _texts(shape, constraint):
            yield Check(shape, component, before, root, f"{start} {after}", message, own)


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
            for walk in _walks("?this", shape.path, node):
                yield "SELECT DISTINCT ?this ?path ?value {", f"{walk} {triple} }}"
        case Test() | Logic() | Pair():
            yield from _of_values(shape, constraint)


def _of_values(shape: Shape, constraint: Test | Logic | Pair) -> Iterator[tuple[str, str]]:
    value = "?this" if shape.path is None else "?value"
    head = "SELECT DISTINCT ?this ?value {"
    for walk in _walks("?this", shape.path, value):
        yield head, f"{walk} FILTER (!{write.passes(constraint, '?this', value)}) }}"
    if isinstance(constraint, Pair) and constraint.component == "Equals":
        there = write.reaches(shape.path, "?this", "?value")
        yield head, f"?this {constraint.property} ?value FILTER (!{there}) }}"


def _walks(start: str, path: Path | None, end: str) -> Iterator[str]:
    """Give the patterns from one variable to another; a node in no triple is reached from itself by another one."""
    if path is None:
        yield ""
        return
    yield f"{start} {write.reach(path)} {end} ."
    if holds_of_itself(path):
        yield f"BIND ({start} AS {end})"
