"""The quotations of a draft held against source documents: each is one of the kinds of `Verdict`, with the reason."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from averment.citations.critical import spelled_out
from averment.citations.documents import SourceText, depths
from averment.citations.edges import cut_off
from averment.citations.editing import Join, Segment, segments
from averment.citations.outcomes import Change
from averment.citations.placing import Placed, Placer
from averment.citations.speaking import Said, who_said
from averment.citations.words import Text, Word
from averment.extract.lexicon import HEDGES
from averment.extract.quotations import quotations
from averment.model import AttributionKind, Document, Entity, Extraction, Span

__all__ = ["Citation", "Verdict", "cite"]

_LEAST = 3
"""Words of a quotation; fewer are a word at a distance, which anybody may use."""

_MARK = 2
"""Code points of a quotation mark with a comma beside it."""

_NEAR, _BESIDE = 60, 2
"""Code points around a quotation, and the words of them, that may be one thing with its first or last word."""

_REACH = 8
"""Words on either side of a quotation among which a negation or hedge would have turned it."""

_TURNING = HEDGES | {
    "not", "no", "never", "none", "nobody", "nothing", "neither", "nor", "without", "hardly", "scarcely", "barely",
    "unless", "if", "whether", "except", "deny", "denies", "denied", "doubt", "doubts", "doubted", "false", "falsely",
    "untrue", "alleged", "perhaps", "maybe", "possibly", "might", "could",
}  # fmt: skip
"""What these words say of a clause, it does not say without them."""

_PARTING = {",", ";", ":", "-", '"', "(", ")"}
_CONTRARY = {"but", "though", "although", "unless", "if", "except", "however", "yet"}
"""Behind a comma they take back what was said."""


class Verdict(StrEnum):
    """What can be said of a quotation."""

    EXACT = "exact"
    REFORMATTED = "reformatted"
    ALTERED = "altered"
    ALTERED_CRITICAL = "altered-critical"
    TRUNCATED = "truncated"
    """Cut so that the meaning turns."""
    SPLICED = "spliced"
    """Parts joined without a mark of omission, or in another order."""
    MISATTRIBUTED = "misattributed"
    """Said by somebody else."""
    FABRICATED = "fabricated"
    """Found nowhere."""

    @property
    def is_sound(self) -> bool:
        """Whether the quotation can stand as it is."""
        return self in {Verdict.EXACT, Verdict.REFORMATTED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A quotation of a draft, at code points of the draft, and where it was found."""

    span: Span
    speaker: str | None
    """Whom the draft gives it to."""
    verdict: Verdict
    why: str
    document: str | None = None
    found: Span | None = None
    """From the first quoted word to the last, code points of the document's text."""
    page: int | None = None
    said_by: str | None = None
    """Whose words they are in the document, where it says so."""
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class _Quoted:
    """A quotation in its draft."""

    draft: str
    span: Span
    parts: list[Segment]
    speaker: str | None

    @property
    def beside(self) -> set[str]:
        """The words right beside the quotation, which the draft says itself."""
        start, end = self.span.start, self.span.end
        around = Text(self.draft[max(0, start - _NEAR) : start]).words[-_BESIDE:]
        around += Text(self.draft[end : end + _NEAR]).words[:_BESIDE]
        return {word.key.lower() for word in around}


@dataclass(frozen=True, slots=True)
class _Match:
    """Where a quotation stands in one document."""

    document: SourceText
    placer: Placer
    placed: Placed

    @property
    def span(self) -> Span | None:
        return self.placer.text.span_of(self.placed.whole)

    @property
    def said(self) -> Said:
        spans = (self.placer.text.span_of(place) for place in self.placed.ranges)
        return who_said(self.document, [span for span in spans if span is not None])


def cite(draft: Extraction, documents: Sequence[SourceText]) -> Iterator[Citation]:
    """Judge every quotation of a draft, in order."""
    placers = [(document, Placer(document.text)) for document in documents]
    things: list[Entity | Document] = [*draft.entities, *draft.documents]
    labels = {thing.id: thing.label for thing in things}
    text = draft.source.text
    for span in quotations(text):
        parts = segments(span.of(text))
        if sum(word.key[0].isalnum() for part in parts for word in part.quoted) < _LEAST:
            continue
        quoted = _Quoted(text, span, parts, _speaker(draft, labels, span))
        placed = ((document, placer, placer.place(parts)) for document, placer in placers)
        found = [_judged(quoted, _Match(d, placer, place)) for d, placer, place in placed if place is not None]
        nowhere = Citation(span=span, speaker=quoted.speaker, verdict=Verdict.FABRICATED, why="no document has it")
        yield min(found, key=lambda citation: _ORDER.index(citation.verdict), default=nowhere)


_ORDER = [
    Verdict.EXACT, Verdict.REFORMATTED, Verdict.MISATTRIBUTED, Verdict.TRUNCATED, Verdict.ALTERED, Verdict.SPLICED,
    Verdict.ALTERED_CRITICAL,
]  # fmt: skip
"""The document counts in which a quotation stands best."""


def _speaker(draft: Extraction, labels: dict[str, str], quotation: Span) -> str | None:
    """Give whom the draft gives a quotation to: the innermost that is named."""
    holding = [
        hop
        for hop in draft.attributions
        if hop.kind is not AttributionKind.PUBLISHER and any(_holds(part, quotation) for part in hop.content)
    ]
    deep = depths(draft)
    inner = sorted(holding, key=lambda hop: deep[hop.id], reverse=True)
    return next((labels[hop.speaker] for hop in inner if hop.speaker in labels), None)


