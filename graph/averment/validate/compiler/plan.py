"""What shapes mean, as plain values: shapes with their constraints, and the queries that find what breaks them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pyoxigraph as ox

from averment.validate.compiler.paths import Path, Written, sequence
from averment.validate.report import Term
from averment.vocabulary import PREFIXES

__all__ = [
    "Check",
    "Closed",
    "Constraint",
    "Count",
    "Custom",
    "HasValue",
    "Logic",
    "Nested",
    "OneLanguage",
    "Pair",
    "Part",
    "Plan",
    "Qualified",
    "Query",
    "Refused",
    "Root",
    "Shape",
    "Target",
    "Test",
    "Trail",
    "component_of",
    "constraints_of",
    "inner",
    "terms_of",
]


@dataclass(frozen=True, slots=True)
class Test:
    """Each value on its own: sh:class, sh:datatype, sh:nodeKind, sh:in, sh:pattern, and the like."""

    component: str
    """The constraint component's name in SHACL, without its ending, such as `MinLength`."""
    expected: tuple[Term, ...]
    flags: str = ""
    """Those of sh:pattern."""


@dataclass(frozen=True, slots=True)
class Logic:
    """Each value against shapes: sh:node, sh:not, sh:and, sh:or, sh:xone."""

    component: str
    shapes: tuple["Shape", ...]


@dataclass(frozen=True, slots=True)
class Nested:
    """sh:property: what is wrong with each value is reported for itself."""

    shape: "Shape"


@dataclass(frozen=True, slots=True)
class Count:
    """sh:minCount and sh:maxCount."""

    component: str
    limit: int


@dataclass(frozen=True, slots=True)
class Qualified:
    """sh:qualifiedMinCount and sh:qualifiedMaxCount: a count of the values that keep to a shape and to no sibling."""

    component: str
    limit: int
    shape: "Shape"
    siblings: tuple["Shape", ...]


@dataclass(frozen=True, slots=True)
class HasValue:
    """sh:hasValue: it is among the values."""

    expected: Term


@dataclass(frozen=True, slots=True)
class OneLanguage:
    """sh:uniqueLang: no two values are in the same language."""


@dataclass(frozen=True, slots=True)
class Pair:
    """The values against those of another property: sh:equals, sh:disjoint, sh:lessThan, sh:lessThanOrEquals."""

    component: str
    property: ox.NamedNode


@dataclass(frozen=True, slots=True)
class Closed:
    """sh:closed: the values have these properties only."""

    allowed: tuple[ox.NamedNode, ...]


@dataclass(frozen=True, slots=True)
class Trail:
    """Triples that are looked at: those of one property of the node to which a path leads from the thing."""

    to: Path | None
    """None is the thing itself."""
    property: ox.NamedNode | None
    """None is any."""
    backwards: bool = False
    """Whether the node is their object."""
    tied: bool = True
    """Whether a path is known; if not, such a triple anywhere may matter to every thing."""

    def after(self, start: Path | None) -> "Trail":
        """Give the trail from further back."""
        if start is None or not self.tied:
            return self
        return replace(self, to=start if self.to is None else sequence(start, self.to))


@dataclass(frozen=True, slots=True)
class Query:
    """sh:sparql: a SELECT that finds what is wrong, `$PATH` replaced."""

    node: Term
    text: str
    """All of it, as it is asked for one node."""
    select: str
    """Its prefixes and its text up to and with the first brace."""
    body: str
    """What follows the brace."""
    variables: frozenset[str]
    """What it selects."""
    messages: tuple[ox.Literal, ...]
    trails: frozenset[Trail]
    obstacle: str | None = None
    """Why it must be asked for each node by itself."""
    stands_still: bool = False
    """Whether a path in it may have no steps: the store does not find a node there that is in no triple."""


@dataclass(frozen=True, slots=True)
class Custom:
    """A constraint component that somebody declares, with what a shape gives for its parameters."""

    component: ox.NamedNode
    text: str
    """The query of its validator, `$PATH` replaced."""
    asks: bool
    """Whether that is an ASK about each value, rather than a SELECT that finds what is wrong."""
    parameters: tuple[tuple[str, Term], ...]
    messages: tuple[ox.Literal, ...]


Constraint = Test | Logic | Nested | Count | Qualified | HasValue | OneLanguage | Pair | Closed | Query | Custom


