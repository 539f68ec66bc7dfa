"""Whether a node keeps to a shape, as one SPARQL expression that is true or false and never an error.

Every expression is about a variable that has a value by then, and each pattern inside EXISTS begins at it: the store
goes from the node to its values and never through all triples. The names of variables tell how deep they stand.
"""

from collections.abc import Callable

import pyoxigraph as ox

from averment.validate.compiler.errors import Unsupported
from averment.validate.compiler.paths import Path, Several, Step, holds_of_itself, text
from averment.validate.compiler.plan import (
    Closed,
    Constraint,
    Count,
    HasValue,
    Logic,
    Nested,
    OneLanguage,
    Pair,
    Qualified,
    Shape,
    Test,
)
from averment.validate.compiler.values import comparable, keeps_to, surely

__all__ = [
    "Condition",
    "allowed",
    "at_least",
    "breaks",
    "conforms",
    "differs",
    "passes",
    "precedes",
    "reach",
    "reaches",
]

Condition = Callable[[str], str]
"""An expression about a variable, which is given with its question mark."""

_LONGEST = 100_000
"""Code points of one expression: shapes that refer to each other in pairs would grow without measure."""

_FEW = 3
"""Values up to which they are looked for one after the other; from there on all are counted."""

_OPERATORS = {"LessThan": "<", "LessThanOrEquals": "<="}


def reach(path: Path) -> str:
    """Write a path so that the store walks it from its beginning.

    It cuts a sequence into patterns and may begin with the last; one that stands twice as an alternative is left whole.
    """
    whole = text(path)
    return f"{whole}|{whole}" if isinstance(path, Several) and path.mark == "/" else whole


def conforms(shape: Shape, node: str) -> str:
    """Give the expression for `node` keeping to a shape.

    Raises Unsupported where it would be too long, or a query stands in the shape.
    """
    parts = [_holds(shape, constraint, node) for constraint in shape.constraints]
    expression = " && ".join(parts) or "true"
    if len(expression) > _LONGEST:
        raise Unsupported("its shapes within each other make too long a query")
    return f"({expression})"


def _holds(shape: Shape, constraint: Constraint, node: str) -> str:
    match constraint:
        case Test() | Logic() | Nested() | Pair(component="Disjoint" | "LessThan" | "LessThanOrEquals"):
            return _none(shape, node, lambda value: f"!{passes(constraint, node, value)}")
        case Pair():
            return f"({_none(shape, node, _lacks(constraint, node))} && !{differs(shape, constraint, node)})"
        case Closed():
            return _none(
                shape, node, lambda value: f"EXISTS {{ {allowed(constraint, value, f'{node}p', f'{node}o')} }}"
            )
        case Count() | Qualified() | HasValue() | OneLanguage():
            return f"!{breaks(shape, constraint, node)}"
    raise Unsupported("it has a query (sh:sparql or a component) in a shape that another one refers to")


def _none(shape: Shape, node: str, wrong: Condition) -> str:
    """Give the expression for no value of a node being `wrong`."""
    return f"!{_some(shape.path, node, wrong)}"


def _some(path: Path | None, node: str, condition: Condition) -> str:
    if path is None:
        return condition(node)
    value = f"{node}v"
    found = f"EXISTS {{ {node} {reach(path)} {value} FILTER ({condition(value)}) }}"
    # A node that is in no triple is still at the end of a path of no steps; the store does not find it there.
    return f"({found} || {condition(node)})" if holds_of_itself(path) else found


def passes(constraint: Constraint, node: str, value: str) -> str:
    """Give the expression for a value passing a constraint that looks at one value after the other."""
    match constraint:
        case Test():
            return keeps_to(constraint, value)
        case Nested():
            return conforms(constraint.shape, value)
        case Logic():
            return _logic(constraint, value)
        case Pair(component="Disjoint"):
            return f"(!EXISTS {{ {node} {constraint.property} {value} }})"
        case Pair(component="LessThan" | "LessThanOrEquals"):
            return _precedes(constraint, node, value)
        case Pair():
            return f"(!{_lacks(constraint, node)(value)})"
    raise TypeError(constraint)


def _logic(constraint: Logic, value: str) -> str:
    parts = [conforms(shape, value) for shape in constraint.shapes]
    match constraint.component:
        case "Not":
            return f"(!{parts[0]})"
        case "Or":
            return f"({' || '.join(parts)})"
        case "Xone":
            return f"({' + '.join(f'IF({part}, 1, 0)' for part in parts)} = 1)"
    return f"({' && '.join(parts)})"


