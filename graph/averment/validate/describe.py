"""What a person calls a node: the kind of thing it is, and the words it quotes or the name it has."""

import re
from typing import Protocol

import pyoxigraph as ox

from averment.vocabulary import AV, OA, RDF, RDFS, SDO

__all__ = ["describe", "label"]


Term = ox.NamedNode | ox.BlankNode | ox.Literal

_LONGEST = 120

_WORDS = (
    (SDO.text,),
    (AV.asWritten,),
    (OA.exact,),
    (RDFS.label,),
    (OA.hasSelector, OA.exact),
    (AV.cue, OA.hasSelector, OA.exact),
    (AV.attributes, OA.hasSelector, OA.exact),
    (AV.passage, OA.hasSelector, OA.exact),
    (AV.speaker, RDFS.label),
    (AV.amount, AV.asWritten),
    (AV.verb,),
    (AV.formula,),
    (SDO.alternateName,),
    (SDO.claimReviewed,),
    (RDF.value,),
    (OA.hasBody, RDF.value),
)
"""Where a node's words are, the best first."""

_KINDS = {
    "Instant": "date",
    "MonetaryAmount": "amount",
    "NewsArticle": "article",
    "ProperInterval": "time",
    "SpecificResource": "passage",
    "TextPositionSelector": "position",
    "TextQuoteSelector": "quotation",
}
"""Classes whose names are not what people say."""


class Graph(Protocol):
    """What is asked of a graph here; the answers are in the order of their texts."""

    def objects(self, subject: Term, predicate: ox.NamedNode) -> list[Term]:
        """Give the objects of a subject's property."""

    def subjects(self, predicate: ox.NamedNode, object_: Term) -> list[Term]:
        """Give the subjects that have a value."""


def describe(graph: Graph, node: Term) -> tuple[str, str | None]:
    """Give a node's kind and its words, None where it has none."""
    return _kind(graph, node), _words(graph, node) or _words_of_owner(graph, node)


def label(kind: str, words: str | None, otherwise: str) -> str:
    """Name a thing by its kind and its words, or where it has none by something else."""
    return f"{kind} “{words}”" if words else f"{kind} {otherwise}"


def _kind(graph: Graph, node: Term) -> str:
    types = graph.objects(node, RDF.type)
    last = [kind.value for kind in types if kind != AV.Entity] or [AV.Entity.value]
    name = re.split(r"[/#]", last[-1])[-1] if types else "thing"
    return _KINDS.get(name) or re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()


def _words(graph: Graph, node: Term) -> str | None:
    for path in _WORDS:
        if found := _follow(graph, node, path):
            return _short(found)
    return None


def _words_of_owner(graph: Graph, node: Term) -> str | None:
    """A selector by its offsets has the words of its passage."""
    owners = graph.subjects(OA.hasSelector, node)
    return _words(graph, owners[0]) if owners else None


def _follow(graph: Graph, node: Term, path: tuple[ox.NamedNode, ...]) -> str | None:
    """Give the first text at the end of a path, in alphabetical order so that it is always the same."""
    nodes = {node}
    for step in path:
        nodes = {found for at in nodes for found in graph.objects(at, step)}
    return min((found.value for found in nodes), default=None)


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"
