"""A plan out of shapes: for every constraint that can give a result, the query that finds what breaks it."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

import rdflib
from rdflib import SH

from averment.validate.compiler import conformance as write
from averment.validate.compiler.errors import Unsound, Unsupported
from averment.validate.compiler.messages import messages_of
from averment.validate.compiler.paths import Path, holds_of_itself, sequence
from averment.validate.compiler.plan import (
    Check,
    Closed,
    Constraint,
    Count,
    Custom,
    HasValue,
    Logic,
    Nested,
    OneLanguage,
    Pair,
    Part,
    Plan,
    Qualified,
    Query,
    Refused,
    Root,
    Shape,
    Target,
    Test,
    component_of,
)
from averment.validate.compiler.read import Reader
from averment.validate.compiler.sparql import prologue
from averment.validate.compiler.trails import of_constraint

__all__ = ["plan_of", "walks"]

_SIZE_LIMIT = 10_000
"""Ways from a shape to others by sh:property, on each of which there is a query."""

_DEPTH_LIMIT = 12
"""Shapes within each other that a query is made of; no text that people write comes near."""


def plan_of(graph: rdflib.Graph) -> Plan:
    """Compile the shapes of a graph.

    Raises InputError where they are not sound, or refer to themselves.
    """
    for regime in graph.objects(None, SH.entailment):
        raise Unsound(f"they ask for the entailment regime <{regime}>, and nothing is inferred here")
    reader = Reader(graph)
    roots: list[Root] = []
    refused: list[Refused] = []
    for node, targets in reader.targets().items():
        shape = reader.shape(node)
        try:
            checks = tuple(_compiled(shape, targets))
            roots.append(Root(shape.node, targets, checks, shape, tuple(_parts(shape, checks))))
        except Unsupported as error:
            refused.append(Refused(shape.node, str(error), targets, shape))
    return Plan(tuple(root for root in roots if root.checks), tuple(refused))


def _parts(shape: Shape, checks: tuple[Check, ...]) -> Iterator[Part]:
    """Give what tells the targets that break a shape: one filter for what is compiled, and each query for itself."""
    compiled = tuple(check for check in checks if check.query is None)
    with suppress(Unsupported):
        if compiled:
            yield Part(compiled, None, f"FILTER (!{write.conforms(_without_queries(shape), '?this')}) }}")
    for check in checks:
        if check.query is not None and check.to is None:
            yield Part((check,), prologue(check.before), check.after)


def _compiled(shape: Shape, targets: tuple[Target, ...]) -> Iterator[Check]:
    still = any(isinstance(constraint, Query) and constraint.stands_still for constraint in shape.constraints)
    if still and any(target.kind == "Node" for target in targets):
        raise Unsupported("its query has a path of any length, and its target may be in no triple")
    if shape.depth > _DEPTH_LIMIT:
        raise Unsupported(f"it has shapes nested more than {_DEPTH_LIMIT} deep")
    if shape.size > _SIZE_LIMIT:
        raise Unsupported("its shapes refer to each other in too many ways")
    return _checks(shape, None)


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
    query = constraint.node if isinstance(constraint, Query) else None
    trails = frozenset(of_constraint(shape, constraint))
    for before, after in _texts(shape, constraint):
        yield Check(
            shape=shape,
            component=component_of(constraint),
            before=_for_each(before, to),
            after=after,
            to=to,
            messages=messages_of(shape, constraint),
            own_value=shape.path is None,
            query=query,
            trails=trails,
        )


def _texts(shape: Shape, constraint: Constraint) -> Iterator[tuple[str, str]]:
    """Give queries in two halves, between which `?this` gets its values."""
    match constraint:
        case Query():
            if constraint.obstacle is not None:
                raise Unsupported(constraint.obstacle)
            yield constraint.select, constraint.body
        case Custom():
            raise Unsupported(f"it uses the constraint component {constraint.component}")
        case OneLanguage():
            yield from _of_languages(shape)
        case Count() | Qualified() | HasValue():
            yield "SELECT DISTINCT ?this {", f"FILTER ({write.breaks(shape, constraint, '?this')}) }}"
        case Closed():
            node, also = ("?this", "") if shape.path is None else ("?node", "?node ")
            triple = write.allowed(constraint, node, "?path", "?value")
            for walk in walks("?this", shape.path, node):
                yield f"SELECT DISTINCT ?this {also}?path ?value {{", f"{walk} {triple} }}"
        case Test() | Logic() | Pair():
            yield from _of_values(shape, constraint)


def _for_each(before: str, to: Path | None) -> str:
    """Give a row for each thing that the target leads from: the results of each are its own."""
    return before if to is None else before.replace("DISTINCT ?this", "DISTINCT ?root ?this", 1)


def _of_languages(shape: Shape) -> Iterator[tuple[str, str]]:
    """Give one row a language that several values are in."""
    if shape.path is None or holds_of_itself(shape.path):
        raise Unsupported("it has sh:uniqueLang on a path of any length")
    values = f'?this {write.reach(shape.path)} ?value FILTER (LANG(?value) != "")'
    grouped = "GROUP BY ?root ?this (LCASE(LANG(?value)) AS ?language) HAVING (COUNT(DISTINCT ?value) > 1)"
    yield "SELECT DISTINCT ?this ?language {", f"{values} }} {grouped}"


def _of_values(shape: Shape, constraint: Test | Logic | Pair) -> Iterator[tuple[str, str]]:
    value = "?this" if shape.path is None else "?value"
    if isinstance(constraint, Pair) and constraint.component.startswith("LessThan"):
        yield from _of_pairs(shape, constraint)
        return
    head = "SELECT DISTINCT ?this ?value {"
    for walk in walks("?this", shape.path, value):
        yield head, f"{walk} FILTER (!{write.passes(constraint, '?this', value)}) }}"
    if isinstance(constraint, Pair) and constraint.component == "Equals":
        there = write.reaches(shape.path, "?this", "?value")
        yield head, f"?this {constraint.property} ?value FILTER (!{there}) }}"


def _of_pairs(shape: Shape, constraint: Pair) -> Iterator[tuple[str, str]]:
    """Give one row a pair of values that are not in order."""
    wrong = f"?this {constraint.property} ?other FILTER (!{write.precedes(constraint, '?value', '?other')})"
    for walk in walks("?this", shape.path, "?value"):
        yield "SELECT DISTINCT ?this ?value ?other {", f"{walk} {wrong} }}"


def walks(start: str, path: Path | None, end: str) -> Iterator[str]:
    """Give the patterns from one variable to another, the empty one where there is no path.

    A node in no triple is reached from itself by another one.
    """
    if path is None:
        yield ""
        return
    yield f"{start} {write.reach(path)} {end} ."
    if holds_of_itself(path):
        yield f"FILTER (!EXISTS {{ {start} {write.reach(path)} {start} }}) BIND ({start} AS {end})"
