"""What each value is held against, as SPARQL expressions that are true or false and never an error.

`values` has the components of SHACL that look at one value alone; an error in SPARQL, such as a comparison of what
cannot be compared, means that the value fails (https://www.w3.org/TR/shacl/#core-components-value-range).
"""

from collections.abc import Callable

import pyoxigraph as ox

from averment.validate.compiler.lexical import well_formed
from averment.validate.compiler.plan import Test
from averment.vocabulary import RDF, XSD

__all__ = ["SUBCLASS", "comparable", "instance_of", "keeps_to", "surely"]

SUBCLASS = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#subClassOf")
"""The shapes follow it in what people bring; averment writes none."""

_OPERATORS = {"MinExclusive": ">", "MinInclusive": ">=", "MaxExclusive": "<", "MaxInclusive": "<="}
_KINDS = {
    "IRI": ("isIRI",),
    "BlankNode": ("isBlank",),
    "Literal": ("isLiteral",),
    "BlankNodeOrIRI": ("isBlank", "isIRI"),
    "BlankNodeOrLiteral": ("isBlank", "isLiteral"),
    "IRIOrLiteral": ("isIRI", "isLiteral"),
}


def keeps_to(test: Test, value: str) -> str:
    """Give the expression for `value`, a variable with its question mark, passing a test."""
    return f"({_WRITERS[test.component](test, value)})"


def surely(expression: str) -> str:
    """Make an expression false where it would be an error."""
    return f"COALESCE({expression}, false)"


def instance_of(node: str, kind: object) -> str:
    """Give the triple pattern for a node being an instance of a class, or of one of its subclasses.

    The second half adds nothing: it keeps the store from cutting the path into two patterns, of which it would begin
    with the wrong one.
    """
    return f"{node} ({RDF.type}/{SUBCLASS}*)|{RDF.type} {kind} ."


def comparable(first: str, second: str) -> str:
    """Give the expression for two literals that can be put in order.

    Times of day with and without a zone cannot: the store would guess where they are far apart.
    """
    zones = f'(STR(TZ({first})) = "") = (STR(TZ({second})) = "")'
    both = f"DATATYPE({first}) = {XSD.dateTime} && DATATYPE({second}) = {XSD.dateTime}"
    return f"isLiteral({first}) && isLiteral({second}) && IF({both}, {zones}, true)"


def _class(test: Test, value: str) -> str:
    return f"EXISTS {{ {instance_of(value, test.expected[0])} }}"


def _datatype(test: Test, value: str) -> str:
    datatype = test.expected[0]
    return surely(f"DATATYPE({value}) = {datatype} && {well_formed(datatype.value, value)}")


def _node_kind(test: Test, value: str) -> str:
    kind = test.expected[0].value.rsplit("#", 1)[-1]
    return " || ".join(f"{function}({value})" for function in _KINDS[kind])


def _range(test: Test, value: str) -> str:
    bound = str(test.expected[0])
    return surely(f"{comparable(value, bound)} && {value} {_OPERATORS[test.component]} {bound}")


def _length(test: Test, value: str) -> str:
    operator = ">=" if test.component == "MinLength" else "<="
    return surely(f"STRLEN(STR({value})) {operator} {int(test.expected[0].value)}")


def _pattern(test: Test, value: str) -> str:
    pattern = ox.Literal(test.expected[0].value)
    return surely(f"REGEX(STR({value}), {pattern}, {ox.Literal(test.flags)})")


def _language_in(test: Test, value: str) -> str:
    matches = (f"LANGMATCHES(LANG({value}), {ox.Literal(tag.value)})" for tag in test.expected)
    return surely(" || ".join(matches) or "false")


def _in(test: Test, value: str) -> str:
    return " || ".join(f"sameTerm({value}, {term})" for term in test.expected) or "false"


_WRITERS: dict[str, Callable[[Test, str], str]] = {
    "Class": _class,
    "Datatype": _datatype,
    "NodeKind": _node_kind,
    **dict.fromkeys(_OPERATORS, _range),
    "MinLength": _length,
    "MaxLength": _length,
    "Pattern": _pattern,
    "LanguageIn": _language_in,
    "In": _in,
}
