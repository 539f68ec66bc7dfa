"""Where the things of each column stand, so that arrows are short and cross little.

Long arrows pass through places of their own in the columns between; the order in a column is by the mean place of
neighbours (Sugiyama and others, 1981), and the places are as near to that mean as the sizes let them be.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

__all__ = ["Arranged", "Item", "arranged"]

_SWEEPS = 12
_LONG_ARROWS = 400
"""Above so many arrows the long ones go straight: there is no room to lead them around."""

_THICKNESS = 22.0
"""Of the room that a long arrow takes in a column."""

Key: TypeAlias = tuple[str, ...]
"""A thing by its name, or a place of an arrow by its two ends, its column and its way."""


@dataclass(frozen=True, slots=True)
class Item:
    """What takes room in a column, in pixels, its distance to the next included."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Arranged:
    """The middles of things, their columns, the points through which long arrows pass, and the width of it all."""

    at: dict[str, tuple[float, float]]
    halves: dict[str, float]
    """Half the width of the column of each thing."""
    bends: dict[tuple[str, str], list[tuple[float, float]]]
    width: float


def arranged(
    sizes: Mapping[str, Item], rank: Mapping[str, int], gap: float, pairs: Iterable[tuple[str, str]]
) -> Arranged:
    """Arrange things in the columns that they have, with a gap between columns."""
    known = [pair for pair in pairs if pair[0] != pair[1]]
    chains = {pair: _chain(pair, rank, bent=len(known) <= _LONG_ARROWS) for pair in known}
    near: defaultdict[Key, list[Key]] = defaultdict(list)
    for chain in chains.values():
        for one, other in pairwise(chain):
            near[one].append(other)
            near[other].append(one)
    columns: list[list[Key]] = [[] for _ in range(max(rank.values(), default=0) + 1)]
    for node in sorted(rank):
        columns[rank[node]].append((node,))
    for chain in chains.values():
        for key in chain[1:-1]:
            columns[int(key[2])].append(key)
    items = {key: sizes[key[0]] if len(key) == 1 else Item(0.0, _THICKNESS) for column in columns for key in column}
    y = _heights(columns, near, items)
    across = _across(columns, items, gap)
    return Arranged(
        {node: (across[rank[node]].middle, y[(node,)]) for node in rank},
        {node: across[rank[node]].half for node in rank},
        {pair: [point for key in chain[1:-1] for point in _through(key, across, y)] for pair, chain in chains.items()},
        max((column.middle + column.half for column in across), default=0.0),
    )


@dataclass(frozen=True, slots=True)
class _Column:
    """Where a column is: its middle and half its width."""

    middle: float
    half: float


def _through(key: Key, across: list[_Column], y: Mapping[Key, float]) -> list[tuple[float, float]]:
    """Give where an arrow enters a column and where it leaves it: between the two it is level, and meets no box."""
    column = across[int(key[2])]
    ends = [(column.middle - column.half, y[key]), (column.middle + column.half, y[key])]
    return ends if key[3] == "right" else ends[::-1]


def _chain(pair: tuple[str, str], rank: Mapping[str, int], *, bent: bool) -> list[Key]:
    """Give an arrow with the places that it takes in the columns between its ends."""
    start, end = rank[pair[0]], rank[pair[1]]
    step = 1 if end > start else -1
    between = range(start + step, end, step) if bent and start != end else ()
    way = "right" if step > 0 else "left"
    return [(pair[0],), *((*pair, str(column), way) for column in between), (pair[1],)]


def _heights(columns: list[list[Key]], near: Mapping[Key, list[Key]], items: Mapping[Key, Item]) -> dict[Key, float]:
    y: dict[Key, float] = {}
    for column in columns:
        y |= _stacked(column, [0.0] * len(column), items)
    for sweep in range(_SWEEPS):
        for column in columns if sweep % 2 else reversed(columns):
            wish = {key: _mean([y[other] for other in near.get(key, [])], y[key]) for key in column}
            if sweep < _SWEEPS - 3:  # the last sweeps only straighten
                column.sort(key=lambda key: (wish[key], key))
            y |= _stacked(column, [wish[key] for key in column], items)
    return y


def _mean(values: list[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _stacked(column: list[Key], wishes: list[float], items: Mapping[Key, Item]) -> dict[Key, float]:
    """Give the middles that are nearest to those wished for while nothing overlaps, in the order given.

    The pool adjacent violators algorithm: what would overlap becomes one block, which stands at its members' mean.
    """
    offsets, offset = [], 0.0
    for before, key in zip([None, *column], column, strict=False):
        offset += (items[before].height + items[key].height) / 2 if before else 0.0
        offsets.append(offset)
    blocks: list[tuple[float, int]] = []  # the sum of the wishes, and how many
    for wish, place in zip(wishes, offsets, strict=True):
        blocks.append((wish - place, 1))
        while len(blocks) > 1 and blocks[-2][0] / blocks[-2][1] >= blocks[-1][0] / blocks[-1][1]:
            (a, m), (b, n) = blocks.pop(), blocks.pop()
            blocks.append((a + b, m + n))
    starts = [total / count for total, count in blocks for _ in range(count)]
    return {key: start + place for key, start, place in zip(column, starts, offsets, strict=True)}


def _across(columns: list[list[Key]], items: Mapping[Key, Item], gap: float) -> list[_Column]:
    """Give where each column is."""
    found, x = [], 0.0
    for column in columns:
        half = max((items[key].width for key in column), default=0.0) / 2
        found.append(_Column(x + half, half))
        x += 2 * half + gap
    return found
