"""Triples of the default graph, and the record of what a person did: the same wherever one is made."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from averment import iris
from averment.times import instant
from averment.vocabulary import PROV, RDF, RDFS, XSD

__all__ = ["Triple", "activity", "bookkeeping"]

Triple = tuple[NamedNode, NamedNode, NamedNode | Literal]


def bookkeeping(triples: Iterable[Triple]) -> list[Quad]:
    """Give triples as quads of the default graph."""
    return [Quad(*triple, DefaultGraph()) for triple in triples]


def activity(iri: NamedNode, kind: NamedNode, by: str, at: datetime, note: str | None = None) -> Iterator[Triple]:
    """Say that somebody, known by name, did something of a kind at a time, and why."""
    agent = iris.agent(by)
    yield iri, RDF.type, PROV.Activity
    yield iri, RDF.type, kind
    yield iri, PROV.wasAssociatedWith, agent
    yield iri, PROV.endedAtTime, Literal(instant(at), datatype=XSD.dateTime)
    if note:
        yield iri, RDFS.comment, Literal(note)
    yield agent, RDF.type, PROV.Agent
    yield agent, RDFS.label, Literal(by)
