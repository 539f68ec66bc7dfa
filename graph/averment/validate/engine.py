"""Holding a store or files against the shapes: which engine is asked, and its findings in words for people.

`compiled` runs the shapes as queries on the union of all graphs; shapes that do not go into queries are left to pySHACL
on the whole graph. `pyshacl` is the reference for both.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from averment.store.view import View
from averment.validate import reference
from averment.validate.compiler.run import run
from averment.validate.describe import describe, label
from averment.validate.files import read_quads
from averment.validate.finding import Finding
from averment.validate.graphs import to_rdflib
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

ENGINES = ("compiled", "pyshacl")

Progress = Callable[[int, int], None]
"""Called with the number of shapes, or for pySHACL articles, done and their total."""


def validate_view(view: View, shapes: Shapes, progress: Progress | None = None, *, engine: str = "compiled") -> Report:
    """Validate a store: all its graphs together, or with pySHACL article by article."""
    graph = Union(view.engine)
    if engine == "pyshacl":
        found = reference.of_sources(view, shapes.graph, progress)
    else:
        found = _compiled(graph, shapes, None, progress)
    return Report.of(in_words(found, graph, shapes), len(view.pointing(RDF.type, SDO.NewsArticle)))


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
    kind of integer one is; where that happens, pySHACL looks at the files as they are.
    """
    quads = read_quads(paths)
    graph = Union.of(quads)
    rewrites = _rewrites(graph, quads)
    if engine == "pyshacl" or rewrites:
        found = reference.of_quads(quads, shapes.graph)
    else:
        found = _compiled(graph, shapes, None, None)
    links = AsWritten(quads) if rewrites else graph
    return Report.of(in_words(found, graph, shapes, links), len(graph.subjects(RDF.type, SDO.NewsArticle)))


def _rewrites(graph: Union, quads: Iterable[ox.Quad]) -> bool:
    """Say whether the store does not give back every literal as it was."""
    kept = {quad.object for quad in graph.quads() if isinstance(quad.object, ox.Literal)}
    return any(isinstance(quad.object, ox.Literal) and quad.object not in kept for quad in quads)


def _compiled(
    graph: Union, shapes: Shapes, nodes: Collection[Term] | None, progress: Progress | None
) -> Iterator[Finding]:
    yield from run(shapes.plan, graph, nodes, progress)
    yield from (finding for finding in left_over(graph, shapes) if nodes is None or finding.focus in nodes)


def left_over(graph: Union, shapes: Shapes) -> Iterator[Finding]:
    """Give what breaks the shapes that are not compiled, as pySHACL finds it."""
    if shapes.plan.refused:
        rest = reference.only(shapes.graph, [refused.node for refused in shapes.plan.refused])
        yield from reference.of_quads(graph.quads(), rest)


def in_words(found: Iterable[Finding], graph: Union, shapes: Shapes, links: Links | None = None) -> Iterator[Result]:
    """Put findings in words for people; what is known of a thing is looked up once, whatever is wrong with it."""
    wording = Wording(shapes, links or graph)
    about = cache(partial(_about, graph))
    labelled = cache(partial(_label, graph))
    for finding in found:
        yield Result(
            focus=finding.focus,
            constraint=shapes.name(to_rdflib(finding.shape)),
            severity=finding.severity,
            message=wording.message(finding),
            shape=finding.shape,
            component=finding.component,
            path=finding.path,
            value=finding.value,
            value_label=None if finding.value in (None, finding.focus) else labelled(finding.value),
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
