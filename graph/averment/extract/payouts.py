"""Payouts: an amount of money that is said to have been paid, by whom, to whom and for what, as far as the words say.

Nothing is invented: `a $100,000 payment came after ...` names no payer, so the payout has none.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from averment.extract.arguments import arguments
from averment.extract.content import World
from averment.extract.tokens import has_dep, head_noun, noun_phrase, span_of, subtree, trim
from averment.model import Amount, Comparator, Document, Incident, NodeId, Payout, Span

__all__ = ["payouts"]

_NOUNS = {"payout", "payment", "settlement", "award", "compensation", "verdict", "restitution", "judgment", "judgement"}
_VERBS = {"pay", "award", "reimburse", "compensate", "settle"}
_CAUSES = {"from", "after", "over", "for", "following"}
_LISTING_VERBS = {"detail", "list", "show", "itemize", "itemise", "describe", "record"}
_PARTITIVE = {"one", "another", "a", "an"}
_REACH = 600
"""Code points between a list at large and an item of it."""

_ALLEGED = {"allegedly", "alleged", "reportedly", "accused"}


@dataclass(frozen=True, slots=True)
class _Setting:
    """What the payouts of one article are read from."""

    doc: Doc
    world: World
    documents: tuple[Document, ...]


def payouts(doc: Doc, world: World, documents: tuple[Document, ...]) -> tuple[Payout, ...]:
    """Give the payouts of an article in order; a range of payouts ("from hundreds to thousands") is none."""
    setting = _Setting(doc, world, documents)
    found = []
    for amount in world.amounts:
        if amount.comparator not in {Comparator.VAGUE, Comparator.BETWEEN}:
            found += list(_payout(setting, amount))
    return tuple(found)


def _payout(setting: _Setting, amount: Amount) -> Iterator[Payout]:
    head = head_noun(setting.doc, amount.span)
    if head is None:
        return
    noun = next((t for t in (head, head.head, head.head.head) if t.lemma_.lower() in _NOUNS), None)
    if noun is not None and _qualifies(head, noun):
        yield _by_noun(setting, amount, noun)
    else:
        verb = next((t for t in (head.head, head.head.head) if t.lemma_.lower() in _VERBS and t.pos_ == "VERB"), None)
        if verb is not None:
            yield _by_verb(setting, amount, verb)


def _qualifies(head: Token, noun: Token) -> bool:
    """`a $100,000 payment` and `a settlement of $100,000`, but not `$2 million in settlements`."""
    return head == noun or head.dep_ in {"nummod", "compound", "nmod", "amod", "appos"} or head.head.lower_ == "of"


def _by_noun(setting: _Setting, amount: Amount, noun: Token) -> Payout:
    span = span_of(noun_phrase(noun)) or amount.span
    span = Span(min(span.start, amount.span.start), max(span.end, amount.span.end))
    cause = _cause(noun)
    by, to = _partner(setting, noun, "by"), _partner(setting, noun, "to")
    if noun.dep_ == "dobj" and noun.head.lemma_.lower() in {"pay", "agree", "approve", "make"}:
        by = by or _first(setting, noun.head, "agent")
    return Payout(
        span=span,
        amount=amount.id,
        payer=by,
        payee=to,
        incident=_incident(setting, cause),
        listed_in=_listed_in(setting, noun),
        alleged=_is_alleged(cause),
        rule="payout-noun",
    )


def _by_verb(setting: _Setting, amount: Amount, verb: Token) -> Payout:
    """`officers paid $2 million in settlements`: the subject pays, whom it is paid to is the payee."""
    cause = next((has_dep(c, "pobj", "pcomp") for c in verb.children if c.dep_ == "prep" and c.lower_ in _CAUSES), None)
    return Payout(
        span=Span(min(verb.idx, amount.span.start), max(verb.idx + len(verb), amount.span.end)),
        amount=amount.id,
        payer=_first(setting, verb, "agent"),
        payee=_first(setting, verb, "recipient") or _first(setting, verb, "to"),
        incident=_incident(setting, cause),
        listed_in=None,
        alleged=_is_alleged(cause),
        rule="payout-verb",
    )


def _first(setting: _Setting, verb: Token, place: str) -> NodeId | None:
    """Give the first entity that fills a place of a verb; a document does not pay."""
    nodes = (setting.world.referents.of(a.token) for a in arguments(verb) if a.place == place)
    return next((node for node in nodes if node and node.startswith("entity/")), None)


def _partner(setting: _Setting, noun: Token, preposition: str) -> NodeId | None:
    for child in noun.children:
        partner = has_dep(child, "pobj") if child.dep_ in {"prep", "agent"} and child.lower_ == preposition else None
        node = setting.world.referents.of(partner) if partner is not None else None
        if node and node.startswith("entity/"):
            return node
    return None


def _cause(noun: Token) -> Token | None:
    """Give what a payout is said to have come from: `stemmed from X`, `came after X did ...`, `over X`."""
    holders = [noun, noun.head] if noun.dep_ in {"nsubj", "nsubjpass", "dobj"} else [noun]
    for holder in holders:
        for child in holder.children:
            if child.dep_ == "prep" and child.lower_ in _CAUSES:
                return has_dep(child, "pobj", "pcomp")
            if child.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ in _CAUSES for c in child.children):
                return child
    return None


def _incident(setting: _Setting, cause: Token | None) -> Incident | None:
    tokens = trim([t for t in subtree(cause) if t.dep_ != "mark"]) if cause is not None else []
    span = span_of(tokens)
    if span is None:
        return None
    times = tuple(interval.id for interval in setting.world.intervals if span.contains(interval.span))
    places = (
        setting.world.referents.of(t) for t in tokens if t.dep_ == "pobj" and t.head.lower_ in {"in", "at", "near"}
    )
    return Incident(span=span, times=times, places=tuple(dict.fromkeys(p for p in places if p in setting.world.places)))


def _is_alleged(cause: Token | None) -> bool:
    return cause is not None and any(t.lower_ in _ALLEGED for t in subtree(cause))


def _listed_in(setting: _Setting, noun: Token) -> NodeId | None:
    """Give the document that lists it, in the same clause or, for `One $11,000 payout`, earlier in the paragraph."""
    verb = noun.head if noun.dep_ == "dobj" else None
    if verb is not None and verb.lemma_.lower() in _LISTING_VERBS and (document := _agent_document(setting, verb)):
        return document
    first = noun_phrase(noun)[0]
    return _list_before(setting, noun) if first.lower_ in _PARTITIVE else None


def _agent_document(setting: _Setting, verb: Token) -> NodeId | None:
    nodes = (setting.world.referents.of(a.token) for a in arguments(verb) if a.place == "agent")
    return next((node for node in nodes if node and node.startswith("document/")), None)


def _list_before(setting: _Setting, noun: Token) -> NodeId | None:
    """Find `A spreadsheet ... payouts ...` shortly before: the first document named with payouts at large."""
    at = noun.sent.start
    while at > 0 and noun.idx - setting.doc[at - 1].idx < _REACH:
        sentence = setting.doc[at - 1].sent
        if any(token.lemma_.lower() in _NOUNS and token.tag_ == "NNS" for token in sentence):
            extent = Span(sentence.start_char, sentence.end_char)
            listed = [d for d in setting.documents if any(extent.contains(mention) for mention in d.mentions)]
            return min(listed, key=lambda d: d.mentions).id if listed else None
        at = sentence.start
    return None
