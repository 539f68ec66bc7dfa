"""Holding a store or files against the shapes: which engine is asked, and its findings in words for people.

`compiled` runs the shapes as queries on the union of all graphs; shapes that do not go into queries are held against
one node after the other, on the triples that they can look at. `pyshacl` is a second opinion on both.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import chain
from pathlib import Path

import pyoxigraph as ox

from averment.store.view import View
from averment.validate import reference
from averment.validate.compiler.plan import Plan, terms_of
from averment.validate.compiler.run import run
from averment.validate.describe import describe, label
from averment.validate.direct.examiner import examine
from averment.validate.files import read_quads
from averment.validate.finding import Finding
from averment.validate.footprint import footprint_of
from averment.validate.graphs import to_rdflib
from averment.validate.lint import lint
from averment.validate.report import Report, Result, Term
from averment.validate.shapes import Shapes
from averment.validate.union import Union
from averment.vocabulary import AV, RDF, SDO

__all__ = ["ENGINES", "Progress", "validate_files", "validate_nodes", "validate_source", "validate_view"]

ENGINES = ("compiled", "direct", "pyshacl")
"""Queries for all nodes at once, one node after the other, and the reference."""

_NOTE = (
    "everything was checked node by node, which is slower, because of the data and not of the shapes: "
    "the store's queries would read {} as another literal"
)

Progress = Callable[[int, int], None]
"""Called with the number of shapes, or for pySHACL articles, done and their total."""


def validate_view(view: View, shapes: Shapes, progress: Progress | None = None, *, engine: str = "compiled") -> Report:
    """Validate a store: all its graphs together, or with pySHACL article by article."""
    graph = Union(view.engine)
    if engine == "pyshacl":
        found = iter(dict.fromkeys(reference.of_sources(view, shapes.graph, progress)))
    elif engine == "direct":
        found = examine(shapes.plan.aims, graph.quads(footprint_of(shapes.plan.aims)), None, progress)
    else:
        found = _compiled(graph, shapes, None, progress)
    articles = len(view.pointing(RDF.type, SDO.NewsArticle))
    return Report.of(_results(found, graph, shapes), articles, _remarks(shapes, graph))


def validate_source(view: View, source: ox.NamedNode, shapes: Shapes) -> Report:
    """Validate the nodes of one article, in the time that the article takes and not the store."""
    quads = (*view.quads(source), *view.records(source))
    nodes = {term for quad in quads for term in (quad.subject, quad.object)}
    return validate_nodes(view, {node for node in nodes if not isinstance(node, ox.Triple)}, shapes)


def validate_nodes(view: View, nodes: Collection[Term], shapes: Shapes) -> Report:
    """Validate some nodes, or one; the report counts no article."""
    graph = Union(view.engine)
    return Report.of(_results(_compiled(graph, shapes, nodes, None), graph, shapes), 0)


def validate_files(paths: Iterable[Path], shapes: Shapes, *, engine: str = "compiled") -> Report:
    """Validate RDF files together as one graph.

    Raises InputError where a file cannot be read. A store would rewrite numbers such as 01 and 1.50, and forget what
    kind of integer one is; where that happens, no query is asked of one, and the files are looked at as they are.
    """
    quads = read_quads(paths)
    graph = Union.of(quads)
    altered = _rewritten(quads, shapes.plan) if engine == "compiled" else []
    if engine == "pyshacl":
        found = reference.of_quads(quads, shapes.graph)
    elif engine == "direct" or altered:
        found = examine(shapes.plan.aims, quads)
    else:
        found = _compiled(graph, shapes, None, None)
    articles = len(graph.subjects(RDF.type, SDO.NewsArticle))
    notes = (_NOTE.format(altered[0]),) if altered else ()
    return Report.of(_results(found, graph, shapes), articles, (*notes, *_remarks(shapes, graph)))


def _remarks(shapes: Shapes, graph: Union) -> tuple[str, ...]:
    """Give what is odd about the shapes that somebody has brought."""
    if shapes.brought is None:
        return ()
    return tuple(dict.fromkeys(remark.text for remark in lint(shapes.brought, shapes.plan, graph)))


def _rewritten(quads: list[ox.Quad], plan: Plan) -> list[ox.Literal]:
    """Give what a store would not give back as it is, in the data and among the terms that it is compared with."""
    compared = chain.from_iterable(terms_of(aim.shape) for aim in plan.aims)
    aimed_at = (target.term for aim in plan.aims for target in aim.targets)
    terms = chain((quad.object for quad in quads), compared, aimed_at)
    literals = dict.fromkeys(term for term in terms if isinstance(term, ox.Literal))
    store = ox.Store()
    store.extend(ox.Quad(RDF.type, RDF.type, literal) for literal in literals)
    kept = {quad.object for quad in store}
    return [literal for literal in literals if literal not in kept]


def _compiled(
    graph: Union, shapes: Shapes, nodes: Collection[Term] | None, progress: Progress | None
) -> Iterator[Finding]:
    plan = shapes.plan
    yield from run(plan, graph, nodes, progress)
    if plan.refused:
        yield from examine(plan.refused, graph.quads(footprint_of(plan.refused)), nodes)


def _results(found: Iterable[Finding], graph: Union, shapes: Shapes) -> Iterator[Result]:
    return (_result(finding, graph, shapes) for finding in found)


def _result(finding: Finding, graph: Union, shapes: Shapes) -> Result:
    kind, words = describe(graph, finding.focus)
    return Result(
        focus=finding.focus,
        kind=kind,
        words=words,
        constraint=shapes.name(to_rdflib(finding.shape)),
        severity=finding.severity,
        message=finding.message,
        shape=finding.shape,
        component=finding.component,
        path=finding.path if isinstance(finding.path, ox.NamedNode) else None,
        value=finding.value,
        value_label=None if finding.value in (None, finding.focus) else _label(graph, finding.value),
        source=_source(graph, finding.focus),
        grade=finding.grade,
        messages=finding.messages,
        route=finding.path,
        query=finding.query,
    )


def _label(graph: Union, value: Term) -> str | None:
    """Name a value for a person, unless nothing is known of it but its IRI."""
    kind, words = describe(graph, value)
    return label(kind, words, "") if words else None


def _source(graph: Union, focus: Term) -> ox.NamedNode | None:
    """Give the article that a node is or was read from; what a claim says was read where the claim was."""
    if not {SDO.NewsArticle, SDO.DigitalDocument}.isdisjoint(graph.objects(focus, RDF.type)):
        return focus if isinstance(focus, ox.NamedNode) else None
    for node in (focus, *graph.graphs(focus)):
        for source in graph.objects(node, AV.inSource):
            if isinstance(source, ox.NamedNode):
                return source
    return None
