"""What is said of a constraint that is broken: in the shape's words, or where it has none in ours."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pyoxigraph as ox
import rdflib
from rdflib.term import Node

from averment.validate.compiler.plan import Constraint, Custom, Query, Shape
from averment.validate.graphs import from_rdflib

__all__ = ["NO_WORDS", "TEMPLATES", "filled", "in_order", "messages_of", "said", "text_of", "texts"]

_VARIABLE = re.compile(r"\{[?$](\w+)\}")

NO_WORDS = "The query of the shape has found something wrong."

TEMPLATES = {
    "Class": "“{value}” is not an instance of {expected}. Give it that class, or name another thing as {path}.",
    "Datatype": "“{value}” is not a well-formed literal of the datatype {expected}. Correct {path}.",
    "NodeKind": "“{value}” is not of the kind {expected}. Correct {path}.",
    "MinExclusive": "“{value}” is not greater than {expected}. Correct {path}.",
    "MinInclusive": "“{value}” is not {expected} or greater. Correct {path}.",
    "MaxExclusive": "“{value}” is not less than {expected}. Correct {path}.",
    "MaxInclusive": "“{value}” is not {expected} or less. Correct {path}.",
    "MinLength": "“{value}” is shorter than {expected} characters. Correct {path}.",
    "MaxLength": "“{value}” is longer than {expected} characters. Correct {path}.",
    "Pattern": "“{value}” does not match the pattern {expected}. Correct {path}.",
    "LanguageIn": "“{value}” is in none of the languages {expected}. Correct {path}.",
    "In": "“{value}” is none of: {expected}. Correct {path}.",
    "MinCount": "Values of {path}: {count} found, at least {expected} needed. Add what is missing.",
    "MaxCount": "Values of {path}: {count} found, at most {expected} allowed. Remove what is too much.",
    "QualifiedMinCount": "Of the values of {path}, {count} in all, fewer than {expected} are as the shape asks.",
    "QualifiedMaxCount": "Of the values of {path}, {count} in all, more than {expected} are as the shape describes.",
    "Node": "“{value}” does not keep to the shape {expected}. Correct it, or {path}.",
    "Not": "“{value}” is what it must not be: {expected}. Correct it, or {path}.",
    "And": "“{value}” does not keep to all of: {expected}. Correct it, or {path}.",
    "Or": "“{value}” keeps to none of: {expected}. Correct it, or {path}.",
    "Xone": "“{value}” does not keep to exactly one of: {expected}. Correct it, or {path}.",
    "Equals": "“{value}” is not a value of both {path} and {expected}. Give both the same values.",
    "Disjoint": "“{value}” is a value of {path}, and of {expected} too. Remove one of them.",
    "LessThan": "“{value}” is not less than every value of {expected}. Correct {path}, or the other.",
    "LessThanOrEquals": "“{value}” is greater than some value of {expected}, or cannot be compared with it. "
    "Correct {path}, or the other.",
    "HasValue": "{expected} is not among the values of {path}, {count} in all. Add it.",
    "Closed": "“{value}” is a value of {path}, which the shape does not allow. Remove it.",
    "UniqueLang": "Several values of {path}, {count} in all, are in one language. Keep one in each.",
}
"""By SHACL's own constraint components; `wording` fills the blanks."""


def texts(graph: rdflib.Graph, node: Node, predicate: rdflib.URIRef) -> tuple[ox.Literal, ...]:
    """Give the texts of a property, those in English and in no language first."""
    found = (from_rdflib(value) for value in graph.objects(node, predicate))
    return in_order(text for text in found if isinstance(text, ox.Literal))


def text_of(graph: rdflib.Graph, node: Node, predicate: rdflib.URIRef) -> str | None:
    """Give the first of the texts of a property; None where there is none."""
    return next((text.value for text in texts(graph, node, predicate)), None)


def in_order(texts: Iterable[ox.Literal]) -> tuple[ox.Literal, ...]:
    """Give texts in the order in which people are offered them, each once."""
    return tuple(sorted(set(texts), key=lambda it: (not (it.language or "en").startswith("en"), str(it))))


def messages_of(shape: Shape, constraint: Constraint) -> tuple[ox.Literal, ...]:
    """Give the words for what the query of a constraint finds: the constraint's, else the shape's, else ours.

    `{?variable}` stands for what the query selects (https://www.w3.org/TR/shacl/#sparql-constraints). For SHACL's own
    components `wording` chooses them, for every engine alike.
    """
    own = constraint.messages if isinstance(constraint, Query | Custom) else ()
    return own or shape.messages or (ox.Literal(NO_WORDS),)


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

    return tuple(filled(message, _VARIABLE, put) for message in messages)


def filled(message: ox.Literal, blank: re.Pattern[str], put: Callable[[re.Match[str]], str]) -> ox.Literal:
    """Give a message with its blanks filled, in the language that it is in."""
    words = blank.sub(put, message.value)
    if words == message.value:
        return message
    return ox.Literal(words, language=message.language) if message.language else ox.Literal(words)
