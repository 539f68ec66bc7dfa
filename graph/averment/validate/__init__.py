"""Whether a graph keeps to the shapes: what is wrong, in which words of which article, and what to do about it.

`shapes` finds the rules, `files` reads RDF that people bring, `compiler` makes queries of the rules, `union` answers
them, and `direct` holds one node after the other against what does not go into queries, on the triples that `footprint`
says it looks at. `reference` is pySHACL, to which `graphs` hands rdflib, and `engine` chooses. `describe` finds words
for a node, `origin` its article and passage, and `wording` the sentence for what is wrong with it, for which `walk`
counts values and `terms` makes terms short. `report` holds what was found, `render` shows it to people and programs,
and `rules` says in plain words what was held to; `lint` says what is odd about rules that somebody brings.
`stored` keeps results in a store, and `upkeep` brings them up to date with a change, for which `affected` says what it
can matter to.
"""

from averment.validate.engine import ENGINES, validate_files, validate_nodes, validate_source, validate_view
from averment.validate.render import FORMATS, Context
from averment.validate.report import Passage, Report, Result, Severity
from averment.validate.rules import Described, described, find_rule
from averment.validate.shapes import Shapes, load_shapes

__all__ = [
    "ENGINES",
    "FORMATS",
    "Context",
    "Described",
    "Passage",
    "Report",
    "Result",
    "Severity",
    "Shapes",
    "described",
    "find_rule",
    "load_shapes",
    "validate_files",
    "validate_nodes",
    "validate_source",
    "validate_view",
]
