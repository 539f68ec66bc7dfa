"""What claims are about when it is nobody, no place and no document: the noun phrases that fill a verb's places."""

from collections.abc import Iterable

from spacy.tokens import Token

from averment.extract.aliases import Cluster
from averment.extract.arguments import arguments
from averment.extract.clauses import Clause
from averment.extract.referents import Referents
from averment.extract.tokens import has_dep, label_of, noun_phrase, overlapping, span_of, subtree
from averment.model import EntityKind, Span

__all__ = ["topics"]

# fmt: off
_EMPTY = {
    "one", "thing", "something", "anything", "nothing", "everything", "lot", "way", "time", "day", "year", "month",
    "week", "kind", "sort", "part", "much", "many", "other", "some", "half",
}
# fmt: on
_LEFT_OUT = {"det", "predet", "poss", "case", "nummod"}
_MAX_WORDS = 10


def topics(clauses: Iterable[Clause], referents: Referents, taken: tuple[Span, ...]) -> list[Cluster]:
    """Gather the topics of clauses by their words; nothing that lies on a `taken` amount or time is one."""
    found: dict[str, Cluster] = {}
    for clause in clauses:
        for token in _nouns(clause.head):
            if token.pos_ not in {"NOUN", "PROPN"} or token.lemma_.lower() in _EMPTY or referents.of(token):
                continue
            phrase = [*noun_phrase(token), *_aim(token)]
            span, label = span_of(phrase), _label(phrase)
            if span is None or not label or overlapping(span, taken):
                continue
            home = found.setdefault(label.casefold(), Cluster(label, EntityKind.TOPIC, "topic"))
            if span not in home.mentions:
                home.mentions.append(span)
    return list(found.values())


def _nouns(head: Token) -> list[Token]:
    """Give the nouns in a verb's places, and in those of the verbs and gerunds that it leads to."""
    verbs = [t for t in subtree(head, {"ccomp", "relcl", "advcl"}) if t.pos_ == "VERB"]
    return [argument.token for verb in dict.fromkeys([head, *verbs]) for argument in arguments(verb)]


def _aim(noun: Token) -> list[Token]:
    """Give what a noun such as `efforts` is directed at, a verb with its object: without it, it says nothing."""
    infinitive = has_dep(noun, "acl")
    thing = has_dep(infinitive, "dobj") if infinitive is not None and infinitive.tag_ == "VB" else None
    if infinitive is None or thing is None or thing.i < infinitive.i:
        return []
    return list(noun.doc[noun.i + 1 : noun_phrase(thing)[-1].i + 1])


def _label(phrase: list[Token]) -> str:
    """Give a phrase without the articles, possessors and numbers that it begins with: `qualified immunity`."""
    start = 0
    while start < len(phrase) - 1 and (phrase[start].dep_ in _LEFT_OUT or phrase[start].head.dep_ == "poss"):
        start += 1
    return label_of(phrase[start:]) if len(phrase) - start <= _MAX_WORDS else ""
