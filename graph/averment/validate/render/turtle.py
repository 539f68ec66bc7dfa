"""A report as RDF: a sh:ValidationReport.

https://www.w3.org/TR/shacl/#validation-report
"""

from collections.abc import Iterator
from itertools import count

import pyoxigraph as ox

from averment.validate.compiler.paths import Written
from averment.validate.report import Report, Result, Term
from averment.vocabulary import PREFIXES, RDF, XSD

__all__ = ["as_turtle"]

_SH = PREFIXES["sh"]
_SHAPES = "https://w3id.org/averment/shapes#"
_NIL = ox.NamedNode(f"{RDF.iri}nil")

Node = ox.NamedNode | ox.BlankNode


def as_turtle(report: Report) -> str:
    """Give the report as a sh:ValidationReport; here sh:conforms means, as SHACL has it, that there is no result.

    Report, results and paths are blank nodes as in SHACL itself; numbered in order, so the same report gives the same
    Turtle. Blank nodes of the data keep their names, and those of the shapes have names of their own.
    """
    text = ox.serialize(_Writer().report(report), format=ox.RdfFormat.TURTLE, prefixes=PREFIXES | {"avsh": _SHAPES})
    assert text is not None  # noqa: S101 - no output was named
    return text.decode()


class _Writer:
    """Writes one report."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def report(self, report: Report) -> Iterator[ox.Triple]:
        """State the report, and then each result, as often as it was found."""
        node = ox.BlankNode("report")
        conforms = "false" if report.results else "true"
        yield ox.Triple(node, RDF.type, _sh("ValidationReport"))
        yield ox.Triple(node, _sh("conforms"), ox.Literal(conforms, datatype=XSD.boolean))
        found = [(ox.BlankNode(f"result{next(self._numbers)}"), it) for it in report.results for _ in range(it.times)]
        for name, _ in found:
            yield ox.Triple(node, _sh("result"), name)
        for name, result in found:
            yield from self._result(name, result)

    def _result(self, node: ox.BlankNode, result: Result) -> Iterator[ox.Triple]:
        yield ox.Triple(node, RDF.type, _sh("ValidationResult"))
        yield ox.Triple(node, _sh("focusNode"), _of_data(result.focus))
        yield ox.Triple(node, _sh("resultSeverity"), result.grade or _sh(result.severity.capitalize()))
        for message in result.messages or (ox.Literal(result.message),):
            yield ox.Triple(node, _sh("resultMessage"), message)
        yield ox.Triple(node, _sh("sourceConstraintComponent"), result.component)
        yield ox.Triple(node, _sh("sourceShape"), _of_shapes(result.shape))
        if result.query is not None:
            yield ox.Triple(node, _sh("sourceConstraint"), _of_shapes(result.query))
        route = result.route or result.path
        if route is not None:
            head, triples = self._path(route)
            yield ox.Triple(node, _sh("resultPath"), head)
            yield from triples
        if result.value is not None:
            yield ox.Triple(node, _sh("value"), _of_data(result.value))

    def _path(self, path: Written | Term) -> tuple[Term, list[ox.Triple]]:
        """Give a path anew, as its node and the triples of its structure."""
        if not isinstance(path, tuple):
            return path, []
        operator, parts = path
        written = [self._path(part) for part in parts]
        triples = [triple for _, inner in written for triple in inner]
        if operator == "list":
            head, links = self._list([term for term, _ in written])
            return head, [*links, *triples]
        node = self._fresh()
        return node, [ox.Triple(node, _sh(operator), written[0][0]), *triples]

    def _list(self, terms: list[Term]) -> tuple[Node, list[ox.Triple]]:
        nodes: list[Node] = [*(self._fresh() for _ in terms), _NIL]
        triples = []
        for node, term, rest in zip(nodes, terms, nodes[1:], strict=False):
            triples.append(ox.Triple(node, ox.NamedNode(f"{RDF.iri}first"), term))
            triples.append(ox.Triple(node, ox.NamedNode(f"{RDF.iri}rest"), rest))
        return nodes[0], triples

    def _fresh(self) -> ox.BlankNode:
        return ox.BlankNode(f"path{next(self._numbers)}")


def _of_data(term: Term) -> Term:
    return ox.BlankNode(f"data-{term.value}") if isinstance(term, ox.BlankNode) else term


def _of_shapes(term: Term) -> Term:
    return ox.BlankNode(f"shape-{term.value}") if isinstance(term, ox.BlankNode) else term


def _sh(name: str) -> ox.NamedNode:
    return ox.NamedNode(_SH + name)
