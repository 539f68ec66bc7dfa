"""What the rules read attributions from, and small questions that several of them ask."""

from bisect import bisect_left
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from averment.extract.lexicon import DOCUMENT_NOUNS
from averment.extract.quotations import is_quoted
from averment.extract.referents import Referents
from averment.extract.tokens import span_of, subtree, text_of, trim
from averment.model import NodeId, Span

__all__ = ["Reading", "in_quotation", "is_document", "source_spans"]

_PARTING = {"--", "—", "–", ":"}
_DATA_NOUNS = {"datum", "figure", "number", "research", "average", "video", "footage", "photo", "image", "recording"}


def _start(span: Span) -> int:
    return span.start


@dataclass(frozen=True, slots=True)
class Reading:
    """The parsed text, its quotations, its boilerplate, and who its words stand for."""

    doc: Doc
    quoted: tuple[Span, ...]
    boilerplate: tuple[Span, ...]
    referents: Referents
    people: frozenset[NodeId] = frozenset()
    """The entities that are persons."""
    outlets: tuple[tuple[int, NodeId], ...] = ()
    """Where each outlet but the publisher is mentioned: code point and entity."""

    @property
    def text(self) -> str:
        """The article's text, as stored."""
        return text_of(self.doc)

    def near(self, start: int, end: int) -> tuple[Span, ...]:
        """Give the quotations around a stretch of the text, two on either side: no other can stand beside it."""
        first, last = bisect_left(self.quoted, start, key=_start), bisect_left(self.quoted, end, key=_start)
        return self.quoted[max(0, first - 2) : last + 2]

    def cited_before(self, place: int) -> NodeId | None:
        """Give the outlet that is named before a place in the text, where it is only one."""
        named = {outlet for start, outlet in self.outlets if start < place}
        return next(iter(named)) if len(named) == 1 else None


def in_quotation(reading: Reading, token: Token) -> bool:
    """Say whether a word stands within a quotation."""
    return is_quoted(Span(token.idx, token.idx + len(token)), reading.quoted)


def source_spans(subject: Token | None) -> tuple[Span, ...]:
    """Give the words that name the source, with what is said of it in passing."""
    if subject is None:
        return ()
    passing = {t.i for child in subject.rights if _in_passing(child) for t in subtree(child)}
    tokens = [t for t in subtree(subject, {"ccomp", "advcl", "parataxis"}) if t.i not in passing]
    span = span_of(_behind_dateline(_run_around(trim(tokens, quotes=True), subject), subject))
    return (span,) if span else ()


def _in_passing(child: Token) -> bool:
    """`Lind, speaking in Ostport, said`: what she was doing is not who she is."""
    return (
        child.dep_ == "acl" and child.tag_ == "VBG" and child.left_edge.i > 0 and child.left_edge.nbor(-1).text == ","
    )


def _behind_dateline(tokens: list[Token], subject: Token) -> list[Token]:
    """Leave off what a dash or colon parts from the subject: `OSTPORT -- Jo Lind`, `The Latest: Jo Lind`."""
    cut = [k for k, token in enumerate(tokens) if token.text in _PARTING and token.i < subject.i]
    return tokens[cut[-1] + 1 :] if cut else tokens


def _run_around(tokens: list[Token], head: Token) -> list[Token]:
    """Keep the unbroken run of tokens that holds the head."""
    wanted = {t.i for t in tokens}
    start = end = head.i
    while start - 1 in wanted:
        start -= 1
    while end + 1 in wanted:
        end += 1
    return trim(list(head.doc[start : end + 1]), quotes=True)


def is_document(subject: Token | None, speaker: NodeId | None) -> bool:
    """Say whether it is a document, or data, that speaks."""
    noun = subject.lemma_.lower() if subject is not None else ""
    return (speaker or "").startswith("document/") or noun in DOCUMENT_NOUNS or noun in _DATA_NOUNS
