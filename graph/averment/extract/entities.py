"""The people, bodies, groups and places of an article: names gathered, pronouns guessed, the described added."""

from spacy.tokens import Doc

from averment.extract.aliases import Cluster, cluster, to_entities
from averment.extract.anaphora import Guess, anaphors
from averment.extract.coreference import pronouns
from averment.extract.described import add_described
from averment.extract.names import names
from averment.extract.roles import roles
from averment.extract.tokens import head_noun
from averment.extract.unnamed import add_unnamed
from averment.model import Anaphor, Entity, EntityKind, NodeId, Span

__all__ = ["clusters_of", "entities_of"]

_LOCATING = {"in", "at", "near", "outside", "inside", "throughout", "across"}


def clusters_of(
    doc: Doc, publisher: str | None, boilerplate: tuple[Span, ...]
) -> tuple[list[Cluster], dict[int, Guess]]:
    """Gather who is named or described, and whom each pronoun and role stands for; the publisher, if known, is one."""
    clusters = cluster(names(doc, boilerplate))
    _mend_places(doc, clusters)
    if publisher:
        _add_publisher(clusters, publisher)
    add_unnamed(doc, clusters, boilerplate)
    guessed = pronouns(doc, clusters) | roles(doc, clusters)
    add_described(doc, clusters, guessed, boilerplate)
    return clusters, guessed


def _mend_places(doc: Doc, clusters: list[Cluster]) -> None:
    """A single word that the recognizer took for a person, and that things happen in or at, is a place."""
    for one in clusters:
        if one.kind is EntityKind.PERSON and one.rule == "recognized" and len(one.words) == 1 and not one.described_as:
            heads = [head_noun(doc, mention) for mention in one.mentions]
            if any(head is not None and head.dep_ == "pobj" and head.head.lower_ in _LOCATING for head in heads):
                one.kind = EntityKind.PLACE


def _add_publisher(clusters: list[Cluster], publisher: str) -> None:
    """Mark who publishes the article as an outlet, even where the text never names it."""
    label = " ".join(publisher.split())
    wanted = label.lower().removeprefix("the ")
    home = next((c for c in clusters if c.label.lower() in {wanted, label.lower()}), None)
    if home is None:
        clusters.append(home := Cluster(label, EntityKind.OUTLET, "publisher"))
    home.label, home.kind, home.rule = label, EntityKind.OUTLET, "publisher"


def entities_of(
    doc: Doc, clusters: list[Cluster], guesses: dict[int, Guess]
) -> tuple[tuple[Entity, ...], tuple[Anaphor, ...], dict[int, NodeId]]:
    """Turn clusters into entities, and guesses into anaphors; give also the likeliest entity of each by token index."""
    entities = to_entities(clusters)
    by_label = {(e.label, e.kind, e.mentions): e.id for e in entities}
    ids = {id(c): by_label[c.label, c.kind, tuple(sorted(set(c.mentions)))] for c in clusters}
    likeliest = {token: ids[id(made.best)] for token, made in guesses.items()}
    return entities, anaphors(doc, guesses, ids), likeliest
