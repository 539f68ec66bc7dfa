"""Documents that an article speaks of: e-mails, spreadsheets, reports, bills, as noun phrases."""

from spacy.tokens import Doc, Token

from averment.extract.aliases import Cluster
from averment.extract.handles import Handles
from averment.extract.lexicon import DOCUMENT_NOUNS
from averment.extract.tokens import label_of, noun_phrase, overlapping, span_of
from averment.model import Document, DocumentKind, Span

__all__ = ["documents"]

_QUALIFIERS = {"compound", "amod", "nmod"}
_GENERIC = {
    "law",
    "act",
    "text",
    "message",
    "book",
    "statement",
    "review",
    "amendment",
    "poll",
    "survey",
    "record",
    "complaint",
}
"""They name a document only with something that singles it out: `the reform law`, but not `law`."""

_ROLES = {"nsubj", "nsubjpass", "dobj", "pobj", "attr", "conj", "appos", "ROOT", "dative"}


def documents(doc: Doc, clusters: list[Cluster], boilerplate: tuple[Span, ...]) -> tuple[Document, ...]:
    """Give the documents of an article, mentions of the same one together, in the order of their first mention."""
    taken = [*boilerplate, *(mention for cluster in clusters for mention in cluster.mentions)]
    found: list[tuple[str, frozenset[str], list[Token], list[Span]]] = []
    for token in doc:
        lemma = _lemma(token)
        if lemma is None or overlapping(Span(token.idx, token.idx + len(token)), taken):
            continue
        phrase = noun_phrase(token)
        span, qualifiers = span_of(phrase), _qualifiers(token)
        if span is None or (lemma in _GENERIC and not (qualifiers or _singled_out(token))):
            continue
        home = next((known for known in reversed(found) if _same(known[0], known[1], lemma, qualifiers)), None)
        if home is None:
            found.append((lemma, qualifiers, phrase, [span]))
        elif span not in home[3]:
            home[3].append(span)
    return _documents(found)


def _lemma(token: Token) -> str | None:
    """Give the noun as the lexicon has it, for tokens that can be the head of a document's name."""
    if token.pos_ not in {"NOUN", "PROPN"} or token.dep_ not in _ROLES:
        return None
    lemma = token.lemma_.lower().replace("‑", "-")
    if lemma in {"mail", "mails"} and token.i > 1 and token.nbor(-1).text == "-":
        return "email"
    lemma = "email" if lemma in {"e-mail", "emails", "e-mails"} else lemma
    return lemma if lemma in DOCUMENT_NOUNS and lemma != "mail" else None


def _qualifiers(token: Token) -> frozenset[str]:
    return frozenset(child.lemma_.lower() for child in token.children if child.dep_ in _QUALIFIERS and child.is_alpha)


def _singled_out(token: Token) -> bool:
    return any(
        child.dep_ in {"det", "poss", "relcl", "acl", "nummod"} and child.lower_ not in {"a", "an", "no"}
        for child in token.children
    )


def _same(lemma: str, qualifiers: frozenset[str], new: str, new_qualifiers: frozenset[str]) -> bool:
    """The same noun, unless each is qualified in a way that the other is not: a tax bill is not a reform bill."""
    return lemma == new and (not qualifiers or not new_qualifiers or bool(qualifiers & new_qualifiers))


def _documents(found: list[tuple[str, frozenset[str], list[Token], list[Span]]]) -> tuple[Document, ...]:
    handles = Handles()
    made = []
    for lemma, _, phrase, mentions in found:
        label = label_of(phrase)
        made.append(
            Document(
                name=handles.give(label),
                kind=DocumentKind(DOCUMENT_NOUNS[lemma]),
                label=label,
                mentions=tuple(mentions),
                rule="document-noun",
            )
        )
    return tuple(made)
