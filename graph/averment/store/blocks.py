"""Quads as the text of updates."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

import pyoxigraph as ox

__all__ = ["FUNCTIONS", "data_block", "has_blank", "operations"]

_CALLED = ox.NamedNode("urn:averment:blank-node-called")

FUNCTIONS: Mapping[ox.NamedNode, Any] = {_CALLED: lambda name: ox.BlankNode(name.value)}
"""What the text of `operations` calls."""


def has_blank(quad: ox.Quad) -> bool:
    """Say whether a quad has a blank node."""
    return any(isinstance(term, ox.BlankNode) for term in (quad.subject, quad.object, quad.graph_name))


def data_block(quads: Iterable[ox.Quad]) -> str:
    """Give quads as the `DATA { ... }` of an update; terms print themselves escaped."""
    lines = (_statement(str(quad.subject), quad.predicate, str(quad.object), _graph(quad)) for quad in quads)
    return "DATA {\n" + "\n".join(lines) + "\n}"


def operations(verb: str, quads: Collection[ox.Quad]) -> Iterator[str]:
    """Give the operations of an update that insert or delete quads, blank nodes as the store calls them.

    DATA has other ones where quads are inserted, and none where they are deleted: SPARQL 1.1 Update, 3.1.1 and 3.1.2.
    """
    yield f"{verb} {data_block(quad for quad in quads if not has_blank(quad))}"
    for quad in filter(has_blank, quads):
        ends = {"?s": quad.subject, "?o": quad.object, "?g": quad.graph_name}
        blank = {name: term.value for name, term in ends.items() if isinstance(term, ox.BlankNode)}
        subject, object_ = (name if name in blank else str(ends[name]) for name in ("?s", "?o"))
        statement = _statement(subject, quad.predicate, object_, "?g" if "?g" in blank else _graph(quad))
        bound = " ".join(f'BIND({_CALLED}("{called}") AS {name})' for name, called in blank.items())
        yield f"{verb} {{ {statement} }} WHERE {{ {bound} }}"


def _graph(quad: ox.Quad) -> str | None:
    return None if isinstance(quad.graph_name, ox.DefaultGraph) else str(quad.graph_name)


def _statement(subject: str, predicate: ox.NamedNode, object_: str, graph: str | None) -> str:
    triple = f"{subject} {predicate} {object_} ."
    return triple if graph is None else f"GRAPH {graph} {{ {triple} }}"
