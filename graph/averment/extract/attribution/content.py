"""The attributed words: what hangs on a cue, and the quotations beside it, whole."""

import re
from collections.abc import Iterator
from itertools import pairwise

from spacy.tokens import Token

from averment.extract.attribution import complements
from averment.extract.attribution.reading import Reading
from averment.extract.quotations import free_standing, quoted_at
from averment.extract.tokens import overlapping, span_of, subtree, trim
from averment.model import AttributionKind, Span

__all__ = ["content_of", "whole", "without"]

_MARKS = '"“”„«»' + "'’"
_PARAGRAPH_BELOW = re.compile(r":[ \t\xa0]*\n\s*(?P<below>\S[^\n]*[^\s])")
_ENDING = re.compile(r"\n|[.!?]\s*$")
_RESUMING = re.compile(r",? (?:but|and|or) ")
_FORMS = (
    ("naming", complements.naming),
    ("clause", complements.clause),
    ("infinitive", complements.infinitive),
    ("object", complements.thing),
)
"""The first that a verb has is taken."""


def content_of(
    reading: Reading, token: Token, kind: AttributionKind, source: tuple[Span, ...], cue: Span
) -> tuple[str, tuple[Span, ...]]:
    """Give the attributed words, and the name of what they hang on the cue as: a clause, an object, a quotation ..."""
    frame = [*source, cue]
    found = ((name, span) for name, form in _FORMS if (span := form(token)) is not None)
    form, main = next(found, ("quotation", None))
    if main is not None and main.start > cue.end and _is_tag(reading, frame) and not _resumes(reading.text, main, cue):
        form, main = "quotation", None
    spans = [main] if main is not None else []
    if kind is AttributionKind.DOCUMENT and main is None and (shown := complements.shown(token)) is not None:
        form, spans = "object", [shown]
    if kind is not AttributionKind.ATTITUDE:
        beside = [q for q in _quotations_beside(reading, token, frame) if main is None or _goes_with(main, q, cue)]
        beside += [q for q in reading.quoted if main is not None and _continues(reading.text, main, q)]
        spans += [q if free_standing(reading.text, q) else _argument_around(token, q) for q in beside]
    if not spans and kind is not AttributionKind.ATTITUDE:
        form, spans = "clause", [*_before(token, frame), *_next_line(reading.text, cue)][:1]
    return form, tuple(without(whole(reading, spans, cue), frame))


def _is_tag(reading: Reading, frame: list[Span]) -> bool:
    """Say whether a quotation ends with the comma before source and cue: `“We paid,” Lind told him, after ...`."""
    start, text = min(span.start for span in frame), reading.text
    ahead = next((q for q in reversed(reading.near(start, start)) if q.end <= start), None)
    ordered = sorted(frame)
    gaps = [text[a.end : b.start] for a, b in pairwise([ahead, *ordered])] if ahead is not None else ["-"]
    if ahead is None or any(gap.strip(" ,") for gap in gaps):
        return False
    return ahead.of(text).rstrip(_MARKS)[-1:] in {",", "?", "!"}


def _resumes(text: str, main: Span, cue: Span) -> bool:
    """`“We paid,” she said that day, and that ...`: what is said goes on in the writer's words."""
    return main.of(text).startswith("that ") and text[cue.end : main.start].strip() in {"", "and", ", and"}


def _before(token: Token, frame: list[Span]) -> Iterator[Span]:
    """`Language unclear, experts say.`: what the sentence has before the comma, where it ends with the cue."""
    sentence = token.sent
    start, end = min(span.start for span in frame), max(span.end for span in frame)
    ahead = [t for t in sentence if t.idx < start and not t.is_space]
    behind = [t for t in sentence if t.idx >= end and t.is_alpha]
    if len(ahead) > 2 and not behind and ahead[-1].text == ",":
        yield from (span for span in [span_of(trim(ahead))] if span is not None)


def _next_line(text: str, cue: Span) -> Iterator[Span]:
    """`Lind added:` at the end of a line: the paragraph below it."""
    match = _PARAGRAPH_BELOW.match(text, cue.end)
    if match:
        yield Span(match.start("below"), match.end("below"))