def _holds(content: Span, quotation: Span) -> bool:
    """Say whether attributed words have all of a quotation, its marks aside."""
    return content.start <= quotation.start + _MARK and quotation.end - _MARK <= content.end


def _judged(quoted: _Quoted, match: _Match) -> Citation:
    """Give the first verdict that holds, the gravest first."""
    checks = ((kind, check(quoted, match)) for kind, check in _CHECKS)
    kind, why = next(((kind, why) for kind, why in checks if why), (Verdict.EXACT, "the same words"))
    span = match.span
    return Citation(
        span=quoted.span,
        speaker=quoted.speaker,
        verdict=kind,
        why=why,
        document=match.document.name,
        found=span,
        page=match.document.page_of(span.start) if span is not None else None,
        said_by=match.said.by,
        changes=match.placed.changes,
    )


def _critically_altered(_quoted: _Quoted, match: _Match) -> str:
    return "a word that bears meaning was changed" if any(c.critical for c in match.placed.changes) else ""


def _cut_off(quoted: _Quoted, match: _Match) -> str:
    """Give what a part was cut off from, unless the draft has it beside the quotation."""
    beside, text = quoted.beside, match.placer.text
    for words in (words for place in match.placed.ranges for words in cut_off(text, place)):
        span = text.span_of(words)
        if span is not None and not beside.issuperset(text.words[n].key.lower() for n in words):
            return f"“{span.of(text.text)}” beside it was left out, which makes something else of it"
    return ""


def _spliced(_quoted: _Quoted, match: _Match) -> str:
    return "parts are joined that do not follow each other, or not in this order" if match.placed.is_spliced else ""


def _altered(_quoted: _Quoted, match: _Match) -> str:
    return "words were changed" if match.placed.changes else ""


def _misattributed(quoted: _Quoted, match: _Match) -> str:
    return match.said.against(quoted.speaker)


def _truncated(quoted: _Quoted, match: _Match) -> str:
    left_out = _left_out(quoted, match)
    return f"“{left_out}” was left out, which turns the meaning" if left_out else ""


def _reformatted(quoted: _Quoted, match: _Match) -> str:
    """Say whether any segment does not stand there to the character."""
    for part, place in zip(quoted.parts, match.placed.ranges, strict=True):
        mine, theirs = part.text.span_of(part.words), match.placer.text.span_of(place)
        here = mine.of(part.text.text) if mine is not None else ""
        there = theirs.of(match.placer.text.text) if theirs is not None else ""
        if here != there and not (part.is_recased and here[1:] == there[1:] and here[0].lower() == there[0].lower()):
            return "the same words in another form"
    return ""


_CHECKS: tuple[tuple[Verdict, Callable[[_Quoted, _Match], str]], ...] = (
    (Verdict.ALTERED_CRITICAL, _critically_altered),
    (Verdict.ALTERED_CRITICAL, _cut_off),
    (Verdict.SPLICED, _spliced),
    (Verdict.ALTERED, _altered),
    (Verdict.MISATTRIBUTED, _misattributed),
    (Verdict.TRUNCATED, _truncated),
    (Verdict.REFORMATTED, _reformatted),
)


# ---- What was left out -----------------------------------------------------------------------------------------------


def _left_out(quoted: _Quoted, match: _Match) -> str:
    """Give a word of the document's sentence that turns what is quoted, and that the draft does not have either."""
    kept = {word.key.lower() for part in quoted.parts for word in part.quoted}
    kept |= {word.key.lower() for word in Text(_sentence(quoted.draft, quoted.span)).words}
    turning = (
        word
        for word in _around(quoted.parts, match.placer, match.placed)
        if _turns(word) and word.key.lower() not in kept
    )
    return next((word.key for word in turning), "")


def _turns(word: Word) -> bool:
    return not _TURNING.isdisjoint(spelled_out([word.key]))


def _around(parts: list[Segment], placer: Placer, placed: Placed) -> Iterator[Word]:
    """Give the document's words whose clause the quotation is in, and those that an omission passes over."""
    words = placer.text.words
    first, last = placed.ranges[0].start, placed.ranges[-1].stop
    for number in range(first - 1, max(-1, first - 1 - _REACH), -1):
        if words[number + 1].opens or words[number].key in _PARTING:
            break
        yield words[number]
    for number in range(last, min(len(words), last + _REACH)):
        ends = words[number].opens or words[number].key in {".", "!", "?"}
        follows = words[number + 1].key.lower() if number + 1 < len(words) else ""
        if ends or (words[number].key in _PARTING and follows not in _CONTRARY):
            break
        yield words[number]
    for part, before, after in zip(parts[1:], placed.ranges, placed.ranges[1:], strict=False):
        if part.join is Join.INSERTION or after.start - before.stop <= 2 * _REACH:
            yield from words[before.stop : after.start]


def _sentence(text: str, quotation: Span) -> str:
    """Give the draft's sentence around a quotation, without it."""
    before = re.split(r"[.!?]\s|\n", text[max(0, quotation.start - 300) : quotation.start])[-1]
    after = re.split(r"[.!?](?:\s|$)|\n", text[quotation.end : quotation.end + 300])[0]
    return f"{before} {after}"
