"""All graphs of a store as one: what shapes are about."""

from collections.abc import Iterable, Iterator
from typing import Any

import pyoxigraph as ox

from averment.errors import InputError
from averment.validate.report import Term

__all__ = ["Union"]


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
        solutions: Any = self._store.query(query, use_default_graph_as_union=True)
        names = [variable.value for variable in solutions.variables]
        return [dict(zip(names, solution, strict=True)) for solution in solutions]

    def objects(self, subject: Term, predicate: ox.NamedNode) -> list[Term]:
        """Give the objects of a subject's property, in the order of their texts."""
        return self._ordered(quad.object for quad in self._about(subject, predicate))

    def subjects(self, predicate: ox.NamedNode, object_: Term) -> list[Term]:
        """Give the subjects that have a value, in the order of their texts."""
        return self._ordered(quad.subject for quad in self._store.quads_for_pattern(None, predicate, object_))

    def follow(self, node: Term, predicate: ox.NamedNode, *, backwards: bool) -> Iterator[Any]:
        """Give the nodes that a property leads to, or comes from, as they are found: in no order, some repeatedly."""
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

    def neighbours(self, node: Any, predicate: Any, *, backwards: bool = False) -> set[Any]:
        """Give the objects of a property of a node, None being any, or backwards its subjects."""
        if backwards:
            return {quad.subject for quad in self._store.quads_for_pattern(None, predicate, node)}
        return {quad.object for quad in self._about(node, predicate)}

    def quads(self) -> list[ox.Quad]:
        """Give every quad."""
        return list(self._store)

    def _about(self, subject: Term, predicate: ox.NamedNode | None) -> Iterable[ox.Quad]:
        return [] if isinstance(subject, ox.Literal) else self._store.quads_for_pattern(subject, predicate, None)

    def _ordered(self, terms: Iterable[Any]) -> list[Term]:
        return sorted(set(terms), key=str)


def _plain(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    for quad in quads:
        if isinstance(quad.object, ox.Triple):
            raise InputError(f"statements about statements cannot be validated: {quad.object}")
        yield quad
