"""Passages found again where only their digests are known: in the same words to the character, or not at all."""

from collections import defaultdict
from collections.abc import Iterable
from hashlib import sha256

from averment.citations.outcomes import Finding, Outcome
from averment.model import Span

__all__ = ["findings"]


def findings(passages: Iterable[tuple[Span, str]], text: str) -> dict[Span, Finding]:
    """Say what became of passages, given by their place in an old text and the SHA-256 of their words, in a new one.

    Exact, moved, ambiguous or missing: that words were altered cannot be told where they are not known. The longest
    are looked for first; what stands within a passage has moved with it.
    """
    known = sorted(passages, key=lambda one: (one[0].start - one[0].end, one))
    places = _Places(text)
    shifts: dict[int, None] = {0: None}
    found: dict[Span, Finding] = {}
    for span, digest in known:
        beside = [shift for shift in shifts if places.digest(span.start + shift, span.end + shift) == digest]
        if 0 in beside or len(beside) == 1:
            starts = [span.start + (0 if 0 in beside else beside[0])]
        else:
            starts = places.of(digest, span.end - span.start)
        found[span] = _finding(span, starts)
        if len(starts) == 1:
            shifts[starts[0] - span.start] = None
    return found


def _finding(span: Span, starts: list[int]) -> Finding:
    stands = tuple(Span(start, start + span.end - span.start) for start in starts)
    if not stands:
        return Finding(span=span, outcome=Outcome.MISSING)
    if len(stands) > 1:
        return Finding(span=span, outcome=Outcome.AMBIGUOUS, places=stands)
    return Finding(span=span, outcome=Outcome.EXACT if stands[0] == span else Outcome.MOVED, found=stands[0])


class _Places:
    """Where stretches of a text that begin and end with a word stand, by the digest of their words."""

    def __init__(self, text: str) -> None:
        self._text = text
        edges = range(len(text) + 1)
        self._edges = [at for at in edges if not (text[at - 1 : at].isalnum() and text[at : at + 1].isalnum())]
        self._by_length: dict[int, defaultdict[str, list[int]]] = {}

    def digest(self, start: int, end: int) -> str | None:
        """Give the SHA-256 of the words between two code points; None where the text has none there."""
        if start < 0 or end > len(self._text):
            return None
        return sha256(self._text[start:end].encode(errors="surrogatepass")).hexdigest()

    def of(self, digest: str, length: int) -> list[int]:
        """Give where words of a length have a digest."""
        if length not in self._by_length:
            places: defaultdict[str, list[int]] = defaultdict(list)
            for start in self._edges:
                if found := self.digest(start, start + length):
                    places[found].append(start)
            self._by_length[length] = places
        return self._by_length[length].get(digest, [])
