"""The export formats, as two tables: RDF, which is made from a store, and graphs, which are made from a view of it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from averment.errors import InputError
from averment.exports.base import GraphFormat, text_for
from averment.exports.cyjs import to_cyjs
from averment.exports.cypher import to_cypher
from averment.exports.dot import to_dot
from averment.exports.gexf import to_gexf
from averment.exports.graphml import to_graphml
from averment.exports.near import near
from averment.exports.nodelink import to_nodelink
from averment.exports.page import lost_in_pages, to_html
from averment.exports.png import to_png
from averment.exports.svg import lost_in_pictures, to_svg
from averment.exports.tables import lost_in_spreadsheet, lost_in_tables, to_spreadsheet, to_tables
from averment.exports.values import Kind, is_well_formed
from averment.store import View
from averment.store.formats import RDF_FORMATS, Format

__all__ = ["FORMATS", "GRAPH_FORMATS", "ExportFormat", "format_called"]


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """One format to export a store to."""

    name: str
    ending: str
    holds: str
    """What of the graph it can carry, in words."""
    write: Callable[[View], bytes]


def _rdf(format_: Format) -> ExportFormat:
    holds = "everything" if format_.datasets else "the bookkeeping, without what the claims say"
    return ExportFormat(format_.name, format_.ending, holds, partial(_dump, format_))


def _dump(format_: Format, view: View) -> bytes:
    written = view.dump(format_)
    if format_.media_type.endswith("+xml") and not is_well_formed(written.decode()):
        raise InputError(
            f"a text in this store has control characters, which {format_.label} cannot hold; export as turtle"
        )
    return written


FORMATS = tuple(_rdf(format_) for format_ in RDF_FORMATS)
"""What a whole store is written in."""

_NO_DAYS = text_for(Kind.DAY)
_DAYS = "that days are days"
_TYPES = "what is a number, a day, a yes or no"

GRAPH_FORMATS = (
    GraphFormat(
        "gexf",
        "gexf",
        "application/gexf+xml",
        "for Gephi: colours, sizes, places and times too",
        to_gexf,
        _NO_DAYS,
        _DAYS,
    ),
    GraphFormat(
        "graphml", "graphml", "application/graphml+xml", "for yEd, igraph, Cytoscape", to_graphml, _NO_DAYS, _DAYS
    ),
    GraphFormat(
        "csv",
        "zip",
        "application/zip",
        "nodes.csv and edges.csv for Gephi and Flourish, every cell as it is",
        to_tables,
        lost_in_tables,
        _TYPES,
    ),
    GraphFormat(
        "spreadsheet",
        "zip",
        "application/zip",
        "the same for spreadsheets, no cell taken for a formula",
        to_spreadsheet,
        lost_in_spreadsheet,
        f"{_TYPES}; cells like formulas get a '",
    ),
    GraphFormat(
        "nodelink",
        "json",
        "application/json",
        "JSON of nodes and links, for networkx and D3",
        to_nodelink,
        _NO_DAYS,
        _DAYS,
    ),
    GraphFormat(
        "cyjs", "cyjs", "application/json", "for Cytoscape and cytoscape.js, with places", to_cyjs, _NO_DAYS, _DAYS
    ),
    GraphFormat(
        "dot",
        "dot",
        "text/vnd.graphviz",
        "for Graphviz",
        to_dot,
        text_for(Kind.INTEGER, Kind.NUMBER, Kind.BOOLEAN, Kind.DAY),
        _TYPES,
    ),
    GraphFormat("cypher", "cypher", "text/plain", "statements for Neo4j and openCypher", to_cypher, _NO_DAYS, _DAYS),
    GraphFormat(
        "svg",
        "svg",
        "image/svg+xml",
        "a picture, with links",
        to_svg,
        lost_in_pictures,
        "attributes, long labels, and all but the 150 best connected",
    ),
    GraphFormat(
        "png",
        "png",
        "image/png",
        "the picture in pixels (needs the extra `pictures`)",
        to_png,
        lost_in_pictures,
        "the same, and the links",
    ),
    GraphFormat(
        "html",
        "html",
        "text/html",
        "one page with the picture and tables, without scripts",
        to_html,
        lost_in_pages,
        "rows beyond 2,000, long labels",
    ),
)
"""What a view is written in."""


def format_called(name: str | None, ending: str) -> ExportFormat | GraphFormat:
    """Give the format of that name, or without one that of a file's ending; raise InputError naming those there are."""
    known: tuple[ExportFormat | GraphFormat, ...] = (*FORMATS, *GRAPH_FORMATS)
    wanted = (name or ending).lower()
    by_name = (one for one in known if name and one.name == wanted)
    found = next(by_name, None) or next((one for one in known if one.ending == wanted), None)
    if found is None:
        names = [one.name for one in known]
        raise InputError(
            f"no export format is called {wanted!r}{near(wanted, names)}; name one with --format: {', '.join(names)}"
        )
    return found
