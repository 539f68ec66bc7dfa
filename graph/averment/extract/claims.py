"""Claims: one a clause, with its words, who is behind it, what it mentions and what it says."""

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from averment.extract.chains import innermost, said
from averment.extract.clauses import Clause, clause_of
from averment.extract.content import World, actions, correspondence, relations
from averment.extract.lexicon import HEDGES
from averment.extract.places import Places
from averment.extract.quotations import how_quoted
from averment.extract.tokens import Coverage, head_noun, overlapping, text_of
from averment.model import (
    Attribution,
    AttributionKind,
    Claim,
    Document,
    Entity,
    Modality,
    NodeId,
    Payout,
    Polarity,
    Span,
    Statement,
)

__all__ = ["Known", "claims"]

_NEGATIONS = {"not", "n't", "n’t", "never", "no", "neither", "nor", "hardly", "without"}
_MODALS = {
    **dict.fromkeys(("can", "could", "may", "might"), Modality.POSSIBLE),
    **dict.fromkeys(("must", "should", "ought", "shall"), Modality.NECESSARY),
    **dict.fromkeys(("will", "would", "'ll", "wo"), Modality.FUTURE),
}
_HEDGE_WORDS = HEDGES | {"alleged", "reported", "suspected", "purported"}
_COVERED = 0.6
"""A reporting clause whose content other claims cover to this part adds nothing of its own."""


@dataclass(frozen=True, slots=True)
class Known:
    """Everything read before the claims."""

    doc: Doc
    world: World
    entities: tuple[Entity, ...]
    documents: tuple[Document, ...]
    attributions: tuple[Attribution, ...]
    payouts: tuple[Payout, ...]
    quoted: tuple[Span, ...]


def claims(clauses: tuple[Clause, ...], known: Known) -> tuple[Claim, ...]:
    """Give the claims of an article in order; a clause that only hands another on is none, unless it says more."""
    cues = Places((cue, hop) for hop in known.attributions for cue in hop.cue)
    places = Places((clause.span, clause) for clause in clauses)
    kept = [clause for clause in clauses if not _only_reports(clause, places, cues) or _statements(clause, known, None)]
    kept = sorted([*kept, *_unclaimed(kept, known)], key=lambda clause: clause.span)
    carried, stated = _carriers(kept, known.payouts), said(known.attributions)
    return tuple(_claim(clause, known, stated, carried.get(clause.span, ())) for clause in kept)


def _unclaimed(kept: list[Clause], known: Known) -> list[Clause]:
    """Give the attributed words in which no clause and no further cue was found, since somebody said them."""
    taken = Coverage(len(text_of(known.doc)), (clause.span for clause in kept))
    for hop in known.attributions:
        for cue in hop.cue:
            taken.add(cue)
    words = [part for hop in known.attributions for part in hop.content if not taken.touches(part)]
    found = (clause_of(known.doc, part) for part in words)
    said = [clause for clause in found if clause is not None and any(t.pos_ != "PRON" for t in clause.tokens)]
    return list({clause.span: clause for clause in said}.values())


def _only_reports(clause: Clause, clauses: Places[Clause], cues: Places[Attribution]) -> bool:
    """`the newspaper reported` has a claim of its own nowhere but in what it hands on."""
    here = Span(clause.head.idx, clause.head.idx + len(clause.head))
    for hop in (hop for hop in cues.at(here) if hop.content):
        if not overlapping(clause.span, hop.content):
            return True
        size = sum(span.end - span.start for span in hop.content)
        near = {c.span for part in hop.content for c in clauses.at(part) if c is not clause and part.contains(c.span)}
        if sum(span.end - span.start for span in near) >= _COVERED * size:
            return True
    return False


def _carriers(clauses: list[Clause], payouts: tuple[Payout, ...]) -> dict[Span, tuple[NodeId, ...]]:
    """Give each payout to the clause with the fewest words that holds it, or at least its amount's beginning."""
    carried: dict[Span, tuple[NodeId, ...]] = {}
    for payout in payouts:
        holding = [c.span for c in clauses if c.span.contains(payout.span)]
        holding = holding or [c.span for c in clauses if c.span.overlaps(payout.span)]
        if holding:
            smallest = min(holding, key=lambda span: (span.end - span.start, span))
            carried[smallest] = (*carried.get(smallest, ()), payout.id)
    return carried


