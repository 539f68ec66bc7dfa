"""A report as RDF in SHACL's own vocabulary."""

from collections.abc import Iterator
from hashlib import sha256

import pyoxigraph as ox

from averment import iris
from averment.validate.report import Report, Result
from averment.vocabulary import PREFIXES, RDF, XSD

__all__ = ["as_turtle"]

_SH = PREFIXES["sh"]
_SHAPES = "https://w3id.org/averment/shapes#"


def as_turtle(report: Report) -> str:
    """Give the report as a sh:ValidationReport; here sh:conforms means, as SHACL has it, that there is no result."""
    triples = sorted(set(_triples(report)), key=str)
    text = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES | {"avsh": _SHAPES})
    assert text is not None  # noqa: S101 - no output was named
    return text.decode()


def _triples(report: Report) -> Iterator[ox.Triple]:
    """State the report; its IRIs come from what it says, so the same report gives the same Turtle."""
    digests = [sha256(repr(result).encode()).hexdigest()[:16] for result in report.results]
    node = ox.NamedNode(f"{iris.BASE}report/{sha256(' '.join(digests).encode()).hexdigest()[:32]}")
    yield ox.Triple(node, RDF.type, _sh("ValidationReport"))
    yield ox.Triple(node, _sh("conforms"), ox.Literal("false" if digests else "true", datatype=XSD.boolean))
    for result, digest in zip(report.results, digests, strict=True):
        found = iris.within(node, digest)
        yield ox.Triple(node, _sh("result"), found)
        yield from _result(found, result)


def _result(node: ox.NamedNode, result: Result) -> Iterator[ox.Triple]:
    yield ox.Triple(node, RDF.type, _sh("ValidationResult"))
    yield ox.Triple(node, _sh("focusNode"), result.focus)
    yield ox.Triple(node, _sh("resultSeverity"), _sh(result.severity.capitalize()))
    yield ox.Triple(node, _sh("resultMessage"), ox.Literal(result.message))
    yield ox.Triple(node, _sh("sourceConstraintComponent"), result.component)
    if isinstance(result.shape, ox.NamedNode):  # a blank node of the shapes is no node of this graph
        yield ox.Triple(node, _sh("sourceShape"), result.shape)
    if result.path is not None:
        yield ox.Triple(node, _sh("resultPath"), result.path)
    if result.value is not None:
        yield ox.Triple(node, _sh("value"), result.value)


def _sh(name: str) -> ox.NamedNode:
    return ox.NamedNode(_SH + name)
