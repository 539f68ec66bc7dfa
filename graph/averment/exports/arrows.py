"""The arrows of a picture, and their words, which stand where nothing else does."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from averment.exports.layout import LEVEL, Box, Layout, Pairs
from averment.exports.lettering import width_of
from averment.exports.xml import content

__all__ = ["LINES", "MAX_WORDS", "Line", "arrows", "tip_of"]

_SIZE = 11
"""Of the words on arrows, in pixels."""

MAX_WORDS = 400
"""Arrows of a picture: where there are more, words on them could not be read, and only pointing at one tells it."""

Point: TypeAlias = tuple[float, float]
Area: TypeAlias = tuple[float, float, float, float]
"""Left, top, right and bottom."""


@dataclass(frozen=True, slots=True)
class Line:
    """How an arrow looks."""

    colour: str
    dashes: str = ""
    pointed: bool = True

    def look(self, name: str = "", width: float = 1.4) -> str:
        """Give it as attributes of SVG; `name` is that of its tip."""
        dashes = f' stroke-dasharray="{self.dashes}"' if self.dashes else ""
        tip = f' marker-end="url(#{tip_of(name)})"' if name and self.pointed else ""
        return f'fill="none" stroke="{self.colour}" stroke-width="{width:g}"{dashes}{tip}'


LINES = {
    "says": Line("#334155"),
    "cites": Line("#7c3aed"),
    "mentions": Line("#94a3b8", "2 3"),
    "appears in": Line("#94a3b8", "6 3"),
    "rests on": Line("#b45309"),
    "same as": Line("#059669", "7 4", pointed=False),
    "other": Line("#64748b"),
}
"""Relations that the legend explains; those of the last line have their words on the arrow."""


def tip_of(name: str) -> str:
    """Give the id of the tip of an arrow."""
    return f"tip-{name.replace(' ', '-')}"


def arrows(laid: Layout, pairs: Pairs) -> Iterator[str]:
    """Draw one arrow for each pair, thicker where it stands for several links; first the lines, then their words.

    Above `MAX_WORDS` arrows there are no words.
    """
    ports = _ports(laid, pairs)
    taken = _Taken(laid.boxes.values())
    words: list[str] = []
    for pair in sorted(pairs):
        curve = _loop(laid.boxes[pair[0]]) if pair[0] == pair[1] else _curve(laid, pair, ports)
        yield _arrow(pair, curve, pairs[pair], laid)
        text = ", ".join(sorted(name for name in pairs[pair] if name not in LINES and name))
        if text and len(pairs) <= MAX_WORDS:
            words.append(_words(text, curve, taken))
    yield from words


def _arrow(pair: tuple[str, str], curve: list[Point], relations: Mapping[str, int], laid: Layout) -> str:
    name = next((name for name in LINES if name in relations), "other") if set(relations) <= set(LINES) else "other"
    count = sum(relations.values())
    width = min(4.0, 1.2 + 0.3 * (count - 1))
    start, end = (" ".join(laid.boxes[node].lines) for node in pair)
    told = f"{start} — {', '.join(sorted(relations))} — {end}" + (f" ({count:,} links)" if count > 1 else "")
    (x, y), *rest = curve
    path = f"M{x:.1f} {y:.1f}" + "".join(
        f"C{a[0]:.1f} {a[1]:.1f} {b[0]:.1f} {b[1]:.1f} {c[0]:.1f} {c[1]:.1f}"
        for a, b, c in zip(rest[::3], rest[1::3], rest[2::3], strict=True)
    )
    return f'<path d="{path}" {LINES[name].look(name, round(width, 1))}><title>{content(told)}</title></path>'


Ports: TypeAlias = dict[tuple[str, str, str], Point]
"""Where the arrow of a pair touches the box of its start or end."""


def _ports(laid: Layout, pairs: Pairs) -> Ports:
    """Spread the arrows of a box along the side that they leave from, in the order of where they lead."""
    sides: dict[tuple[str, bool], list[tuple[float, tuple[str, str, str]]]] = {}
    for start, end in pairs:
        if start == end:
            continue
        for node, other, role in ((start, end, "start"), (end, start, "end")):
            to_right = laid.boxes[other].x >= laid.boxes[node].x if _apart(laid, start, end) else True
            via = laid.bends.get((start, end)) or []
            y = (via[0] if role == "start" else via[-1])[1] if via else laid.boxes[other].y
            sides.setdefault((node, to_right), []).append((y, (start, end, role)))
    ports: Ports = {}
    for (node, to_right), found in sides.items():
        box = laid.boxes[node]
        room = box.height - 14
        for place, (_, key) in enumerate(sorted(found)):
            share = (place + 0.5) / len(found) - 0.5
            ports[key] = (box.x + (box.width if to_right else -box.width) / 2, box.y + room * share)
    return ports


def _apart(laid: Layout, start: str, end: str) -> bool:
    """Say whether two things stand in different columns."""
    one, other = laid.boxes[start], laid.boxes[end]
    return abs(one.x - other.x) > 1


def _curve(laid: Layout, pair: tuple[str, str], ports: Ports) -> list[Point]:
    """Give the points of Bezier curves from box to box; they bend between columns and are level in each."""
    start, end = ports[(*pair, "start")], ports[(*pair, "end")]
    first, last = _side(laid.boxes[pair[0]], start), _side(laid.boxes[pair[1]], end)
    curve = [start]
    for (x1, y1), (x2, y2) in pairwise([start, first, *laid.bends.get(pair, []), last, end]):
        if (x1, y1) == (x2, y2):  # the side of the box is that of its column
            continue
        if x1 == x2:
            out = x1 + min(LEVEL, 26 + abs(y1 - y2) * 0.12) * 4 / 3  # a curve comes three quarters of the way there
            curve += [(out, y1), (out, y2), (x2, y2)]
        else:
            half = (x2 - x1) / 2
            curve += [(x1 + half, y1), (x2 - half, y2), (x2, y2)]
    return curve


def _side(box: Box, port: Point) -> Point:
    """Give where an arrow crosses the side of a box's column."""
    return (box.x + (box.reach if port[0] > box.x else -box.reach), port[1])


