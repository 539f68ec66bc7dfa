"""Who says what: a source, a cue and the attributed words, for every place where an article hands something on.

Each rule is a function from the parsed text to attributions, named in what it makes. How hops nest is for `chains`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from averment.extract.lexicon import (
    ATTITUDE_VERBS,
    DENIAL_VERBS,
    DOCUMENT_NOUNS,
    DOCUMENT_VERBS,
    HEDGES,
    NO_ANSWER_VERBS,
    SPEECH_VERBS,
)
from averment.extract.referents import Referents
from averment.extract.tokens import has_dep, overlapping, span_of, subtree, text_of, trim
from averment.model import Attribution, AttributionKind, NodeId, Span, Stance

__all__ = ["attributions"]

_CLAUSE = ("ccomp", "parataxis")
_SUBJECT = ("nsubj", "nsubjpass")
# fmt: off
_OBJECT_VERBS = DENIAL_VERBS | {
    "support", "oppose", "criticize", "criticise", "condemn", "praise", "blast", "slam", "denounce", "defend", "demand",
    "propose", "promise", "cite",
}
# fmt: on
"""With them a noun phrase is content enough: `denied the accusation`."""

_NAMING_VERBS = {"call", "label", "brand", "dub", "describe", "characterize", "characterise"}
_CUE_PREPOSITIONS = {"for", "on", "to", "against"}
_FIRST_PERSON = {"i", "we"}
_GENERIC_SUBJECTS = {"it", "that", "this", "what", "there"}
# fmt: off
_SPEECH_NOUNS = {
    "claim", "statement", "allegation", "suggestion", "belief", "argument", "warning", "announcement", "assertion",
    "contention", "accusation",
}
# fmt: on
_MIN_BARE_WORDS = 5
"""A shorter quotation without a cue is a word at a distance, not something that somebody said."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the rules read from: the parsed text, its quotations, its boilerplate, and who its words stand for."""

    doc: Doc
    quoted: tuple[Span, ...]
    boilerplate: tuple[Span, ...]
    referents: Referents


def attributions(reading: Reading) -> tuple[Attribution, ...]:
    """Give the attributions of a text in the order of their cues, none nested yet."""
    found: dict[NodeId, Attribution] = {}
    for token in reading.doc:
        if overlapping(Span(token.idx, token.idx + len(token)), reading.boilerplate):
            continue
        for rule in (_by_verb, _by_according, _by_noun):
            for attribution in rule(reading, token):
                found.setdefault(attribution.id, attribution)
    made = sorted(found.values(), key=lambda a: min([*a.cue, *a.source, *a.content]))
    return tuple(_with_bare_quotations(reading, made))


# ---- Reporting verbs -------------------------------------------------------------------------------------------------


def _by_verb(reading: Reading, token: Token) -> Iterator[Attribution]:
    """`Lind said that ...`, `..., the documents show`, `wants to ...`: a verb with somebody before or after it."""
    kind = _kind(token)
    if kind is None or (kind is AttributionKind.ATTITUDE and _in_quotation(reading, token)):
        return  # what a quoted speaker says of another's wishes is the speaker's own claim
    subject = _subject(token)
    stance = _stance(token)
    if subject is not None and _speaks_of_itself(reading, token, subject):
        return
    source = _source_spans(subject)
    cue = _cue(token)
    content = () if stance is Stance.NO_ANSWER else tuple(_content(reading, token, kind, source, cue))
    if (not content and stance is not Stance.NO_ANSWER) or (subject is None and not content):
        return
    speaker = _who(reading, subject)
    if kind is AttributionKind.SPEECH and _is_document(subject, speaker):
        kind = AttributionKind.DOCUMENT
    yield Attribution(
        kind=kind,
        source=source,
        cue=(cue,),
        content=content,
        speaker=speaker,
        medium=_medium(reading, token),
        stance=stance,
        hedges=_hedges(token),
        rule="no-answer" if stance is Stance.NO_ANSWER else f"{kind}-verb",
    )


def _kind(token: Token) -> AttributionKind | None:
    if token.pos_ not in {"VERB", "AUX"} or token.dep_ in {"amod", "compound", "aux", "auxpass"}:
        return None
    lemma = token.lemma_.lower()
    if lemma in SPEECH_VERBS or lemma in DOCUMENT_VERBS or lemma in NO_ANSWER_VERBS:
        return AttributionKind.SPEECH
    return AttributionKind.ATTITUDE if lemma in ATTITUDE_VERBS else None


