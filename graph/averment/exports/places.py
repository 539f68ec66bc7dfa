"""Where the nodes of a graph of any size stand when a tool opens it; tools have layouts of their own to go on with.

A small graph has the places of its picture. In a large one neighbours stand near each other along a spiral, which takes
no longer than reading the graph does.
"""

from math import cos, pi, sin, sqrt

from averment.exports.layout import layout
from averment.exports.values import Network

__all__ = ["MAX_DRAWN", "places"]

MAX_DRAWN = 150
"""Nodes of a picture: more are a grey ball."""

_GOLDEN = pi * (3 - sqrt(5))
"""The angle at which seeds stand in a sunflower, H. Vogel, "A better way to construct the sunflower head" (1979)."""

_APART = 40.0


def places(network: Network) -> dict[str, tuple[float, float]]:
    """Give where each node stands; the same graph gives the same places."""
    if len(network) <= MAX_DRAWN:
        return {node: (box.x, box.y) for node, box in layout(network).boxes.items()}
    spots = ((_APART * sqrt(n + 0.5), _GOLDEN * n) for n in range(len(network)))
    return {
        node: (radius * cos(angle), radius * sin(angle))
        for node, (radius, angle) in zip(_in_order(network), spots, strict=True)
    }


def _in_order(network: Network) -> list[str]:
    """Give the nodes so that neighbours follow each other: breadth first, from the best connected."""
    order: dict[str, None] = {}
    for start in sorted(network, key=lambda node: (-network.degree(node), node)):
        if start in order:
            continue
        order[start] = None
        waiting = [start]
        for node in waiting:
            for near in sorted({*network.successors(node), *network.predecessors(node)}):
                if near not in order:
                    order[near] = None
                    waiting.append(near)
    return list(order)
