"""JSON of nodes and links, as networkx (`node_link_graph`) and D3 read it."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from averment.exports.base import encoded
from averment.exports.cyjs import as_json, listed
from averment.exports.values import Network

__all__ = ["to_nodelink"]


def to_nodelink(network: Network) -> Iterator[bytes]:
    """Give a graph as node-link JSON."""
    return encoded(_lines(network))


def _lines(network: Network) -> Iterator[str]:
    yield '{"directed": true, "multigraph": true, "graph": {}, "nodes": ['
    yield from listed({"id": node} | as_json(data) for node, data in network.nodes(data=True))
    yield '], "edges": ['
    yield from listed(_edges(network))
    yield "]}"


def _edges(network: Network) -> Iterator[dict[str, Any]]:
    before: Counter[tuple[str, str]] = Counter()
    for source, target, data in network.edges(data=True):
        yield {"source": source, "target": target, "key": before[source, target]} | as_json(data)
        before[source, target] += 1
