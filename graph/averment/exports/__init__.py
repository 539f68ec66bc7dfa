"""Handing the graph on: RDF, and pictures and formats of other tools by way of one networkx graph.

`views` lists what may be shown, `selection` reads what somebody wants to see of it, and `network` makes the graph,
whose values `values` cleans; one module writes each format. `dumps` writes quads, `dataset` a folder of them, and
`interchange` what carries a part. `formats` is the table of them all.
"""

from averment.exports.base import GraphFormat
from averment.exports.formats import FORMATS, GRAPH_FORMATS, ExportFormat, format_called
from averment.exports.network import network, network_of
from averment.exports.selection import Wanted
from averment.exports.views import VIEWS, GraphView, view_called

__all__ = [
    "FORMATS",
    "GRAPH_FORMATS",
    "VIEWS",
    "ExportFormat",
    "GraphFormat",
    "GraphView",
    "Wanted",
    "format_called",
    "network",
    "network_of",
    "view_called",
]
