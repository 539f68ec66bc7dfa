"""Small questions to a parsed text that every rule asks.

Token offsets are the article's own, since the text that is parsed has the length of the text that is stored.
"""

from bisect import bisect_right
from collections.abc import Iterable

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Slice

from averment.model import Span

__all__ = [
    "QUOTED",
    "STARTS",
    "TEXT",
    "Coverage",
    "has_dep",
    "head_noun",
    "label_of",
    "noun_phrase",
    "overlapping",
    "part_of",
    "quoted_in",
    "span_of",
    "subtree",
    "text_of",
    "trim",
]

TEXT = "averment text"
"""Where a parsed document keeps the article's text."""

STARTS = "averment starts"
"""Where it keeps the offset of each token, to look tokens up by place."""

QUOTED = "averment quotations"
"""Where it keeps their spans."""

_CLAUSES = {"relcl", "advcl", "parataxis", "ccomp"}
_EDGES = {",", ";", ":", "–", "—", "-", "(", ")", "and", "or", "but", "."}
_ARTICLES = {"the", "a", "an", "one", "some", "these", "those", "this", "that"}
_QUOTATION_MARKS = '"“”„«»'


def text_of(doc: Doc) -> str:
    """Give the article's text, as stored. spaCy's own `text` is joined anew at each call, which takes its time."""
    text: str = doc.user_data[TEXT]
    return text


def quoted_in(doc: Doc) -> tuple[Span, ...]:
    """Give the quotations of the article's text."""
    quoted: tuple[Span, ...] = doc.user_data[QUOTED]
    return quoted


def subtree(token: Token, without: Iterable[str] = ()) -> list[Token]:
    """Give a token with all that hangs on it, in order, but for branches whose dependency is one of `without`."""
    left_out = frozenset(without)
    found, waiting = [], [token]
    while waiting:
        current = waiting.pop()
        found.append(current)
        waiting += [child for child in current.children if child.dep_ not in left_out]
    return sorted(found, key=lambda t: t.i)


def noun_phrase(head: Token) -> list[Token]:
    """Give a noun with its determiner, adjectives, compounds, possessor and `of` phrases, without clauses."""
    tokens = subtree(head, _CLAUSES | {"acl", "appos", "conj", "cc", "punct", "prep", "npadvmod", "dep"})
    for child in head.children:
        if child.dep_ == "prep" and child.lower_ == "of":
            tokens += subtree(child, _CLAUSES | {"acl", "punct"})
        if child.dep_ == "amod" and child.i > head.i and has_dep(child, "prep") is not None:
            tokens += subtree(child, _CLAUSES | {"acl", "punct"})
    return _unbroken(sorted(tokens, key=lambda t: t.i), head)


def _unbroken(tokens: list[Token], head: Token) -> list[Token]:
    """Keep what is connected with the head without a gap, hyphens and spaces aside."""
    wanted = {t.i for t in tokens}
    start = end = head.i
    while start - 1 in wanted or (start - 2 in wanted and head.doc[start - 1].text == "-"):
        start -= 1
    while end + 1 in wanted or (end + 2 in wanted and head.doc[end + 1].text in {"-", "'s"}):
        end += 1
    return list(head.doc[start : end + 1])


def span_of(tokens: Iterable[Token]) -> Span | None:
    """Give the stretch from the first to the last token, spaces at the edges left off; None where nothing is left."""
    ordered = [token for token in tokens if not token.is_space]
    if not ordered:
        return None
    return Span(min(t.idx for t in ordered), max(t.idx + len(t) for t in ordered))


def trim(tokens: list[Token], *, quotes: bool = False) -> list[Token]:
    """Take punctuation, spaces and conjunctions off both ends of a run of tokens; quotation marks only if asked."""
    loose = _EDGES | (set(_QUOTATION_MARKS) if quotes else set())
    start, end = 0, len(tokens)
    while start < end and (tokens[start].is_space or tokens[start].lower_ in loose):
        start += 1
    while end > start and (tokens[end - 1].is_space or tokens[end - 1].lower_ in loose):
        end -= 1
    return tokens[start:end]


def part_of(doc: Doc, span: Span) -> Slice | None:
    """Give the tokens that a span touches; None where there are none."""
    starts: list[int] = doc.user_data[STARTS]
    first = max(0, bisect_right(starts, span.start) - 1)
    if first < len(doc) and doc[first].idx + len(doc[first]) <= span.start:
        first += 1
    last = bisect_right(starts, span.end - 1)
    return doc[first:last] if first < last else None


def head_noun(doc: Doc, span: Span) -> Token | None:
    """Give the token on which the others within a span hang."""
    part = part_of(doc, span)
    return part.root if part is not None else None


def has_dep(token: Token, *deps: str) -> Token | None:
    """Give the first child of a token with one of the dependencies."""
    return next((child for child in token.children if child.dep_ in deps), None)


def label_of(tokens: list[Token]) -> str:
    """Give the words from the first to the last token as a label: one space between words, no article before them."""
    kept = [token for token in tokens if not token.is_space]
    while len(kept) > 1 and (kept[0].dep_ in {"det", "nummod", "predet"} or kept[0].lower_ in _ARTICLES):
        kept = kept[1:]
    words = text_of(kept[0].doc)[kept[0].idx : kept[-1].idx + len(kept[-1])] if kept else ""
    return " ".join(words.split()).replace("'", "’")


class Coverage:
    """Which code points of a text are taken, for very many spans."""

    def __init__(self, length: int, spans: Iterable[Span] = ()) -> None:
        """Take `spans` of a text with `length` code points."""
        self._taken = bytearray(length)
        for span in spans:
            self.add(span)

    def add(self, span: Span) -> None:
        """Take the code points of a span."""
        self._taken[span.start : span.end] = b"\x01" * (span.end - span.start)

    def touches(self, span: Span) -> bool:
        """Say whether any code point of a span is taken."""
        return any(self._taken[span.start : span.end])


def overlapping(span: Span, others: Iterable[Span]) -> bool:
    """Say whether a span shares a character with any other."""
    return any(span.overlaps(other) for other in others)
