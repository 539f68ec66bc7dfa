"""Reading a store: queries of our own from `averment/queries/`, the quads of one source, dumps, and rdflib graphs.

These queries are trusted and run in this process. Queries from outside never do: see `guard`.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import Any

import pyoxigraph as ox

from averment.store.formats import Format
from averment.vocabulary import AV, BETWEEN_SOURCES, PREFIXES, RDF, SDO

__all__ = ["Row", "View", "query_text"]

Row = dict[str, ox.NamedNode | ox.Literal | None]


@cache
def query_text(name: str) -> str:
    """Give the text of `averment/queries/<name>.rq`."""
    return files("averment").joinpath("queries", f"{name}.rq").read_text(encoding="utf-8")


class View:
    """A store to read from."""

    def __init__(self, store: ox.Store) -> None:
        """Read from `store`."""
        self._store = store

    @property
    def engine(self) -> ox.Store:
        """The store itself, for queries of our own over all graphs together; nobody writes to it through a view."""
        return self._store

    def __len__(self) -> int:
        """Count the quads."""
        return len(self._store)

    def rows(self, query: str, **values: ox.NamedNode | ox.Literal) -> list[Row]:
        """Run the SELECT in `averment/queries/<query>.rq` with values for some of its variables.

        A variable that is given a value must be among those selected (SPARQL-dev SEP-0007).
        """
        solutions: Any = self._store.query(
            query_text(query), prefixes=PREFIXES, substitutions={ox.Variable(k): v for k, v in values.items()}
        )
        names = [variable.value for variable in solutions.variables]
        return [{name: solution[name] for name in names} for solution in solutions]

    def sources(self) -> list[ox.NamedNode]:
        """Give the sources, in the order of their IRIs."""
        default = ox.DefaultGraph()
        found = self._store.quads_for_pattern(None, RDF.type, SDO.NewsArticle, default)
        return sorted((quad.subject for quad in found if isinstance(quad.subject, ox.NamedNode)), key=str)

    def quads(self, source: ox.NamedNode) -> Iterator[ox.Quad]:
        """Give every quad that belongs to a source: its own, those of all that was read from it, and what that says.

        What is said of two sources belongs to neither: it stays when either is replaced.
        """
        default = ox.DefaultGraph()
        own = self._store.quads_for_pattern(source, None, None, default)
        yield from (quad for quad in own if quad.predicate not in BETWEEN_SOURCES)
        for quad in self._store.quads_for_pattern(None, AV.inSource, source, default):
            node = quad.subject
            described = self._store.quads_for_pattern(node, None, None, default)
            yield from (quad for quad in described if quad.predicate not in BETWEEN_SOURCES)
            if isinstance(node, ox.NamedNode):
                yield from self._store.quads_for_pattern(None, None, None, node)

    def subjects(self, predicate: ox.NamedNode, value: str) -> list[ox.NamedNode]:
        """Give the nodes of the bookkeeping whose `predicate` has this text, in the order of their IRIs."""
        found = self._store.quads_for_pattern(None, predicate, ox.Literal(value), ox.DefaultGraph())
        return sorted((quad.subject for quad in found if isinstance(quad.subject, ox.NamedNode)), key=str)

    def has_type(self, node: ox.NamedNode, kind: ox.NamedNode) -> bool:
        """Say whether the bookkeeping gives a node this class."""
        return ox.Quad(node, RDF.type, kind, ox.DefaultGraph()) in self._store

    def all_quads(self) -> Iterator[ox.Quad]:
        """Give every quad of the store, in no order."""
        return iter(self._store)

    def dump(self, format_: Format) -> bytes:
        """Serialize everything; a format without named graphs holds the bookkeeping only."""
        if format_.datasets:
            return _canonical(self._store) if format_.name == "nquads" else _serialize(self._store, format_)
        default = ox.DefaultGraph()
        return _serialize(self._store.quads_for_pattern(None, None, None, default), format_)


def _canonical(quads: Iterable[ox.Quad]) -> bytes:
    """Give canonical N-Quads: without blank nodes that is one canonical line a quad, sorted by code point.

    https://www.w3.org/TR/rdf-canon/#canonical-quads
    """
    lines = ox.serialize(quads, format=ox.RdfFormat.N_QUADS)
    assert lines is not None  # noqa: S101 - no output was named
    return b"".join(sorted(set(lines.splitlines(keepends=True))))


def _serialize(quads: Iterable[ox.Quad], format_: Format) -> bytes:
    """Serialize in a fixed order, so that the same data gives the same bytes."""
    assert isinstance(format_.engine, ox.RdfFormat)  # noqa: S101 - the caller chose among RDF_FORMATS
    ordered: Iterable[Any] = sorted(quads, key=lambda quad: (str(quad.graph_name), str(quad)))
    if not format_.datasets:
        ordered = (quad.triple for quad in ordered)
    text = ox.serialize(ordered, format=format_.engine, prefixes=PREFIXES)
    assert text is not None  # noqa: S101 - no output was named
    return text
