"""What a store holds in a fixed order, however much: sorted in runs that fit in memory and are merged from files.

A line is a canonical N-Quad, https://www.w3.org/TR/rdf-canon/#canonical-quads. Without blank nodes the sorted lines are
the canonical form of a dataset; how blank nodes are named here is said in `blank_nodes`. The engine writes the lines:
quads do not become objects one by one.
"""

import heapq
import io
from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, TYPE_CHECKING, cast

import pyoxigraph as ox

from averment.exports.blank_nodes import renamed
from averment.store.blocks import has_blank

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer

__all__ = ["graph_by_graph", "lines"]

_RUN = 16 * 1024 * 1024
"""Bytes that are sorted at once; it takes some five times as much memory."""

_OPEN = 64
"""Files that are merged at once."""

_TAB = b"\t"


def lines(store: ox.Store, folder: Path | None = None, *, run: int = _RUN) -> Iterator[bytes]:
    """Give all quads as lines of N-Quads in the order of code points; `folder` is for temporary files."""
    return _sorted(store, folder, run, by_graph=False)


def graph_by_graph(store: ox.Store, folder: Path | None = None, *, run: int = _RUN) -> Iterator[ox.Quad]:
    """Give all quads so that those of a graph and, in it, of a subject are together; the default graph comes first."""
    read = _Stream(line.partition(_TAB)[2] for line in _sorted(store, folder, run, by_graph=True))
    return ox.parse(io.BufferedReader(read, 1 << 16), format=ox.RdfFormat.N_QUADS)


def _sorted(store: ox.Store, folder: Path | None, run: int, *, by_graph: bool) -> Iterator[bytes]:
    with TemporaryDirectory(prefix="averment-", dir=folder) as name:
        runs = _Runs(Path(name), run, by_graph=by_graph)
        store.dump(output=cast("IO[bytes]", runs), format=ox.RdfFormat.N_QUADS)
        runs.close()
        files = [path.open("rb") for path in runs.paths]
        try:
            yield from heapq.merge(runs.last, *files) if files else runs.last
        finally:
            for file in files:
                file.close()


class _Runs(io.RawIOBase):
    """Takes lines as they come and keeps them in sorted runs: in files, but for the last one."""

    def __init__(self, folder: Path, run: int, *, by_graph: bool) -> None:
        super().__init__()
        self.paths: list[Path] = []
        self.last: list[bytes] = []
        self._folder, self._run, self._by_graph = folder, run, by_graph
        self._parts: list[bytes] = []
        self._size = self._made = 0
        self._aside: list[ox.Quad] = []

    def writable(self) -> bool:
        return True

    def write(self, data: "ReadableBuffer", /) -> int:
        part = bytes(data)
        self._parts.append(part)
        self._size += len(part)
        if self._size >= self._run:
            whole, cut, rest = b"".join(self._parts).rpartition(b"\n")
            self._parts, self._size = [rest], len(rest)
            self._take((whole + cut).splitlines(keepends=True))
        return len(part)

    def close(self) -> None:
        """Sort what is left; the quads with blank nodes come last, since their names depend on all of them."""
        if not self.closed:
            self._take(b"".join(self._parts).splitlines(keepends=True))
            if self._aside:
                self._take(_written(renamed(self._aside)), named=True)
        super().close()

    def _take(self, found: list[bytes], *, named: bool = False) -> None:
        if not named and any(b"_:" in line for line in found):
            found = [line for line in found if not (b"_:" in line and self._set_aside(line))]
        if not found:
            return
        if self.last:
            self._keep()
        self.last = [_graph_of(line) + _TAB + line for line in found] if self._by_graph else found
        self.last.sort()

    def _set_aside(self, line: bytes) -> bool:
        """Set a line aside if it has a blank node, and does not only speak of one."""
        (quad,) = ox.parse(line, format=ox.RdfFormat.N_QUADS)
        if is_blank := has_blank(quad):
            self._aside.append(quad)
        return is_blank

    def _keep(self) -> None:
        """Write the last run to a file; as many as may be open at once become one."""
        path = self._folder / str(self._made)
        self._made += 1
        merged = [old.open("rb") for old in self.paths] if len(self.paths) >= _OPEN else []
        with path.open("wb") as file:
            file.writelines(heapq.merge(self.last, *merged) if merged else self.last)
        for old in merged:
            old.close()
            Path(old.name).unlink()
        self.paths = [path] if merged else [*self.paths, path]


def _written(quads: list[ox.Quad]) -> list[bytes]:
    text = ox.serialize(quads, format=ox.RdfFormat.N_QUADS)
    assert text is not None  # noqa: S101 - no output was named
    return [line for line, _ in groupby(sorted(text.splitlines(keepends=True)))]


def _graph_of(line: bytes) -> bytes:
    """Give the name of the graph at the end of a line, or nothing.

    Subject, predicate and graph have no space and no quotation mark; what ends with a third word has a graph.
    """
    before, _, last = line[:-3].rpartition(b" ")
    is_name = last.startswith((b"<", b"_:")) and b'"' not in last
    return last if is_name and before.count(b" ") > 1 else b""


class _Stream(io.RawIOBase):
    """Lines as a file to read from."""

    def __init__(self, parts: Iterable[bytes]) -> None:
        super().__init__()
        self._parts = iter(parts)
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        room = memoryview(buffer)
        if not self._left:
            self._left = b"".join(islice(self._parts, 256))
        size = min(len(room), len(self._left))
        room[:size] = self._left[:size]
        self._left = self._left[size:]
        return size
