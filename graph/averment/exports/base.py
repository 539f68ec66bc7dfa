"""What every format of a graph is: a name, a writer, and a count of what it cannot carry."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from averment.exports.values import Kind, Network, Value, columns

__all__ = ["GraphFormat", "Losses", "encoded", "nothing_lost", "text_for"]

Losses: TypeAlias = dict[str, int]
"""How many of what are lost: `{"labels are cut short": 3}`."""

_CHUNK = 1 << 16
"""Characters that are encoded at a time."""

_SEVERAL = {
    Kind.TEXT: "texts",
    Kind.INTEGER: "integers",
    Kind.NUMBER: "numbers",
    Kind.BOOLEAN: "yes or no",
    Kind.DAY: "days",
}


@dataclass(frozen=True, slots=True)
class GraphFormat:
    """One format to write a view in."""

    name: str
    ending: str
    media_type: str
    holds: str
    """What it is for and what it has, in words."""
    write: Callable[[Network], Iterable[bytes]]
    losses: Callable[[Network], Losses]
    """What of a graph is not in what `write` gives."""
    loses: str = "nothing"
    """The same in words, for any graph."""


def encoded(lines: Iterable[str]) -> Iterator[bytes]:
    """Give lines as UTF-8, each with a line feed, in pieces that are worth writing."""
    waiting: list[str] = []
    length = 0
    for line in lines:
        waiting.append(line)
        length += len(line)
        if length > _CHUNK:
            yield ("\n".join(waiting) + "\n").encode()
            waiting, length = [], 0
    if waiting:
        yield ("\n".join(waiting) + "\n").encode()


def nothing_lost(_network: Network) -> Losses:
    """Count nothing: for formats that hold all of a graph."""
    return {}


def text_for(*kinds: Kind) -> Callable[[Network], Losses]:
    """Give a count of the values of some kinds, which a format keeps as plain text."""

    def losses(network: Network) -> Losses:
        found = dict.fromkeys(kinds, 0)
        for items in ([data for _, data in network.nodes(data=True)], [data for *_, data in network.edges(data=True)]):
            _count(items, found)
        return {f"{_SEVERAL[kind]} become plain text": count for kind, count in found.items() if count}

    return losses


def _count(items: Sequence[Mapping[str, Value]], found: dict[Kind, int]) -> None:
    for column in columns(items):
        if column.kind in found:
            found[column.kind] += sum(column.name in data for data in items)
