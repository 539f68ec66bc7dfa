"""Quads as an rdflib graph that pySHACL can work on at a sane speed and without leaving the house."""

import logging
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import pyoxigraph as ox
import rdflib
from rdflib.plugins.sparql.sparql import Query

from averment.errors import InputError
from averment.validate.prepared import prepared
from averment.validate.report import Term

__all__ = ["DataGraph", "from_rdflib", "graph_of", "literals_as_they_are", "to_rdflib"]


class DataGraph(rdflib.Graph):
    """An rdflib graph that parses each query text once.

    pySHACL parses the text of a SPARQL constraint anew for every node it looks at, which is most of its time.
    """

    def query(self, query_object: str | Query, *args: Any, **kwargs: Any) -> rdflib.query.Result:
        """Run a query as `rdflib.Graph.query` does, prepared where it is a text."""
        query = prepared(query_object) if isinstance(query_object, str) else query_object
        return super().query(query, *args, **kwargs)


def graph_of(quads: Iterable[ox.Quad]) -> DataGraph:
    """Give the union of the graphs of `quads`."""
    graph = DataGraph()
    with literals_as_they_are():
        for quad in quads:
            graph.add((to_rdflib(quad.subject), to_rdflib(quad.predicate), to_rdflib(quad.object)))
    return graph


def to_rdflib(term: Term | ox.Triple) -> rdflib.URIRef | rdflib.BNode | rdflib.Literal:
    """Give the rdflib term for a pyoxigraph term, its lexical form untouched."""
    match term:
        case ox.NamedNode():
            return rdflib.URIRef(term.value)
        case ox.BlankNode():
            return rdflib.BNode(term.value)
        case ox.Literal(language=str(language)):
            return rdflib.Literal(term.value, lang=language)
        case ox.Literal():
            return rdflib.Literal(term.value, datatype=_datatype(term), normalize=False)
    raise InputError(f"statements about statements cannot be validated: {term}")


def from_rdflib(term: rdflib.term.Node) -> Term:
    """Give the pyoxigraph term for an rdflib term."""
    match term:
        case rdflib.URIRef():
            return ox.NamedNode(str(term))
        case rdflib.BNode():
            return ox.BlankNode(str(term))
        case rdflib.Literal(language=str(language)):
            return ox.Literal(str(term), language=language)
        case rdflib.Literal(datatype=rdflib.URIRef() as datatype):
            return ox.Literal(str(term), datatype=ox.NamedNode(str(datatype)))
    return ox.Literal(str(term))


@contextmanager
def literals_as_they_are() -> Iterator[None]:
    """Keep rdflib from complaining of an ill-typed literal: the shapes find it and say so in plain words."""
    logger = logging.getLogger("rdflib.term")
    before, logger.disabled = logger.disabled, True
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "Parsing weird boolean")
            yield
    finally:
        logger.disabled = before


def _datatype(literal: ox.Literal) -> rdflib.URIRef | None:
    """Give the datatype but for plain strings, which rdflib and shapes write without one."""
    datatype = rdflib.URIRef(literal.datatype.value)
    return None if datatype == rdflib.XSD.string else datatype
