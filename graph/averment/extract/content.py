"""What a clause says, as actions and direct relations between the things of the article.

Every clause gives an action: its verb with what fills the verb's places. Where the table of `relations` knows the verb,
the clause also gives the relation itself, unless it is denied or only possible.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from averment.extract.arguments import Argument, arguments, verb_of
from averment.extract.referents import Referents
from averment.extract.relations import BETWEEN_AGENT_AND, DOCUMENT_RELATIONS
from averment.extract.tokens import has_dep
from averment.model import Action, Amount, Document, DocumentKind, Interval, NodeId, Relation, Span, Statement

__all__ = ["World", "actions", "correspondence", "relations"]

_PLACES_OF_PLACE = {"in", "at", "near", "outside", "inside"}
_ABOUT = {"about", "on", "over", "against", "for", "regarding", "concerning", "with", "from", "of", "into", "toward"}
_MAX_DEPTH = 3


@dataclass(frozen=True, slots=True)
class World:
    """What the words of a clause can stand for."""

    referents: Referents
    amounts: tuple[Amount, ...]
    intervals: tuple[Interval, ...]
    places: frozenset[NodeId]


def actions(world: World, head: Token, clause: Span, speaker: NodeId | None) -> tuple[Action, ...]:
    """Give the action of a verb and, behind it, those that it is directed at; `speaker` is who `I` and `we` are."""
    return tuple(_actions(world, head, clause, speaker, _MAX_DEPTH))


def _actions(world: World, head: Token, clause: Span, speaker: NodeId | None, depth: int) -> Iterator[Action]:
    places = arguments(head)
    aim = _aim(head) if depth else None
    yield Action(
        span=Span(head.idx, head.idx + len(head)),
        verb=verb_of(head),
        agents=_nodes(world, places, {"agent"}, speaker),
        objects=_nodes(world, places, {"object"}, speaker),
        recipients=_nodes(world, places, {"recipient", "to"}, speaker),
        about=tuple(n for n in _nodes(world, places, _ABOUT, speaker) if n not in world.places),
        complements=_nodes(world, places, {"complement"}, speaker),
        amounts=_contained(world.amounts, clause) if depth == _MAX_DEPTH else (),
        places=tuple(n for n in _nodes(world, places, _PLACES_OF_PLACE, speaker) if n in world.places),
        times=_contained(world.intervals, clause) if depth == _MAX_DEPTH else (),
        aim=f"action/{Span(aim.idx, aim.idx + len(aim))}" if aim is not None else None,
    )
    if aim is not None:
        yield from _actions(world, aim, clause, speaker, depth - 1)


def _aim(head: Token) -> Token | None:
    """Give the verb that a verb is directed at: `pushed to end ...`, `lobbied against efforts to end ...`."""
    direct = has_dep(head, "xcomp")
    if direct is not None and direct.pos_ == "VERB":
        return direct
    for argument in arguments(head):
        infinitive = has_dep(argument.token, "acl") if argument.token.head in {head, *head.children} else None
        if infinitive is not None and infinitive.tag_ == "VB":
            return infinitive
    return None


def _nodes(world: World, places: Sequence[Argument], wanted: set[str], speaker: NodeId | None) -> tuple[NodeId, ...]:
    found = (_node(world, argument.token, speaker) for argument in places if argument.place in wanted)
    return tuple(dict.fromkeys(node for node in found if node))


def _node(world: World, token: Token, speaker: NodeId | None) -> NodeId | None:
    return speaker if token.lower_ in {"i", "we", "me", "us"} else world.referents.of(token)


def _contained(things: Sequence[Amount | Interval], clause: Span) -> tuple[NodeId, ...]:
    return tuple(thing.id for thing in things if clause.contains(thing.span))


def relations(world: World, head: Token, speaker: NodeId | None) -> tuple[Statement, ...]:
    """Give the direct relations that a verb states between its agents and what fills its other places."""
    places = arguments(head)
    verb = verb_of(head)
    found = []
    for argument in places:
        relation = BETWEEN_AGENT_AND.get((verb, argument.place)) or BETWEEN_AGENT_AND.get(
            (head.lemma_.lower(), argument.place)
        )
        other = _node(world, argument.token, speaker) if relation else None
        if relation is None or other is None or (relation in DOCUMENT_RELATIONS and not other.startswith("document/")):
            continue
        agents = _nodes(world, places, {"agent"}, speaker)
        found += [Statement(agent, relation, other) for agent in agents if agent != other]
    return tuple(dict.fromkeys(found))


_LETTERS = {"letter", "memo", "memorandum", "message", "note", "text"}
_CORRESPONDENCE = {
    "from": (Relation.WROTE,),
    "by": (Relation.WROTE,),
    "to": (Relation.ADDRESSED_TO,),
    "between": (Relation.WROTE, Relation.ADDRESSED_TO),
    "among": (Relation.WROTE, Relation.ADDRESSED_TO),
}
"""`emails from A to B`, `emails between A and B`: in an exchange each writes and each is written to."""


def correspondence(world: World, document: Document, noun: Token) -> tuple[Statement, ...]:
    """Give who wrote a document and to whom, where the words beside its name say so."""
    if document.kind is not DocumentKind.EMAIL and noun.lemma_.lower() not in _LETTERS:
        return ()
    found = []
    for preposition in (child for child in noun.children if child.dep_ == "prep"):
        for partner in _partners(preposition):
            node = world.referents.of(partner)
            if node is None or node == document.id:
                continue
            for relation in _CORRESPONDENCE.get(preposition.lower_, ()):
                wrote = relation is Relation.WROTE
                found.append(
                    Statement(node, relation, document.id) if wrote else Statement(document.id, relation, node)
                )
    return tuple(dict.fromkeys(found))


def _partners(preposition: Token) -> list[Token]:
    noun = has_dep(preposition, "pobj")
    return [noun, *noun.conjuncts] if noun is not None else []
