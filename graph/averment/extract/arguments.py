"""Who does what to whom in a clause: the arguments of its verb, whichever voice and form it has."""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from averment.extract.tokens import has_dep

__all__ = ["Argument", "arguments", "verb_of"]

_DIRECTING = {
    "order", "tell", "ask", "urge", "force", "require", "instruct", "direct", "allow", "permit", "compel", "persuade",
    "convince", "press", "advise", "encourage", "command", "oblige",
}  # fmt: skip
_OBJECTS = {"dobj", "nsubjpass", "oprd"}
_SUBJECTS = ("nsubj", "csubj")


@dataclass(frozen=True, slots=True)
class Argument:
    """A word that fills a place of a verb: `agent`, `object`, `recipient`, `complement`, or its preposition."""

    place: str
    token: Token


def verb_of(head: Token) -> str:
    """Give a verb in its base form with its particle: `strip away`."""
    particle = has_dep(head, "prt")
    return f"{head.lemma_.lower()} {particle.lower_}" if particle is not None else head.lemma_.lower()


def arguments(head: Token) -> tuple[Argument, ...]:
    """Give the arguments of a verb, coordinated ones each on its own."""
    found = [*_subjects(head), *_others(head)]
    return tuple(Argument(a.place, token) for a in found for token in [a.token, *_conjuncts(a.token)])


def _subjects(head: Token) -> Iterator[Argument]:
    """Give the agent, through coordination, control and relative pronouns; in the passive the object."""
    subject = has_dep(head, *_SUBJECTS)
    passive = has_dep(head, "nsubjpass")
    if subject is not None:
        yield Argument("agent", _noun_for(subject, head))
    elif passive is not None:
        yield Argument("object", _noun_for(passive, head))
    elif head.dep_ == "acl" and head.tag_ == "VBN":
        yield Argument("object", head.head)
    elif (directed := _directed(head)) is not None:
        yield Argument("agent", directed)
    elif head.dep_ in {"conj", "xcomp", "advcl", "pcomp", "acl"} and (governor := _governor(head)) is not None:
        yield from (a for a in _subjects(governor) if a.place == "agent")


def _directed(head: Token) -> Token | None:
    """`ordered the city to pay`: who is told to do something does it, not who tells."""
    above = head.head
    if head.dep_ not in {"xcomp", "advcl"} or head.tag_ != "VB" or above.lemma_.lower() not in _DIRECTING:
        return None
    told = has_dep(above, "dobj", "nsubjpass")
    return told if told is not None and told.i < head.i else None


def _governor(head: Token) -> Token | None:
    """Give the verb whose subject a verb without one shares."""
    above = head.head
    for _ in range(4):
        if above.pos_ in {"VERB", "AUX"} or above.head == above:
            break
        above = above.head
    return above if above != head and above.pos_ in {"VERB", "AUX"} else None


def _noun_for(subject: Token, verb: Token) -> Token:
    """`a man who was searched`: the noun stands for its relative pronoun."""
    return verb.head if verb.dep_ == "relcl" and subject.tag_ in {"WP", "WDT"} else subject


def _others(head: Token) -> Iterator[Argument]:
    for child in head.children:
        if child.dep_ in _OBJECTS and child.dep_ != "nsubjpass":
            yield Argument("object", child)
        elif child.dep_ == "dative":
            yield Argument("recipient", has_dep(child, "pobj") or child)
        elif child.dep_ in {"attr", "acomp"}:
            yield Argument("complement", child)
        elif child.dep_ == "agent" and (noun := has_dep(child, "pobj")) is not None:
            yield Argument("agent", noun)
        elif child.dep_ == "prep" and (noun := has_dep(child, "pobj")) is not None:
            yield Argument(child.lower_, noun)


def _conjuncts(token: Token) -> list[Token]:
    return [t for t in token.conjuncts if t.i > token.i and t.pos_ in {"NOUN", "PROPN", "PRON"}]
