"""Cues that are no verbs: `according to X`, `the mayor's claim that ...`."""

from collections.abc import Iterator

from spacy.tokens import Token

from averment.extract.attribution.content import whole, without
from averment.extract.attribution.reading import Reading, is_document, source_spans
from averment.extract.tokens import has_dep, span_of, subtree, trim
from averment.model import Attribution, AttributionKind, Span

__all__ = ["by_according", "by_noun"]

# fmt: off
_SPEECH_NOUNS = {
    "claim", "statement", "allegation", "suggestion", "belief", "argument", "warning", "announcement", "assertion",
    "contention", "accusation",
}
# fmt: on


def by_according(reading: Reading, token: Token) -> Iterator[Attribution]:
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
