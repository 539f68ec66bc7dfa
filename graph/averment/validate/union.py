"""All graphs of a store as one: what shapes are about."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

import pyoxigraph as ox

from averment.errors import InputError
from averment.validate.report import Term
from averment.vocabulary import RDF, RDFS

__all__ = ["Union"]

_SUBCLASS = ox.NamedNode(f"{RDFS.iri}subClassOf")


class Union:
    """The union of the default graph and all named graphs, to read from."""

    def __init__(self, store: ox.Store) -> None:
        """Read from `store`."""
        self._store = store

    @classmethod
    def of(cls, quads: Iterable[ox.Quad]) -> "Union":
        """Hold quads in memory.

        Raises InputError where there is a statement about a statement.
        """
        store = ox.Store()
        store.extend(_plain(quads))
        return cls(store)

    def select(self, query: str) -> list[dict[str, Any]]:
        """Give the rows of a SELECT, each by the names of its variables."""
        return list(self.rows(query))

    def rows(self, query: str) -> Iterator[dict[str, Any]]:
        """Give the rows of a SELECT one by one, each by the names of its variables."""
        solutions: Any = self._store.query(query, use_default_graph_as_union=True)
        names = [variable.value for variable in solutions.variables]
        for solution in solutions:
            yield dict(zip(names, solution, strict=True))

    def objects(self, subject: Term, predicate: ox.NamedNode) -> list[Term]:
        """Give the objects of a subject's property, in the order of their texts."""
        return self._ordered(quad.object for quad in self._about(subject, predicate))

    def subjects(self, predicate: ox.NamedNode, object_: Term) -> list[Term]:
        """Give the subjects that have a value, in the order of their texts."""
        return self._ordered(quad.subject for quad in self._store.quads_for_pattern(None, predicate, object_))

    def follow(self, node: Any, predicate: ox.NamedNode | None, *, backwards: bool) -> Iterator[Any]:
        """Give the nodes that a property, or any, leads to or comes from: in no order, some repeatedly."""
        if backwards:
            return (quad.subject for quad in self._store.quads_for_pattern(None, predicate, node))
        return (quad.object for quad in self._about(node, predicate))

    def graphs(self, subject: Term) -> list[ox.NamedNode]:
        """Give the named graphs in which a node is a subject, in the order of their names."""
        names = {quad.graph_name for quad in self._about(subject, None)}
        return sorted((name for name in names if isinstance(name, ox.NamedNode)), key=str)

    def about(self, subject: Term) -> list[tuple[ox.NamedNode, Any]]:
        """Give what is said of a node, in no order; what several graphs say comes several times."""
        return [(quad.predicate, quad.object) for quad in self._about(subject, None)]

    def quads(self, predicates: Collection[ox.NamedNode] | None = None) -> list[ox.Quad]:
        """Give every quad, or those of some predicates."""
        if predicates is None:
            return list(self._store)
        return [quad for one in sorted(predicates, key=str) for quad in self._store.quads_for_pattern(None, one, None)]

    def has_class(self, kind: ox.NamedNode) -> bool:
        """Say whether anything is in a class, or it is said to be a subclass of another or to have one."""
        return any(
            any(self._store.quads_for_pattern(None, predicate, kind)) for predicate in (RDF.type, _SUBCLASS)
        ) or any(self._store.quads_for_pattern(kind, _SUBCLASS, None))

    def has_property(self, predicate: ox.NamedNode) -> bool:
        """Say whether there is a triple of a property."""
        return any(self._store.quads_for_pattern(None, predicate, None))

    def _about(self, subject: Term, predicate: ox.NamedNode | None) -> Iterable[ox.Quad]:
        return [] if isinstance(subject, ox.Literal) else self._store.quads_for_pattern(subject, predicate, None)

    def _ordered(self, terms: Iterable[Any]) -> list[Term]:
        return sorted(set(terms), key=str)


def _plain(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    for quad in quads:
        if isinstance(quad.object, ox.Triple):
            raise InputError(f"statements about statements cannot be validated: {quad.object}")
        yield quad