def _claim(clause: Clause, known: Known, stated: Places[Attribution], payouts: tuple[NodeId, ...]) -> Claim:
    outside = [hop for hop in stated.at(clause.span) if _is_around(hop, clause.span)]
    hop = innermost(clause.span, outside) or known.attributions[0]
    return Claim(
        span=clause.span,
        attribution=hop.id,
        quotation=how_quoted(clause.span, known.quoted, own_voice=hop.kind is AttributionKind.PUBLISHER),
        polarity=_polarity(clause),
        modality=_modality(clause),
        hedges=_hedges(clause, known.attributions),
        mentions=_mentions(clause.span, known),
        actions=actions(known.world, clause.head, clause.span, hop.speaker),
        statements=_statements(clause, known, hop.speaker),
        payouts=payouts,
        rule=clause.rule,
    )


def _is_around(hop: Attribution, span: Span) -> bool:
    """Say whether a claim can be what a hop hands on: its cue lies outside the claim, or within its own content."""
    return all(not span.contains(cue) or any(part.contains(cue) for part in hop.content) for cue in hop.cue)


def _around_verb(head: Token) -> list[Token]:
    """Give the words that turn a verb: its auxiliaries, adverbs and negations."""
    return [child for child in head.children if child.dep_ in {"aux", "neg", "advmod", "preconj"}]


def _polarity(clause: Clause) -> Polarity:
    turned = [
        *_around_verb(clause.head),
        *(child for noun in clause.head.children for child in noun.children if child.dep_ == "det"),
    ]
    negations = sum(token.lower_ in _NEGATIONS for token in turned)
    return Polarity.NEGATED if negations % 2 else Polarity.AFFIRMED


def _modality(clause: Clause) -> Modality:
    if clause.rule == "purpose-clause":
        return Modality.INTENDED
    found = [
        _MODALS[token.lower_] for token in _around_verb(clause.head) if token.dep_ == "aux" and token.lower_ in _MODALS
    ]
    going = clause.head.lower_ == "going" and any(child.dep_ == "xcomp" for child in clause.head.children)
    return found[0] if found else Modality.FUTURE if going else Modality.ACTUAL


def _hedges(clause: Clause, hops: tuple[Attribution, ...]) -> tuple[Span, ...]:
    """Give the words that keep a distance from this claim; those on an attribution belong to it."""
    elsewhere = {span for hop in hops for span in hop.hedges}
    spans = [Span(t.idx, t.idx + len(t)) for t in clause.tokens if t.lower_ in _HEDGE_WORDS]
    return tuple(span for span in spans if span not in elsewhere)


def _mentions(span: Span, known: Known) -> tuple[NodeId, ...]:
    referents, world = known.world.referents, known.world
    named = (*referents.within(span, known.entities), *referents.within(span, known.documents))
    values = (thing.id for things in (world.amounts, world.intervals) for thing in things if span.contains(thing.span))
    return (*named, *values)


def _statements(clause: Clause, known: Known, speaker: NodeId | None) -> tuple[Statement, ...]:
    """Give the relations that the clause states, and who wrote to whom where it names a document with that."""
    stated = relations(known.world, clause.head, speaker) if _is_stated(clause) else ()
    letters = tuple(s for document in known.documents for s in _letters(clause, document, known))
    return tuple(dict.fromkeys((*stated, *letters)))


def _is_stated(clause: Clause) -> bool:
    return _polarity(clause) is Polarity.AFFIRMED and _modality(clause) is Modality.ACTUAL


def _letters(clause: Clause, document: Document, known: Known) -> tuple[Statement, ...]:
    own = {token.i for token in clause.tokens}
    nouns = [head_noun(clause.head.doc, mention) for mention in document.mentions]
    return tuple(
        s for noun in nouns if noun is not None and noun.i in own for s in correspondence(known.world, document, noun)
    )
