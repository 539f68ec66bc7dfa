"""A picture of what claims link: people, bodies, documents, payouts and topics, with the relations between them.

Each connected part is laid out on its own, and the parts are set side by side. A claim itself is not drawn: it is the
arrow. Above `MAX_NODES` the picture says so and shows the best connected.
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
    "place": "#4d7c0f",
    "document": "#a16207",
    "payout": "#be123c",
    "topic": "#475569",
}
_BOOKKEEPING = {"wasAttributedTo", "appearance", "mentions"}
_SPREAD = 190
"""Pixels between neighbours."""
_HEIGHT, _MARGIN, _LEGEND = 30, 90, 56
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
    kept = [(a, b, d) for a, b, d in network.edges(data=True) if d["relation"] not in _BOOKKEEPING]
    drawn: Network = nx.MultiDiGraph()
    for source, target, data in kept:
        if source != target and {network.nodes[source]["kind"], network.nodes[target]["kind"]} <= set(_COLOURS):
            drawn.add_edge(source, target, key=data["relation"], relation=data["relation"])
    nx.set_node_attributes(drawn, {node: network.nodes[node] for node in drawn})
    best = sorted(drawn, key=lambda node: (-drawn.degree(node), node))[:MAX_NODES]
    return drawn.subgraph(sorted(best)).copy(), max(0, len(drawn) - MAX_NODES)


def _laid_out(part: Network) -> tuple[dict[str, _Box], float, float]:
    """Give the nodes of one connected part from its own upper left corner, with its width and height."""
    ordered: Network = nx.MultiDiGraph()
    ordered.add_nodes_from(sorted(part))
    ordered.add_edges_from(sorted(part.edges()))
    simple: nx.Graph[str] = nx.Graph(ordered)
    places = nx.spring_layout(simple, seed=7, k=1.6 / len(part) ** 0.5, iterations=300)
    reach = _SPREAD * max(1.0, len(part) ** 0.5) / 1.6
    points = {node: (float(x) * reach * 1.35, float(y) * reach) for node, (x, y) in places.items()}
    _separate(points)
    left, top = min(x for x, _ in points.values()), min(y for _, y in points.values())
    right, bottom = max(x for x, _ in points.values()), max(y for _, y in points.values())
    boxes = {}
    for node, (x, y) in points.items():
        label = _shortened(part.nodes[node]["label"])
        boxes[node] = _Box(
            x - left + _MARGIN + 20, y - top + _MARGIN / 2, _text_width(label), label, part.nodes[node]["kind"]
        )
    return boxes, right - left + 2 * _MARGIN + 40, bottom - top + _MARGIN


def _separate(points: dict[str, tuple[float, float]]) -> None:
    """Push boxes that would overlap apart, a few times over, up and down first since they are wide and low."""
    nodes = sorted(points)
    for _ in range(60):
        for k, one in enumerate(nodes):
            for other in nodes[k + 1 :]:
                (x1, y1), (x2, y2) = points[one], points[other]
                if abs(x1 - x2) < _SPREAD and abs(y1 - y2) < _HEIGHT * 2:
                    push = (_HEIGHT * 2 - abs(y1 - y2)) / 2 + 0.5
                    sign = 1 if y1 >= y2 else -1
                    points[one], points[other] = (x1, y1 + sign * push), (x2, y2 - sign * push)


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
    for k, kind in enumerate(kinds):
        yield f'<circle cx="{24 + 105 * k}" cy="24" r="6" fill="{_COLOURS[kind]}"/>'
        yield f'<text x="{36 + 105 * k}" y="28" class="legend">{kind}</text>'
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
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" class="edge" marker-end="url(#tip)"/>'
        f'<text x="{(x1 + x2) / 2:.1f}" y="{(y1 + y2) / 2 - 3:.1f}" class="relation">{escape(label)}</text>'
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
