"""pySHACL: a second opinion on everything else here.

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
from rdflib import SH
from rdflib.term import Node

from averment.errors import InputError
from averment.store.view import View
from averment.validate.compiler.errors import Unsound
from averment.validate.compiler.messages import NO_WORDS, texts
from averment.validate.compiler.paths import Written, as_written, read_path
from averment.validate.finding import Finding
from averment.validate.graphs import DataGraph, from_rdflib, graph_of, literals_as_they_are
from averment.vocabulary import BETWEEN_SOURCES

__all__ = ["of_quads", "of_sources"]


def of_quads(quads: Iterable[ox.Quad], shapes: rdflib.Graph) -> Iterator[Finding]:
    """Give what breaks the shapes in the union of some quads.

    Raises InputError where the shapes are not sound.
    """
    found = _run(graph_of(quads), shapes)
    for report in found.subjects(RDFLIB_RDF.type, SH.ValidationReport):
        for node in found.objects(report, SH.result):
            yield _finding(found, node)


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


def _finding(report: rdflib.Graph, node: Node) -> Finding:
    said = dict(report.predicate_objects(node))
    value, query = said.get(SH.value), said.get(SH.sourceConstraint)
    component, grade = said[SH.sourceConstraintComponent], said[SH.resultSeverity]
    return Finding(
        focus=from_rdflib(said[SH.focusNode]),
        path=None if SH.resultPath not in said else _path(report, said[SH.resultPath]),
        value=None if value is None else from_rdflib(value),
        shape=from_rdflib(said[SH.sourceShape]),
        component=ox.NamedNode(str(component)),
        grade=ox.NamedNode(str(grade)),
        messages=texts(report, node, SH.resultMessage) or (ox.Literal(NO_WORDS),),
        query=None if query is None else from_rdflib(query),
    )


def _path(report: rdflib.Graph, node: Node) -> Written | None:
    """Read a path of the report; None where pySHACL has left its structure out."""
    try:
        read_path(report, node)
    except Unsound:
        return None
    return as_written(report, node)