def _subject(token: Token) -> Token | None:
    """Give who does it: the verb's own subject, the agent of a passive, or the subject of the verb that it hangs on."""
    for _ in range(6):
        passive = has_dep(token, "auxpass") is not None
        if passive:
            agent = has_dep(token, "agent")
            return has_dep(agent, "pobj") if agent is not None else None
        own = has_dep(token, *_SUBJECT)
        if own is not None:
            return own
        if token.dep_ == "acl" and token.tag_ == "VBG":
            return token.head
        if token.dep_ not in {"conj", "xcomp", "advcl", "pcomp", "prep", "acl", "pobj"} or token.head == token:
            return None
        token = token.head
    return None


def _who(reading: Reading, subject: Token | None) -> NodeId | None:
    """Give whom the subject names; `Lind, who said ...`: the noun stands for the relative pronoun."""
    if subject is None:
        return None
    verb = subject.head
    relative = verb.dep_ == "relcl" and subject.lower_ in {"who", "which", "that"}
    return reading.referents.of(verb.head if relative else subject)


def _stance(token: Token) -> Stance:
    lemma = token.lemma_.lower()
    if lemma in DENIAL_VERBS:
        return Stance.DENIES
    negated = has_dep(token, "neg") is not None
    comment = any(child.lemma_.lower() in {"comment", "respond", "answer"} for child in token.children)
    if lemma in {"respond", "reply", "answer", "comment", "return"} and negated:
        return Stance.NO_ANSWER
    return Stance.NO_ANSWER if lemma in {"decline", "refuse"} and comment else Stance.STATES


def _speaks_of_itself(reading: Reading, token: Token, subject: Token) -> bool:
    """`I think`, said in a quotation, is the quoted speaker's own; `it shows that` has nobody behind it."""
    in_quotation = _in_quotation(reading, token)
    generic = subject.lower_ in _GENERIC_SUBJECTS or subject.dep_ == "expl"
    return (in_quotation and subject.lower_ in _FIRST_PERSON) or (
        generic and token.lemma_.lower() not in {"say", "report"}
    )


def _in_quotation(reading: Reading, token: Token) -> bool:
    here = Span(token.idx, token.idx + len(token))
    return any(quotation.contains(here) for quotation in reading.quoted)


def _source_spans(subject: Token | None) -> tuple[Span, ...]:
    """Give the words that name the source, with what is said of it in passing."""
    if subject is None:
        return ()
    tokens = trim(subtree(subject, {"ccomp", "advcl", "parataxis"}), quotes=True)
    span = span_of(_run_around(tokens, subject))
    return (span,) if span else ()


def _run_around(tokens: list[Token], head: Token) -> list[Token]:
    """Keep the unbroken run of tokens that holds the head."""
    wanted = {t.i for t in tokens}
    start = end = head.i
    while start - 1 in wanted:
        start -= 1
    while end + 1 in wanted:
        end += 1
    return trim(list(head.doc[start : end + 1]), quotes=True)


def _cue(token: Token) -> Span:
    """Give the verb with its auxiliaries, its negation and adverbs beside it, and its particle."""
    wanted = {child.i for child in token.children if child.dep_ in {"aux", "auxpass", "neg", "prt", "advmod"}}
    wanted |= {c.i for c in token.children if c.dep_ == "prep" and c.lower_ in _CUE_PREPOSITIONS and c.i == token.i + 1}
    start = end = token.i
    while start - 1 in wanted and token.doc[start - 1].lower_ not in HEDGES and token.doc[start - 1].lower_ != "to":
        start -= 1
    while end + 1 in wanted and token.doc[end + 1].dep_ in {"prt", "prep"}:
        end += 1
    return Span(token.doc[start].idx, token.doc[end].idx + len(token.doc[end]))


def _hedges(token: Token) -> tuple[Span, ...]:
    """`reportedly wrote`: the hedge keeps the writer's distance from the attribution."""
    return tuple(Span(c.idx, c.idx + len(c)) for c in token.children if c.lower_ in HEDGES)


def _is_document(subject: Token | None, speaker: NodeId | None) -> bool:
    noun = subject.lemma_.lower() if subject is not None else ""
    return (
        (speaker or "").startswith("document/")
        or noun in DOCUMENT_NOUNS
        or noun in {"datum", "figure", "number", "research"}
    )


def _medium(reading: Reading, token: Token) -> NodeId | None:
    """`wrote in one email`: the document in which it was said."""
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ in {"in", "on", "via", "by"}:
            noun = has_dep(child, "pobj")
            thing = reading.referents.of(noun) if noun is not None else None
            if thing is not None and thing.startswith("document/"):
                return thing
    return None


