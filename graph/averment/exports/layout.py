"""Where things stand in a picture, in pixels: connected parts side by side, each in columns from left to right."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import networkx as nx

from averment.exports.columns import Item, arranged
from averment.exports.lettering import set_in_lines, width_of
from averment.exports.ranks import ranked
from averment.exports.values import Network

__all__ = ["LEADING", "LEVEL", "Box", "Layout", "Pairs", "layout", "pairs_of"]

Pairs = dict[tuple[str, str], dict[str, int]]
"""The relations from one thing to another, with how many links each stands for."""

LEADING = 17.0
"""From line to line."""

LEVEL = 60.0
"""How far an arrow from a thing to one in the same column bends out."""

_PADDING, _APART, _MARGIN = 12.0, 18.0, 24.0
"""Around words; from box to box; around a connected part."""

_GAP, _WIDEST_GAP = 84.0, 170.0
"""Between columns, where arrows and their words are."""

_CLAIM = (250.0, 4)
_THING = (170.0, 2)
"""The width and number of the lines of a label."""

_WIDE = 1_000.0
"""The width of a picture, unless a part of it is wider."""


@dataclass(frozen=True, slots=True)
class Box:
    """One thing in the picture: its middle, its size, and the lines of its label."""

    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]
    kind: str
    reach: float = 0.0
    """Half the width of its column: arrows lead level from its side to there."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The boxes of a picture, the points through which long arrows pass, and the picture's size."""

    boxes: dict[str, Box]
    bends: dict[tuple[str, str], list[tuple[float, float]]]
    width: float
    height: float


def pairs_of(network: Network) -> Pairs:
    """Give what leads from one thing to another, parallel links together."""
    pairs: Pairs = {}
    for source, target, data in network.edges(data=True):
        relations = pairs.setdefault((source, target), {})
        words = str(data.get("stance") or data.get("relation", ""))
        relations[words] = relations.get(words, 0) + 1
    return pairs


def layout(network: Network) -> Layout:
    """Lay a graph out; the same graph gives the same places."""
    pairs = pairs_of(network)
    parts = sorted(nx.weakly_connected_components(network), key=lambda part: (-len(part), min(part)))
    laid = [_part(network, sorted(part), pairs) for part in parts]
    boxes: dict[str, Box] = {}
    bends: dict[tuple[str, str], list[tuple[float, float]]] = {}
    width = height = 0.0
    for row in _shelves(laid):
        x = 0.0
        for part in row:
            boxes |= {node: replace(box, x=box.x + x, y=box.y + height) for node, box in part.boxes.items()}
            bends |= {pair: [(a + x, b + height) for a, b in points] for pair, points in part.bends.items()}
            x += part.width
        width = max(width, x)
        height += max(part.height for part in row)
    return Layout(boxes, bends, width, height)


def _part(network: Network, nodes: list[str], pairs: Pairs) -> Layout:
    """Lay one connected part out."""
    own = {pair: pairs[pair] for node in nodes for pair in _from(network, node)}
    boxes = {node: _box(network.nodes[node]) for node in nodes}
    sizes = {node: Item(box.width, box.height + _APART) for node, box in boxes.items()}
    placed = arranged(sizes, ranked(nodes, own), _gaps(own), own)
    top = min(placed.at[node][1] - boxes[node].height / 2 for node in nodes) - _MARGIN
    bottom = max(placed.at[node][1] + boxes[node].height / 2 for node in nodes) + _MARGIN
    level = any(start != end and placed.at[start][0] == placed.at[end][0] for start, end in own)
    at = {node: (x + _MARGIN, y - top) for node, (x, y) in placed.at.items()}
    return Layout(
        {node: replace(box, x=at[node][0], y=at[node][1], reach=placed.halves[node]) for node, box in boxes.items()},
        {pair: [(x + _MARGIN, y - top) for x, y in points] for pair, points in placed.bends.items()},
        placed.width + 2 * _MARGIN + (LEVEL if level else 0.0),
        bottom - top,
    )


def _from(network: Network, node: str) -> Iterator[tuple[str, str]]:
    return ((node, other) for other in sorted(network.successors(node)))


def _box(data: Mapping[str, object]) -> Box:
    kind = str(data.get("kind", ""))
    width, count = _CLAIM if kind == "claim" else _THING
    lines = tuple(set_in_lines(str(data["label"]), width, count))
    broad = max(44.0, max(map(width_of, lines)) + 2 * _PADDING)
    return Box(0.0, 0.0, broad, LEADING * len(lines) + _PADDING, lines, kind)


def _gaps(pairs: Pairs) -> float:
    words = (", ".join(relations) for relations in pairs.values())
    return min(_WIDEST_GAP, max([_GAP, *(width_of(text, 11) + 44 for text in words)]))


def _shelves(parts: Iterable[Layout]) -> Iterator[list[Layout]]:
    """Set parts side by side, as long as they are not too wide together."""
    known = list(parts)
    wide = max([_WIDE, *(part.width for part in known)])
    row: list[Layout] = []
    for part in known:
        if row and sum(one.width for one in row) + part.width > wide:
            yield row
            row = []
        row.append(part)
    if row:
        yield row
