"""What a person calls a node: the kind of thing it is, and the words it quotes or the name it has."""

import re

import rdflib
from rdflib.term import Node

from averment.vocabulary import AV, OA, RDF, RDFS, SDO

__all__ = ["describe", "label"]

_LONGEST = 120

_WORDS = tuple(
    tuple(rdflib.URIRef(term.value) for term in path)
    for path in (
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
    )
)
"""Where a node's words are, the best first."""

_TYPE, _ENTITY, _SELECTOR = (rdflib.URIRef(term.value) for term in (RDF.type, AV.Entity, OA.hasSelector))

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


def describe(graph: rdflib.Graph, node: Node) -> tuple[str, str | None]:
    """Give a node's kind and its words, None where it has none."""
    return _kind(graph, node), _words(graph, node) or _words_of_owner(graph, node)


def label(kind: str, words: str | None, otherwise: str) -> str:
    """Name a thing by its kind and its words, or where it has none by something else."""
    return f"{kind} “{words}”" if words else f"{kind} {otherwise}"


def _kind(graph: rdflib.Graph, node: Node) -> str:
    types = sorted(str(kind) for kind in graph.objects(node, _TYPE) if kind != _ENTITY) or [_ENTITY]
    name = re.split(r"[/#]", types[-1])[-1] if graph.value(node, _TYPE) is not None else "thing"
    return _KINDS.get(name) or re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()


def _words(graph: rdflib.Graph, node: Node) -> str | None:
    for path in _WORDS:
        if found := _follow(graph, node, path):
            return _short(found)
    return None


def _words_of_owner(graph: rdflib.Graph, node: Node) -> str | None:
    """A selector by its offsets has the words of its passage."""
    owner = graph.value(predicate=_SELECTOR, object=node)
    return None if owner is None else _words(graph, owner)


def _follow(graph: rdflib.Graph, node: Node, path: tuple[rdflib.URIRef, ...]) -> str | None:
    """Give the first text at the end of a path, in alphabetical order so that it is always the same."""
    nodes = {node}
    for step in path:
        nodes = {found for at in nodes for found in graph.objects(at, step)}
    return min((str(found) for found in nodes), default=None)


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"
