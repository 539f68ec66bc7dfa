"""The people, bodies, groups and places of an article: names gathered, pronouns guessed, the described added."""

from spacy.tokens import Doc

from averment.extract.aliases import Cluster, cluster, to_entities
from averment.extract.coreference import pronouns
from averment.extract.described import add_described
from averment.extract.names import names
from averment.extract.roles import roles
from averment.model import Entity, EntityKind, NodeId, Span

__all__ = ["People", "clusters_of", "entities_of"]

People = dict[int, NodeId]
"""What each pronoun, and each role such as `the mayor`, stands for, by token index."""


def clusters_of(
    doc: Doc, publisher: str | None, boilerplate: tuple[Span, ...]
) -> tuple[list[Cluster], dict[int, Cluster]]:
    """Gather who is named or described, and whom each pronoun and role stands for; the publisher, if known, is one."""
    clusters = cluster(names(doc, boilerplate))
    if publisher:
        _add_publisher(clusters, publisher)
    guessed = pronouns(doc, clusters) | roles(doc, clusters)
    add_described(doc, clusters, guessed, boilerplate)
    return clusters, guessed


def _add_publisher(clusters: list[Cluster], publisher: str) -> None:
    """Mark who publishes the article as an outlet, even where the text never names it."""
    label = " ".join(publisher.split())
    wanted = label.lower().removeprefix("the ")
    home = next((c for c in clusters if c.label.lower() in {wanted, label.lower()}), None)
    if home is None:
        clusters.append(home := Cluster(label, EntityKind.OUTLET, "publisher"))
    home.label, home.kind, home.rule = label, EntityKind.OUTLET, "publisher"


def entities_of(clusters: list[Cluster], guessed: dict[int, Cluster]) -> tuple[tuple[Entity, ...], People]:
    """Turn clusters into entities, and what pronouns stand for into their identifiers."""
    entities = to_entities(clusters)
    by_label = {(e.label, e.kind, e.mentions): e.id for e in entities}
    ids = {id(c): by_label[c.label, c.kind, tuple(sorted(set(c.mentions)))] for c in clusters}
    return entities, {token: ids[id(c)] for token, c in guessed.items()}
