"""pySHACL: the reference, and what takes over where a shape does not go into a query.

It works on rdflib graphs only, so a store is handed to it one source at a time, with what people have put on record of
it. No node read from one source points at another's but by a match, which belongs to neither, and by evidence, which
puts two sources into one graph here; so the time grows with the number of sources only. Nothing is inferred, imported
or fetched.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain

import pyoxigraph as ox
import rdflib
from rdflib import RDF as RDFLIB_RDF
from rdflib import RDFS, SH
from rdflib.term import Node

from averment.errors import InputError
from averment.store.view import View
from averment.validate.compiler.messages import NO_WORDS
from averment.validate.finding import Finding
from averment.validate.graphs import DataGraph, from_rdflib, graph_of, literals_as_they_are
from averment.validate.report import Severity, Term
from averment.vocabulary import BETWEEN_SOURCES

__all__ = ["SEVERITIES", "of_quads", "of_sources", "only"]

SEVERITIES: dict[Node, Severity] = {SH.Warning: Severity.WARNING, SH.Info: Severity.INFO}
"""Everything else is a violation, as in SHACL."""

_TARGETS = (SH.targetNode, SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf)


def of_quads(quads: Iterable[ox.Quad], shapes: rdflib.Graph) -> Iterator[Finding]:
    """Give what breaks the shapes in the union of some quads.

    Raises InputError where the shapes are not sound.
    """
    found = _run(graph_of(quads), shapes)
    for report in found.subjects(RDFLIB_RDF.type, SH.ValidationReport):
        for node in found.objects(report, SH.result):
            yield _finding(dict(found.predicate_objects(node)))


def of_sources(
    view: View, shapes: rdflib.Graph, progress: Callable[[int, int], None] | None = None
) -> Iterator[Finding]:
    """Give what breaks the shapes in each source, and then in what belongs to none."""
    groups = _groups(view)
    tied: set[object] = set()
    for done, sources in enumerate(groups, start=1):
        quads = list(chain.from_iterable((*view.quads(source), *view.records(source)) for source in sources))
        tied |= {quad.subject for quad in quads}
        yield from of_quads(quads, shapes)
        if progress is not None:
            progress(done, len(groups))
    yield from of_quads(_loose(view, tied), shapes)


def _groups(view: View) -> list[list[ox.NamedNode]]:
    """Give the sources, those together that evidence ties to each other."""
    groups = {source.value: [source] for source in view.sources()}
    for row in view.texts("review/ties"):
        one, other = (groups.get(str(row[end])) for end in ("citing", "cited"))
        if one is not None and other is not None and one is not other:
            one += other
            groups |= {source.value: one for source in other}
    return list({id(group): group for group in groups.values()}.values())


def only(shapes: rdflib.Graph, roots: Iterable[Term]) -> rdflib.Graph:
    """Give the shapes with no targets but those of `roots`; all others are still there to be referred to."""
    kept = {str(root) if isinstance(root, ox.BlankNode) else root.value for root in roots}
    classes = {RDFS.Class, *shapes.subjects(RDFS.subClassOf, RDFS.Class)}
    graph = rdflib.Graph()
    for subject, predicate, object_ in shapes:
        name = f"_:{subject}" if isinstance(subject, rdflib.BNode) else str(subject)
        aims = predicate in _TARGETS or (predicate == RDFLIB_RDF.type and object_ in classes)
        if not aims or name in kept:
            graph.add((subject, predicate, object_))
    return graph


def _loose(view: View, tied: set[object]) -> list[ox.Quad]:
    """Give the quads of no source: neither tied to one, nor in a claim's graph, nor accepted from one; and matches."""
    loose = {
        quad.triple: quad
        for quad in view.all_quads()
        if not {quad.subject, quad.graph_name} & tied or quad.predicate in BETWEEN_SOURCES
    }
    if loose:
        for quad in view.all_quads():
            if quad.graph_name in tied:
                loose.pop(quad.triple, None)
    return list(loose.values())


def _run(graph: DataGraph, shapes: rdflib.Graph) -> rdflib.Graph:
    """Give pySHACL's report as a graph; raise InputError where the shapes are not sound."""
    import pyshacl  # noqa: PLC0415 - slow to load
    from pyshacl.errors import ConstraintLoadError, ReportableRuntimeError, ShapeLoadError  # noqa: PLC0415

    try:
        with literals_as_they_are():
            _, found, text = pyshacl.validate(
                graph, shacl_graph=shapes, inference="none", do_owl_imports=False, advanced=False, js=False
            )
    except (ConstraintLoadError, ShapeLoadError, ReportableRuntimeError, re.error) as error:
        raise InputError(f"the shapes cannot be used: {error.args[0]}") from error
    if not isinstance(found, rdflib.Graph):
        raise InputError(f"the shapes cannot be used: {text}")
    return found


def _finding(said: dict[Node, Node]) -> Finding:
    path, value = said.get(SH.resultPath), said.get(SH.value)
    return Finding(
        focus=from_rdflib(said[SH.focusNode]),
        path=from_rdflib(path) if isinstance(path, rdflib.URIRef) else None,
        value=None if value is None else from_rdflib(value),
        shape=from_rdflib(said[SH.sourceShape]),
        component=from_rdflib(said[SH.sourceConstraintComponent]),
        severity=SEVERITIES.get(said[SH.resultSeverity], Severity.VIOLATION),
        message=str(said.get(SH.resultMessage, NO_WORDS)),
    )
