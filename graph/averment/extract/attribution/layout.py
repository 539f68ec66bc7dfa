"""Attributions by layout: `LIND: We paid.` in a transcript, `“We paid.” ― Jo Lind` in a collection of voices."""

import re
from collections.abc import Iterator

from spacy.tokens import Token

from averment.extract.attribution.reading import Reading
from averment.extract.tokens import head_noun, overlapping, part_of
from averment.model import Attribution, AttributionKind, NodeId, Span

__all__ = ["by_layout"]

_LINE = re.compile(r"[^\n]*\S")
_CREDIT = re.compile(
    r"""^\s*(?P<content>["“”].*?["“”])\s*(?P<cue>―|—|–|--)\s*(?P<source>[^\W\d_][^\n"“”―—]{1,60}?)[.\s]*$"""
)
_NEXT_LINE = re.compile(
    r"""^\s*(?P<content>["“”][^\n]*["“”])\s*\n\s*(?P<cue>―|—|–|--|-)\s*(?P<source>[^\W\d_][^\n"“”―—]{1,120}?)[.\s]*$""",
    re.MULTILINE,
)
_FIRST_PERSON = re.compile(r"\b(?:I|I’m|I'm|[Ww]e|[Oo]ur|[Mm]y)\b")
_MIN_PULLED_WORDS, _MAX_CREDIT_WORDS = 6, 8
_TRANSCRIPT = re.compile(
    r"""^\s*["“]?(?P<source>[A-Z][A-Z.’'-]+(?:\ [A-Z][A-Z.’'-]+){0,3})(?P<cue>:)\s+(?P<content>.*\S)"""
)


_HEADLINE = re.compile(
    r"""\s*(?:\#+\ *)?(?P<source>[A-Z][^\n:“”"]{2,40})(?P<cue>:)\ (?P<content>[^\n]*[^\W\d_]{2}[^\n]*\S)"""
)
_HEADLINE_SOURCES = {
    "poll", "report", "study", "survey", "audit", "records", "documents", "official", "officials", "police", "mayor",
}  # fmt: skip
_MAX_HEADLINE_SOURCE = 4


_RULES = {_CREDIT: "credit-line", _NEXT_LINE: "credit-line", _TRANSCRIPT: "transcript", _HEADLINE: "headline"}


def by_layout(reading: Reading) -> Iterator[Attribution]:
    """Give the attributions of lines that are credited at their end, or that a speaker's name in capitals opens."""
    headline = _HEADLINE.match(reading.text)
    if headline and _is_source(reading, Span(*headline.span("source"))):
        yield _attribution(reading, headline, 0)
    for line in _LINE.finditer(reading.text):
        match = _CREDIT.match(line.group()) or _TRANSCRIPT.match(line.group())
        if match and not overlapping(Span(line.start(), line.end()), reading.boilerplate):
            yield _attribution(reading, match, line.start())
        elif not match:
            yield from _pull_quote(reading, line)
    for match in _NEXT_LINE.finditer(reading.text):
        yield _attribution(reading, match, 0)


def _attribution(reading: Reading, match: re.Match[str], offset: int) -> Attribution:
    source, cue, content = (Span(offset + match.start(n), offset + match.end(n)) for n in ("source", "cue", "content"))
    return Attribution(
        kind=AttributionKind.SPEECH,
        source=(source,),
        cue=(cue,),
        content=(content,),
        speaker=_speaker(reading, source),
        rule=_RULES[match.re],
    )


def _is_source(reading: Reading, source: Span) -> bool:
    """`Lind: We paid`, `Poll: ...`, but not `The Latest: ...`: only a speaker's name, or a document, stands there."""
    part = part_of(reading.doc, source)
    last = [token for token in part or () if token.is_alpha][-1:]
    if part is None or not last or len(part) > _MAX_HEADLINE_SOURCE or any(token.pos_ == "VERB" for token in part):
        return False
    speakers = reading.people | {outlet for _, outlet in reading.outlets}
    return reading.referents.of(last[0]) in speakers or last[0].lower_ in _HEADLINE_SOURCES


def _pull_quote(reading: Reading, line: re.Match[str]) -> Iterator[Attribution]:
    """`We will not pay again. Council leader Jo Lind`: a line in the first person that ends with a name and no stop."""
    extent = Span(line.start(), line.end())
    words = line.group()
    if words[-1] in ".!?…:;,\"”’'" or not _FIRST_PERSON.search(words) or overlapping(extent, reading.quoted):
        return
    part = part_of(reading.doc, extent)
    names = [token for token in part or () if reading.referents.of(token) in reading.people and token.pos_ == "PROPN"]
    source = _credit(list(part or ()), names)
    if source is not None and len(reading.text[extent.start : source.start].split()) >= _MIN_PULLED_WORDS:
        content = Span(extent.start, extent.start + len(reading.text[extent.start : source.start].rstrip()))
        speaker = reading.referents.of(names[-1])
        yield Attribution(
            kind=AttributionKind.SPEECH, source=(source,), content=(content,), speaker=speaker, rule="credit-line"
        )


def _credit(line: list[Token], names: list[Token]) -> Span | None:
    """Give the name at the end of a line, with the role before it and what may stand behind a comma."""
    if not names or len(line) - (names[-1].i - line[0].i) > _MAX_CREDIT_WORDS:
        return None
    start = names[-1].i
    while start > line[0].i and line[0].doc[start - 1].text[0].isupper() and line[0].doc[start - 1].is_alpha:
        start -= 1
    return Span(line[0].doc[start].idx, line[-1].idx + len(line[-1]))


def _speaker(reading: Reading, source: Span) -> NodeId | None:
    """Give whom the words name: `Steven MacKinnon` in `Minister of Labour, Steven MacKinnon`, where he is known."""
    part = part_of(reading.doc, source)
    nodes = [reading.referents.of(token) for token in part or () if token.pos_ == "PROPN"]
    name = head_noun(reading.doc, source)
    people = [node for node in nodes if node is not None and node in reading.people]
    return people[0] if people else reading.referents.of(name) if name is not None else None
