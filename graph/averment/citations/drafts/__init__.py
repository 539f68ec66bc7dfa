"""The quotations of a draft held against source documents.

`marks` finds them, `editing` reads ellipses and brackets, `placing` finds where they stand, `judging` gives the
verdict: `edges` looks at what they were cut off from, `insertions` at what brackets put in, `speaking` at whose words
they are.
"""

from averment.citations.drafts.judging import Citation, Verdict, cite

__all__ = ["Citation", "Verdict", "cite"]
