"""Looking up what SHACL wants once, or as a list, in a graph of shapes."""

import rdflib
from rdflib import RDF
from rdflib.term import Node

from averment.validate.compiler.errors import Unsound

__all__ = ["members", "name", "one", "whole"]

_WHOLE_NUMBERS = {rdflib.XSD[name] for name in ("integer", "nonNegativeInteger", "positiveInteger")} | {
    rdflib.XSD[name] for size in ("long", "int", "short", "byte") for name in (size, f"unsigned{size.capitalize()}")
}


def name(node: Node) -> str:
    """Give a term of SHACL as people write it, such as `sh:minCount`, and other IRIs as they are."""
    return str(node).replace(str(rdflib.SH), "sh:")


def one(graph: rdflib.Graph, subject: Node, predicate: rdflib.URIRef) -> Node | None:
    """Give the only value of a property, None where there is none.

    Raises Unsound where there are several.
    """
    values = list(graph.objects(subject, predicate))
    if len(values) > 1:
        raise Unsound(f"{_called(subject)} has more than one {name(predicate)}")
    return values[0] if values else None


def whole(value: Node, predicate: Node) -> int:
    """Give a whole number of 0 or more.

    Raises Unsound where it is something else.
    """
    if isinstance(value, rdflib.Literal) and value.datatype in _WHOLE_NUMBERS and str(value).lstrip("+").isdecimal():
        return int(value)
    raise Unsound(f"the value of {name(predicate)} is not a whole number of 0 or more: {value}")


def members(graph: rdflib.Graph, node: Node, predicate: Node) -> list[Node]:
    """Give the members of a list, which is the value of `predicate`.

    Raises Unsound where it has no end or is not a list.
    """
    found: list[Node] = []
    seen: set[Node] = set()
    while node != RDF.nil:
        first, rest = list(graph.objects(node, RDF.first)), list(graph.objects(node, RDF.rest))
        if node in seen or len(first) != 1 or len(rest) != 1:
            raise Unsound(f"the value of {name(predicate)} is not a list")
        seen.add(node)
        found += first
        node = rest[0]
    return found


def _called(node: Node) -> str:
    return "a shape without a name" if isinstance(node, rdflib.BNode) else f"<{node}>"
