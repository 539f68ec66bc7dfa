"""How fast a large store is dumped, and in how much memory, beside rdflib's own serializer. Reports; asserts nothing.

usage: make bench, or: python tests/bench/dumps.py [quads] [quads for rdflib]

Each measurement runs in a process of its own, since memory that was used once is rarely given back. rdflib keeps
everything in memory, some 2 kB a quad, and is measured on fewer quads.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pyoxigraph as ox
import rdflib

from averment import triples
from averment.exports.dumps import dump
from averment.extract.pipeline import extract_all
from averment.store import Store, by_name
from averment.store.formats import RDF_FORMATS
from bench import articles, report

FORMATS = ("nquads", "trig", "jsonld")


def quads(count: int) -> Iterator[ox.Quad]:
    """Give so many quads: the articles of the demonstration case over and over, each time under other IRIs."""
    case = [quad for extraction in extract_all(articles(3)) for quad in triples.quads(extraction)]
    copies = -(-count // len(case))
    return islice((_copied(quad, n) for n in range(copies) for quad in case), count)


def _copied(quad: ox.Quad, number: int) -> ox.Quad:
    def other(term: object) -> object:
        mark = "/id/source/"
        if isinstance(term, ox.NamedNode) and mark in term.value:
            return ox.NamedNode(term.value.replace(mark, f"{mark}{number:06}"))
        return term

    return ox.Quad(other(quad.subject), quad.predicate, other(quad.object), other(quad.graph_name))  # type: ignore[arg-type]


def averments(folder: str, name: str) -> None:
    """Dump a store in a folder, and tell seconds and memory."""
    view = Store(Path(folder)).view()
    before, began = _memory(), time.perf_counter()
    with (Path(folder) / f"out.{name}").open("wb") as file:
        dump(view, by_name(name, RDF_FORMATS), file, Path(folder))
    _tell(began, before)


def rdflibs(folder: str, _: str) -> None:
    """Have rdflib read a file and write it; seconds are those of both, as a store that is opened is read too."""
    before, began = _memory(), time.perf_counter()
    dataset = rdflib.Dataset()
    dataset.parse(Path(folder) / "some.nq", format="nquads")
    dataset.serialize(Path(folder) / "out.rdflib", format="nquads")
    _tell(began, before)


def _memory() -> int:
    """Give the most memory that this process has had, in megabytes."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(status.partition("VmHWM:")[2].split()[0]) // 1024


def _tell(began: float, before: int) -> None:
    print(time.perf_counter() - began, _memory() - before)  # noqa: T201 - the parent process reads it


def measured(work: str, *arguments: str) -> tuple[float, int]:
    """Give the seconds and megabytes of a measurement in a process of its own."""
    command = [sys.executable, "-W", "ignore", __file__, work, *arguments]
    seconds, memory = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return float(seconds), int(memory)


def main(count: int, fewer: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "store")
        with store.writer() as writer:
            writer.change(add=quads(count))
        for name in FORMATS:
            seconds, memory = measured("averment", str(store.folder), name)
            report(f"dumping {count:,} quads as {name}", f"{seconds:.1f} s, {memory} MB more")
            if name == "nquads":
                rate = count / seconds
        with (Path(folder) / "some.nq").open("wb") as file:
            ox.serialize(quads(fewer), output=file, format=ox.RdfFormat.N_QUADS)
        seconds, memory = measured("rdflib", folder, "nquads")
        ratio = f"averment {rate / (fewer / seconds):.1f} times as fast, sorted"
        report(f"rdflib, {fewer:,} quads read and written as nquads", f"{seconds:.1f} s, {memory} MB more", ratio)


if __name__ == "__main__":
    if sys.argv[1:2] == ["averment"]:
        averments(*sys.argv[2:4])
    elif sys.argv[1:2] == ["rdflib"]:
        rdflibs(*sys.argv[2:4])
    else:
        main(*(int(given) for given in (*sys.argv[1:], *("1000000", "100000")[len(sys.argv) - 1 :])))
