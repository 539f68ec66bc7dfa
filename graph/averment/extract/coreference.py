"""Whom a singular pronoun stands for: the nearest fitting person, subjects before others."""

from spacy.tokens import Doc, Token

from averment.extract.aliases import Cluster
from averment.extract.anaphora import Guess, guess
from averment.extract.lexicon import FEMALE_NAMES, MALE_NAMES
from averment.extract.quotations import is_quoted
from averment.extract.tokens import part_of, quoted_in, text_of
from averment.model import EntityKind, Span

__all__ = ["PEOPLE", "PRONOUNS", "pronouns"]

_FEMALE = {"she", "her", "hers", "herself"}
_MALE = {"he", "him", "his", "himself"}
PRONOUNS = _FEMALE | _MALE

_REACH = 14
"""Sentences to look back: further away a name would have been repeated."""

_SUBJECTS = {"nsubj", "nsubjpass"}
PEOPLE = {EntityKind.PERSON, EntityKind.UNNAMED}
_BODIES = {EntityKind.ORGANIZATION, EntityKind.OUTLET, EntityKind.OFFICE}
_SPEAKING = {"say", "deny", "confirm", "report", "add", "write", "announce", "state", "tell", "warn", "claim"}
_FEMALE_TITLES = {
    "mrs", "ms", "miss", "congresswoman", "councilwoman", "chairwoman", "spokeswoman", "queen", "princess", "woman",
    "girl", "mother", "wife", "sister", "daughter", "widow", "girlfriend", "actress", "businesswoman",
}  # fmt: skip
_MALE_TITLES = {
    "mr", "congressman", "councilman", "chairman", "spokesman", "king", "prince", "pope", "man", "boy", "father",
    "husband", "brother", "son", "boyfriend", "gunman", "businessman",
}  # fmt: skip


def pronouns(doc: Doc, clusters: list[Cluster]) -> dict[int, Guess]:
    """Give the guess at the person that each pronoun stands for, by the pronoun's token index."""
    people = [cluster for cluster in clusters if cluster.kind in PEOPLE]
    gender = {id(person): _gender(doc, person) for person in people}
    sentences = {token.i: number for number, sentence in enumerate(doc.sents) for token in sentence}
    heads = [(part_of(doc, m), person) for person in people for m in person.mentions]
    places = [(part.root, person) for part, person in heads if part is not None]
    found = _speaking_bodies(doc, clusters, sentences)
    for token in doc:
        if token.lower_ in PRONOUNS and token.tag_ in {"PRP", "PRP$"}:
            wanted = "f" if token.lower_ in _FEMALE else "m"
            nameless = _nameless(token, places)
            fitting = [
                (head, person) for head, person in places if gender[id(person)] in {wanted, ""} and head.i >= nameless
            ]
            made = guess(_ranked(token, fitting, sentences), "pronoun")
            if made is not None:
                found[token.i] = made
                gender[id(made.best)] = wanted
                places.append((token, made.best))
    return found


def _nameless(pronoun: Token, places: list[tuple[Token, Cluster]]) -> int:
    """Give the token of somebody without a name in the pronoun's sentence, `a man and his dog`; -1 where there is none.

    Names before such a one are out of reach.
    """
    start = pronoun.sent.start
    here = [h.i for h, one in places if start <= h.i < pronoun.i and one.kind is EntityKind.UNNAMED and h.tag_ == "NN"]
    return max(here, default=-1)


def _speaking_bodies(doc: Doc, clusters: list[Cluster], sentences: dict[int, int]) -> dict[int, Guess]:
    """`it said`: only a body speaks as `it`, the one that was named last, a subject before others."""
    bodies = [cluster for cluster in clusters if cluster.kind in _BODIES]
    heads = [(part_of(doc, m), body) for body in bodies for m in body.mentions]
    places = [(part.root, body) for part, body in heads if part is not None]
    speaking = [t for t in doc if t.lower_ == "it" and t.dep_ == "nsubj" and t.head.lemma_.lower() in _SPEAKING]
    guesses = {token.i: guess(_ranked(token, places, sentences), "speaking-body") for token in speaking}
    return {token: made for token, made in guesses.items() if made is not None}


def _ranked(
    pronoun: Token, places: list[tuple[Token, Cluster]], sentences: dict[int, int]
) -> list[tuple[int, Cluster]]:
    """Give those in reach with their points: near sentences first, what weighs more there, the later mention."""
    here = sentences[pronoun.i]
    scored = [
        (_score(pronoun, head, person) - 3 * (here - sentences[head.i]), head.i, person)
        for head, person in places
        if head.i < pronoun.i and here - sentences[head.i] <= _REACH and not _bound(pronoun, head)
    ]
    return [(points, person) for points, _, person in sorted(scored, key=lambda item: item[:2], reverse=True)]


def _score(pronoun: Token, head: Token, person: Cluster) -> int:
    """Weigh a mention: a sure name, a subject, and for `he said` whoever spoke last; less what another's words name."""
    speaks = head.dep_ in _SUBJECTS and head.head.lemma_.lower() in _SPEAKING
    goes_on = speaks and pronoun.dep_ in _SUBJECTS and pronoun.head.lemma_.lower() in _SPEAKING
    elsewhere = is_quoted(_place(head), quoted_in(head.doc)) and not is_quoted(_place(pronoun), quoted_in(head.doc))
    return 2 * (head.dep_ in _SUBJECTS) + 4 * _is_sure(person) + 2 * goes_on - 6 * elsewhere


def _place(token: Token) -> Span:
    return Span(token.idx, token.idx + len(token))


def _is_sure(person: Cluster) -> bool:
    """A title or a first name makes a name more surely a person's than the recognizer alone."""
    return person.kind is not EntityKind.UNNAMED and (len(person.words) > 1 or bool(person.described_as))


def _bound(pronoun: Token, head: Token) -> bool:
    """An object pronoun is not the subject of its own verb: `Durbin called him` is about another."""
    return pronoun.dep_ in {"dobj", "dative"} and head.dep_ in _SUBJECTS and pronoun.head == head.head


def _gender(doc: Doc, person: Cluster) -> str:
    """Give f or m where a title or a first name tells, else nothing."""
    titles = {word.strip(".").lower() for span in person.described_as for word in span.of(text_of(doc)).split()}
    titles |= set(person.words) if person.kind is EntityKind.UNNAMED else set()
    first = person.words[0] if len(person.words) > 1 else ""
    female = bool(titles & _FEMALE_TITLES) or first in FEMALE_NAMES
    male = bool(titles & _MALE_TITLES) or first in MALE_NAMES
    return {(True, False): "f", (False, True): "m"}.get((female, male), "")


def possessor(token: Token) -> Token | None:
    """Give who a noun belongs to: `her` of `her staff`, `Durbin` of `Durbin's office` or `the office of Durbin`."""
    for child in token.children:
        if child.dep_ == "poss":
            return child
        if child.dep_ == "prep" and child.lower_ == "of":
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    return None


def covers(cluster: Cluster, token: Token) -> bool:
    """Say whether a mention of `cluster` holds the token."""
    here = Span(token.idx, token.idx + len(token))
    return any(mention.contains(here) for mention in cluster.mentions)
