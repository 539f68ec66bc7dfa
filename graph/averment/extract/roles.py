"""Whom a role stands for: `the minister` is the person whom the article calls a minister.

Like a pronoun's, such a reading names a speaker or an agent and is never written into an entity's mentions.
"""

from spacy.tokens import Doc, Token

from averment.extract.aliases import Cluster
from averment.extract.coreference import covers
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


def roles(doc: Doc, clusters: list[Cluster]) -> dict[int, Cluster]:
    """Give the person that each definite role most likely stands for, by the token index of its noun."""
    people = [(person, _roles_of(doc, person)) for person in clusters if person.kind is EntityKind.PERSON]
    found = {}
    for token in doc:
        if _is_definite_role(token) and not any(covers(cluster, token) for cluster in clusters):
            person = _person(token, people)
            if person is not None:
                found[token.i] = person
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
            beside = [t for child in name.children if child.dep_ == "appos" for t in subtree(child, {"relcl", "acl"})]
            before = [child for child in name.lefts if child.dep_ in _QUALIFYING and child.idx < mention.start]
            words |= {t.lemma_.lower() for t in (*beside, *before)}
    return words


def _person(token: Token, people: list[tuple[Cluster, set[str]]]) -> Cluster | None:
    """Take the person with that role who was named last; what qualifies the role must not fit another better."""
    lemma = token.lemma_.lower()
    wanted = {lemma} | _BROADER.get(lemma, set())
    beside = [child for child in token.children if child.dep_ in _QUALIFYING]
    qualifiers = {child.lemma_.lower() for child in beside if child.text[0].isupper() or child.dep_ != "amod"}
    holders = [
        (person, words) for person, words in people if wanted & words and _last_before(person, token) is not None
    ]
    fitting = [(person, words) for person, words in holders if qualifiers <= words]
    if not fitting and qualifiers and len(holders) > 1:
        return None
    chosen = fitting or holders
    return max(chosen, key=lambda item: _last_before(item[0], token) or 0)[0] if chosen else None


def _last_before(person: Cluster, token: Token) -> int | None:
    starts = [mention.start for mention in person.mentions if token.idx - _REACH < mention.start < token.idx]
    return max(starts, default=None)
