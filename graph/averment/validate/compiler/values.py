"""What each value is held against, as SPARQL expressions that are true or false and never an error.

`values` has the components of SHACL that look at one value alone; an error in SPARQL, such as a comparison of what
cannot be compared, means that the value fails (https://www.w3.org/TR/shacl/#core-components-value-range).
"""

from collections.abc import Callable

import pyoxigraph as ox

from averment.validate.compiler.components import refuse_pattern
from averment.validate.compiler.errors import Unsupported
from averment.validate.compiler.lexical import well_formed
from averment.validate.compiler.plan import Test
from averment.vocabulary import RDF, XSD

__all__ = ["SUBCLASS", "comparable", "instance_of", "keeps_to", "surely"]

SUBCLASS = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#subClassOf")
"""The shapes follow it in what people bring; averment writes none."""

_OPERATORS = {"MinExclusive": ">", "MinInclusive": ">=", "MaxExclusive": "<", "MaxInclusive": "<="}
_ORDERED = [f"<{XSD.iri}{name}>" for name in ("boolean", "dateTime", "date", "time", "duration", "gYear", "gYearMonth")]
_ZONE = ox.Literal("(Z|[+-][0-9]{2}:[0-9]{2})$")
_KINDS = {
    "IRI": ("isIRI",),
    "BlankNode": ("isBlank",),
    "Literal": ("isLiteral",),
    "BlankNodeOrIRI": ("isBlank", "isIRI"),
    "BlankNodeOrLiteral": ("isBlank", "isLiteral"),
    "IRIOrLiteral": ("isIRI", "isLiteral"),
}


def keeps_to(test: Test, value: str) -> str:
    """Give the expression for `value`, a variable with its question mark, passing a test.

    Raises Unsupported where a query cannot say it.
    """
    if any(isinstance(term, ox.BlankNode) for term in test.expected):
        raise Unsupported("it names a blank node")
    if test.component == "Pattern":
        refuse_pattern(test.expected[0].value, test.flags)
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
    """Give the expression for two literals that can be put in order; it may be an error, too, where they cannot.

    Texts in a language cannot, nor what is ill-formed and only the same as itself. Times with and without a zone cannot
    either: the store would guess where they are far apart.
    """
    times = ", ".join(f"<{XSD.iri}{name}>" for name in ("dateTime", "date", "time"))
    both = f"DATATYPE({first}) IN ({times}) && DATATYPE({second}) IN ({times})"
    zones = f"REGEX(STR({first}), {_ZONE}) = REGEX(STR({second}), {_ZONE})"
    plain = f'LANG({first}) = "" && LANG({second}) = ""'
    same = f"IF(sameTerm({first}, {second}), {_has_order(first)}, true)"
    return f"{plain} && IF({both}, {zones}, true) && {same}"


def _has_order(value: str) -> str:
    """Give the expression for a literal being of a kind that is put in order, and well-formed; else it is an error."""
    casts = (f"{cast}({value}) = {cast}({value})" for cast in _ORDERED)
    return f"(isNumeric({value}) || DATATYPE({value}) = {XSD.string} || {' || '.join(casts)})"


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
