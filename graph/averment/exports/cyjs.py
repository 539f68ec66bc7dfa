"""Cytoscape's JSON, for Cytoscape (as `.cyjs`) and cytoscape.js. https://js.cytoscape.org/#notation/elements-json."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from averment.exports.base import encoded
from averment.exports.places import places
from averment.exports.values import Network, Value

__all__ = ["as_json", "listed", "to_cyjs"]


def to_cyjs(network: Network) -> Iterator[bytes]:
    """Give a graph as Cytoscape's JSON, with the places of nodes."""
    return encoded(_lines(network))


def as_json(data: Mapping[str, Value]) -> dict[str, Any]:
    """Give attributes as JSON has them: days are ISO 8601 texts."""
    return {name: one.isoformat() if isinstance(one, date) else one for name, one in data.items()}


def listed(items: Iterable[Any]) -> Iterator[str]:
    """Give the members of a JSON array, one a line, with the commas between them."""
    before = None
    for item in items:
        if before is not None:
            yield f"{before},"
        before = json.dumps(item, ensure_ascii=False)
    if before is not None:
        yield before


def _lines(network: Network) -> Iterator[str]:
    name = json.dumps(str(network.graph.get("title", "What articles claim")), ensure_ascii=False)
    yield f'{{"format_version": "1.0", "generated_by": "averment", "data": {{"name": {name}}},'
    yield '"layout": {"name": "preset"}, "elements": {"nodes": ['
    yield from listed(_nodes(network))
    yield '], "edges": ['
    yield from listed(_edges(network))
    yield "]}}"


def _nodes(network: Network) -> Iterator[dict[str, Any]]:
    where = places(network)
    for node, data in network.nodes(data=True):
        x, y = where[node]
        own = {"id": node, "name": data["label"]}
        yield {"data": own | as_json(data), "position": {"x": round(x, 1), "y": round(y, 1)}}


def _edges(network: Network) -> Iterator[dict[str, Any]]:
    for number, (source, target, data) in enumerate(network.edges(data=True)):
        name = f"e{number}"
        while name in network:  # nodes and edges share their ids here
            name += "_"
        own = {"id": name, "source": source, "target": target, "interaction": data.get("relation", "")}
        yield {"data": as_json(own | dict(data))}
