"""Evidence: passages that somebody puts forward for or against a claim, and takes back; both stay on record.

`sources` finds or brings what a passage is taken from, `links` are the quads, `desk` reads and writes them, and
`calculations` says how a figure was worked out from them.
"""

from averment.evidence.calculations import calculate, calculations
from averment.evidence.desk import Offer, add, evidence, find_evidence, remove
from averment.evidence.model import Act, Calculation, Evidence, How, SourceKind
from averment.evidence.sources import Brought, bring, place_of

__all__ = [
    "Act",
    "Brought",
    "Calculation",
    "Evidence",
    "How",
    "Offer",
    "SourceKind",
    "add",
    "bring",
    "calculate",
    "calculations",
    "evidence",
    "find_evidence",
    "place_of",
    "remove",
]
