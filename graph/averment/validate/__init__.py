"""Whether a graph keeps to the shapes: what is wrong, in which words of which article, and what to do about it.

`shapes` finds the rules, `files` reads RDF that people bring, `compiler` makes queries of the rules, `union` answers
them, `reference` is pySHACL, to which `graphs` hands rdflib, and `engine` chooses between the two. `describe` finds
words for a node, `origin` its article and passage, and `wording` the sentence for what is wrong with it, for which
`walk` counts values and `terms` makes terms short. `report` holds what was found, `render` shows it to people and
programs, and `rules` says in plain words what was held to.
"""

from averment.validate.engine import ENGINES, validate_files, validate_nodes, validate_source, validate_view
from averment.validate.render import FORMATS, Context
from averment.validate.report import Passage, Report, Result, Severity
from averment.validate.rules import Described, described, find_rule
from averment.validate.shapes import Rule, Shapes, load_shapes

__all__ = [
    "ENGINES",
    "FORMATS",
    "Context",
    "Described",
    "Passage",
    "Report",
    "Result",
    "Rule",
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
