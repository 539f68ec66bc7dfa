"""What is said of a constraint that is broken: in the shape's words, or where it has none in ours."""

import re
from collections.abc import Mapping
from typing import Any

import pyoxigraph as ox
import rdflib
from rdflib.term import Node

from averment.validate.compiler.paths import Step, text
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
    Shape,
    Test,
)
from averment.validate.graphs import from_rdflib
from averment.validate.report import Term

__all__ = ["NO_WORDS", "messages_of", "said", "texts"]

_VARIABLE = re.compile(r"\{[?$](\w+)\}")

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


def texts(graph: rdflib.Graph, node: Node, predicate: rdflib.URIRef) -> tuple[ox.Literal, ...]:
    """Give the texts of a property, those in English and in no language first."""
    found = (from_rdflib(value) for value in graph.objects(node, predicate))
    kept = {text for text in found if isinstance(text, ox.Literal)}
    return tuple(sorted(kept, key=lambda it: (not (it.language or "en").startswith("en"), str(it))))


def messages_of(shape: Shape, constraint: Constraint) -> tuple[ox.Literal, ...]:
    """Give the words for a constraint that is broken: the query's, else the shape's, else ours.

    In those of a query, `{?variable}` stands for what it selects (https://www.w3.org/TR/shacl/#sparql-constraints).
    """
    own = constraint.messages if isinstance(constraint, Query | Custom) else ()
    return own or shape.messages or (ox.Literal(_ours(shape, constraint)),)


def said(messages: tuple[ox.Literal, ...], row: Mapping[str, Any]) -> tuple[ox.Literal, ...]:
    """Put what a query has selected into its messages; a message that it has selected itself stands for all.

    https://www.w3.org/TR/shacl/#sparql-constraints-variables
    """
    own = row.get("message")
    if isinstance(own, ox.Literal):
        return (own,)

    def put(found: re.Match[str]) -> str:
        term = row.get(found[1])
        return found[0] if term is None else str(getattr(term, "value", term))

    return tuple(_like(message, _VARIABLE.sub(put, message.value)) for message in messages)


def _like(literal: ox.Literal, words: str) -> ox.Literal:
    if words == literal.value:
        return literal
    return ox.Literal(words, language=literal.language) if literal.language else ox.Literal(words)


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
        case Query() | Custom() | Nested():
            words = NO_WORDS
    return words


def _path(shape: Shape) -> str:
    if isinstance(shape.path, Step) and not shape.path.backwards:
        return shape.path.property.value
    return "" if shape.path is None else text(shape.path)


def _short(term: Term) -> str:
    return str(term) if str(term).startswith("_:") else term.value
