"""Cues that are no verbs: `according to X`, `the mayor's claim that ...`, `she reportedly wrote`."""

from collections.abc import Iterator

from spacy.tokens import Token

from averment.extract.attribution.content import whole, without
from averment.extract.attribution.reading import Reading, is_document, source_spans
from averment.extract.tokens import has_dep, span_of, subtree, trim
from averment.model import Attribution, AttributionKind, Span

__all__ = ["by_according", "by_hearsay", "by_noun"]

# fmt: off
_SPEECH_NOUNS = {
    "claim", "statement", "allegation", "suggestion", "belief", "argument", "warning", "announcement", "assertion",
    "contention", "accusation",
}
# fmt: on


_MAX_ROLE = 7
"""Words of `the mayor of Ostport` between two commas behind a name."""


def by_according(reading: Reading, token: Token) -> Iterator[Attribution]:
    """`according to X`: the rest of the clause is what X says."""
    if token.lower_ != "according" or token.i + 1 == len(token.doc):
        return
    to = token.nbor(1) if token.nbor(1).lower_ == "to" else None
    noun = has_dep(to, "pobj", "pcomp") if to is not None else None
    if to is None or noun is None:
        return
    named, phrase = _named(token, noun)
    source = span_of(trim(named, quotes=True))
    mine = {token.i, to.i, *(t.i for t in phrase)}
    head = token.head if token.head.pos_ in {"VERB", "AUX"} else token.sent.root
    below = {t.i for t in subtree(head)} if head != token else {t.i for t in token.sent}
    content = span_of(_beside(token, [t for t in token.sent if t.i in below - mine]))
    if source is not None and content is None:
        content = next((q for q in reading.quoted if _follows(reading.text, source, q)), None)
    if source is None or content is None:
        return
    speaker = reading.referents.of(noun)
    document = is_document(noun, speaker)
    cue = Span(token.idx, to.idx + len(to))
    yield Attribution(
        kind=AttributionKind.DOCUMENT if document else AttributionKind.SPEECH,
        source=(source,),
        cue=(cue,),
        content=tuple(without(whole(reading, [content], cue), [source])),
        speaker=speaker,
        rule="according-to",
    )


def _named(according: Token, noun: Token) -> tuple[list[Token], list[Token]]:
    """Give the words for the source, and all words of its phrase.

    Where the parser hung the whole sentence on the noun, both are what stands before the comma.
    """
    named = subtree(noun, {"relcl", "advcl"})
    commas = [t for t in named if t.text == "," and t.i > noun.i]
    if not commas or not according.is_sent_start or named[-1].i < according.sent.end - 2:
        return named, subtree(noun)
    role = len(commas) > 1 and commas[1].i - commas[0].i <= _MAX_ROLE and commas[0].nbor(1).pos_ == "DET"
    before = [t for t in named if t.i < commas[role].i]
    return before, before


def _follows(text: str, source: Span, quotation: Span) -> bool:
    """Say whether only a comma or a colon parts a quotation from the source before it."""
    return source.end <= quotation.start and text[source.end : quotation.start].strip() in {",", ":", ""}


def _beside(phrase: Token, clause: list[Token]) -> list[Token]:
    """Give the side of a clause on which more of it stands: the phrase opens or ends what it is about."""
    ahead, behind = trim([t for t in clause if t.i < phrase.i]), trim([t for t in clause if t.i > phrase.i])
    return ahead if len(ahead) > len(behind) else behind


def by_noun(reading: Reading, token: Token) -> Iterator[Attribution]:
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
        source=source_spans(owner),
        cue=(Span(token.idx, token.idx + len(token)),),
        content=(content,),
        speaker=reading.referents.of(owner) if owner is not None else None,
        rule="speech-noun",
    )


def by_hearsay(reading: Reading, token: Token) -> Iterator[Attribution]:
    """`she reportedly wrote ...`: the one outlet that the article cites reports the clause, or nobody who is named."""
    verb = token.head
    if token.lower_ != "reportedly" or verb.pos_ not in {"VERB", "AUX"}:
        return
    clause = span_of(trim(subtree(verb)))
    if clause is None:
        return
    cue = Span(token.idx, token.idx + len(token))
    beside = [q for q in reading.quoted if q.end <= clause.start and not reading.text[q.end : clause.start].strip(" ,")]
    yield Attribution(
        kind=AttributionKind.SPEECH,
        cue=(cue,),
        content=tuple(whole(reading, [clause, *beside], cue)),
        speaker=reading.cited_before(cue.start),
        rule="hearsay-clause",
    )
