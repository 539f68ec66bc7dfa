"""Reading a store: queries of our own from `averment/queries/`, the quads of one source, and what is on record of it.

These queries are trusted and run in this process. Queries from outside never do: see `guard`.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import Any

import pyoxigraph as ox

from averment.store.formats import Format
from averment.vocabulary import AV, BETWEEN_SOURCES, BY_REVIEW, CITO, DCTERMS, OA, PREFIXES, PROV, RDF, SDO

__all__ = ["Row", "Texts", "View", "query_text", "serialized"]

Row = dict[str, ox.NamedNode | ox.Literal | None]
Texts = dict[str, str | None]

_NOT_READ = BETWEEN_SOURCES | BY_REVIEW
"""What may be said of a node that was read, and does not come from reading."""

_RECORDED_OF = (PROV.used, SDO.itemReviewed, CITO.hasCitedEntity, AV.calculates, OA.hasTarget)
"""How a verification, a review step, an evidence link and a calculation point at what they are about."""

_RECORDED_WITH = (PROV.generated, PROV.wasAssociatedWith, SDO.reviewRating, OA.hasBody, DCTERMS.creator)
"""How they point at what else is on record: checks and people."""

_RECORDED_BY = (PROV.generated, PROV.invalidated)
"""How the steps by which an evidence link was made and removed point at it."""


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
        return list(self.each(query, **values))

    def each(self, query: str, **values: ox.NamedNode | ox.Literal) -> Iterator[Row]:
        """Run a query as `rows` does, and give its rows one by one, so that they need not all be held at once."""
        solutions: Any = self._store.query(
            query_text(query), prefixes=PREFIXES, substitutions={ox.Variable(k): v for k, v in values.items()}
        )
        names = [variable.value for variable in solutions.variables]
        for solution in solutions:
            yield dict(zip(names, solution, strict=True))

    def texts(self, query: str, **values: ox.NamedNode | ox.Literal) -> list[Texts]:
        """Run a query as `rows` does, and give the IRIs and the lexical forms of literals as plain texts."""
        return [
            {name: None if term is None else term.value for name, term in row.items()}
            for row in self.rows(query, **values)
        ]

    def sources(self) -> list[ox.NamedNode]:
        """Give the sources, articles and documents, in the order of their IRIs."""
        found = [*self.pointing(RDF.type, SDO.NewsArticle), *self.pointing(RDF.type, SDO.DigitalDocument)]
        return sorted({node for node in found if isinstance(node, ox.NamedNode)}, key=str)

    def quads(self, source: ox.NamedNode) -> Iterator[ox.Quad]:
        """Give every quad that belongs to a source: its own, those of all that was read from it, and what that says.

        What is said of two sources belongs to neither: it stays when either is replaced. So does what people have
        recorded of a source, which `records` gives.
        """
        for node in (source, *self.pointing(AV.inSource, source)):
            yield from (quad for quad in self.described(node) if quad.predicate not in _NOT_READ)
            if isinstance(node, ox.NamedNode):
                yield from self.graph(node)

    def records(self, source: ox.NamedNode) -> Iterator[ox.Quad]:
        """Give every quad that people have put on record of a source: verifications, reviews, evidence, statuses."""
        read = [source, *self.pointing(AV.inSource, source)]
        waiting: list[Any] = []
        for node in read:
            yield from (quad for quad in self.described(node) if quad.predicate in BY_REVIEW)
            waiting += chain.from_iterable(self.pointing(predicate, node) for predicate in _RECORDED_OF)
        seen = set(read)
        while waiting:
            if (node := waiting.pop()) not in seen:
                seen.add(node)
                described = self.described(node)
                yield from described
                waiting += [quad.object for quad in described if quad.predicate in _RECORDED_WITH]
                waiting += chain.from_iterable(self.pointing(predicate, node) for predicate in _RECORDED_BY)

    def graph(self, name: ox.NamedNode) -> Iterator[ox.Quad]:
        """Give the quads of a named graph: what one claim says."""
        return self._store.quads_for_pattern(None, None, None, name)

    def holders(self, quad: ox.Quad) -> list[ox.NamedNode]:
        """Give the named graphs that hold a quad's triple: the claims that say it."""
        found = self._store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
        return [quad.graph_name for quad in found if isinstance(quad.graph_name, ox.NamedNode)]

    def described(self, subject: Any, predicate: ox.NamedNode | None = None) -> list[ox.Quad]:
        """Give the quads by which the bookkeeping describes a node, or those with one predicate."""
        return list(self._store.quads_for_pattern(subject, predicate, None, ox.DefaultGraph()))

    def values(self, subject: ox.NamedNode, predicate: ox.NamedNode) -> list[Any]:
        """Give what the bookkeeping says of a node by one predicate."""
        return [quad.object for quad in self.described(subject, predicate)]

    def pointing(self, predicate: ox.NamedNode, node: Any) -> list[Any]:
        """Give the nodes of the bookkeeping that point at another by one predicate."""
        return [q.subject for q in self._store.quads_for_pattern(None, predicate, node, ox.DefaultGraph())]

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


def serialized(quads: Iterable[ox.Quad], format_: Format) -> bytes:
    """Serialize in a fixed order, so that the same data gives the same bytes."""
    assert isinstance(format_.engine, ox.RdfFormat)  # noqa: S101 - the caller chose among RDF_FORMATS
    ordered: Iterable[Any] = sorted(quads, key=lambda quad: (str(quad.graph_name), str(quad)))
    if not format_.datasets:
        ordered = (quad.triple for quad in ordered)
    text = ox.serialize(ordered, format=format_.engine, prefixes=PREFIXES)
    assert text is not None  # noqa: S101 - no output was named
    return text
