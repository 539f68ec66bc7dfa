"""Handing the graph on: RDF, and pictures and formats of other tools by way of one networkx graph.

`network` makes that graph, `graphml` and `svg` write it; `dumps` writes quads, `dataset` a folder of them, and
`interchange` what carries a part. `formats` is the table of them all.
"""

from averment.exports.formats import FORMATS, ExportFormat

__all__ = ["FORMATS", "ExportFormat"]
