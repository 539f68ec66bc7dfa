"""The speakers that an extractor proposes, as entities and documents: one for each name and kind, with its mentions."""

from collections.abc import Iterable

from averment.extract.handles import Handles
from averment.extract.proposals import ProposedSpeaker
from averment.extract.verbatim import Words, tokens
from averment.model import Document, DocumentKind, Entity, EntityKind, NodeId, Span

__all__ = ["PUBLISHER", "Name", "Speakers"]

_PRONOUNS = frozenset(["he", "she", "they", "it", "we", "i", "you", "who", "which", "this", "that"])
"""They name nobody, and two of them may stand for two people."""

Name = tuple[EntityKind | DocumentKind, tuple[str, ...]]
"""A kind and a name in its plain form: two speakers with the same are one."""

PUBLISHER: Name = (EntityKind.OUTLET, ())


class Speakers:
    """Who speaks, gathered by name; the publisher is one of them where it is known."""

    def __init__(self, words: Words, publisher: str | None, rule: str) -> None:
        """Know the publisher, wherever the text names it; whoever is proposed is named by `rule`."""
        self._words = words
        self._rule = rule
        self._labels: dict[Name, str] = {}
        self._mentions: dict[Name, set[Span]] = {}
        self._publisher = _plain(publisher) if publisher else None
        if publisher:
            self._add(PUBLISHER, " ".join(publisher.split()), words.occurrences(publisher))

    def learn(self, speaker: ProposedSpeaker, source: tuple[Span, ...]) -> Name | None:
        """Remember a speaker whose words stand at `source`; the name is None for a bare pronoun."""
        if speaker.name is None and speaker.words.strip().lower() in _PRONOUNS:
            return None
        mentions = self._words.occurrences(speaker.name) if speaker.name else source
        plain = _plain(speaker.name or speaker.words)
        name = PUBLISHER if plain == self._publisher else (speaker.kind, plain)
        self._add(name, " ".join(mentions[0].of(self._words.text).split()), mentions)
        return name

    def _add(self, name: Name, label: str, mentions: Iterable[Span]) -> None:
        self._labels.setdefault(name, label)
        self._mentions.setdefault(name, set()).update(mentions)

    def things(self) -> tuple[tuple[Entity, ...], tuple[Document, ...], dict[Name, NodeId]]:
        """Give all of them in the order of their first mention, if any, and the identifier of each."""
        made: dict[Name, Entity | Document] = {}
        handles = Handles()
        for name in sorted(self._labels, key=lambda n: (not self._mentions[n], sorted(self._mentions[n]), n)):
            made[name] = self._thing(name, handles.give(self._labels[name]))
        entities = tuple(thing for thing in made.values() if isinstance(thing, Entity))
        documents = tuple(thing for thing in made.values() if isinstance(thing, Document))
        return entities, documents, {name: thing.id for name, thing in made.items()}

    def _thing(self, name: Name, handle: str) -> Entity | Document:
        kind, label, mentions = name[0], self._labels[name], tuple(sorted(self._mentions[name]))
        rule = "publisher" if name == PUBLISHER else self._rule
        if isinstance(kind, DocumentKind):
            return Document(name=handle, kind=kind, label=label, mentions=mentions, rule=rule)
        return Entity(name=handle, kind=kind, label=label, mentions=mentions, rule=rule)


def _plain(words: str) -> tuple[str, ...]:
    return tuple(token.plain for token in tokens(words))
