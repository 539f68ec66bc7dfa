"""Holding a store or files against the shapes: which engine is asked, and its findings in words for people.

`compiled` runs the shapes as queries on the union of all graphs; shapes that do not go into queries are held against
one node after the other, on the triples that they can look at. `pyshacl` is a second opinion on both.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache, partial
from itertools import chain
from pathlib import Path
from typing import Any

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
from averment.validate.origin import address_of, passage_of, source_of, title_of
from averment.validate.report import Report, Result, Term
from averment.validate.shapes import Shapes
from averment.validate.union import Union
from averment.validate.walk import AsWritten, Links
from averment.validate.wording import Wording
from averment.vocabulary import RDF, SDO

__all__ = [
    "ENGINES",
    "Progress",
    "in_words",
    "left_over",
    "validate_files",
    "validate_nodes",
    "validate_source",
    "validate_view",
]

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
    return Report.of(in_words(found, graph, shapes), articles, _remarks(shapes, graph))


def validate_source(view: View, source: ox.NamedNode, shapes: Shapes) -> Report:
    """Validate the nodes of one article, in the time that the article takes and not the store."""
    quads = (*view.quads(source), *view.records(source))
    nodes = {term for quad in quads for term in (quad.subject, quad.object)}
    return validate_nodes(view, {node for node in nodes if not isinstance(node, ox.Triple)}, shapes)


def validate_nodes(view: View, nodes: Collection[Term], shapes: Shapes) -> Report:
    """Validate some nodes, or one; the report counts no article."""
    graph = Union(view.engine)
    return Report.of(in_words(_compiled(graph, shapes, nodes, None), graph, shapes), 0)


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
    words = in_words(found, graph, shapes, AsWritten(quads) if engine != "compiled" or altered else graph)
    return Report.of(words, articles, (*notes, *_remarks(shapes, graph)))


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
    yield from run(shapes.plan, graph, nodes, progress)
    yield from left_over(graph, shapes, nodes)


def left_over(graph: Union, shapes: Shapes, nodes: Collection[Term] | None = None) -> Iterator[Finding]:
    """Give what breaks the shapes that do not go into queries, one node after the other; of some nodes, or of all."""
    refused = shapes.plan.refused
    if refused:
        yield from examine(refused, graph.quads(footprint_of(refused)), nodes)


def in_words(found: Iterable[Finding], graph: Union, shapes: Shapes, links: Links | None = None) -> Iterator[Result]:
    """Put findings in words for people; what is known of a thing is looked up once, whatever is wrong with it."""
    wording = Wording(shapes, links or graph)
    about = cache(partial(_about, graph))
    labelled = cache(partial(_label, graph))
    for finding in map(wording.worded, found):
        yield Result(
            focus=finding.focus,
            constraint=shapes.name(to_rdflib(finding.shape)),
            severity=finding.severity,
            message=finding.message,
            shape=finding.shape,
            component=finding.component,
            path=finding.path if isinstance(finding.path, ox.NamedNode) else None,
            value=finding.value,
            value_label=None if finding.value in (None, finding.focus) else labelled(finding.value),
            grade=finding.grade,
            messages=finding.messages,
            route=finding.path,
            query=finding.query,
            **about(finding.focus),
        )


def _about(graph: Union, focus: Term) -> dict[str, Any]:
    """Give the fields of a result that are about the thing alone."""
    kind, words = describe(graph, focus)
    source = source_of(graph, focus)
    return {
        "kind": kind,
        "words": words,
        "source": source,
        "source_title": None if source is None else title_of(graph, source),
        "source_address": None if source is None else address_of(graph, source),
        "passage": passage_of(graph, focus),
    }


def _label(graph: Union, value: Term) -> str | None:
    """Name a value for a person, unless nothing is known of it but its IRI."""
    kind, words = describe(graph, value)
    return label(kind, words, "") if words else None