# ---- Content ---------------------------------------------------------------------------------------------------------


def _content(
    reading: Reading, token: Token, kind: AttributionKind, source: tuple[Span, ...], cue: Span
) -> Iterator[Span]:
    """Give the attributed words: the clause that hangs on the cue, and the quotations beside it, whole."""
    readings = (_naming(token), _clause(token), _infinitive(token, kind), _object(token))
    spans = [span for span in readings if span is not None][:1]
    if kind is AttributionKind.SPEECH:
        spans += _quotations_beside(reading, token, [*source, cue])
    yield from _without(_merged(_whole_quotations(reading, spans, cue)), [*source, cue])


def _clause(token: Token) -> Span | None:
    """`said that ...`, `..., she said`: the clause below the verb, or the one that the verb hangs on in passing."""
    clause = has_dep(token, *_CLAUSE)
    if clause is not None:
        return span_of(trim(subtree(clause)))
    if token.dep_ == "parataxis" and token.head != token:
        mine = {t.i for t in subtree(token)}
        return span_of(trim([t for t in subtree(token.head) if t.i not in mine]))
    return None


def _infinitive(token: Token, kind: AttributionKind) -> Span | None:
    """`wants to ...`, `urged him to ...`; a bare object with `-ing` too."""
    clause = has_dep(token, "xcomp")
    if clause is None or (kind is AttributionKind.SPEECH and has_dep(clause, "aux") is None):
        return None
    return span_of(trim(subtree(clause)))


def _naming(token: Token) -> Span | None:
    """`called the senator a “nasty guy”`: all that follows is how the speaker names it."""
    if token.lemma_.lower() not in _NAMING_VERBS or has_dep(token, "dobj", "oprd", "ccomp", "nsubjpass") is None:
        return None
    named = [t for child in token.rights if child.dep_ in {"dobj", "oprd", "ccomp", "attr"} for t in subtree(child)]
    as_what = [t for c in token.rights if c.dep_ == "prep" and c.lower_ == "as" for t in subtree(c)]
    return span_of(trim([*named, *as_what])) if named or as_what else None


def _object(token: Token) -> Span | None:
    if token.lemma_.lower() in _OBJECT_VERBS:
        noun = has_dep(token, "dobj")
        return span_of(trim(subtree(noun))) if noun is not None else None
    called = token.lemma_.lower() in {"call", "push", "advocate"}
    wish = next((c for c in token.children if called and c.dep_ == "prep" and c.lower_ == "for"), None)
    return span_of(trim(subtree(wish)[1:])) if wish is not None and has_dep(wish, "pobj", "pcomp") else None


def _quotations_beside(reading: Reading, token: Token, frame: list[Span]) -> Iterator[Span]:
    """Give the quotations of the sentence that only punctuation parts from the source and its cue."""
    text = text_of(reading.doc)
    start, end = min(span.start for span in frame), max(span.end for span in frame)
    sentence = Span(token.sent.start_char, max(token.sent.end_char, token.sent.start_char + 1))
    for quotation in reading.quoted:
        if not quotation.overlaps(sentence) or overlapping(quotation, frame):
            continue  # elsewhere, or around the cue itself
        between = text[quotation.end : start] if quotation.end <= start else text[end : quotation.start]
        if not any(c.isalnum() for c in between) or (quotation.start >= end and _only_adjuncts(token, quotation)):
            yield quotation


def _only_adjuncts(token: Token, quotation: Span) -> bool:
    """`said on Monday in Ostport, “...”`: what stands between hangs on the verb as time, place or addressee."""
    doc = token.doc
    between = [t for t in doc[token.i + 1 : token.sent.end] if t.idx < quotation.start]
    loose = {"prep", "npadvmod", "advmod", "dobj", "dative", "punct", "prt"}
    tops = [t for t in between if t.head.i <= token.i]
    return len(between) < 16 and all(t.head == token and (t.dep_ in loose or t.is_punct) for t in tops)


def _whole_quotations(reading: Reading, spans: list[Span], cue: Span) -> list[Span]:
    """Stretch a span that cuts into a quotation, or is cut out of one, to the whole; not for a cue that is in it."""
    quoted = [quotation for quotation in reading.quoted if not quotation.overlaps(cue)]
    stretched = []
    for span in spans:
        crossing = [q for q in quoted if q.overlaps(span) and not span.contains(q)]
        stretched.append(
            Span(min([span.start, *(q.start for q in crossing)]), max([span.end, *(q.end for q in crossing)]))
        )
    return stretched


