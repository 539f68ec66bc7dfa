"""Results as they are kept in a store, in SHACL's own terms, with the shapes that they hold for.

The report has a stamp, the digest of the shapes. Whatever changes a store takes the stamp away first, and who brings
the results up to date puts it back last: results without it are of another state.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from hashlib import sha256
from typing import Any

import pyoxigraph as ox

from averment import iris
from averment.bookkeeping import Triple, bookkeeping
from averment.store.view import View
from averment.validate.compiler.messages import in_order
from averment.validate.finding import Finding
from averment.validate.report import Term
from averment.validate.shapes import Shapes
from averment.vocabulary import AV, RDF, SH

__all__ = ["REPORT", "is_current", "kept", "stamp", "stored", "stored_of", "stored_quads"]

REPORT = ox.NamedNode(f"{iris.BASE}validation-report")
"""The report on the whole store."""

_UNNAMED = f"{REPORT.value}/shape/"
"""What the IRI of a shape begins with that has none: a store would give its blank node another name."""


def stamp(shapes: Shapes) -> list[ox.Quad]:
    """Give the statements that the results in a store are those of these shapes."""
    digest = ox.Literal(shapes.digest)
    return bookkeeping([(REPORT, RDF.type, SH.ValidationReport), (REPORT, AV.shapesSha256, digest)])


def is_current(view: View, shapes: Shapes) -> bool:
    """Say whether the results in a store are those that these shapes would give."""
    return view.values(REPORT, AV.shapesSha256) == [ox.Literal(shapes.digest)]


def stored(view: View) -> dict[Finding, ox.NamedNode]:
    """Give all results in a store, each with its IRI."""
    return dict(_read(view, view.values(REPORT, SH.result)))


def stored_of(view: View, nodes: Iterable[Term], shapes: Iterable[Term]) -> dict[Finding, ox.NamedNode]:
    """Give the results about these nodes, or of these shapes."""
    found = [it for node in nodes for it in view.pointing(SH.focusNode, node)]
    found += [it for shape in shapes for it in view.pointing(SH.sourceShape, _named(shape))]
    return dict(_read(view, found))


def kept(finding: Finding) -> Finding:
    """Give a finding as a store can keep it: of its path, one property; a path of several is a blank node's."""
    return finding if isinstance(finding.path, ox.NamedNode) else replace(finding, path=None)


def stored_quads(found: Iterable[Finding]) -> list[ox.Quad]:
    """Give the statements that keep results."""
    return bookkeeping(triple for finding in found for triple in _triples(finding))


def _triples(finding: Finding) -> Iterator[Triple]:
    node = iris.within(REPORT, sha256(repr(finding).encode()).hexdigest()[:32])
    yield REPORT, SH.result, node
    yield node, RDF.type, SH.ValidationResult
    yield node, SH.focusNode, finding.focus  # type: ignore[misc] # SHACL has literals and blank nodes too
    yield node, SH.sourceShape, _named(finding.shape)
    yield node, SH.sourceConstraintComponent, finding.component
    yield node, SH.resultSeverity, finding.grade
    for message in finding.messages:
        yield node, SH.resultMessage, message
    if isinstance(finding.path, ox.NamedNode):
        yield node, SH.resultPath, finding.path
    if finding.query is not None:
        yield node, SH.sourceConstraint, _named(finding.query)
    if finding.value is not None:
        yield node, SH.value, finding.value  # type: ignore[misc] # as the focus node


def _read(view: View, nodes: Iterable[ox.NamedNode]) -> Iterator[tuple[Finding, ox.NamedNode]]:
    for node in dict.fromkeys(nodes):
        said: dict[ox.NamedNode, Any] = {quad.predicate: quad.object for quad in view.described(node)}
        yield (
            Finding(
                focus=said[SH.focusNode],
                path=said.get(SH.resultPath),
                value=said.get(SH.value),
                shape=_shape(said[SH.sourceShape]),
                component=said[SH.sourceConstraintComponent],
                grade=said[SH.resultSeverity],
                messages=in_order(view.values(node, SH.resultMessage)),
                query=None if SH.sourceConstraint not in said else _shape(said[SH.sourceConstraint]),
            ),
            node,
        )


def _named(shape: Term) -> ox.NamedNode:
    return shape if isinstance(shape, ox.NamedNode) else ox.NamedNode(_UNNAMED + shape.value)


def _shape(node: ox.NamedNode) -> Term:
    unnamed = node.value.startswith(_UNNAMED)
    return ox.BlankNode(node.value.removeprefix(_UNNAMED)) if unnamed else node
