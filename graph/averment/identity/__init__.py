"""Who may be the same across articles: proposals with their reasons, which a person confirms or rejects.

Nothing is ever merged. Each article keeps its own entities; a link stands beside them, and so does what was decided
about it. `names` folds names, `candidates` finds what may be the same, `links` has the quads, `review` the store.
"""

from averment.identity.model import Decision, Link, Named, Proposal, Reason, Side, Sort, Status
from averment.identity.review import Proposed, decide, find, links, propose

__all__ = [
    "Decision",
    "Link",
    "Named",
    "Proposal",
    "Proposed",
    "Reason",
    "Side",
    "Sort",
    "Status",
    "decide",
    "find",
    "links",
    "propose",
]
