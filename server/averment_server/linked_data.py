"""What is known of one thing, as RDF."""

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, serialize

from averment.store.formats import Format
from averment.store.view import Row
from averment.vocabulary import PREFIXES, RDF, SDO
from averment_server.ask import rows

__all__ = ["describe"]


def describe(node: NamedNode, format_: Format) -> bytes | None:
    """Describe a thing; an article is described with all that was read from it. None where nothing is known.

    What claims say stands in their named graphs, so a format without these has the bookkeeping alone: nothing that an
    article merely reports is ever asserted here.
    """
    kinds = {row["value"] for row in rows("node", node=node) if row["predicate"] == RDF.type}
    found = rows("article-quads" if SDO.NewsArticle in kinds else "node-quads", node=node)
    if not found:
        return None
    quads = sorted({_quad(row) for row in found}, key=lambda quad: (str(quad.graph_name), str(quad)))
    assert isinstance(format_.engine, RdfFormat)  # noqa: S101 - the caller chose among RDF_FORMATS
    if format_.datasets:
        return serialize(quads, format=format_.engine, prefixes=PREFIXES)
    return serialize(
        (quad.triple for quad in quads if quad.graph_name == DefaultGraph()), format=format_.engine, prefixes=PREFIXES
    )


def _quad(row: Row) -> Quad:
    subject, predicate, value, graph = (row[name] for name in ("subject", "predicate", "object", "graph"))
    assert isinstance(subject, NamedNode) and isinstance(predicate, NamedNode) and value is not None  # noqa: S101, PT018 - so the query binds them
    return Quad(subject, predicate, value, graph if isinstance(graph, NamedNode) else DefaultGraph())
