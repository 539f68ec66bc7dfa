"""Parses mended where the small model is known to stumble: each rule names the words that it stumbles over."""

from spacy.tokens import Doc

from averment.extract.repairs.reports import mend_report, mend_verbless
from averment.extract.repairs.verbs import (
    mend_coordinated,
    mend_participle,
    mend_quoted_noun,
    mend_reduced_relative,
    mend_relative,
)

__all__ = ["mend"]


def mend(doc: Doc) -> Doc:
    """Mend the sentences of a document in place, and give it back."""
    for sentence in doc.sents:
        mend_reduced_relative(sentence.root)
        mend_verbless(sentence.root)
        for token in sentence:
            mend_report(token)
            mend_coordinated(token)
            mend_participle(token)
            mend_quoted_noun(token)
            mend_relative(token)
    return doc
