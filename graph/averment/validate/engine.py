"""pySHACL, one source at a time, with what people have put on record of it.

No node read from one source points at another's but by a match, which belongs to neither, and by evidence, which puts
two sources into one graph here; so the results are those of the whole graph, and the time grows with the number of
sources only. Nothing is inferred, imported or fetched.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import rdflib
from pyshacl.errors import ConstraintLoadError, ReportableRuntimeError, ShapeLoadError
from rdflib import SH
from rdflib.term import Node

from averment.errors import InputError
from averment.store.view import View
from averment.validate.describe import describe, label
from averment.validate.files import read_quads
from averment.validate.graphs import DataGraph, from_rdflib, graph_of, literals_as_they_are
from averment.validate.report import Report, Result, Severity
from averment.validate.shapes import Shapes
from averment.vocabulary import AV, BETWEEN_SOURCES, RDF, SDO

__all__ = ["Progress", "validate_files", "validate_view"]

Progress = Callable[[int, int], None]
"""Called with the number of articles done and their total."""

_SEVERITIES: dict[Node, Severity] = {SH.Warning: Severity.WARNING, SH.Info: Severity.INFO}
_IN_SOURCE, _TYPE, _ARTICLE = (rdflib.URIRef(term.value) for term in (AV.inSource, RDF.type, SDO.NewsArticle))


def validate_view(view: View, shapes: Shapes, progress: Progress | None = None) -> Report:
    """Validate a store source by source, and then what belongs to no source."""
    groups = _groups(view)
    results: list[Result] = []
    tied: set[object] = set()
    for done, sources in enumerate(groups, start=1):
        quads = list(chain.from_iterable((*view.quads(source), *view.records(source)) for source in sources))
        tied |= {quad.subject for quad in quads}
        results += _results(graph_of(quads), shapes, sources[0] if len(sources) == 1 else None)
        if progress is not None:
            progress(done, len(groups))
    results += _results(graph_of(_loose(view, tied)), shapes)
    return Report.of(results, len(view.pointing(RDF.type, SDO.NewsArticle)))


def _groups(view: View) -> list[list[ox.NamedNode]]:
    """Give the sources, those together that evidence ties to each other."""
    groups = {source.value: [source] for source in view.sources()}
    for row in view.texts("review/ties"):
        one, other = (groups.get(str(row[end])) for end in ("citing", "cited"))
        if one is not None and other is not None and one is not other:
            one += other
            groups |= {source.value: one for source in other}
    return list({id(group): group for group in groups.values()}.values())


def validate_files(paths: Iterable[Path], shapes: Shapes) -> Report:
    """Validate RDF files together as one graph.

    Raises InputError where a file cannot be read.
    """
    graph = graph_of(read_quads(paths))
    return Report.of(_results(graph, shapes), len(set(graph.subjects(_TYPE, _ARTICLE))))


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


def _results(graph: DataGraph, shapes: Shapes, source: ox.NamedNode | None = None) -> Iterator[Result]:
    found = _run(graph, shapes)
    for node in found.subjects(_TYPE, SH.ValidationResult):
        yield _result(found, node, graph, shapes, source)


def _run(graph: DataGraph, shapes: Shapes) -> rdflib.Graph:
    """Give pySHACL's report as a graph; raise InputError where the shapes are not sound."""
    try:
        with literals_as_they_are():
            _, found, text = pyshacl.validate(
                graph, shacl_graph=shapes.graph, inference="none", do_owl_imports=False, advanced=False, js=False
            )
    except (ConstraintLoadError, ShapeLoadError, ReportableRuntimeError, re.error) as error:
        raise InputError(f"the shapes cannot be used: {error.args[0]}") from error
    if not isinstance(found, rdflib.Graph):
        raise InputError(f"the shapes cannot be used: {text}")
    return found


def _result(
    found: rdflib.Graph, node: Node, graph: rdflib.Graph, shapes: Shapes, source: ox.NamedNode | None
) -> Result:
    said = dict(found.predicate_objects(node))
    focus, path, value = said[SH.focusNode], said.get(SH.resultPath), said.get(SH.value)
    kind, words = describe(graph, focus)
    return Result(
        focus=from_rdflib(focus),
        kind=kind,
        words=words,
        constraint=shapes.name(said[SH.sourceShape]),
        severity=_SEVERITIES.get(said[SH.resultSeverity], Severity.VIOLATION),
        message=str(said[SH.resultMessage]),
        shape=from_rdflib(said[SH.sourceShape]),
        component=from_rdflib(said[SH.sourceConstraintComponent]),
        path=from_rdflib(path) if isinstance(path, rdflib.URIRef) else None,
        value=None if value is None else from_rdflib(value),
        value_label=None if value in (None, focus) else _label(graph, value),
        source=source or _source(graph, focus),
    )


def _label(graph: rdflib.Graph, value: Node) -> str | None:
    """Name a value for a person, unless nothing is known of it but its IRI."""
    kind, words = describe(graph, value)
    return label(kind, words, "") if words else None


def _source(graph: rdflib.Graph, focus: Node) -> ox.NamedNode | None:
    """Give the article that a node is or was read from."""
    at = focus if (focus, _TYPE, _ARTICLE) in graph else graph.value(focus, _IN_SOURCE, any=True)
    found = from_rdflib(at) if at is not None else None
    return found if isinstance(found, ox.NamedNode) else None