def _loop(box: Box) -> list[Point]:
    """Give an arrow from a box to itself, over its upper right corner."""
    x, y = box.x + box.width / 2, box.y - box.height / 2
    return [(x - 26, y), (x - 26, y - 24), (x + 24, y - 4), (x, y + 10)]


_CELL = (120.0, 40.0)
"""The width and height of a cell: what stands in others need not be looked at."""


class _Taken:
    """The areas of a picture in which something stands."""

    def __init__(self, boxes: Iterable[Box]) -> None:
        self._cells: dict[tuple[int, int], list[Area]] = {}
        for box in boxes:
            across, down = box.width / 2, box.height / 2
            self.take((box.x - across, box.y - down, box.x + across, box.y + down))

    def overlap(self, area: Area) -> float:
        """Give how many square pixels of an area are taken; what reaches over several cells may count in each."""
        return sum(_common(area, other) for cell in _cells(area) for other in self._cells.get(cell, ()))

    def take(self, area: Area) -> None:
        """Let something stand there."""
        for cell in _cells(area):
            self._cells.setdefault(cell, []).append(area)


def _cells(area: Area) -> Iterator[tuple[int, int]]:
    left, top, right, bottom = area
    for column in range(int(left // _CELL[0]), int(right // _CELL[0]) + 1):
        for row in range(int(top // _CELL[1]), int(bottom // _CELL[1]) + 1):
            yield column, row


def _common(one: Area, other: Area) -> float:
    across, down = min(one[2], other[2]) - max(one[0], other[0]), min(one[3], other[3]) - max(one[1], other[1])
    return across * down if across > 0 and down > 0 else 0.0


_SHORT = 60.0
"""A piece of an arrow that is no longer leads to the side of a box: its words are better elsewhere."""

_TRIED = 5
"""Pieces of an arrow on which its words may stand."""

_ALONG = (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8, 0.12, 0.88)


def _words(text: str, curve: list[Point], taken: _Taken) -> str:
    """Set words on an arrow, at the first place along it where nothing else stands."""
    half = width_of(text, _SIZE) / 2
    pieces = sorted(range(0, len(curve) - 1, 3), key=lambda at: abs(curve[at + 3][0] - curve[at][0]) < _SHORT)
    x, y = _free([_at(curve[at : at + 4], along) for at in pieces[:_TRIED] for along in _ALONG], half, taken)
    taken.take(_around(x, y, half))
    return (
        f'<rect x="{x - half - 2:.1f}" y="{y - 7:.1f}" width="{2 * half + 4:.1f}" height="14" fill="#ffffff"/>'
        f'<text x="{x:.1f}" y="{y + 3.5:.1f}" text-anchor="middle" font-size="{_SIZE}" fill="#334155">'
        f"{content(text)}</text>"
    )


def _free(spots: list[Point], half: float, taken: _Taken) -> Point:
    """Give the first place where nothing stands, or else the one where least does."""
    overlaps = []
    for spot in spots:
        overlaps.append(round(taken.overlap(_around(*spot, half))))
        if not overlaps[-1]:
            return spot
    return spots[overlaps.index(min(overlaps))]


def _around(x: float, y: float, half: float) -> Area:
    """Give the room that words take there."""
    return (x - half - 3, y - 8, x + half + 3, y + 7)


def _at(curve: list[Point], along: float) -> Point:
    """Give a point of a cubic Bezier curve."""
    a, b, c, d = curve
    t, s = along, 1 - along
    weights = (s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t)
    x, y = (sum(w * point[axis] for w, point in zip(weights, (a, b, c, d), strict=True)) for axis in (0, 1))
    return x, y
