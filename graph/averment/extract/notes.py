"""Why an article was read that way: a note on each claim, attribution, payout, amount, date and name, with its rule."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import count

from averment.model import (
    Amount,
    Anaphor,
    Attribution,
    AttributionKind,
    Claim,
    Comparator,
    Document,
    Entity,
    Extraction,
    Interval,
    Modality,
    NodeId,
    Payout,
    Polarity,
    Quotation,
    Span,
    Stance,
)

__all__ = ["Note", "Notes"]

_COMPARATORS = {
    Comparator.EXACTLY: "",
    Comparator.ABOUT: "about ",
    Comparator.MORE_THAN: "more than ",
    Comparator.AT_LEAST: "at least ",
    Comparator.LESS_THAN: "less than ",
    Comparator.AT_MOST: "at most ",
    Comparator.BETWEEN: "between ",
    Comparator.VAGUE: "vaguely ",
}
_STANCES = {Stance.DENIES: "denies it", Stance.NO_ANSWER: "gives no answer"}


@dataclass(frozen=True, slots=True)
class Note:
    """A line for people about the thing at `at`: what it is called, how it is understood, and which rule made it."""

    at: int
    name: str
    words: str
    rule: str


class Notes:
    """The notes on one extraction, with the numbers of claims and the letters of attributions that they go by."""

    def __init__(self, extraction: Extraction) -> None:
        """Number the claims and letter the attributions, both in the order of the text."""
        self._extraction = extraction
        self._things: tuple[Entity | Document, ...] = (*extraction.entities, *extraction.documents)
        self._labels = {thing.id: thing.label for thing in self._things}
        self.numbers = {claim.id: str(number) for number, claim in enumerate(extraction.claims, 1)}
        spoken = (hop.id for hop in extraction.attributions if hop.kind is not AttributionKind.PUBLISHER)
        self.letters = dict(zip(spoken, map(_letters, count()), strict=False))

    def __iter__(self) -> Iterator[Note]:
        """Give the notes kind by kind: claims, who said them, payouts, amounts, dates, names, pronouns."""
        extraction = self._extraction
        yield from map(self._claim, extraction.claims)
        yield from (self._hop(hop) for hop in extraction.attributions if hop.id in self.letters)
        yield from map(self._payout, extraction.payouts)
        yield from map(self._amount, extraction.amounts)
        yield from map(self._interval, extraction.intervals)
        yield from self._names()
        yield from map(self._anaphor, extraction.anaphors)

    def _claim(self, claim: Claim) -> Note:
        chain = " → ".join(map(self._link, self._extraction.chain(claim)))
        turns = [
            "" if claim.quotation is Quotation.NONE else claim.quotation.value,
            "negated" if claim.polarity is Polarity.NEGATED else "",
            claim.modality.value if claim.modality is not Modality.ACTUAL else "",
            self._hedged(claim.hedges),
        ]
        return Note(claim.span.start, f"claim {self.numbers[claim.id]}", _joined(chain, *turns), claim.rule)

    def _link(self, hop: Attribution) -> str:
        """Give one hop of a chain: its letter and its speaker, with what the speaker wrote it in."""
        nobody = "the publisher" if hop.kind is AttributionKind.PUBLISHER else "somebody"
        medium = f" ({self._label(hop.medium)})" if hop.medium else ""
        return f"{self.letters.get(hop.id, '')} {self._label(hop.speaker) or nobody}{medium}".strip()

    def _hop(self, hop: Attribution) -> Note:
        source, speaker = self._quoted(hop.source), self._label(hop.speaker)
        named = source if not speaker or source == f"“{speaker}”" else f"{source} is {speaker}" if source else speaker
        turns = [
            f"cue {self._quoted(hop.cue)}" if hop.cue else "",
            _STANCES.get(hop.stance, ""),
            f"in {self._label(hop.medium)}" if hop.medium else "",
            self._hedged(hop.hedges),
            f"within {self.letters[hop.within]}" if hop.within in self.letters else "",
        ]
        words = _joined(hop.kind.value, named or "somebody", *turns)
        return Note(min([*hop.cue, *hop.source, *hop.content]).start, f"said {self.letters[hop.id]}", words, hop.rule)

    def _payout(self, payout: Payout) -> Note:
        amount = next(amount for amount in self._extraction.amounts if amount.id == payout.amount)
        words = _joined(
            self._quoted((amount.span,)),
            f"by {self._label(payout.payer)}" if payout.payer else "payer not named",
            f"to {self._label(payout.payee)}" if payout.payee else "",
            f"for {self._quoted((payout.incident.span,))}" if payout.incident else "",
            f"listed in {self._label(payout.listed_in)}" if payout.listed_in else "",
            "alleged" if payout.alleged else "",
        )
        return Note(payout.span.start, "payout", words, payout.rule)

    def _amount(self, amount: Amount) -> Note:
        bounds = [_figure(bound) for bound in (amount.value, amount.minimum, amount.maximum) if bound is not None]
        understood = f"{_COMPARATORS[amount.comparator]}{' and '.join(bounds) or 'unknown'} {amount.currency}"
        return Note(amount.span.start, "amount", _joined(self._quoted((amount.span,)), understood), amount.rule)

    def _interval(self, time: Interval) -> Note:
        against = f"seen from {time.resolved_against}" if time.resolved_against else ""
        words = _joined(self._quoted((time.span,)), time.edtf or "not resolved", against)
        return Note(time.span.start, "date", words, time.rule)

    def _names(self) -> Iterator[Note]:
        """Say of each name who it is, wherever it is mentioned."""
        text = self._extraction.source.text
        for thing in self._things:
            kind = thing.kind.value if isinstance(thing, Entity) else "document"
            for mention in thing.mentions:
                known = f"“{mention.of(text)}” is {thing.label}" if mention.of(text) != thing.label else thing.label
                yield Note(mention.start, "named", f"{known}, {kind}", thing.rule)

    def _anaphor(self, anaphor: Anaphor) -> Note:
        guesses = " or ".join(f"{self._label(one.entity)} ({one.confidence:.0%})" for one in anaphor.candidates)
        return Note(anaphor.span.start, "stands for", f"{self._quoted((anaphor.span,))} is {guesses}", anaphor.rule)

    def _label(self, node: NodeId | None) -> str:
        return self._labels.get(node or "", "")

    def _quoted(self, spans: tuple[Span, ...]) -> str:
        words = " … ".join(" ".join(span.of(self._extraction.source.text).split()) for span in spans)
        return f"“{words}”" if words else ""

    def _hedged(self, hedges: tuple[Span, ...]) -> str:
        return f"hedged {self._quoted(hedges)}" if hedges else ""


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _figure(number: Decimal) -> str:
    return f"{number.normalize():,f}"


def _letters(number: int) -> str:
    """Count in letters: a, b, ... z, aa, ab, ...

    >>> [_letters(number) for number in (0, 25, 26, 27, 702)]
    ['a', 'z', 'aa', 'ab', 'aaa']
    """
    rest, last = divmod(number, 26)
    return (_letters(rest - 1) if rest else "") + chr(ord("a") + last)