def _continues(text: str, main: Span, quotation: Span) -> bool:
    """`said she had one quality: “...”`: the quotation spells out the clause before it."""
    return (
        main.end <= quotation.start
        and text[main.end : quotation.start].strip() in {":", ","}
        and ("\n" not in text[main.end : quotation.start])
    )


def _goes_with(main: Span, quotation: Span, cue: Span) -> bool:
    """`“...,” Lind said, adding that ...`: a quotation across the cue from a clause belongs to another cue."""
    return (main.end <= cue.start) == (quotation.end <= cue.start)


def _argument_around(token: Token, quotation: Span) -> Span:
    """`stressed the need for “peace”`: words quoted within a sentence count with the phrase that they are in."""
    for child in token.rights:
        phrase = subtree(child)
        span = span_of(trim(phrase[1:] if child.dep_ == "prep" and child.lower_ != "as" else phrase))
        if child.dep_ in {"dobj", "prep", "oprd", "attr"} and span is not None and span.contains(_inside(quotation)):
            return span
    return quotation


def _inside(quotation: Span) -> Span:
    """Give a quotation without its marks, which the parser may hang elsewhere."""
    return Span(quotation.start + 1, quotation.end - 1) if quotation.end - quotation.start > 2 else quotation


def _quotations_beside(reading: Reading, token: Token, frame: list[Span]) -> Iterator[Span]:
    """Give the quotations that only punctuation parts from source and cue; after a colon, in the next paragraph too."""
    text = reading.text
    start, end = min(span.start for span in frame), max(span.end for span in frame)
    sentence = Span(token.sent.start_char, max(token.sent.end_char, token.sent.start_char + 1))
    for quotation in reading.near(start, end):
        if overlapping(quotation, frame):
            continue
        between = text[quotation.end : start] if quotation.end <= start else text[end : quotation.start]
        beside = not any(c.isalnum() or c == "\n" for c in between)
        announced = quotation.start >= end and between.strip() == ":"
        resumed = quotation.start >= end and bool(_RESUMING.fullmatch(between))
        near = end <= quotation.start <= sentence.end + 2 and not _ENDING.search(between)
        adjunct = near and _only_adjuncts(token, quotation)
        if beside or announced or resumed or adjunct:
            yield quotation


def _only_adjuncts(token: Token, quotation: Span) -> bool:
    """`said on Monday in Ostport, “...”`: what stands between hangs on the verb as time, place or addressee."""
    doc = token.doc
    between = [t for t in doc[token.i + 1 : token.sent.end] if t.idx < quotation.start]
    loose = {"prep", "npadvmod", "advmod", "dobj", "dative", "punct", "prt"}
    tops = [t for t in between if t.head.i <= token.i]
    return len(between) < 16 and all(t.head == token and (t.dep_ in loose or t.is_punct) for t in tops)


def whole(reading: Reading, spans: list[Span], cue: Span) -> list[Span]:
    """Stretch a span that cuts into a quotation, or is cut out of one, to the whole; not for a cue that is in it."""
    stretched = []
    for span in spans:
        touched = (q for q in quoted_at(span, reading.quoted) if not q.overlaps(cue))
        crossing = [q for q in touched if not span.contains(q)]
        stretched.append(
            Span(min([span.start, *(q.start for q in crossing)]), max([span.end, *(q.end for q in crossing)]))
        )
    return _merged(stretched)


def _merged(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(span.end, merged[-1].end))
        else:
            merged.append(span)
    return merged


def without(spans: list[Span], frame: list[Span]) -> Iterator[Span]:
    """Cut the source and the cue out of content that runs around them."""
    for span in spans:
        inner = [f for f in frame if f.overlaps(span)]
        if not inner:
            yield span
            continue
        start, end = min(f.start for f in inner), max(f.end for f in inner)
        if start - span.start > 1:
            yield Span(span.start, start - 1)
        if span.end - end > 1:
            yield Span(end + 1, span.end)
