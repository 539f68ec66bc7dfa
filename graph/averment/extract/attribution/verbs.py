"""Reporting verbs: `Lind said that ...`, `..., the documents show`, `wants to ...`."""

from collections.abc import Iterator

from spacy.tokens import Token

from averment.extract.attribution.complements import CUE_PREPOSITIONS
from averment.extract.attribution.content import content_of
from averment.extract.attribution.reading import Reading, in_quotation, is_document, source_spans
from averment.extract.lexicon import ATTITUDE_VERBS, DENIAL_VERBS, DOCUMENT_VERBS, HEDGES, NO_ANSWER_VERBS, SPEECH_VERBS
from averment.extract.quotations import free_standing
from averment.extract.silence import is_silence, no_comment, phase_of
from averment.extract.tokens import has_dep, part_of, span_of, trim
from averment.model import Attribution, AttributionKind, NodeId, Span, Stance

__all__ = ["by_verb"]

_MAX_SOURCE_WORDS = 12
_SUBJECT = ("nsubj", "nsubjpass")
_FIRST_PERSON = {"i", "we"}
_BODY_VERBS = {"say", "report", "add", "write", "announce", "state", "note", "tell", "warn", "claim"}
"""With them `it` is a body that speaks: `the agency lost, it said`."""

_GENERIC_SUBJECTS = {"it", "that", "this", "what", "there"}


def by_verb(reading: Reading, token: Token) -> Iterator[Attribution]:
    """`Lind said that ...`, `..., the documents show`, `wants to ...`: a verb with somebody before or after it."""
    kind = _kind(token)
    if kind is None or _is_phase(token) or (kind is AttributionKind.ATTITUDE and in_quotation(reading, token)):
        return  # what a quoted speaker says of another's wishes is the speaker's own claim
    subject = has_dep(token, *_SUBJECT) if no_comment(token) else _subject(token)
    stance = _stance(token)
    if subject is not None and _speaks_of_itself(reading, token, subject):
        return
    cue = _cue(token)
    source = source_spans(subject) or _between(reading, token, cue)
    speaker = _who(reading, subject) or (_named_in(reading, source[0]) if source and subject is None else None)
    if kind is AttributionKind.SPEECH and is_document(subject, speaker):
        kind = AttributionKind.DOCUMENT
    silent = stance is Stance.NO_ANSWER and (token.lemma_.lower() in NO_ANSWER_VERBS or no_comment(token))
    form, content = ("no-answer", ()) if silent else content_of(reading, token, kind, source, cue)
    if token.dep_ == "acl" and token.tag_ == "VBN" and subject is None:
        return  # `a group called ...`: nobody says it
    if not content and (not silent or subject is None):
        return
    yield Attribution(
        kind=kind,
        source=source,
        cue=(cue,),
        content=content,
        speaker=speaker,
        medium=_medium(reading, token),
        stance=stance,
        hedges=_hedges(token),
        rule=form if silent else f"{kind}-verb-{form}",
    )


def _is_phase(token: Token) -> bool:
    """`continued to say`: the verb that it goes with gives the attribution."""
    return any(phase_of(child) is not None and _kind(child) is AttributionKind.SPEECH for child in token.rights)


def _kind(token: Token) -> AttributionKind | None:
    if token.pos_ not in {"VERB", "AUX"} or token.dep_ in {"amod", "compound", "aux", "auxpass"}:
        return None
    lemma = token.lemma_.lower()
    if lemma in SPEECH_VERBS or lemma in DOCUMENT_VERBS or lemma in NO_ANSWER_VERBS or no_comment(token):
        return AttributionKind.SPEECH
    return AttributionKind.ATTITUDE if lemma in ATTITUDE_VERBS else None


def _subject(token: Token) -> Token | None:
    """Give who does it: the verb's own subject, the agent of a passive, or the subject of the verb that it hangs on."""
    for _ in range(6):
        participle = token.dep_ == "acl" and token.tag_ == "VBN"
        if participle or has_dep(token, "auxpass") is not None:
            agent = has_dep(token, "agent")
            return has_dep(agent, "pobj") if agent is not None else None
        own = [child for child in token.children if child.dep_ in _SUBJECT]
        if own:
            return min(own, key=lambda child: abs(child.i - token.i))
        if token.is_sent_start and (inverted := has_dep(token, "dobj")) is not None and inverted.ent_type_ == "PERSON":
            return inverted  # `“Where?” asked Lind`
        if token.dep_ == "acl" and token.tag_ == "VBG":
            return token.head
        if token.dep_ not in {"conj", "xcomp", "advcl", "pcomp", "prep", "acl", "pobj"} or token.head == token:
            return None
        token = token.head
    return None


