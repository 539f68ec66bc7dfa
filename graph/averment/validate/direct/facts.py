"""Triples in memory, every literal as it was written."""

from collections.abc import Iterable, Iterator
from functools import cached_property

import pyoxigraph as ox

from averment.validate.compiler.paths import Repeated, Step
from averment.validate.compiler.plan import Target
from averment.validate.compiler.values import SUBCLASS
from averment.validate.graphs import DataGraph, graph_of
from averment.validate.report import Term
from averment.validate.walk import ends
from averment.vocabulary import RDF

__all__ = ["Facts"]

_Index = dict[Term, dict[ox.NamedNode, dict[Term, None]]]

_BELOW = Repeated("*", Step(SUBCLASS, backwards=True))


class Facts:
    """The union of the graphs of some quads. Whatever it gives, it gives once and in the order it was told."""

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        """Take in quads; statements about statements must have been refused before."""
        self._quads = list(quads)
        self._out: _Index = {}
        self._in: _Index = {}
        for quad in self._quads:
            subject, object_ = quad.subject, quad.object
            self._out.setdefault(subject, {}).setdefault(quad.predicate, {})[object_] = None  # type: ignore[index, arg-type] # no triples within triples
            self._in.setdefault(object_, {}).setdefault(quad.predicate, {})[subject] = None  # type: ignore[index, arg-type]
        self._kinds: dict[ox.NamedNode, set[Term]] = {}

    @cached_property
    def graph(self) -> DataGraph:
        """The same triples for rdflib."""
        return graph_of(self._quads)

    def objects(self, subject: Term, predicate: ox.NamedNode) -> list[Term]:
        """Give the objects of a subject's property."""
        return list(self._out.get(subject, {}).get(predicate, ()))

    def subjects(self, predicate: ox.NamedNode, object_: Term) -> list[Term]:
        """Give the subjects that have a value."""
        return list(self._in.get(object_, {}).get(predicate, ()))

    def about(self, subject: Term) -> Iterator[tuple[ox.NamedNode, Term]]:
        """Give every property of a subject, with each of its values."""
        for predicate, objects in self._out.get(subject, {}).items():
            for object_ in objects:
                yield predicate, object_

    def is_instance(self, node: Term, kind: ox.NamedNode) -> bool:
        """Say whether a node is in a class or in a subclass of it."""
        return any(found in self._below(kind) for found in self.objects(node, RDF.type))

    def targets(self, targets: Iterable[Target]) -> list[Term]:
        """Give the nodes that a shape is about."""
        return list(dict.fromkeys(node for target in targets for node in self._aimed_at(target)))

    def follow(self, node: Term, predicate: ox.NamedNode | None, *, backwards: bool) -> Iterable[Term]:
        """Give the nodes that a property leads to, or comes from; no shape here follows any property."""
        assert predicate is not None  # noqa: S101 - only what is made of queries does
        return self.subjects(predicate, node) if backwards else self.objects(node, predicate)

    def _below(self, kind: ox.NamedNode) -> set[Term]:
        """Give a class and its subclasses."""
        if kind not in self._kinds:
            self._kinds[kind] = set(ends(self, _BELOW, kind))
        return self._kinds[kind]

    def _aimed_at(self, target: Target) -> Iterator[Term]:
        if target.kind == "Node" or not isinstance(target.term, ox.NamedNode):
            yield target.term
        elif target.kind == "Class":
            for kind in sorted(self._below(target.term), key=str):
                yield from self.subjects(RDF.type, kind)
        else:
            index = self._out if target.kind == "SubjectsOf" else self._in
            yield from (node for node, properties in index.items() if target.term in properties)