def component_of(constraint: Constraint) -> ox.NamedNode:
    """Give the IRI of a constraint's component."""
    match constraint:
        case Custom():
            return constraint.component
        case Query():
            name = "SPARQL"
        case Closed() | HasValue():
            name = type(constraint).__name__
        case OneLanguage():
            name = "UniqueLang"
        case Nested():
            name = "Property"
        case _:
            name = constraint.component
    return ox.NamedNode(f"{PREFIXES['sh']}{name}ConstraintComponent")


@dataclass(frozen=True, slots=True)
class Shape:
    """A node shape, or with a path a property shape."""

    node: Term
    path: Path | None
    constraints: tuple[Constraint, ...]
    severity: ox.NamedNode
    messages: tuple[ox.Literal, ...]
    """The English one first."""
    depth: int = 0
    """How many shapes stand within each other below it."""
    written: Written | None = None
    """The path as the shapes have it."""
    size: int = 1
    """How many shapes it is by sh:property, each as often as it is referred to: each time it has results of its own."""

    def __hash__(self) -> int:
        """Tell shapes apart by their nodes: they may share others so that to walk through all takes for ever."""
        return hash(self.node)


def inner(constraint: Constraint) -> tuple[Shape, ...]:
    """Give the shapes that a constraint refers to."""
    match constraint:
        case Logic():
            return constraint.shapes
        case Nested():
            return (constraint.shape,)
        case Qualified():
            return (constraint.shape, *constraint.siblings)
    return ()


def constraints_of(shape: Shape) -> Iterator[tuple[Shape, Constraint]]:
    """Give the constraints of a shape and of all within it, those of each shape once."""
    reached, ahead = {id(shape)}, [shape]
    while ahead:
        at = ahead.pop()
        for constraint in at.constraints:
            yield at, constraint
            further = [other for other in inner(constraint) if id(other) not in reached]
            reached.update(map(id, further))
            ahead += further


def terms_of(shape: Shape) -> Iterator[Term]:
    """Give what a shape, or one within it, compares as a term and not by its worth: sh:in and sh:hasValue."""
    for _, constraint in constraints_of(shape):
        match constraint:
            case Test(component="In"):
                yield from constraint.expected
            case HasValue():
                yield constraint.expected


@dataclass(frozen=True, slots=True)
class Target:
    """What a shape is about: `Node`, `Class`, `SubjectsOf` or `ObjectsOf` a term."""

    kind: str
    term: Term


@dataclass(frozen=True, slots=True)
class Check:
    """One constraint as a query: `before`, then what gives `?this` its values, then `after`."""

    shape: Shape
    component: ox.NamedNode
    before: str
    after: str
    to: Path | None
    """The path from a target to the things that are looked at; None where they are targets."""
    messages: tuple[ox.Literal, ...]
    """Templates with `{?variable}` for what the query selects, the English one first."""
    own_value: bool
    """Whether the offending value is the thing itself, unless the query selects another."""
    query: Term | None
    """The sh:sparql that it comes from."""
    trails: frozenset[Trail]
    """Where it looks, from `?this`."""


@dataclass(frozen=True, slots=True)
class Part:
    """Checks of targets, and one pattern that holds for those which break any of them."""

    checks: tuple[Check, ...]
    prologue: str | None
    """The prefixes that it is written with; None where it has none."""
    after: str
    """What follows upon that which gives `?this` its values, up to the end of a SELECT."""


@dataclass(frozen=True, slots=True)
class Root:
    """A shape with targets, and the checks of all that it consists of."""

    node: Term
    targets: tuple[Target, ...]
    checks: tuple[Check, ...]
    shape: Shape
    parts: tuple[Part, ...]
    """By which targets that break something are told from the others; not all checks are in one."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A shape with targets that does not go into queries, and why."""

    node: Term
    reason: str
    targets: tuple[Target, ...]
    shape: Shape


@dataclass(frozen=True, slots=True)
class Plan:
    """What to ask a store, and what has to be asked elsewhere."""

    roots: tuple[Root, ...]
    refused: tuple[Refused, ...]

    @property
    def aims(self) -> tuple[Root | Refused, ...]:
        """Give every shape that has targets, and something to say of them."""
        return (*self.roots, *self.refused)
