"""Where a shape looks: the triples whose coming or going can change what it finds, and how each is reached.

A trail leads from a thing to a property of a node that is looked at on the way. Walked backwards from a triple that has
changed, it gives the things that may be judged otherwise now: had none of their trails met a changed triple, every step
from them would find what it found before.
"""

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from averment.validate.compiler.paths import AnyStep, Path, Repeated, Several, Step, backwards, sequence
from averment.validate.compiler.plan import (
    Closed,
    Constraint,
    Logic,
    Nested,
    Pair,
    Qualified,
    Query,
    Shape,
    Target,
    Test,
    Trail,
)
from averment.validate.compiler.values import SUBCLASS
from averment.vocabulary import RDF

__all__ = ["along", "joined", "of_constraint", "of_targets"]


def along(to: Path | None, path: Path | None) -> Iterator[Trail]:
    """Give the trails of walking a path from where another one ends; None is no step."""
    match path:
        case Step():
            yield Trail(to, path.property, path.backwards)
        case AnyStep():
            yield Trail(to, None, path.backwards)
        case Several(mark="/"):
            for part in path.parts:
                yield from along(to, part)
                to = joined(to, part)
        case Several():
            for part in path.parts:
                yield from along(to, part)
        case Repeated():
            yield from along(joined(to, Repeated("*", path.part)), path.part)


def joined(*parts: Path | None) -> Path | None:
    """Give one path for several after each other, None where none of them has a step."""
    there = [part for part in parts if part is not None]
    return sequence(*there) if there else None


def of_constraint(shape: Shape, constraint: Constraint, to: Path | None = None) -> Iterator[Trail]:
    """Give the trails by which a constraint of a shape is decided, from a thing from which `to` leads to its node."""
    value = joined(to, shape.path)
    yield from along(to, shape.path)
    match constraint:
        case Test(component="Class"):
            yield from _instance(value)
        case Logic():
            yield from _of_shapes(constraint.shapes, value)
        case Nested():
            yield from _of_shapes([constraint.shape], value)
        case Qualified():
            yield from _of_shapes([constraint.shape, *constraint.siblings], value)
        case Pair():
            yield Trail(to, constraint.property)
        case Closed():
            yield Trail(value, None)
        case Query():
            yield from (trail.after(to) for trail in constraint.trails)


def _of_shapes(shapes: Iterable[Shape], to: Path | None) -> Iterator[Trail]:
    for shape in shapes:
        for constraint in shape.constraints:
            yield from of_constraint(shape, constraint, to)


def of_targets(targets: Iterable[Target], to: Path | None) -> Iterator[Trail]:
    """Give the trails by which it is decided whether a thing is looked at: whether `to` leads there from a target."""
    root = None if to is None else backwards(to)
    yield from along(None, root)
    for target in targets:
        match target.kind:
            case "Class":
                yield from _instance(root)
            case "SubjectsOf" | "ObjectsOf":
                yield Trail(root, _property(target), target.kind == "ObjectsOf")


def _property(target: Target) -> ox.NamedNode:
    assert isinstance(target.term, ox.NamedNode)  # noqa: S101 - a query with a literal for a property is none
    return target.term


def _instance(node: Path | None) -> Iterator[Trail]:
    """Classes stand above each other at any distance, so a change there may matter to everything."""
    yield Trail(node, RDF.type)
    yield Trail(None, SUBCLASS, tied=False)
