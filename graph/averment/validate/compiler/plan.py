"""What shapes mean, as plain values: shapes with their constraints, and the queries that find what breaks them."""

from dataclasses import dataclass, replace

import pyoxigraph as ox

from averment.validate.compiler.paths import Path, sequence
from averment.validate.report import Severity, Term
from averment.vocabulary import PREFIXES

__all__ = [
    "Check",
    "Closed",
    "Constraint",
    "Count",
    "HasValue",
    "Logic",
    "Nested",
    "OneLanguage",
    "Pair",
    "Plan",
    "Qualified",
    "Query",
    "Refused",
    "Root",
    "Shape",
    "Target",
    "Test",
    "Trail",
]


@dataclass(frozen=True, slots=True)
class Test:
    """Each value on its own: sh:class, sh:datatype, sh:nodeKind, sh:in, sh:pattern, and the like."""

    component: str
    """The constraint component's name in SHACL, without its ending, such as `MinLength`."""
    expected: tuple[ox.NamedNode | ox.Literal, ...]
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

    expected: ox.NamedNode | ox.Literal


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

    select: str
    """Its prefixes and its text up to and with the first brace."""
    body: str
    """What follows the brace."""
    variables: frozenset[str]
    """What it selects."""
    messages: tuple[str, ...]
    trails: frozenset[Trail]


Constraint = Test | Logic | Nested | Count | Qualified | HasValue | OneLanguage | Pair | Closed | Query


@dataclass(frozen=True, slots=True)
class Shape:
    """A node shape, or with a path a property shape."""

    node: Term
    path: Path | None
    constraints: tuple[Constraint, ...]
    severity: Severity
    messages: tuple[str, ...]
    """The English one first."""


@dataclass(frozen=True, slots=True)
class Target:
    """What a shape is about: `Node`, `Class`, `SubjectsOf` or `ObjectsOf` a term."""

    kind: str
    term: ox.NamedNode | ox.Literal


@dataclass(frozen=True, slots=True)
class Check:
    """One constraint as a query: `before`, then what gives `?this` its values, then `after`."""

    shape: Shape
    component: ox.NamedNode
    before: str
    after: str
    to: Path | None
    """The path from a target to the things that are looked at; None where they are targets."""
    message: str
    """A template with `{?variable}` for what the query selects."""
    own_value: bool = False
    """Whether the offending value is the thing itself, unless the query selects another."""
    trails: frozenset[Trail] = frozenset()
    """Where it looks, from `?this`."""

    @property
    def is_query(self) -> bool:
        """Say whether somebody has written it as a query."""
        return self.component == ox.NamedNode(f"{PREFIXES['sh']}SPARQLConstraintComponent")


@dataclass(frozen=True, slots=True)
class Root:
    """A shape with targets, and the checks of all that it consists of."""

    node: Term
    targets: tuple[Target, ...]
    checks: tuple[Check, ...]
    sieve: str | None
    """The filter for a target `?this` that breaks any of the checks which are no queries; None where there is none."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A shape with targets that does not go into queries, and why."""

    node: Term
    reason: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What to ask a store, and what has to be asked elsewhere."""

    roots: tuple[Root, ...]
    refused: tuple[Refused, ...]
