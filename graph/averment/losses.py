"""What could not be carried from one form into another: counted and named."""

from collections import Counter
from functools import lru_cache
from typing import Any

import pyoxigraph as ox

from averment.json_values import leaves
from averment.store import View
from averment.vocabulary import AV, PREFIXES, RDF

__all__ = ["IN_CONTENT", "Losses", "Reader", "lost_leaves", "ranked", "report"]

Losses = Counter[str]
"""How often something of a name was not carried."""

IN_CONTENT = "what claims say, in their own graphs"
"""The name of all that stands in named graphs."""
_CLASSLESS = "a thing without a class"


def ranked(losses: Losses) -> list[tuple[str, int]]:
    """Give what was lost, the most frequent first."""
    return sorted(losses.items(), key=lambda item: (-item[1], item[0]))


def report(losses: Losses) -> dict[str, Any]:
    """Give the report of what was not carried as JSON has it: how much, and of each name how often, the most first."""
    return {"lost": losses.total(), "what": [{"name": name, "times": times} for name, times in ranked(losses)]}


class Reader:
    """Reads the bookkeeping of a store and remembers which quads were used; all others are lost."""

    def __init__(self, view: View) -> None:
        """Read from a view."""
        self.view = view
        self.used: set[ox.Quad] = set()

    def nodes(self, subject: ox.NamedNode, predicate: ox.NamedNode) -> list[ox.NamedNode]:
        """Give the things that a property points at, in the order of their IRIs."""
        found = [quad for quad in self.view.described(subject, predicate) if isinstance(quad.object, ox.NamedNode)]
        self.used.update(found)
        return sorted((quad.object for quad in found if isinstance(quad.object, ox.NamedNode)), key=str)

    def node(self, subject: ox.NamedNode, predicate: ox.NamedNode) -> ox.NamedNode | None:
        """Give the first of the things that a property points at."""
        return next(iter(self.nodes(subject, predicate)), None)

    def pointing(self, predicate: ox.NamedNode, node: ox.NamedNode, kind: ox.NamedNode) -> list[ox.NamedNode]:
        """Give the things of a class that point at a node, in the order of their IRIs."""
        found = [one for one in self.view.pointing(predicate, node) if isinstance(one, ox.NamedNode)]
        of_kind = sorted((one for one in found if self.view.has_type(one, kind)), key=str)
        for one in of_kind:
            self.used |= {_quad(one, predicate, node), _quad(one, RDF.type, kind)}
        return of_kind

    def text(self, subject: ox.NamedNode, predicate: ox.NamedNode) -> str | None:
        """Give the first value of a property as it is written."""
        term = self.literal(subject, predicate)
        return None if term is None else term.value

    def literal(self, subject: ox.NamedNode, predicate: ox.NamedNode) -> ox.Literal | None:
        """Give the first value of a property."""
        found = [quad for quad in self.view.described(subject, predicate) if isinstance(quad.object, ox.Literal)]
        if not found:
            return None
        first = min(found, key=lambda quad: str(quad.object))
        self.used.add(first)
        return first.object if isinstance(first.object, ox.Literal) else None

    def is_a(self, node: ox.NamedNode, *kinds: ox.NamedNode) -> bool:
        """Say whether a node is of one of these classes."""
        found = [_quad(node, RDF.type, kind) for kind in kinds if self.view.has_type(node, kind)]
        self.used.update(found)
        return bool(found)

    def losses(self) -> Losses:
        """Count the quads of the store that were not used, by property and class."""
        kinds = self._kinds()
        found: Counter[tuple[str, str] | None] = Counter()
        for quad in self.view.all_quads():
            if quad not in self.used:
                asserted = isinstance(quad.graph_name, ox.DefaultGraph)
                found[(quad.predicate.value, kinds.get(quad.subject, _CLASSLESS)) if asserted else None] += 1
        return Losses({_named(lost): count for lost, count in found.items()})

    def _kinds(self) -> dict[object, str]:
        """Give a class of each thing that has one, all at once: to look up each is what takes long."""
        kinds: dict[object, str] = {}
        for quad in self.view.described(None, RDF.type):
            if isinstance(quad.object, ox.NamedNode) and quad.object != AV.Entity:
                kinds[quad.subject] = max(kinds.get(quad.subject, ""), _short(quad.object.value))
        return kinds


def _named(lost: tuple[str, str] | None) -> str:
    """Give a property and a class in words, or what stands for all of the named graphs."""
    return f"{_short(lost[0])} of {lost[1]}" if lost else IN_CONTENT


def _quad(subject: ox.NamedNode, predicate: ox.NamedNode, value: ox.NamedNode) -> ox.Quad:
    return ox.Quad(subject, predicate, value, ox.DefaultGraph())


@lru_cache
def _short(iri: str) -> str:
    for prefix, space in PREFIXES.items():
        if iri.startswith(space):
            return f"{prefix}:{iri.removeprefix(space)}"
    return iri


# ---- JSON ------------------------------------------------------------------------------------------------------------


def lost_leaves(given: Any, carried: Any) -> Losses:
    """Count the values of one JSON value that are not in another at the same place, by their places."""
    missing = Counter(leaves(given)) - Counter(leaves(carried))
    lost = Losses()
    for (place, _), times in missing.items():
        lost[place] += times
    return lost
