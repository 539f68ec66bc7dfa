"""A node held against a shape, constraint by constraint, in the words of SHACL's own sections."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import product, repeat
from typing import NamedTuple

import pyoxigraph as ox

from averment.validate.compiler.messages import messages_of, said
from averment.validate.compiler.plan import (
    Closed,
    Constraint,
    Count,
    Custom,
    HasValue,
    Logic,
    Nested,
    OneLanguage,
    Pair,
    Qualified,
    Query,
    Refused,
    Root,
    Shape,
    Test,
    component_of,
)
from averment.validate.direct.facts import Facts
from averment.validate.direct.literals import precedes
from averment.validate.direct.queries import Row, asked, rows
from averment.validate.direct.values import keeps_to
from averment.validate.finding import Finding
from averment.validate.report import Term
from averment.validate.walk import ends

__all__ = ["Examiner", "examine"]


def examine(
    roots: Sequence[Root | Refused],
    quads: Iterable[ox.Quad],
    nodes: Collection[Term] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Iterator[Finding]:
    """Give what breaks shapes in some quads; where `nodes` are given, what is wrong with those that are targets.

    `progress` is told the number of shapes done and their total.
    """
    examiner = Examiner(Facts(quads))
    for done, root in enumerate(roots, start=1):
        for focus in examiner.facts.targets(root.targets):
            if nodes is None or focus in nodes:
                yield from examiner.results(root.shape, focus)
        if progress is not None:
            progress(done, len(roots))


_MOST_WAYS = 100
"""How often a result is given at most, because its node is reached in that many ways."""


class _Breach(NamedTuple):
    """What is wrong with a node: the value, and for queries the path and what they selected."""

    value: Term | None = None
    path: ox.NamedNode | None = None
    row: Row = {}  # noqa: RUF012 - never changed


class Examiner:
    """Looks at nodes of one graph, at each once for every shape."""

    def __init__(self, facts: Facts) -> None:
        """Look at `facts`."""
        self.facts = facts
        self._known: dict[tuple[int, Term], bool] = {}

    def results(self, shape: Shape, focus: Term) -> Iterator[Finding]:
        """Give what breaks a shape in a node, and by sh:property in its values.

        A value that is reached in several ways has its results as often, up to a bound: in circles there is no end of
        ways, and so each value is looked at once for each step away from the node.
        """
        ahead = {(id(shape), focus): (shape, focus, 1)}
        while ahead:
            further: dict[tuple[int, Term], tuple[Shape, Term, int]] = {}
            for inner, node, ways in ahead.values():
                values = self._values(inner, node)
                for constraint in inner.constraints:
                    if isinstance(constraint, Nested):
                        for value in values:
                            key = id(constraint.shape), value
                            before = further[key][2] if key in further else 0
                            further[key] = constraint.shape, value, before + ways
                    else:
                        for finding in self._findings(inner, constraint, node, values):
                            yield from repeat(finding, min(ways, _MOST_WAYS))
            ahead = further

    def _findings(self, shape: Shape, constraint: Constraint, focus: Term, values: list[Term]) -> Iterator[Finding]:
        messages = messages_of(shape, constraint)
        for breach in self._breaches(shape, constraint, focus, values):
            yield Finding(
                focus=focus,
                path=breach.path or shape.written,
                value=breach.value,
                shape=shape.node,
                component=component_of(constraint),
                grade=shape.severity,
                messages=said(messages, breach.row) if breach.row else messages,
                query=constraint.node if isinstance(constraint, Query) else None,
            )

    def conforms(self, shape: Shape, node: Term) -> bool:
        """Say whether nothing in a node breaks a shape."""
        key = id(shape), node
        if key not in self._known:
            self._known[key] = next(self.results(shape, node), None) is None
        return self._known[key]

    def _values(self, shape: Shape, focus: Term) -> list[Term]:
        return [focus] if shape.path is None else ends(self.facts, shape.path, focus)

    def _breaches(self, shape: Shape, constraint: Constraint, focus: Term, values: list[Term]) -> Iterator[_Breach]:
        match constraint:
            case Test() | Logic():
                yield from (_Breach(value) for value in values if not self._passes(constraint, value))
            case Pair():
                yield from self._unpaired(constraint, focus, values)
            case Closed():
                yield from self._not_allowed(constraint, values)
            case Query():
                yield from self._selected(shape, focus, constraint.text, {})
            case Custom():
                yield from self._custom(shape, constraint, focus, values)
            case _:
                yield from self._of_all(constraint, values)

    def _of_all(self, constraint: Constraint, values: list[Term]) -> Iterator[_Breach]:
        """Give what is wrong with the values taken together."""
        match constraint:
            case Count():
                yield from _counted(constraint, len(values))
            case Qualified():
                yield from _counted(constraint, sum(self._qualifies(constraint, value) for value in values))
            case HasValue():
                if isinstance(constraint.expected, ox.BlankNode) or constraint.expected not in values:
                    yield _Breach()
            case OneLanguage():
                yield from _repeated_languages(values)

    def _passes(self, constraint: Test | Logic, value: Term) -> bool:
        if isinstance(constraint, Test):
            return keeps_to(self.facts, constraint, value)
        kept = [self.conforms(shape, value) for shape in constraint.shapes]
        match constraint.component:
            case "Not":
                return not kept[0]
            case "Or":
                return any(kept)
            case "Xone":
                return sum(kept) == 1
        return all(kept)

    def _qualifies(self, constraint: Qualified, value: Term) -> bool:
        siblings = (self.conforms(sibling, value) for sibling in constraint.siblings)
        return self.conforms(constraint.shape, value) and not any(siblings)

    def _unpaired(self, constraint: Pair, focus: Term, values: list[Term]) -> Iterator[_Breach]:
        others = self.facts.objects(focus, constraint.property)
        match constraint.component:
            case "Equals":
                here, there = set(values), set(others)
                wrong = [value for value in values if value not in there] + [it for it in others if it not in here]
            case "Disjoint":
                there = set(others)
                wrong = [value for value in values if value in there]
            case _:
                equal = constraint.component == "LessThanOrEquals"
                wrong = [one for one, two in product(values, others) if not precedes(one, two, or_equal=equal)]
        yield from (_Breach(value) for value in wrong)

    def _not_allowed(self, constraint: Closed, values: list[Term]) -> Iterator[_Breach]:
        for value in values:
            for predicate, object_ in self.facts.about(value):
                if predicate not in constraint.allowed:
                    yield _Breach(object_, predicate)

    def _selected(self, shape: Shape, focus: Term, text: str, given: Row) -> Iterator[_Breach]:
        """https://www.w3.org/TR/shacl/#sparql-constraints-variables."""
        bound = {"this": focus, "currentShape": shape.node, **given}
        for row in rows(self.facts, text, bound):
            value = row.get("value") or (focus if shape.path is None else None)
            path = row.get("path")
            named = path if isinstance(path, ox.NamedNode) else None
            yield _Breach(value, named, given | row | {"this": focus})

    def _custom(self, shape: Shape, constraint: Custom, focus: Term, values: list[Term]) -> Iterator[_Breach]:
        given = dict(constraint.parameters)
        if not constraint.asks:
            yield from self._selected(shape, focus, constraint.text, given)
            return
        for value in values:
            bound = {"this": focus, "value": value, **given}
            if not asked(self.facts, constraint.text, {"currentShape": shape.node, **bound}):
                yield _Breach(value, None, bound)


def _counted(constraint: Count | Qualified, number: int) -> Iterator[_Breach]:
    few = constraint.component.endswith("MinCount")
    if number < constraint.limit if few else number > constraint.limit:
        yield _Breach()


def _repeated_languages(values: list[Term]) -> Iterator[_Breach]:
    """Give one breach a language, however many values are in it."""
    tags = Counter(value.language.lower() for value in values if isinstance(value, ox.Literal) and value.language)
    yield from (_Breach() for count in tags.values() if count > 1)