def _precedes(constraint: Pair, node: str, value: str) -> str:
    other = f"{value}w"
    return f"(!EXISTS {{ {node} {constraint.property} {other} FILTER (!{precedes(constraint, value, other)}) }})"


def precedes(constraint: Pair, value: str, other: str) -> str:
    """Give the expression for a value being less than another, or where that is allowed equal to it."""
    return surely(f"{comparable(value, other)} && {value} {_OPERATORS[constraint.component]} {other}")


def _lacks(constraint: Pair, node: str) -> Condition:
    return lambda value: f"(!EXISTS {{ {node} {constraint.property} {value} }})"


def differs(shape: Shape, constraint: Pair, node: str) -> str:
    """Give the expression for the other property having a value that is not among those of the shape."""
    other = f"{node}w"
    return f"EXISTS {{ {node} {constraint.property} {other} FILTER (!{reaches(shape.path, node, other)}) }}"


def reaches(path: Path | None, node: str, end: str) -> str:
    """Give the expression for a term being at the end of a path, which is None for the node itself."""
    if path is None:
        return f"sameTerm({node}, {end})"
    found = f"EXISTS {{ {node} {reach(path)} {end} }}"
    return f"({found} || sameTerm({node}, {end}))" if holds_of_itself(path) else found


def allowed(constraint: Closed, node: str, predicate: str, object_: str) -> str:
    """Give the pattern for a triple of a node that its shape does not allow."""
    differs_from = " && ".join(f"{predicate} != {term}" for term in constraint.allowed)
    return f"{node} {predicate} {object_} FILTER ({differs_from or 'true'})"


def breaks(shape: Shape, constraint: Constraint, node: str) -> str:
    """Give the expression for a node breaking a constraint on its values taken together."""
    match constraint:
        case Count(component="MinCount") | Qualified(component="QualifiedMinCount"):
            return f"(!{at_least(constraint.limit, shape, node, _counted(constraint))})"
        case Count() | Qualified():
            return at_least(constraint.limit + 1, shape, node, _counted(constraint))
        case HasValue():
            if isinstance(constraint.expected, ox.BlankNode):
                raise Unsupported("it names a blank node")
            return f"(!{reaches(shape.path, node, str(constraint.expected))})"
        case OneLanguage():
            return _repeats_language(shape, node)
    raise TypeError(constraint)


def _counted(constraint: Count | Qualified) -> Condition:
    if isinstance(constraint, Count):
        return lambda _: "true"
    shape, siblings = constraint.shape, constraint.siblings
    return lambda value: " && ".join([conforms(shape, value), *(f"!{conforms(it, value)}" for it in siblings)])


def at_least(limit: int, shape: Shape, node: str, condition: Condition) -> str:
    """Give the expression for at least so many different values of a node meeting a condition."""
    if limit == 0:
        return "true"
    if limit == 1 or shape.path is None:
        return _some(shape.path, node, condition)
    if limit <= _FEW and not isinstance(shape.path, Step):  # by a step a node reaches no more than triples of its own
        return _several(limit, shape.path, node, condition, [])
    value = f"{node}v"
    pattern = f"{node} {reach(shape.path)} {value} FILTER ({condition(value)})"
    return f"EXISTS {{ SELECT {node} {{ {pattern} }} GROUP BY {node} HAVING (COUNT(DISTINCT {value}) >= {limit}) }}"


def _several(more: int, path: Path, node: str, condition: Condition, known: list[str]) -> str:
    """Give the expression for so many more values, found one after the other without a look at all that there are.

    What stands in several graphs is met once, by the path that stands twice; the last value need only be met.
    """
    value = f"{node}v{len(known)}"
    way = f"{text(path)}|{text(path)}" if more > 1 else reach(path)
    tests = [*(f"!sameTerm({value}, {other})" for other in known), condition(value)]
    further = f" && {_several(more - 1, path, node, condition, [*known, value])}" if more > 1 else ""
    return f"EXISTS {{ {node} {way} {value} FILTER ({' && '.join(tests)}{further}) }}"


def _repeats_language(shape: Shape, node: str) -> str:
    value, language = f"{node}v", f"{node}l"
    pattern = f'{node} {reach(shape.path)} {value} FILTER (LANG({value}) != "")' if shape.path else ""
    grouped = f"GROUP BY {node} (LCASE(LANG({value})) AS {language})"
    return f"EXISTS {{ SELECT {node} {{ {pattern} }} {grouped} HAVING (COUNT(DISTINCT {value}) > 1) }}"
