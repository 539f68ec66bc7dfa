"""Where a thing comes from: the article that it was read from, and the words there."""

from collections.abc import Iterator

import pyoxigraph as ox

from averment.validate.report import Passage, Term
from averment.validate.union import Union
from averment.vocabulary import AV, OA, RDF, RDFS, SDO

__all__ = ["address_of", "passage_of", "source_of", "title_of"]

_POINTERS = (AV.passage, AV.attributes, AV.cue, AV.mention)
"""By which things point at their words, the best first."""


def source_of(graph: Union, focus: Term) -> ox.NamedNode | None:
    """Give the article that a node is or was read from; what a claim says was read where the claim was."""
    if not {SDO.NewsArticle, SDO.DigitalDocument}.isdisjoint(graph.objects(focus, RDF.type)):
        return focus if isinstance(focus, ox.NamedNode) else None
    for node in (focus, *graph.graphs(focus)):
        for source in graph.objects(node, AV.inSource):
            if isinstance(source, ox.NamedNode):
                return source
    return None


def title_of(graph: Union, source: ox.NamedNode) -> str | None:
    """Give the title of an article, or what it is called."""
    titles = (*graph.objects(source, SDO.headline), *graph.objects(source, RDFS.label))
    return next((title.value for title in titles), None)


def address_of(graph: Union, source: ox.NamedNode) -> str | None:
    """Give the address of an article on the web."""
    return next((address.value for address in graph.objects(source, SDO.url)), None)


def passage_of(graph: Union, focus: Term) -> Passage | None:
    """Give the words that a node is, is a selector of, or points at; of several passages the first.

    What a claim says has those of the claim.
    """
    for node in (focus, *graph.graphs(focus)):
        for passages in _candidates(graph, node):
            if passages:
                return min((_passage(graph, passage) for passage in passages), key=_order)
    return None


def _candidates(graph: Union, node: Term) -> Iterator[list[Term]]:
    if OA.SpecificResource in graph.objects(node, RDF.type):
        yield [node]
    yield graph.subjects(OA.hasSelector, node)
    for pointer in _POINTERS:
        yield [found for found in graph.objects(node, pointer) if not isinstance(found, ox.Literal)]


def _passage(graph: Union, passage: Term) -> Passage:
    for selector in graph.objects(passage, OA.hasSelector):
        start, end = (_offset(graph, selector, bound) for bound in (OA.start, OA.end))
        if start is not None and end is not None and start <= end:
            return Passage(passage, start, end)
    return Passage(passage)


def _offset(graph: Union, selector: Term, bound: ox.NamedNode) -> int | None:
    """Give an offset where there is one that is a number; what else stands there is for the shapes to say."""
    for value in graph.objects(selector, bound):
        if (
            isinstance(value, ox.Literal)
            and value.value.isascii()
            and value.value.isdecimal()
            and len(value.value) < 16
        ):
            return int(value.value)
    return None


def _order(passage: Passage) -> tuple[bool, int, int, str]:
    return passage.start is None, passage.start or 0, passage.end or 0, str(passage.iri)
