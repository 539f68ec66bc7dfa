"""Who says what of 100,000 claims as GEXF, beside networkx's own writer. Reports; asserts nothing.

usage: make bench, or: python tests/bench/exports.py [claims]

The store holds the demonstration case over and over, each copy under a name of its own, without the passages, which no
view reads. Memory is how far the process grows while it is at work, as Linux counts it.
"""

import re
import sys
import time
from collections.abc import Callable
from importlib.resources import as_file, files
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
from averment.store import View
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


def filled(quads: list[ox.Quad], copies: int, folder: Path) -> ox.Store:
    """Give a store with so many copies of quads, each below IRIs of its own."""
    text = ox.serialize(quads, format=ox.RdfFormat.N_QUADS)
    assert text is not None
    with (folder / "copies.nq").open("wb") as file:
        for copy in range(copies):
            file.write(text.replace(b"/id/source/", f"/id/source/{copy:x}-".encode()))
    store = ox.Store()
    store.bulk_load(path=str(folder / "copies.nq"), format=ox.RdfFormat.N_QUADS)
    return store


def measured(work: Callable[[], object]) -> tuple[float, float]:
    """Give the processor time that work takes, in seconds, and how far the process grows meanwhile, in MB."""
    Path("/proc/self/clear_refs").write_text("5")  # the highest point is now where it stands
    before = _memory("VmRSS")
    began = time.process_time()
    work()
    return time.process_time() - began, _memory("VmHWM") - before


def _memory(name: str) -> float:
    found = re.search(rf"{name}:\s+(\d+) kB", Path("/proc/self/status").read_text())
    assert found
    return int(found[1]) / 1024


def write_ours(graph: Network, path: Path) -> None:
    with path.open("wb") as file:
        file.writelines(to_gexf(graph))


def without_days(graph: Network) -> Network:
    """Give the graph with days as text, which is all that networkx's writer takes."""
    for items in ((data for _, data in graph.nodes(data=True)), (data for *_, data in graph.edges(data=True))):
        for data in items:
            data.update({name: as_text(one) for name, one in data.items() if name == "published"})
    return graph


def report(name: str, figures: tuple[float, float], ratio: str = "") -> None:
    print(f"{name:44} {figures[0]:>10,.1f} s {figures[1]:>10,.0f} MB   {ratio}")  # noqa: T201 - this is its output


def main(claims: int) -> None:
    quads = case()
    each = sum(quad.predicate == RDF.type and quad.object == SDO.Claim for quad in quads)
    copies = -(-claims // each)
    with TemporaryDirectory() as name:
        folder = Path(name)
        store = filled(quads, copies, folder)
        print(f"{len(store):,} quads, {copies * each:,} claims")  # noqa: T201 - this is its output
        graphs: list[Network] = []
        report("who says what, as a graph", measured(lambda: graphs.append(network(View(store), VIEWS[0]))))
        graph = graphs[0]
        ours = measured(lambda: write_ours(graph, folder / "ours.gexf"))
        without_days(graph)
        theirs = measured(lambda: nx.write_gexf(graph, folder / "theirs.gexf"))
        size = (folder / "ours.gexf").stat().st_size / 1e6
    things = f"{len(graph):,} things, {graph.number_of_edges():,} links"
    report(f"{things} to GEXF ({size:,.0f} MB)", ours, f"{ours[0] / theirs[0]:.2f} × networkx")
    report("the same by networkx's writer", theirs)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else CLAIMS)
