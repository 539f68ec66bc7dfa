"""Handing the graph on: RDF, and pictures and formats of other tools by way of one networkx graph.

`network` makes that graph, `graphml` and `svg` write it, `rdf` writes quads; `formats` is the table of them all.
"""

from averment.exports.formats import FORMATS, ExportFormat

__all__ = ["FORMATS", "ExportFormat"]
