"""What an extractor other than the rules proposes, held against the text: kept where its words are there, else dropped.

An extractor, a language model for one, gives quotations and no offsets. Each quotation is looked for in the stored text
by `averment.extract.verbatim`, which finds the same words or none, and the offsets are computed here. What stands at
several places and is not told apart by its context is dropped, as is what is not there at all; every `Dropped` has its
reason. Money and times within the claims that are kept are understood by averment's own rules.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from averment.extract.amounts import amounts
from averment.extract.boilerplate import boilerplate
from averment.extract.chains import chained, innermost
from averment.extract.dates import intervals
from averment.extract.lexicon import HEDGES
from averment.extract.proposals import Dropped, Grounded, ProposedClaim
from averment.extract.quotations import how_quoted, quotations
from averment.extract.speakers import PUBLISHER, Speakers
from averment.extract.tokens import overlapping
from averment.extract.verbatim import Words
from averment.model import (
    Amount,
    Attribution,
    AttributionKind,
    Claim,
    Document,
    Entity,
    Extraction,
    Interval,
    NodeId,
    Polarity,
    Source,
    Span,
)

__all__ = ["grounded"]

_NEGATIONS = frozenset(
    ["not", "no", "never", "neither", "nor", "none", "nobody", "nothing", "nowhere", "cannot", "without", "hardly"]
)


@dataclass(frozen=True, slots=True)
class _Found:
    """A proposed claim with the places of its words."""

    proposed: ProposedClaim
    span: Span
    source: tuple[Span, ...] = ()
    cue: tuple[Span, ...] = ()


class _NotFoundError(Exception):
    """Carries the reason why a proposed claim is dropped; it never leaves this module."""


def grounded(source: Source, proposal: Iterable[ProposedClaim], extractor: str = "") -> Grounded:
    """Give what of a proposal is in the text of `source`, and what was dropped and why.

    The rule that the claims name is `proposed`, with the name of the extractor before it: `reader-proposed`.
    """
    finder = _Finder(source)
    found: dict[Span, _Found] = {}
    dropped = []
    for proposed in proposal:
        try:
            one = finder.find(proposed)
        except _NotFoundError as reason:
            dropped.append(Dropped(proposed.words, str(reason)))
        else:
            if found.setdefault(one.span, one).proposed != proposed:
                dropped.append(Dropped(proposed.words, "proposed already, otherwise understood"))
    rule = f"{extractor}-proposed" if extractor else "proposed"
    done = _assembled(source, [found[span] for span in sorted(found)], finder.words, rule)
    return Grounded(done.extraction, (*dropped, *done.dropped))


class _Finder:
    """Looks for what is proposed in one text, and refuses what it does not find."""

    def __init__(self, source: Source) -> None:
        self.words = Words(source.text)
        self.boilerplate = boilerplate(source.text)

    def find(self, proposed: ProposedClaim) -> _Found:
        """Give the places of a claim's words, of its speaker's and of its cue's."""
        around = self._contexts(proposed.context)
        span = self._one(proposed.words, around)
        self._check(proposed, span)
        speaker = proposed.speaker
        if speaker is None:
            return _Found(proposed, span)
        if speaker.name is not None and not self.words.occurrences(speaker.name):
            raise _NotFoundError(f"its speaker’s name “{speaker.name}” is not in the text")
        near = [context for context in around if context.contains(span)] or [self._paragraph(span)]
        source = self._one(speaker.words, near, (span,), "its speaker")
        cue = (self._one(speaker.cue, near, (span, source), "its cue"),) if speaker.cue is not None else ()
        return _Found(proposed, span, (source,), cue)

    def _contexts(self, context: str | None) -> tuple[Span, ...]:
        return self.words.occurrences(context) if context is not None else ()

    def _one(self, words: str, around: Iterable[Span], taken: tuple[Span, ...] = (), what: str = "") -> Span:
        """Give the one place of some words; of several, the one in what is `around` and not taken.

        What has a name is looked for there alone: a speaker far from the claim is not the claim's.
        """
        everywhere = self.words.occurrences(words)
        near = [p for p in everywhere if any(a.contains(p) for a in around) and not overlapping(p, taken)]
        places = near if what or len(everywhere) > 1 else everywhere
        if len(places) == 1:
            return places[0]
        named = f"{what} “{words}” is " if what else ""
        if not everywhere:
            raise _NotFoundError(f"{named}not in the text")
        if what and not near:
            raise _NotFoundError(f"{named}not near the claim")
        raise _NotFoundError(f"{named}ambiguous: it stands at several places, and no context tells which is meant")

    def _check(self, proposed: ProposedClaim, span: Span) -> None:
        """Refuse words that are no part of the article, and those that mean something else than they do there."""
        before = self.words.before(span)
        if overlapping(span, self.boilerplate):
            raise _NotFoundError("in a line that is no part of the article")
        if _negates(before) or before.lower() in HEDGES:
            raise _NotFoundError(f"cut off after “{before}”, which changes what is said")
        if proposed.polarity is Polarity.NEGATED and not any(_negates(t.plain) for t in self.words.within(span)):
            raise _NotFoundError("proposed as a denial, and no word of it denies")

    def _paragraph(self, span: Span) -> Span:
        text = self.words.text
        end = text.find("\n", span.end)
        return Span(text.rfind("\n", 0, span.start) + 1, end if end >= 0 else len(text))


