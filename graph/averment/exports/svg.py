"""A picture of what claims link: people, bodies, documents, payouts and topics, with the relations between them.

Each connected part is laid out on its own, from left to right, and the parts are set side by side. A claim itself is
not drawn: it is the arrow. Above `MAX_NODES` the picture says so and shows the best connected.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from math import ceil, hypot

import networkx as nx

from averment.exports.network import Network

__all__ = ["MAX_NODES", "to_svg"]

MAX_NODES = 150
_COLOURS = {
    "person": "#c2410c",
    "organization": "#1d4ed8",
    "outlet": "#6d28d9",
    "office": "#0e7490",
    "group": "#0f766e",
    "unnamed": "#0891b2",
    "place": "#4d7c0f",
    "document": "#a16207",
    "payout": "#be123c",
    "topic": "#475569",
}
_NOT_DRAWN = {"wasAttributedTo", "appearance", "mentions", "payer"}
"""Bookkeeping, and what another relation says already."""

_INVERSE = {"listedIn": "lists"}
"""Relations that are drawn the other way round, so that arrows lead from what comes first."""
_COLUMN, _ROW, _GAP = 280, 58, 26
"""Pixels from node to node, across and down, and between connected parts."""

_HEIGHT, _LEGEND = 30, 56
_ALONG = 0.4
"""How far along an arrow its words stand: before the middle, where fewer arrows cross."""

_LABEL_LENGTH = 26


@dataclass(frozen=True, slots=True)
class _Box:
    """One node in the picture: its middle, in pixels, and how it looks."""

    x: float
    y: float
    width: float
    label: str
    kind: str


def to_svg(network: Network) -> bytes:
    """Give the picture as SVG; the same network gives the same bytes."""
    drawn, left_out = _drawn(network)
    parts = sorted(nx.weakly_connected_components(drawn), key=lambda part: (-len(part), min(part)))
    boxes: dict[str, _Box] = {}
    offset = _LEGEND
    width = 640.0
    for row in _rows([_laid_out(drawn.subgraph(sorted(part))) for part in parts]):
        x = 0.0
        for part_boxes, part_width, _ in row:
            boxes |= {node: _Box(b.x + x, b.y + offset, b.width, b.label, b.kind) for node, b in part_boxes.items()}
            x += part_width
        width = max(width, x)
        offset += ceil(max(height for _, _, height in row))
    body = [*_legend(boxes.values(), left_out), *_edges(drawn, boxes), *(_box(boxes[node]) for node in sorted(boxes))]
    return _page(ceil(width), offset, body).encode()


def _drawn(network: Network) -> tuple[Network, int]:
    """Give the relations that claims state, with the nodes that they link, and how many nodes had to be left out."""
    drawn: Network = nx.MultiDiGraph()
    for source, target, data in network.edges(data=True):
        relation = data["relation"]
        kinds = {network.nodes[source]["kind"], network.nodes[target]["kind"]}
        if source == target or relation in _NOT_DRAWN or not kinds <= set(_COLOURS):
            continue
        if relation in _INVERSE:
            drawn.add_edge(target, source, key=_INVERSE[relation])
        else:
            drawn.add_edge(source, target, key=relation)
    nx.set_node_attributes(drawn, {node: network.nodes[node] for node in drawn})
    best = sorted(drawn, key=lambda node: (-drawn.degree(node), node))[:MAX_NODES]
    return drawn.subgraph(sorted(best)).copy(), max(0, len(drawn) - MAX_NODES)


def _laid_out(part: Network) -> tuple[dict[str, _Box], float, float]:
    """Give the nodes of one connected part in columns from left to right, with its width and height."""
    columns = _columns(part)
    tallest = max(len(column) for column in columns)
    boxes = {}
    for x, column in enumerate(columns):
        for y, node in enumerate(column):
            label = _shortened(part.nodes[node]["label"])
            middle = (y + (tallest - len(column)) / 2 + 0.5) * _ROW
            boxes[node] = _Box(x * _COLUMN + _COLUMN / 2, middle, _text_width(label), label, part.nodes[node]["kind"])
    return boxes, len(columns) * _COLUMN, tallest * _ROW + _GAP


def _columns(part: Network) -> list[list[str]]:
    """Set every node right of those that point at it, as far as the longest path goes, and near its neighbours.

    The layering of Sugiyama and others, "Methods for Visual Understanding of Hierarchical System Structures" (1981).
    """
    ordered = _without_cycles(part)
    rank: dict[str, int] = {}
    for node in nx.topological_sort(ordered):
        rank[node] = max((rank[before] + 1 for before in ordered.predecessors(node)), default=0)
    for node in reversed(list(nx.topological_sort(ordered))):  # what points at nothing near goes to what it points at
        if not ordered.in_degree(node) and ordered.out_degree(node):
            rank[node] = min(rank[after] for after in ordered.successors(node)) - 1
    columns = [sorted(n for n in rank if rank[n] == r) for r in sorted(set(rank.values()))]
    for _ in range(8):
        place = {node: y - len(column) / 2 for column in columns for y, node in enumerate(column)}
        for column in columns:
            column.sort(key=lambda node: (_mean([place[n] for n in nx.all_neighbors(ordered, node)]), node))
            place |= {node: y - len(column) / 2 for y, node in enumerate(column)}
    return columns


def _without_cycles(part: Network) -> "nx.DiGraph[str]":
    """Take the links one by one, and leave out each that would close a circle."""
    ordered: nx.DiGraph[str] = nx.DiGraph()
    ordered.add_nodes_from(sorted(part))
    for source, target in sorted(set(part.edges())):
        if not nx.has_path(ordered, target, source):
            ordered.add_edge(source, target)
    return ordered


def _mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _rows(
    parts: Iterable[tuple[dict[str, _Box], float, float]],
) -> Iterator[list[tuple[dict[str, _Box], float, float]]]:
    """Set parts side by side in rows of at most some 1,400 pixels."""
    row: list[tuple[dict[str, _Box], float, float]] = []
    for part in parts:
        if row and sum(width for _, width, _ in row) + part[1] > 1400:
            yield row
            row = []
        row.append(part)
    if row:
        yield row


def _legend(boxes: Iterable[_Box], left_out: int) -> Iterator[str]:
    kinds = [kind for kind in _COLOURS if any(box.kind == kind for box in boxes)]
    x = 24.0
    for kind in kinds:
        yield f'<circle cx="{x:.1f}" cy="24" r="6" fill="{_COLOURS[kind]}"/>'
        yield f'<text x="{x + 12:.1f}" y="28" class="legend">{kind}</text>'
        x += _text_width(kind) + 14
    if left_out:
        yield f'<text x="18" y="48" class="legend">{left_out:,} less connected things are not shown</text>'
    if not kinds:
        yield '<text x="18" y="28" class="legend">No claim links two things yet.</text>'


def _edges(drawn: Network, boxes: dict[str, _Box]) -> Iterator[str]:
    """Draw one arrow for each pair, with all relations between the two written on it."""
    pairs: dict[tuple[str, str], list[str]] = {}
    for source, target, relation in sorted(drawn.edges(keys=True)):
        pairs.setdefault((source, target), []).append(_words(relation))
    for (source, target), relations in pairs.items():
        yield _arrow(boxes[source], boxes[target], ", ".join(dict.fromkeys(relations)))


def _arrow(start: _Box, end: _Box, label: str) -> str:
    x1, y1 = _border(start, end)
    x2, y2 = _border(end, start)
    x, y = x1 + (x2 - x1) * _ALONG, y1 + (y2 - y1) * _ALONG - 3
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" class="edge" marker-end="url(#tip)"/>'
        f'<text x="{x:.1f}" y="{y:.1f}" class="relation">{escape(label)}</text>'
    )


def _border(box: _Box, towards: _Box) -> tuple[float, float]:
    """Give where the line to another box leaves this one."""
    dx, dy = towards.x - box.x, towards.y - box.y
    if not hypot(dx, dy):
        return box.x, box.y
    scale = min(
        (box.width / 2 + 3) / abs(dx) if dx else float("inf"),
        (_HEIGHT / 2 + 3) / abs(dy) if dy else float("inf"),
        1.0,
    )
    return box.x + dx * scale, box.y + dy * scale


def _box(box: _Box) -> str:
    return (
        f'<rect x="{box.x - box.width / 2:.1f}" y="{box.y - _HEIGHT / 2:.1f}" width="{box.width:.1f}" '
        f'height="{_HEIGHT}" rx="8" fill="{_COLOURS[box.kind]}"/>'
        f'<text x="{box.x:.1f}" y="{box.y + 4.5:.1f}" class="label">{escape(box.label)}</text>'
    )


_STYLE = (
    "text{font:13px system-ui,sans-serif}.label{fill:#fff;text-anchor:middle}.legend{fill:#334155}"
    ".relation{fill:#334155;font-size:11px;text-anchor:middle;paint-order:stroke;stroke:#fff;stroke-width:4px}"
    ".edge{stroke:#94a3b8;stroke-width:1.4}"
)
_TIP = (
    '<marker id="tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto">'
    '<path d="M0 0L10 5L0 10z" fill="#94a3b8"/></marker>'
)


def _page(width: int, height: int, body: Iterable[str]) -> str:
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    lines = (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-label="What the claims link">',
        f"<style>{_STYLE}</style><defs>{_TIP}</defs>",
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
        *body,
        "</svg>",
    )
    return "\n".join(lines) + "\n"


def _words(relation: str) -> str:
    """Give `lobbiedAgainst` as words."""
    if relation == "containsAssertionFrom":
        return "cites"
    return "".join(f" {c.lower()}" if c.isupper() else c for c in relation)


def _shortened(label: str) -> str:
    line = " ".join(label.split())
    return line if len(line) <= _LABEL_LENGTH else line[: _LABEL_LENGTH - 1].rstrip() + "…"


def _text_width(label: str) -> float:
    """Estimate in pixels; a quarter more than a narrow face needs, so that no face runs over."""
    return 7.4 * len(label) + 22
