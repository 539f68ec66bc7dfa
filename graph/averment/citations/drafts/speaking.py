"""Whose words a quotation is: of one person, of several, or of the document's writer."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from averment.citations.documents import SourceText
from averment.citations.documents.voices import Voice
from averment.model import Span

__all__ = ["Said", "same_name", "who_said"]

_WORD = re.compile(r"[^\W_]+")

_REPORTED = 2
"""Words of a reporting clause, `Lind said`; fewer that are in nobody's voice are a slip in where voices end."""


@dataclass(frozen=True, slots=True)
class Said:
    """Whose words the parts of a quotation are."""

    by: str | None = None
    """Who says all of it; None where that is nobody, or not known."""
    parted: tuple[str, ...] = ()
    """Who say parts of it, where nobody says all; empty for somebody without a name."""
    reports: bool = False
    """Whether words of the document's own writer are between them."""

    def against(self, speaker: str | None) -> str:
        """Say why a speaker did not say it; empty where he may have."""
        if self.by is not None:
            return f"the document has {self.by} say it" if speaker and not same_name(speaker, self.by) else ""
        is_theirs = not self.reports or any(speaker and same_name(speaker, name) for name in self.parted)
        names = " and ".join(name or "somebody else" for name in self.parted)
        return f"the document has {names} say parts of it" if len(self.parted) > 1 and is_theirs else ""


def who_said(document: SourceText, spans: Sequence[Span]) -> Said:
    """Find who says the parts of a quotation, at code points of the document."""
    near = [voice for voice in document.voices if any(voice.span.overlaps(span) for span in spans)]
    pieces = [piece for span in spans for piece in _pieces(document.text, near, span)]
    holding = [_holding(near, piece) for piece in pieces]
    voiced = [voices for voices in holding if voices]
    written = (piece for piece, voices in zip(pieces, holding, strict=True) if not voices)
    if not voiced or sum(len(_WORD.findall(piece.of(document.text))) for piece in written) >= _REPORTED:
        return Said(parted=_different(voices[0].name for voices in voiced), reports=True)
    for voice in voiced[0]:
        if all(any(_is_one(voice, other) for other in voices) for voices in voiced):
            return Said(by=voice.name or None)
    return Said(parted=_different(voices[0].name for voices in voiced))


def _pieces(text: str, voices: Iterable[Voice], span: Span) -> Iterator[Span]:
    """Cut a stretch where a voice begins or ends; what has no word is nobody's."""
    edges = {edge for voice in voices for edge in (voice.span.start, voice.span.end)}
    cuts = sorted({span.start, span.end} | {edge for edge in edges if span.start < edge < span.end})
    pieces = (Span(start, end) for start, end in pairwise(cuts))
    return (piece for piece in pieces if _WORD.search(piece.of(text)))


def _holding(voices: Iterable[Voice], piece: Span) -> list[Voice]:
    """Give the voices around a stretch, the innermost first."""
    holding = (voice for voice in voices if voice.span.contains(piece))
    return sorted(holding, key=lambda voice: voice.span.end - voice.span.start)


def _is_one(one: Voice, other: Voice) -> bool:
    return one.name == other.name or same_name(one.name, other.name)


def _different(names: Iterable[str]) -> tuple[str, ...]:
    found: list[str] = []
    for name in names:
        if not any(name == other or same_name(name, other) for other in found):
            found.append(name)
    return tuple(found)


def same_name(one: str, other: str) -> bool:
    """Say whether two names can be one person's: the same last word and no other first letter, or one in the other."""
    a, b = (_WORD.findall(name.casefold()) for name in (one, other))
    if not a or not b:
        return False
    others = len(a) > 1 and len(b) > 1 and a[0][0] != b[0][0]
    return (a[-1] == b[-1] and not others) or set(a) <= set(b) or set(b) <= set(a)
