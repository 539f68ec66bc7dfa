"""Whether a graph keeps to the shapes: what is wrong, in which words of which article, and what to do about it.

`shapes` finds the rules, `files` reads RDF that people bring, `compiler` makes queries of the rules, `union` answers
them, and `direct` holds one node after the other against what does not go into queries, on the triples that `footprint`
says it looks at. `reference` is pySHACL, to which `graphs` hands rdflib, and `engine` chooses. `describe` finds words
for a node, `report` holds what was found, and `render` shows it as text, JSON or RDF.
"""

from averment.validate.engine import ENGINES, validate_files, validate_nodes, validate_source, validate_view
from averment.validate.render import RENDERERS
from averment.validate.report import Report, Result, Severity
from averment.validate.shapes import Rule, Shapes, load_shapes

__all__ = [
    "ENGINES",
    "RENDERERS",
    "Report",
    "Result",
    "Rule",
    "Severity",
    "Shapes",
    "load_shapes",
    "validate_files",
    "validate_nodes",
    "validate_source",
    "validate_view",
]
