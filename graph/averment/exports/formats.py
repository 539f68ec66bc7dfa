"""The export formats, as two tables: RDF, which is made from a store, and graphs, which are made from a view of it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from typing import IO

from averment.errors import InputError
from averment.exports.base import GraphFormat, text_for
from averment.exports.cyjs import to_cyjs
from averment.exports.cypher import to_cypher
from averment.exports.dot import to_dot
from averment.exports.dumps import dump
from averment.exports.gexf import to_gexf
from averment.exports.graphml import to_graphml
from averment.exports.interchange import INTERCHANGE, Interchange, Wishes
from averment.exports.near import near
from averment.exports.nodelink import to_nodelink
from averment.exports.page import lost_in_pages, to_html
from averment.exports.png import to_png
from averment.exports.svg import lost_in_pictures, to_svg
from averment.exports.tables import lost_in_spreadsheet, lost_in_tables, to_spreadsheet, to_tables
from averment.exports.values import Kind
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
    stream: Callable[[View, IO[bytes]], None] | None = None
    """Writes it piece by piece, where that is how it is made."""


def _rdf(format_: Format) -> ExportFormat:
    holds = "everything" if format_.datasets else "the bookkeeping, without what the claims say"
    return ExportFormat(
        format_.name, format_.ending, holds, partial(_dump, format_), lambda view, file: dump(view, format_, file)
    )


def _part(part: Interchange) -> ExportFormat:
    return ExportFormat(part.name, part.ending, part.holds, lambda view: part.write(view, Wishes())[0])


def _dump(format_: Format, view: View) -> bytes:
    content = BytesIO()
    dump(view, format_, content)
    return content.getvalue()


FORMATS = (*(_rdf(format_) for format_ in RDF_FORMATS), *map(_part, INTERCHANGE))
"""What a whole store is written in, and what others ask of one."""

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


def format_called(name: str | None, file: str) -> ExportFormat | GraphFormat:
    """Give the format of that name or ending, or without one that of a file's name; raise InputError where none is."""
    known: tuple[ExportFormat | GraphFormat, ...] = (*FORMATS, *GRAPH_FORMATS)
    if name is not None:
        fitting = [one for one in known if one.name == name.lower()] or [
            one for one in known if one.ending == name.lower()
        ]
    else:
        fitting = [one for one in known if file.lower().endswith(f".{one.ending}")]
    if fitting:
        return max(fitting, key=lambda one: len(one.ending))  # the first of those that are as long
    wanted = name if name is not None else file
    names = [one.name for one in known]
    raise InputError(
        f"no export format is called {wanted!r}{near(wanted, names)}; name one with --format: {', '.join(names)}"
    )
