"""What is said where a shape has no words of its own."""

from averment.validate.compiler.paths import Step, text
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
    Query,
    Shape,
    Test,
)
from averment.validate.report import Term

__all__ = ["NO_WORDS", "message_of"]

NO_WORDS = "The query of the shape has found something wrong."

_TESTS = {
    "Class": "The value is not an instance of {}.",
    "Datatype": "The value is not a well-formed literal of the datatype {}.",
    "NodeKind": "The value is not of the kind {}.",
    "MinExclusive": "The value is not greater than {}.",
    "MinInclusive": "The value is not {} or greater.",
    "MaxExclusive": "The value is not less than {}.",
    "MaxInclusive": "The value is not {} or less.",
    "MinLength": "The value is shorter than {} characters.",
    "MaxLength": "The value is longer than {} characters.",
    "Pattern": "The value does not match the pattern {}.",
    "LanguageIn": "The value is in none of the languages {}.",
    "In": "The value is none of {}.",
}
_COUNTS = {
    "MinCount": "There are fewer than {} values of {}.",
    "MaxCount": "There are more than {} values of {}.",
    "QualifiedMinCount": "There are fewer than {} values of {} that keep to the shape asked for.",
    "QualifiedMaxCount": "There are more than {} values of {} that keep to the shape asked for.",
}
_LOGIC = {
    "Node": "The value does not keep to the shape {}.",
    "Not": "The value keeps to a shape that it must not keep to: {}.",
    "And": "The value does not keep to all of the shapes {}.",
    "Or": "The value keeps to none of the shapes {}.",
    "Xone": "The value does not keep to exactly one of the shapes {}.",
}
_PAIRS = {
    "Equals": "The values are not the same as those of {}.",
    "Disjoint": "The value is also one of {}.",
    "LessThan": "The value is not less than every value of {}.",
    "LessThanOrEquals": "The value is greater than some value of {}, or cannot be compared with it.",
}


def message_of(shape: Shape, constraint: Constraint) -> str:
    """Give the words for a constraint that is broken: the query's, else the shape's, else ours.

    In those of a query, `{?variable}` stands for what it selects (https://www.w3.org/TR/shacl/#sparql-constraints).
    """
    own = constraint.messages if isinstance(constraint, Query) else ()
    return next(iter((*own, *shape.messages)), None) or _ours(shape, constraint)


def _ours(shape: Shape, constraint: Constraint) -> str:
    path = "the thing" if shape.path is None else _path(shape)
    match constraint:
        case Test():
            words = _TESTS[constraint.component].format(", ".join(_short(term) for term in constraint.expected))
        case Count() | Qualified():
            words = _COUNTS[constraint.component].format(constraint.limit, path)
        case Logic():
            words = _LOGIC[constraint.component].format(", ".join(_short(shape.node) for shape in constraint.shapes))
        case Pair():
            words = _PAIRS[constraint.component].format(constraint.property.value)
        case HasValue():
            words = f"{_short(constraint.expected)} is not among the values of {path}."
        case Closed():
            words = "There is a property that the shape does not allow."
        case OneLanguage():
            words = f"There are several values of {path} in one language."
        case Query() | Nested():
            words = NO_WORDS
    return words


def _path(shape: Shape) -> str:
    if isinstance(shape.path, Step) and not shape.path.backwards:
        return shape.path.property.value
    return "" if shape.path is None else text(shape.path)


def _short(term: Term) -> str:
    return str(term) if str(term).startswith("_:") else term.value
