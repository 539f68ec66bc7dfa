"""Quotations that no verb in their sentence introduces, told by where they stand."""

import re
from collections.abc import Iterator
from dataclasses import replace

from averment.extract.attribution.reading import Reading
from averment.extract.places import Places
from averment.extract.quotations import free_standing
from averment.extract.tokens import overlapping
from averment.model import Attribution, AttributionKind, NodeId, Span

__all__ = ["with_bare_quotations"]

_MAX_LINES = 2
"""Line ends between a quotation that nothing introduces and the speech before it."""

_MAX_CAPTION = 600
"""Code points of a picture's caption and the paragraph before it."""

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
    spoken = {attribution.id: attribution for attribution in made}
    places = Places((span, a.id) for a in made for span in (*a.content, *a.cue, *a.source))
    waiting = sorted((a for a in made if _is_speech(a)), key=lambda a: max(a.content).start, reverse=True)
    last: Attribution | None = None
    for quotation in reading.quoted:
        while waiting and max(waiting[-1].content).start < quotation.start:
            last = _later(last, spoken[waiting.pop().id])
        around = [spoken[a] for a in places.at(quotation)]
        covered = any(not any(quotation.contains(cue) for cue in a.cue) for a in around)
        if covered or overlapping(quotation, reading.boilerplate):
            continue
        resumed = _resumed(reading, _nearby(spoken, places, text, quotation), quotation)
        gap = text[_end(last) : quotation.start] if last is not None else ""
        if resumed is not None and free_standing(text, quotation):
            last = replace(resumed, content=(*resumed.content, quotation))
        elif len(quotation.of(text).split()) >= _MIN_BARE_WORDS and _is_sentence(text, quotation):
            speaker = last.speaker if last is not None and gap.count("\n") <= _MAX_LINES else author
            last = Attribution(
                kind=AttributionKind.SPEECH, content=(quotation,), speaker=speaker, rule="bare-quotation"
            )
        else:
            continue
        spoken[last.id] = last
        places.add(quotation, last.id)
    yield from spoken.values()


def _is_speech(attribution: Attribution) -> bool:
    return bool(attribution.content) and attribution.kind is not AttributionKind.ATTITUDE


def _later(one: Attribution | None, other: Attribution) -> Attribution:
    """Give the one whose words end last."""
    return other if one is None or max(other.content).end > max(one.content).end else one


def _end(attribution: Attribution) -> int:
    return max([*attribution.content, *attribution.cue, *attribution.source]).end


def _nearby(spoken: dict[NodeId, Attribution], places: Places[NodeId], text: str, quotation: Span) -> list[Attribution]:
    """Give the attributions of a quotation's paragraph, and those before it as far as a caption can part them."""
    start = max(0, text.rfind("\n", 0, quotation.start) + 1 - _MAX_CAPTION)
    found = places.at(Span(start, quotation.end))
    return [spoken[a] for a in dict.fromkeys(found)]


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
    if last is None or quotation.start - _end(last) > _MAX_GAP:
        return None
    others = [a for a in before if a.cue > last.cue and a.speaker not in {None, last.speaker}]
    return None if others else last


def _left_open(reading: Reading, quotation: Span) -> Span | None:
    """Give the quotation before this one where its paragraph ends without closing it: this one goes on with it."""
    before = [other for other in reading.near(quotation.start, quotation.start) if other.end <= quotation.start]
    closed = not before or before[-1].of(reading.text)[-1] in _CLOSING_MARKS
    return None if closed else before[-1]


def _quotes(reading: Reading, attribution: Attribution) -> bool:
    return any(overlapping(span, reading.quoted) for span in attribution.content)


def _is_sentence(text: str, quotation: Span) -> bool:
    """A quotation that stands alone begins its paragraph and ends like a sentence."""
    line_start = text.rfind("\n", 0, quotation.start) + 1
    inner = quotation.of(text).strip('"“”„«» ')
    return not text[line_start : quotation.start].strip() and inner[-1:] in {".", "!", "?", "…", ","}
