"""Attributions by layout: `LIND: We paid.` in a transcript, `“We paid.” ― Jo Lind` in a collection of voices."""

import re
from collections.abc import Iterator

from averment.extract.attribution.reading import Reading
from averment.extract.tokens import head_noun, overlapping
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
_TRANSCRIPT = re.compile(
    r"""^\s*["“]?(?P<source>[A-Z][A-Z.’'-]+(?:\ [A-Z][A-Z.’'-]+){0,3})(?P<cue>:)\s+(?P<content>.*\S)"""
)


def by_layout(reading: Reading) -> Iterator[Attribution]:
    """Give the attributions of lines that are credited at their end, or that a speaker's name in capitals opens."""
    for line in _LINE.finditer(reading.text):
        match = _CREDIT.match(line.group()) or _TRANSCRIPT.match(line.group())
        if match and not overlapping(Span(line.start(), line.end()), reading.boilerplate):
            yield _attribution(reading, match, line.start())
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
        rule="transcript" if match.re is _TRANSCRIPT else "credit-line",
    )


def _speaker(reading: Reading, source: Span) -> NodeId | None:
    """Give whom the words name: `Steven MacKinnon` in `Minister of Labour, Steven MacKinnon`, where he is known."""
    part = reading.doc.char_span(source.start, source.end, alignment_mode="expand")
    nodes = [reading.referents.of(token) for token in part or () if token.pos_ == "PROPN"]
    name = head_noun(reading.doc, source)
    people = [node for node in nodes if node is not None and node in reading.people]
    return people[0] if people else reading.referents.of(name) if name is not None else None
