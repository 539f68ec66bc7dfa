"""Citations: whether the words that something rests on are still there, and what changed where they are not.

`words` cuts texts into words that can be compared, `critical` knows which words bear meaning, `changes` compares two
stretches, `revision` finds the passages of one text in another version of it (`withheld` where only digests are known),
`differences` does so for all claims, `verification` for what a store holds. `drafts` judges quotations against the
sources that `documents` reads; `turning` and `governing` know what turns the words beside it.
Strict where it matters: a changed number, name, negation or hedge is never taken for the same words.
"""

from averment.citations.outcomes import Change, Finding, Outcome
from averment.citations.revision import Revision

__all__ = ["Change", "Finding", "Outcome", "Revision"]
