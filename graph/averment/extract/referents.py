"""Which entity or document a word of the text stands for, once they are all known."""

from collections.abc import Iterable, Mapping

from spacy.tokens import Doc, Token

from averment.extract.places import Places
from averment.extract.tokens import part_of
from averment.model import Document, Entity, NodeId, Span

__all__ = ["Referents"]


class Referents:
    """A look-up from tokens to what they name, by mention or through a pronoun."""

    def __init__(self, doc: Doc, things: Iterable[Entity | Document], pronouns: Mapping[int, NodeId]) -> None:
        """Know the mentions of `things` in `doc`, and what each pronoun, by token index, stands for."""
        self._pronouns = pronouns
        self._mentions: Places[tuple[Span, NodeId]] = Places()
        self._covering: dict[int, tuple[int, NodeId]] = {}
        self._heads: dict[int, tuple[int, NodeId]] = {}
        for thing in things:
            for mention in thing.mentions:
                self._learn(doc, thing.id, mention)
                self._mentions.add(mention, (mention, thing.id))

    def _learn(self, doc: Doc, thing: NodeId, mention: Span) -> None:
        """Note a mention for each of its tokens; of nested mentions the smaller one counts, except at its head."""
        part = part_of(doc, mention)
        if part is None:
            return
        size = mention.end - mention.start
        for token in part:
            if token.i not in self._covering or size < self._covering[token.i][0]:
                self._covering[token.i] = (size, thing)
        if part.root.i not in self._heads or size > self._heads[part.root.i][0]:
            self._heads[part.root.i] = (size, thing)

    def of(self, token: Token) -> NodeId | None:
        """Give what a noun phrase with this head stands for."""
        if token.i in self._pronouns:
            return self._pronouns[token.i]
        known = self._heads.get(token.i) or self._covering.get(token.i)
        return known[1] if known else None

    def within(self, span: Span, things: Iterable[Entity | Document]) -> tuple[NodeId, ...]:
        """Give those that are mentioned within `span`, in the order in which they are given."""
        named = {thing for mention, thing in self._mentions.at(span) if span.contains(mention)}
        return tuple(thing.id for thing in things if thing.id in named)
