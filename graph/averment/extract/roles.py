"""Whom a role stands for: `the minister` is the person whom the article calls a minister.

Such a reading is a guess, as a pronoun's is: it names a speaker or an agent, no more.
"""

from spacy.tokens import Doc, Token

from averment.extract.aliases import Cluster
from averment.extract.anaphora import CLEAR, Guess, guess
from averment.extract.coreference import PEOPLE, covers
from averment.extract.lexicon import ROLE_NOUNS, SPEECH_VERBS, TITLES
from averment.extract.tokens import head_noun, subtree, text_of
from averment.model import EntityKind

__all__ = ["roles"]

_REACH = 4000
"""Code points to look back for the person."""

_BROADER = {
    "leader": {"president", "premier", "chancellor", "minister", "king", "mayor", "governor"},
    "lawmaker": {"senator", "representative", "congressman", "congresswoman", "mp"},
    "politician": {"senator", "representative", "mayor", "governor", "minister", "mp", "president"},
}
_QUALIFYING = {"compound", "amod", "nmod", "poss"}


def roles(doc: Doc, clusters: list[Cluster]) -> dict[int, Guess]:
    """Give the guess at the person that each definite role stands for, by the token index of its noun."""
    people = [(person, _roles_of(doc, person)) for person in clusters if person.kind in PEOPLE]
    found = {}
    for token in doc:
        if _is_definite_role(token) and not any(covers(cluster, token) for cluster in clusters):
            made = guess(_holders(token, people), "role")
            if made is not None:
                found[token.i] = made
    return found


def _is_definite_role(token: Token) -> bool:
    """`the mayor`, or whatever else speaks, in the singular, with nothing behind it that says whose or which."""
    lemma = token.lemma_.lower()
    speaks = token.dep_ == "nsubj" and token.head.lemma_.lower() in SPEECH_VERBS
    known = speaks or lemma in ROLE_NOUNS or lemma in TITLES or lemma in _BROADER
    definite = any(child.dep_ == "det" and child.lower_ == "the" for child in token.children)
    named = any(child.dep_ == "appos" or child.lower_ == "of" for child in token.children)
    return known and definite and not named and token.tag_ in {"NN", "NNP"} and token.dep_ != "compound"


def _roles_of(doc: Doc, person: Cluster) -> set[str]:
    """Give the words by which the article describes a person: titles, what stands before a name and in apposition."""
    words = {word.strip(".").lower() for span in person.described_as for word in span.of(text_of(doc)).split()}
    for mention in person.mentions:
        name = head_noun(doc, mention)
        if name is not None:
            words |= {name.lemma_.lower()} if person.kind is EntityKind.UNNAMED else set()
            beside = [t for child in name.children if child.dep_ == "appos" for t in subtree(child, {"relcl", "acl"})]
            before = [child for child in name.lefts if child.dep_ in _QUALIFYING and child.idx < mention.start]
            words |= {t.lemma_.lower() for t in (*beside, *before)}
    return words


def _holders(token: Token, people: list[tuple[Cluster, set[str]]]) -> list[tuple[int, Cluster]]:
    """Give those with that role, who was named last first; what qualifies the role must not fit another better.

    In points, a holder whom all qualifiers fit is ahead by as much as a clear guess asks for.
    """
    lemma = token.lemma_.lower()
    wanted = {lemma} | _BROADER.get(lemma, set())
    beside = [child for child in token.children if child.dep_ in _QUALIFYING]
    qualifiers = {child.lemma_.lower() for child in beside if child.text[0].isupper() or child.dep_ != "amod"}
    holders = [
        (last, person, qualifiers <= words)
        for person, words in people
        if wanted & words and (last := _last_before(person, token)) is not None
    ]
    if qualifiers and len(holders) > 1 and not any(fits for _, _, fits in holders):
        return []
    ranked = sorted(holders, key=lambda holder: (holder[2], holder[0]), reverse=True)
    return [(CLEAR * (fits and bool(qualifiers)), person) for _, person, fits in ranked]


def _last_before(person: Cluster, token: Token) -> int | None:
    starts = [mention.start for mention in person.mentions if token.idx - _REACH < mention.start < token.idx]
    return max(starts, default=None)
