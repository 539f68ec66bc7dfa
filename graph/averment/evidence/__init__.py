"""Evidence: passages that somebody puts forward for or against a claim, and takes back; both stay on record.

`sources` finds or brings what a passage is taken from, `links` are the quads, `desk` reads and writes them.
"""

from averment.evidence.desk import Offer, add, evidence, find_evidence, remove
from averment.evidence.model import Act, Evidence, How
from averment.evidence.sources import Brought, bring, place_of

__all__ = [
    "Act",
    "Brought",
    "Evidence",
    "How",
    "Offer",
    "add",
    "bring",
    "evidence",
    "find_evidence",
    "place_of",
    "remove",
]
