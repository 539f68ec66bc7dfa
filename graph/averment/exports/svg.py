"""A picture of a view: boxes with words, arrows between them, and what the colours mean above it.

It needs no style sheet, script or font of its own, so that a browser, an editor of pictures and a converter show the
same. Above `MAX_DRAWN` things it counts them by kind, shows the best connected, and says so.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from math import ceil
from typing import TypeAlias

from averment.exports import palette
from averment.exports.arrows import LINES, MAX_WORDS, Line, arrows, tip_of
from averment.exports.base import Losses
from averment.exports.layout import LEADING, Box, Pairs, layout, pairs_of
from averment.exports.lettering import width_of
from averment.exports.links import link
from averment.exports.places import MAX_DRAWN
from averment.exports.values import Network
from averment.exports.xml import attribute, content

__all__ = ["drawn", "lost_in_pictures", "picture", "to_svg"]

_FONT = 'font-family="system-ui, -apple-system, &quot;Segoe UI&quot;, Roboto, &quot;DejaVu Sans&quot;, sans-serif"'
_INK, _QUIET = "#1e293b", "#475569"
_LEFT, _ROW = 24.0, 24.0
_NARROWEST = 640.0
_TOLD = 400
"""Characters of a label that the box tells when pointed at."""

Legend: TypeAlias = tuple[list[str], float]
"""Lines of SVG, and how far down they reach."""


def to_svg(network: Network) -> Iterator[bytes]:
    """Give the picture as SVG; the same graph gives the same bytes."""
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n{picture(network)}'.encode()


def drawn(network: Network) -> Network:
    """Give what of a graph is drawn: all of it, or the best connected things and what links them."""
    if len(network) <= MAX_DRAWN:
        return network
    best = sorted(network, key=lambda node: (-network.degree(node), node))[:MAX_DRAWN]
    chosen: Network = network.subgraph(best).copy()
    ordered: Network = type(network)(**network.graph)
    ordered.add_nodes_from((node, chosen.nodes[node]) for node in sorted(chosen))
    for source, target, data in sorted(chosen.edges(data=True), key=lambda edge: (edge[0], edge[1], str(edge[2]))):
        ordered.add_edge(source, target, **data)
    return ordered


def lost_in_pictures(network: Network) -> Losses:
    """Count what a picture does not show: things and links left out, words cut short, and attributes."""
    shown = drawn(network)
    boxes = layout(shown).boxes
    cut = sum(box.lines[-1].endswith("…") and not _whole(network, node, box) for node, box in boxes.items())
    of_nodes = sum(len(data.keys() - {"label", "kind"}) for _, data in shown.nodes(data=True))
    of_edges = sum(len(data.keys() - {"relation", "stance"}) for *_, data in shown.edges(data=True))
    counts = {
        "things are not drawn": len(network) - len(shown),
        "links are not drawn": network.number_of_edges() - shown.number_of_edges(),
        "labels are cut short": cut,
        "attributes are not shown": of_nodes + of_edges,
        "arrows have no words": _wordless(shown),
    }
    return {words: count for words, count in counts.items() if count}


def _wordless(shown: Network) -> int:
    """Count the arrows whose words are left out because there are too many."""
    pairs = pairs_of(shown)
    return 0 if len(pairs) <= MAX_WORDS else sum(not set(relations) <= set(LINES) for relations in pairs.values())


def _whole(network: Network, node: str, box: Box) -> bool:
    return "".join("".join(box.lines).split()) == "".join(str(network.nodes[node]["label"]).split())


def picture(network: Network) -> str:
    """Give the picture as an `svg` element, to stand in a file or a page."""
    shown = drawn(network)
    pairs, laid = pairs_of(shown), layout(shown)
    title = str(network.graph.get("title", "What articles claim"))
    width = max(_NARROWEST, laid.width, width_of(title, 20) + 2 * _LEFT)
    head, top = _head(title, network, shown, pairs, width)
    wide, high = ceil(width), ceil(top + laid.height)
    size = f'viewBox="0 0 {wide} {high}" width="{wide}" height="{high}"'
    named = 'role="graphics-document document" aria-labelledby="picture-title picture-about"'
    lines = (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} {named} {_FONT} font-size="13">',
        f'<title id="picture-title">{content(title)}</title>',
        f'<desc id="picture-about">{content(_about(network, shown))}</desc>',
        _tips(),
        '<rect width="100%" height="100%" fill="#ffffff"/>',
        *head,
        f'<g transform="translate(0 {top:.0f})">',
        *arrows(laid, pairs),
        *(_box(node, laid.boxes[node], shown) for node in sorted(laid.boxes)),
        "</g>",
        "</svg>",
    )
    return "\n".join(lines) + "\n"


def _about(network: Network, shown: Network) -> str:
    if not len(network):
        return "There is nothing to show."
    kinds = Counter(str(data.get("kind", "thing")) for _, data in network.nodes(data=True))
    counted = ", ".join(f"{count:,} {kind}" for kind, count in sorted(kinds.items()))
    said = f"{len(network):,} things ({counted}) and {network.number_of_edges():,} links."
    return said + (f" The {len(shown):,} best connected are shown." if len(shown) < len(network) else "")


def _tips() -> str:
    marks = (
        f'<marker id="{tip_of(name)}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" '
        f'markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0.6L10 5L0 9.4z" fill="{line.colour}"/></marker>'
        for name, line in LINES.items()
        if line.pointed
    )
    return f"<defs>{''.join(marks)}</defs>"


def _head(title: str, network: Network, shown: Network, pairs: Pairs, width: float) -> Legend:
    lines = [f'<text x="{_LEFT:.0f}" y="38" font-size="20" font-weight="600" fill="{_INK}">{content(title)}</text>']
    y = 66.0
    if not len(network):
        lines.append(f'<text x="{_LEFT:.0f}" y="{y:.0f}" fill="{_QUIET}">There is nothing to show.</text>')
        return lines, y + _ROW
    entries = [*_kinds(network, shown), *_relations(pairs)]
    x = _LEFT
    for words, draw in entries:
        wide = 40 + width_of(words) + 14
        if x > _LEFT and x + wide > width - _LEFT:
            x, y = _LEFT, y + _ROW
        lines.append(draw(x, y) + f'<text x="{x + 36:.1f}" y="{y + 4.5:.1f}" fill="{_QUIET}">{content(words)}</text>')
        x += wide
    if len(shown) < len(network):
        y += _ROW
        said = f"There are {len(network):,} things; the {len(shown):,} best connected are shown."
        lines.append(f'<text x="{_LEFT:.0f}" y="{y + 4.5:.1f}" font-weight="600" fill="{_INK}">{said}</text>')
    return lines, y + _ROW


def _kinds(network: Network, shown: Network) -> Iterator[tuple[str, Callable[[float, float], str]]]:
    of_all = Counter(str(data.get("kind", "")) for _, data in network.nodes(data=True))
    of_shown = Counter(str(data.get("kind", "")) for _, data in shown.nodes(data=True))
    for kind in sorted(of_all, key=lambda kind: ([*palette.COLOURS, kind].index(kind), kind)):
        count = f"{of_all[kind]:,}" if of_shown[kind] == of_all[kind] else f"{of_shown[kind]:,} of {of_all[kind]:,}"
        yield f"{kind or 'other'} {count}", _swatch(kind)


def _swatch(kind: str) -> Callable[[float, float], str]:
    return lambda x, y: f'<rect x="{x:.1f}" y="{y - 7:.1f}" width="28" height="14" rx="4" {_fill(kind)}/>'


def _relations(pairs: Pairs) -> Iterator[tuple[str, Callable[[float, float], str]]]:
    used = {words for relations in pairs.values() for words in relations}
    for name, line in LINES.items():
        if name in used:
            yield name, _stroke(line)


def _stroke(line: Line) -> Callable[[float, float], str]:
    return lambda x, y: f'<path d="M{x:.1f} {y:.1f}h28" {line.look()}/>'


def _fill(kind: str) -> str:
    if kind == "claim":
        return f'fill="{palette.CLAIM}" stroke="{palette.colour(kind)}" stroke-width="1.2"'
    return f'fill="{palette.colour(kind)}"'


def _box(node: str, box: Box, network: Network) -> str:
    label = str(network.nodes[node]["label"])
    told = label if len(label) <= _TOLD else f"{label[:_TOLD]}…"
    x, y = box.x - box.width / 2, box.y - box.height / 2
    ink = _INK if box.kind == "claim" else "#ffffff"
    first = box.y - LEADING * (len(box.lines) - 1) / 2 + 4.5
    words = "".join(
        f'<text x="{box.x:.1f}" y="{first + LEADING * n:.1f}" text-anchor="middle" fill="{ink}">{content(line)}</text>'
        for n, line in enumerate(box.lines)
    )
    shape = (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{box.width:.1f}" height="{box.height:.1f}" rx="7" {_fill(box.kind)}/>'
    )
    inside = f"<title>{content(f'{box.kind}: {told}' if box.kind else told)}</title>{shape}{words}"
    address = link(node, network)
    return f"<a href={attribute(address)}>{inside}</a>" if address else f"<g>{inside}</g>"
