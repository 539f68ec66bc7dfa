"""An article as averment reads it: the text with its annotations, and below each paragraph the rules that made them.

In the text `[1 … 1]` is a claim, `«a … a»` what somebody says, `‹a …›` who, `‹a: …›` the words that say so, and
`{…}` a name, an amount or a date. Where there are colours, they stand for the braces.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from averment.extract.marking import Mark, marked, painted, wrapped
from averment.extract.notes import Note, Notes
from averment.model import Attribution, Document, Entity, Extraction, Source, Span

__all__ = ["explain"]

_WHO, _CUE, _NAME, _AMOUNT, _DATE = "32", "1;33", "4", "35", "94"
_BOLD, _NOTE = "1", "36"
_LEAST_WIDTH = 20
_INDENT, _NAME_WIDTH = 4, 11


def explain(extraction: Extraction, *, colour: bool, width: int) -> str:
    """Show an article with what was read from it, in lines of at most `width` columns (20 at the least).

    Without `colour` no escape sequence is in it; none ever comes from the article.
    """
    width = max(width, _LEAST_WIDTH)
    notes = Notes(extraction)
    marks = [*_hops(extraction, notes), *_claims(extraction, notes), *_values(extraction, braces=not colour)]
    paragraphs = list(marked(extraction.source.text, marks, colour=colour, width=width))
    below = _by_paragraph(notes, [place.start for place, _ in paragraphs])
    blocks = [_heading(extraction.source, colour=colour, width=width), _legend(colour=colour, width=width)]
    for number, (_, lines) in enumerate(paragraphs):
        blocks += [lines, *([_note_lines(below[number], colour=colour, width=width)] if below[number] else [])]
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


# ---- The text -----------------------------------------------------------------------------------------------------


def _claims(extraction: Extraction, notes: Notes) -> Iterator[Mark]:
    for claim in extraction.claims:
        number = notes.numbers[claim.id]
        yield Mark(claim.span, f"[{number} ", f" {number}]")


def _hops(extraction: Extraction, notes: Notes) -> Iterator[Mark]:
    for hop in extraction.attributions:
        if hop.id in notes.letters:
            yield from _hop(hop, notes.letters[hop.id])


def _hop(hop: Attribution, letter: str) -> Iterator[Mark]:
    yield from (Mark(span, f"«{letter} ", f" {letter}»") for span in hop.content)
    yield from (Mark(span, f"‹{letter} ", "›", _WHO) for span in hop.source)
    yield from (Mark(span, f"‹{letter}: ", "›", _CUE) for span in hop.cue)


def _values(extraction: Extraction, *, braces: bool) -> Iterator[Mark]:
    """Give names, amounts and dates; two names with the same words are marked once."""
    things: tuple[Entity | Document, ...] = (*extraction.entities, *extraction.documents)
    named = {mention: _NAME for thing in things for mention in thing.mentions}
    amounts = {amount.span: _AMOUNT for amount in extraction.amounts}
    dates = {time.span: _DATE for time in extraction.intervals}
    for span, style in (named | amounts | dates).items():
        yield Mark(span, "{", "}", style) if braces else Mark(span, style=style)


def _heading(source: Source, *, colour: bool, width: int) -> list[str]:
    title = [painted(line, _BOLD if colour else "") for line in wrapped(source.label, width)]
    known = [source.publisher, source.published.isoformat() if source.published else None, source.address]
    return title + wrapped(", ".join(value for value in known if value), width)


def _legend(*, colour: bool, width: int) -> list[str]:
    """Show each mark on its own name."""
    signs = {
        "claim": ("[1 ", " 1]", ""),
        "what somebody says": ("«a ", " a»", ""),
        "who": ("‹a ", "›", _WHO),
        "cue": ("‹a: ", "›", _CUE),
        "name": ("{", "}", _NAME),
        "amount": ("{", "}", _AMOUNT),
        "date": ("{", "}", _DATE),
    }
    text = "  ".join(signs)
    marks = []
    for name, (opening, closing, style) in signs.items():
        span = Span(text.index(name), text.index(name) + len(name))
        bare = colour and opening == "{"
        marks.append(Mark(span, "" if bare else opening, "" if bare else closing, style))
    return [line for _, lines in marked(text, marks, colour=colour, width=width) for line in lines]


# ---- The notes ----------------------------------------------------------------------------------------------------


def _by_paragraph(notes: Iterable[Note], starts: list[int]) -> list[dict[str, str]]:
    """Give what there is to say of the things that begin in each paragraph, by what they are called; nothing twice."""
    below: list[dict[str, dict[str, None]]] = [{} for _ in starts]
    for note in notes if starts else ():
        place = below[max(0, bisect_right(starts, note.at) - 1)]
        place.setdefault(note.name, {})[f"{note.words} [{note.rule}]"] = None
    return [{name: "; ".join(said) for name, said in place.items()} for place in below]


def _note_lines(notes: dict[str, str], *, colour: bool, width: int) -> list[str]:
    """Give notes in two columns, or on a narrow screen the second below the first."""
    narrow = width < 2 * (_INDENT + _NAME_WIDTH)
    hanging = " " * (_INDENT if narrow else _INDENT + _NAME_WIDTH)
    lines = []
    for name, said in notes.items():
        head = " " * _INDENT + painted(name, _NOTE if colour else "")
        first, *others = wrapped(said, width - len(hanging))
        gap = f"\n{hanging}" if narrow else " " * max(1, _NAME_WIDTH - len(name))
        lines += [f"{head}{gap}{first}", *(hanging + line for line in others)]
    return lines
