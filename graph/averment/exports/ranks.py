"""Which column of a picture each thing stands in: right of those that point at it.

The layering of Sugiyama and others, "Methods for Visual Understanding of Hierarchical System Structures" (1981), with
the cycles broken by a search in depth.
"""

from collections.abc import Iterable, Mapping

import networkx as nx

__all__ = ["ranked"]

_WEAK = frozenset({"mentions", "appears in"})
"""Relations that say little of what comes first: they place only things that nothing else does."""

_LEVEL = frozenset({"same as"})
"""Relations that say nothing of it."""


def ranked(nodes: Iterable[str], pairs: Mapping[tuple[str, str], Iterable[str]]) -> dict[str, int]:
    """Give the column of each node, from 0, for pairs of nodes with the relations that lead from one to the other."""
    ordered = _without_cycles(sorted(nodes), _that_place(pairs))
    rank: dict[str, int] = {}
    order = list(nx.topological_sort(ordered))
    for node in order:
        rank[node] = max((rank[before] + 1 for before in ordered.predecessors(node)), default=0)
    for node in reversed(order):  # what nothing points at goes near what it points at
        if not ordered.in_degree(node) and ordered.out_degree(node):
            rank[node] = min(rank[after] for after in ordered.successors(node)) - 1
    used = {column: place for place, column in enumerate(sorted(set(rank.values())))}
    return {node: used[column] for node, column in rank.items()}


def _that_place(pairs: Mapping[tuple[str, str], Iterable[str]]) -> list[tuple[str, str]]:
    leading = {
        pair: set(relations) - _LEVEL
        for pair, relations in pairs.items()
        if pair[0] != pair[1] and not _LEVEL.issuperset(relations)
    }
    strong = {pair for pair, relations in leading.items() if not relations <= _WEAK}
    placed = {end for pair in strong for end in pair}
    weak = {(start, end) for start, end in leading if end not in placed}
    return sorted(strong | weak)


def _without_cycles(nodes: list[str], pairs: list[tuple[str, str]]) -> "nx.DiGraph[str]":
    """Search in depth, from what nothing points at, and leave out each link that leads back into the way come."""
    ordered: nx.DiGraph[str] = nx.DiGraph()
    ordered.add_nodes_from(nodes)
    ordered.add_edges_from(pairs)
    done: set[str] = set()
    for start in sorted(nodes, key=lambda node: (ordered.in_degree(node), node)):
        _search(ordered, start, done)
    return ordered


def _search(ordered: "nx.DiGraph[str]", start: str, done: set[str]) -> None:
    if start in done:
        return
    way = {start: iter(sorted(ordered.successors(start)))}
    while way:
        node = next(reversed(way))
        after = next(way[node], None)
        if after is None:
            way.pop(node)
            done.add(node)
        elif after in way:
            ordered.remove_edge(node, after)
        elif after not in done:
            way[after] = iter(sorted(ordered.successors(after)))
