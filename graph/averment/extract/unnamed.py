"""Single persons whom an article describes and never names: `a spokeswoman for the governor`, `one commander`."""

from spacy.tokens import Doc, Token

from averment.extract.aliases import Cluster
from averment.extract.coreference import covers
from averment.extract.lexicon import GROUP_NOUNS, PERSON_NOUNS, ROLE_NOUNS
from averment.extract.tokens import has_dep, label_of, noun_phrase, overlapping, span_of, subtree
from averment.model import EntityKind, Span

__all__ = ["add_unnamed", "is_person_noun"]

_NEW = {"a", "an", "another", "one"}
"""Determiners by which somebody enters an article."""

_PLURAL_ONLY = {"staff", "people", "family", "police", "bar", "source"}
_SOMEBODY = (GROUP_NOUNS | ROLE_NOUNS | PERSON_NOUNS) - _PLURAL_ONLY
_NOT_SOMEBODY = {"appos", "attr", "compound", "amod", "nmod", "poss"}
"""In apposition or as a predicate the noun says what somebody else is."""


def is_person_noun(token: Token) -> bool:
    """Say whether a word is a common noun for one person."""
    return token.tag_ == "NN" and token.lemma_.lower() in _SOMEBODY


def add_unnamed(doc: Doc, clusters: list[Cluster], boilerplate: tuple[Span, ...]) -> None:
    """Add to `clusters` whoever is introduced without a name."""
    named = list(clusters)
    for token in doc:
        if not is_person_noun(token) or token.dep_ in _NOT_SOMEBODY or has_dep(token, "appos") is not None:
            continue
        introduced = any(child.dep_ in {"det", "nummod"} and child.lower_ in _NEW for child in token.lefts)
        phrase = [*noun_phrase(token), *_for_whom(token)]
        span = span_of(phrase)
        if not introduced or span is None or overlapping(span, boilerplate) or any(covers(c, token) for c in named):
            continue
        clusters.append(Cluster(label_of(phrase), EntityKind.UNNAMED, "unnamed-person", [span]))


def _for_whom(token: Token) -> list[Token]:
    """`a spokeswoman for the governor`: for whom somebody speaks or acts is part of who it is."""
    link = next((c for c in token.rights if c.dep_ == "prep" and c.lower_ == "for" and c.i == token.i + 1), None)
    return subtree(link, {"relcl", "acl", "punct"}) if link is not None else []
