"""Who says what of 100,000 claims as GEXF, beside networkx's own writer. Reports; asserts nothing.

usage: make bench, or: python tests/bench/exports.py [claims]

The store holds the demonstration case over and over, each copy under a name of its own, without the passages, which no
view reads. Memory is what a process of its own has at its highest point, less what it has before it begins.
"""

import resource
import sys
import time
from collections.abc import Callable, Iterator
from importlib.resources import as_file, files
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory

import networkx as nx
import pyoxigraph as ox

from averment import triples
from averment.exports import VIEWS, network
from averment.exports.gexf import to_gexf
from averment.exports.values import Network, as_text
from averment.extract.pipeline import extract_all
from averment.sources import find_files, read
from averment.store import Store
from averment.vocabulary import OA, RDF, SDO

CLAIMS = 100_000


def case() -> list[ox.Quad]:
    """Give the quads of the case but for its passages."""
    with as_file(files("averment").joinpath("cases", "chicago")) as folder:
        extractions = list(extract_all([read(path) for path in find_files([folder])]))
    quads = [quad for extraction in extractions for quad in triples.quads(extraction)]
    kinds = (OA.SpecificResource, OA.TextPositionSelector, OA.TextQuoteSelector)
    passages = {quad.subject for quad in quads if quad.predicate == RDF.type and quad.object in kinds}
    return [quad for quad in quads if quad.subject not in passages and quad.object not in passages]


def copies(quads: list[ox.Quad], number: int) -> Iterator[ox.Quad]:
    """Give so many copies of quads, each below IRIs of its own."""
    for copy in range(number):
        yield from (ox.Quad(*(_renamed(term, copy) for term in quad)) for quad in quads)  # type: ignore[arg-type]


def _renamed(term: object, copy: int) -> object:
    """Give another IRI for one of data; everything else stays."""
    if isinstance(term, ox.NamedNode) and "/id/source/" in term.value:
        return ox.NamedNode(term.value.replace("/id/source/", f"/id/source/{copy:x}-"))
    return term


def in_a_process_of_its_own(work: Callable[[Path], list[float]], folder: Path) -> list[float]:
    """Give what work gives, which is seconds, and after it the memory in MB that it took."""
    context = get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_measured, args=(work, folder, there))
    process.start()
    found: list[float] = here.recv()
    process.join()
    return found


def _measured(work: Callable[[Path], list[float]], folder: Path, to: Connection) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = work(folder)
    to.send([*found, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024])


def _timed(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def ours(folder: Path) -> list[float]:
    """Give the seconds of the view and of our writer."""
    graph: list[Network] = []
    viewing = _timed(lambda: graph.append(network(Store(folder / "store").view(), VIEWS[0])))
    with (folder / "ours.gexf").open("wb") as file:
        return [viewing, _timed(lambda: file.writelines(to_gexf(graph[0])))]


def theirs(folder: Path) -> list[float]:
    """Give the seconds of the view and of networkx's writer, which takes no days."""
    graph = network(Store(folder / "store").view(), VIEWS[0])
    for items in ((data for _, data in graph.nodes(data=True)), (data for *_, data in graph.edges(data=True))):
        for data in items:
            data.update({name: as_text(one) for name, one in data.items() if name == "published"})
    return [_timed(lambda: nx.write_gexf(graph, folder / "theirs.gexf"))]


def view_only(folder: Path) -> list[float]:
    """Give the seconds of the view."""
    return [_timed(lambda: network(Store(folder / "store").view(), VIEWS[0]))]


def main(claims: int) -> None:
    quads = case()
    each = sum(quad.predicate == RDF.type and quad.object == SDO.Claim for quad in quads)
    with TemporaryDirectory() as name:
        folder = Path(name)
        store = Store(folder / "store")
        with store.writer() as writer:
            writer.change(add=copies(quads, -(-claims // each)))
        print(f"{len(store.view()):,} quads, {-(-claims // each) * each:,} claims")  # noqa: T201 - this is its output
        viewing, writing, memory = in_a_process_of_its_own(ours, folder)
        _, view_memory = in_a_process_of_its_own(view_only, folder)
        networkx_writing, networkx_memory = in_a_process_of_its_own(theirs, folder)
        size = (folder / "ours.gexf").stat().st_size / 1e6
    report("who says what, as a graph", viewing, view_memory)
    report(f"the same to GEXF ({size:,.0f} MB)", writing, memory, f"{writing / networkx_writing:.2f} × networkx")
    report("by networkx's writer", networkx_writing, networkx_memory)


def report(name: str, seconds: float, memory: float, ratio: str = "") -> None:
    print(f"{name:44} {seconds:>10,.1f} s {memory:>10,.0f} MB   {ratio}")  # noqa: T201 - this is its output


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else CLAIMS)