def _between(reading: Reading, token: Token, cue: Span) -> tuple[Span, ...]:
    """`“We paid,” police Chief Lind said`: where the parser finds no subject, what stands between speech and verb."""
    before = [q.end for q in reading.quoted if q.end < cue.start and free_standing(reading.text, q)]
    if not before or token.lemma_.lower() not in SPEECH_VERBS or "\n" in reading.text[max(before) : cue.start]:
        return ()
    words = trim([t for t in token.doc[: token.i] if max(before) <= t.idx < cue.start], quotes=True)
    span = span_of(words)
    return (span,) if span is not None and len(words) <= _MAX_SOURCE_WORDS and words[0].text[0].isupper() else ()


def _named_in(reading: Reading, source: Span) -> NodeId | None:
    """Give the person whom words name, if any."""
    part = part_of(reading.doc, source)
    nodes = [reading.referents.of(token) for token in part or ()]
    return next((node for node in nodes if node in reading.people), None)


def _who(reading: Reading, subject: Token | None) -> NodeId | None:
    """Give whom the subject names.

    `Lind, who said ...`: the noun stands for the relative pronoun. `Her aide, Kim Vale, said ...`, `the group Clean
    Harbour said ...`: the name in apposition says who it is.
    """
    if subject is None:
        return None
    verb = subject.head
    relative = verb.dep_ == "relcl" and subject.lower_ in {"who", "which", "that"}
    noun = verb.head if relative else subject
    beside = [child for child in noun.children if child.dep_ == "appos" and child.pos_ == "PROPN"]
    nodes = [node for child in beside if (node := reading.referents.of(child))]
    named = [node for node in nodes if noun.pos_ == "NOUN" or node in reading.people]
    own = reading.referents.of(noun)
    return named[0] if named and own not in reading.people else own


def _stance(token: Token) -> Stance:
    if is_silence(token) or no_comment(token):
        return Stance.NO_ANSWER
    return Stance.DENIES if token.lemma_.lower() in DENIAL_VERBS else Stance.STATES


def _speaks_of_itself(reading: Reading, token: Token, subject: Token) -> bool:
    """`I think`, said in a quotation, is the quoted speaker's own; `it shows that` has nobody behind it."""
    if subject.dep_ == "expl" or subject.lower_ in _GENERIC_SUBJECTS:
        return subject.lower_ != "it" or token.lemma_.lower() not in _BODY_VERBS
    return subject.lower_ in _FIRST_PERSON and in_quotation(reading, token)


def _cue(token: Token) -> Span:
    """Give the verb with auxiliaries, negation and adverbs beside it, its particle, and what its content hangs on."""
    wanted = {child.i for child in token.children if child.dep_ in {"aux", "auxpass", "neg", "prt", "advmod"}}
    links = CUE_PREPOSITIONS.get(token.lemma_.lower(), ())
    wanted |= {c.i for c in token.children if c.dep_ == "prep" and c.lower_ in links and c.i == token.i + 1}
    start = end = token.i
    phase = phase_of(token)
    if phase is not None:
        start = phase.i
        wanted |= {child.i for child in phase.children if child.dep_ in {"aux", "neg", "advmod"}}
    while start - 1 in wanted and token.doc[start - 1].lower_ not in HEDGES:
        start -= 1
    while end + 1 in wanted and token.doc[end + 1].dep_ in {"prt", "prep"}:
        end += 1
    if no_comment(token):
        comment = next((t for t in token.doc[token.i : token.sent.end] if t.lower_ in {"comment", "interview"}), token)
        end = comment.i
    return Span(token.doc[start].idx, token.doc[end].idx + len(token.doc[end]))


def _hedges(token: Token) -> tuple[Span, ...]:
    """`reportedly wrote`: the hedge keeps the writer's distance from the attribution."""
    return tuple(Span(c.idx, c.idx + len(c)) for c in token.children if c.lower_ in HEDGES)


def _medium(reading: Reading, token: Token) -> NodeId | None:
    """`wrote in one email`: the document in which it was said."""
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ in {"in", "on", "via", "by"}:
            noun = has_dep(child, "pobj")
            thing = reading.referents.of(noun) if noun is not None else None
            if thing is not None and thing.startswith("document/"):
                return thing
    return None
