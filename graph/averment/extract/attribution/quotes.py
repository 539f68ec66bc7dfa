"""Quotations that no verb in their sentence introduces, told by where they stand."""

import re
from collections.abc import Iterator
from dataclasses import replace

from averment.extract.attribution.reading import Reading
from averment.extract.quotations import free_standing
from averment.extract.tokens import overlapping
from averment.model import Attribution, AttributionKind, NodeId, Span

__all__ = ["with_bare_quotations"]

_MIN_BARE_WORDS = 5
"""A shorter quotation without a cue is a word at a distance, not something that somebody said."""


_EXCERPTS = re.compile(
    r"\b(?:here(?:’s|'s| is| are)|some|the following)\b[^.\n]{0,40}\b(?:sample|excerpt|highlight|passage|quote)s?\b",
    re.IGNORECASE,
)
_WORKS = {"letter", "speech", "address", "book", "memoir", "interview", "testimony", "remark", "statement", "essay"}
_CLOSING_MARKS = "\"”’'»`"
_MAX_GAP = 300
"""Code points between two parts of what one speaker says in a paragraph."""


def with_bare_quotations(reading: Reading, made: list[Attribution]) -> Iterator[Attribution]:
    """Give a quotation that nothing introduces to whoever was quoted last in its paragraph, or in the one before."""
    text = reading.text
    author = _excerpted(reading)
    extra: dict[NodeId, list[Span]] = {}
    bare: list[Attribution] = []
    for quotation in reading.quoted:
        words = len(quotation.of(text).split())
        outer = [a for a in made if not any(quotation.contains(cue) for cue in a.cue)]
        covered = any(quotation.overlaps(span) for a in outer for span in (*a.content, *a.cue, *a.source))
        if covered or overlapping(quotation, reading.boilerplate):
            continue
        so_far = [_extended(a, extra.get(a.id, [])) for a in made]
        last = _last_before([*so_far, *bare], quotation)
        resumed = _resumed(reading, so_far, quotation) if free_standing(text, quotation) else None
        gap = text[max([*last.content, *last.cue, *last.source]).end : quotation.start] if last else ""
        if resumed is not None:
            extra.setdefault(resumed.id, []).append(quotation)
        elif words >= _MIN_BARE_WORDS and _is_sentence(text, quotation):
            speaker = last.speaker if last is not None and gap.count("\n") <= 2 else author
            bare.append(
                Attribution(kind=AttributionKind.SPEECH, content=(quotation,), speaker=speaker, rule="bare-quotation")
            )
    for attribution in made:
        yield _extended(attribution, extra.get(attribution.id, []))
    yield from bare


def _excerpted(reading: Reading) -> NodeId | None:
    """`Here is a sample`, after `Lind's latest letter`: the one from whose words the article gives excerpts."""
    announced = _EXCERPTS.search(reading.text)
    if announced is None:
        return None
    before = [token for token in reading.doc if token.idx < announced.start() and token.dep_ == "poss"]
    owned = [token for token in before if token.head.lemma_.lower() in _WORKS]
    nodes = [node for token in reversed(owned) if (node := reading.referents.of(token)) in reading.people]
    return nodes[0] if nodes else None


def _resumed(reading: Reading, made: list[Attribution], quotation: Span) -> Attribution | None:
    """Give the quoted speech that goes on in a quotation.

    It is the one that was not closed, or the last of the paragraph, where nobody else speaks since.
    """
    open_before = _left_open(reading, quotation)
    if open_before is not None:
        speeches = [a for a in made if any(span.contains(open_before) for span in a.content)]
        return next((a for a in speeches if not any(open_before.contains(cue) for cue in a.cue)), None)
    line_start = reading.text.rfind("\n", 0, quotation.start) + 1
    before = [a for a in made if a.content and a.cue and line_start <= min(a.cue).start < quotation.start]
    last = max((a for a in before if _quotes(reading, a)), key=lambda a: max(a.content).end, default=None)
    if last is None or quotation.start - max([*last.content, *last.cue, *last.source]).end > _MAX_GAP:
        return None
    others = [a for a in before if a.cue > last.cue and a.speaker not in {None, last.speaker}]
    return None if others else last


def _left_open(reading: Reading, quotation: Span) -> Span | None:
    """Give the quotation before this one where its paragraph ends without closing it: this one goes on with it."""
    before = [other for other in reading.near(quotation.start, quotation.start) if other.end <= quotation.start]
    closed = not before or before[-1].of(reading.text)[-1] in _CLOSING_MARKS
    return None if closed else before[-1]


def _last_before(made: list[Attribution], quotation: Span) -> Attribution | None:
    """Give the speech that ended last before a quotation."""
    before = [
        a
        for a in made
        if a.content and a.kind is not AttributionKind.ATTITUDE and max(a.content).start < quotation.start
    ]
    return max(before, key=lambda a: max(a.content).end, default=None)


def _quotes(reading: Reading, attribution: Attribution) -> bool:
    return any(overlapping(span, reading.quoted) for span in attribution.content)


def _is_sentence(text: str, quotation: Span) -> bool:
    """A quotation that stands alone begins its paragraph and ends like a sentence."""
    line_start = text.rfind("\n", 0, quotation.start) + 1
    inner = quotation.of(text).strip('"“”„«» ')
    return not text[line_start : quotation.start].strip() and inner[-1:] in {".", "!", "?", "…", ","}


def _extended(attribution: Attribution, more: list[Span]) -> Attribution:
    return replace(attribution, content=(*attribution.content, *more)) if more else attribution