def _negates(word: str) -> bool:
    return word.lower() in _NEGATIONS or word.lower().endswith("n't")


# ---- From what was found to an extraction -------------------------------------------------------------------------


def _assembled(source: Source, found: list[_Found], words: Words, rule: str) -> Grounded:
    """Give the extraction; a claim whose speaker is no hop of any chain is dropped even now."""
    speakers = Speakers(words, source.publisher, rule)
    names = [speakers.learn(one.proposed.speaker, one.source) if one.proposed.speaker else None for one in found]
    entities, documents, ids = speakers.things()
    publisher = ids.get(PUBLISHER)
    own = [_hop(one, ids.get(name) if name else None, rule) for one, name in zip(found, names, strict=True)]
    hops = chained(tuple(hop for hop in own if hop is not None), publisher)
    known = _known(source, words, hops, (*entities, *documents))
    passed_on = {hop.id for hop in hops}
    claims, dropped = [], []
    for one, hop in zip(found, own, strict=True):
        if hop is None or hop.id in passed_on:
            claims.append(_claim(one, hop, known, rule))
        else:
            dropped.append(Dropped(one.proposed.words, "what its speaker feels is told by another speaker"))
    extraction = Extraction(
        source=source,
        entities=entities,
        documents=documents,
        amounts=known.amounts,
        intervals=known.intervals,
        attributions=hops,
        claims=tuple(claims),
        publisher=publisher,
    )
    return Grounded(extraction, tuple(dropped))


def _hop(one: _Found, speaker: NodeId | None, rule: str) -> Attribution | None:
    """Give the hop of a claim's speaker; None where the article speaks itself."""
    said_by = one.proposed.speaker
    if said_by is None:
        return None
    return Attribution(
        kind=said_by.attribution,
        source=one.source,
        cue=one.cue,
        content=(one.span,),
        speaker=speaker,
        stance=said_by.stance,
        rule=rule,
    )


@dataclass(frozen=True, slots=True)
class _Known:
    """Everything read before the claims."""

    words: Words
    quoted: tuple[Span, ...]
    hops: tuple[Attribution, ...]
    named: tuple[Entity | Document, ...]
    amounts: tuple[Amount, ...]
    intervals: tuple[Interval, ...]


def _known(source: Source, words: Words, hops: tuple[Attribution, ...], named: tuple[Entity | Document, ...]) -> _Known:
    """Read money and times, which averment understands itself, from all but boilerplate."""
    skipped = boilerplate(source.text)
    return _Known(
        words,
        quotations(source.text),
        hops,
        named,
        tuple(amount for amount in amounts(source.text) if not overlapping(amount.span, skipped)),
        tuple(time for time in intervals(source.text, source.published) if not overlapping(time.span, skipped)),
    )


def _claim(one: _Found, own: Attribution | None, known: _Known, rule: str) -> Claim:
    hop = own or innermost(one.span, known.hops) or known.hops[0]
    hedges = (t for t in known.words.within(one.span) if t.plain.lower() in HEDGES)
    return Claim(
        span=one.span,
        attribution=hop.id,
        quotation=how_quoted(one.span, known.quoted, own_voice=hop.kind is AttributionKind.PUBLISHER),
        polarity=one.proposed.polarity,
        modality=one.proposed.modality,
        hedges=tuple(Span(t.start, t.end) for t in hedges),
        mentions=_mentions(one.span, known),
        rule=rule,
    )


def _mentions(span: Span, known: _Known) -> tuple[NodeId, ...]:
    named = (thing.id for thing in known.named if any(span.contains(mention) for mention in thing.mentions))
    values = (value.id for values in (known.amounts, known.intervals) for value in values if span.contains(value.span))
    return (*named, *values)
