"""The quotations of a draft held against source documents: each is one of the kinds of `Verdict`, with the reason."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from averment.citations.documents import SourceText, depths
from averment.citations.drafts.edges import cut_off
from averment.citations.drafts.editing import Join, Segment, segments
from averment.citations.drafts.insertions import unsaid
from averment.citations.drafts.marks import is_closed, quoted_in_draft
from averment.citations.drafts.placing import Placed, Placer
from averment.citations.drafts.speaking import Said, who_said
from averment.citations.governing import governing
from averment.citations.outcomes import Change
from averment.citations.turning import Turn, turning, unmatched
from averment.citations.words import Text, Word
from averment.model import AttributionKind, Document, Entity, Extraction, Span

__all__ = ["Citation", "Verdict", "cite"]

_LEAST = 3
"""Words of a quotation; fewer are a word at a distance, which anybody may use."""

_MARK = 2
"""Code points of a quotation mark with a comma beside it."""

_BESIDE = 2
"""Words of the draft beside a quotation that may be one thing with its first or last word."""

_BRACKETED = 3
"""Words of the document beside a quotation that square brackets at its ends can stand for."""

_SHORT = 16
"""Words of an omission; among so few any word that turns others turns what is quoted."""


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

    draft: Text
    span: Span
    parts: list[Segment]
    speaker: str | None

    @property
    def words(self) -> range:
        """Its words in the draft, with its marks."""
        return self.draft.range_of(self.span)

    @property
    def beside(self) -> set[str]:
        """The words right beside the quotation, which the draft says itself."""
        first, stop, words = self.words.start, self.words.stop, self.draft.words
        around = [*words[max(0, first - _BESIDE) : first], *words[stop : stop + _BESIDE], *self.put]
        return {word.key.lower() for word in around}

    @property
    def put(self) -> list[Word]:
        """What it has in square brackets."""
        return [word for part in self.parts for word in (*part.put, *part.put_behind)]


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
    things: list[Entity | Document] = [*draft.entities, *draft.documents]
    labels = {thing.id: thing.label for thing in things}
    text = draft.source.text
    words = Text(text)
    written = {word.key.lower() for word in words.words}
    placers = [(document, Placer(document.text, written)) for document in documents]
    for span in quoted_in_draft(text):
        parts = segments(span.of(text))
        if sum(word.key[0].isalnum() for part in parts for word in part.quoted) < _LEAST:
            continue
        quoted = _Quoted(words, span, parts, _speaker(draft, labels, span))
        yield _best(quoted, (_Match(d, placer, place) for d, placer in placers for place in placer.places(parts)))


def _best(quoted: _Quoted, matches: Iterable[_Match]) -> Citation:
    """Judge a quotation by the place at which it stands best: the first where it is exact, if there is one."""
    best = Citation(span=quoted.span, speaker=quoted.speaker, verdict=Verdict.FABRICATED, why="no document has it")
    for match in matches:
        found = _judged(quoted, match)
        if _ORDER.index(found.verdict) < _ORDER.index(best.verdict):
            best = found
        if best.verdict is Verdict.EXACT:
            break
    is_whole = best.verdict.is_sound or is_closed(quoted.span.of(quoted.draft.text))
    return best if is_whole else replace(best, why=f"{best.why}; no mark closes it, so its paragraph does")


_ORDER = [
    Verdict.EXACT, Verdict.REFORMATTED, Verdict.MISATTRIBUTED, Verdict.TRUNCATED, Verdict.ALTERED, Verdict.SPLICED,
    Verdict.ALTERED_CRITICAL, Verdict.FABRICATED,
]  # fmt: skip
"""The place counts at which a quotation stands best."""


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


def _put_in(quoted: _Quoted, match: _Match) -> str:
    """Give what square brackets add to what the document says."""
    text, ranges = match.placer.text, match.placed.ranges
    if len(ranges) != len(quoted.parts):
        return ""
    first, last = ranges[0].start, ranges[-1].stop
    gaps = [range(max(0, first - _BRACKETED), first), *(range(a.stop, b.start) for a, b in pairwise(ranges))]
    put = [(part.put, text.words[gap.start : gap.stop]) for part, gap in zip(quoted.parts, gaps, strict=True)]
    put.append((quoted.parts[-1].put_behind, text.words[last : last + _BRACKETED]))
    found = next((word for words, gone in put if words and (word := unsaid(words, gone))), "")
    return f"“[{found}]” was put in, which the document does not say" if found else ""


def _spliced(_quoted: _Quoted, match: _Match) -> str:
    return "parts are joined that do not follow each other, or not in this order" if match.placed.is_spliced else ""


def _altered(_quoted: _Quoted, match: _Match) -> str:
    return "words were changed" if match.placed.changes else ""


def _misattributed(quoted: _Quoted, match: _Match) -> str:
    return match.said.against(quoted.speaker)


def _truncated(quoted: _Quoted, match: _Match) -> str:
    left_out = unmatched(_turned(quoted, match), [*governing(quoted.draft, quoted.words), *turning(quoted.put)])
    return f"“{left_out}” was left out, which turns the meaning" if left_out else ""


def _turned(quoted: _Quoted, match: _Match) -> list[Turn]:
    """Give what turns the quoted words in the document from without, and what omissions pass over there."""
    text, ranges = match.placer.text, match.placed.ranges
    found = governing(text, match.placed.whole)
    for part, before, after in zip(quoted.parts[1:], ranges, ranges[1:], strict=False):
        if part.join is Join.INSERTION or after.start - before.stop <= _SHORT:
            found += turning(text.words[before.stop : after.start])
        else:
            found += [*governing(text, before), *governing(text, after)]
    within = [span for place in ranges if (span := text.span_of(place)) is not None]
    return list({turn.at: turn for turn in found if not any(s.start <= turn.at < s.end for s in within)}.values())


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
    (Verdict.ALTERED_CRITICAL, _put_in),
    (Verdict.SPLICED, _spliced),
    (Verdict.ALTERED, _altered),
    (Verdict.MISATTRIBUTED, _misattributed),
    (Verdict.TRUNCATED, _truncated),
    (Verdict.REFORMATTED, _reformatted),
)