def _merged(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(span.end, merged[-1].end))
        else:
            merged.append(span)
    return merged


def _without(spans: list[Span], frame: list[Span]) -> Iterator[Span]:
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


# ---- Other cues ------------------------------------------------------------------------------------------------------


def _by_according(reading: Reading, token: Token) -> Iterator[Attribution]:
    """`according to X`: the rest of the clause is what X says."""
    to = next((c for c in token.children if c.lower_ == "to"), None) if token.lower_ == "according" else None
    noun = has_dep(to, "pobj") if to is not None else None
    if to is None or noun is None:
        return
    source = span_of(trim(subtree(noun, {"relcl", "advcl"}), quotes=True))
    mine = {t.i for t in subtree(token)}
    clause = [t for t in subtree(token.head) if t.i not in mine] if token.head != token else []
    content = span_of(trim(clause)) if clause else None
    if source is None or content is None:
        return
    speaker = reading.referents.of(noun)
    document = _is_document(noun, speaker)
    cue = Span(token.idx, to.idx + len(to))
    yield Attribution(
        kind=AttributionKind.DOCUMENT if document else AttributionKind.SPEECH,
        source=(source,),
        cue=(cue,),
        content=tuple(_without(_merged(_whole_quotations(reading, [content], cue)), [source])),
        speaker=speaker,
        rule="according-to",
    )


def _by_noun(reading: Reading, token: Token) -> Iterator[Attribution]:
    """`the mayor's claim that ...`: a noun for speech with its clause and, where there is one, its possessor."""
    if token.pos_ != "NOUN" or token.lemma_.lower() not in _SPEECH_NOUNS:
        return
    clause = has_dep(token, "acl", "ccomp", "relcl")
    if clause is None or not any(c.dep_ == "mark" and c.lower_ == "that" for c in clause.children):
        return
    owner = has_dep(token, "poss")
    content = span_of(trim(subtree(clause)))
    if content is None:
        return
    yield Attribution(
        kind=AttributionKind.SPEECH,
        source=_source_spans(owner),
        cue=(Span(token.idx, token.idx + len(token)),),
        content=(content,),
        speaker=reading.referents.of(owner) if owner is not None else None,
        rule="speech-noun",
    )


# ---- Quotations without a cue ----------------------------------------------------------------------------------------


def _with_bare_quotations(reading: Reading, made: list[Attribution]) -> Iterator[Attribution]:
    """Give a quotation that nothing introduces to whoever was quoted last in its paragraph, or in the one before."""
    text = text_of(reading.doc)
    extra: dict[NodeId, list[Span]] = {}
    bare: list[Attribution] = []
    for quotation in reading.quoted:
        words = len(quotation.of(text).split())
        outer = [a for a in made if not any(quotation.contains(cue) for cue in a.cue)]
        covered = any(quotation.overlaps(span) for a in outer for span in (*a.content, *a.cue, *a.source))
        if covered or overlapping(quotation, reading.boilerplate):
            continue
        before = [a for a in made if a.content and max(a.content).start < quotation.start and _quotes(reading, a)]
        last = max(before, key=lambda a: max(a.content).end, default=None)
        gap = text[max([*last.content, *last.cue, *last.source]).end : quotation.start] if last else ""
        if last is not None and "\n" not in gap and len(gap) < 200:
            extra.setdefault(last.id, []).append(quotation)
        elif words >= _MIN_BARE_WORDS and _is_sentence(text, quotation):
            speaker = last.speaker if last is not None and gap.count("\n") <= 2 else None
            bare.append(
                Attribution(kind=AttributionKind.SPEECH, content=(quotation,), speaker=speaker, rule="bare-quotation")
            )
    for attribution in made:
        yield _extended(attribution, extra.get(attribution.id, []))
    yield from bare


def _quotes(reading: Reading, attribution: Attribution) -> bool:
    return any(overlapping(span, reading.quoted) for span in attribution.content)


def _is_sentence(text: str, quotation: Span) -> bool:
    """A quotation that stands alone begins its paragraph and ends like a sentence."""
    line_start = text.rfind("\n", 0, quotation.start) + 1
    inner = quotation.of(text).strip('"“”„«» ')
    return not text[line_start : quotation.start].strip() and inner[-1:] in {".", "!", "?", "…", ","}


def _extended(attribution: Attribution, more: list[Span]) -> Attribution:
    return replace(attribution, content=(*attribution.content, *more)) if more else attribution
