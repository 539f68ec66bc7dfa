"""RDF exports, read back by readers that are not ours, from a store with hostile names."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from pyoxigraph import Quad
from pyoxigraph import Store as Engine

from averment import triples
from averment.errors import InputError
from averment.exports import FORMATS
from averment.ingest import ingest
from averment.model import Extraction
from averment.store import Store, View
from averment.store.formats import RDF_FORMATS

HOSTILE = '</text><script>alert(1)</script> & \x01\x0b "quoted" עברית \U0001f469 ' + "x" * 10_000


@pytest.fixture
def view(extraction: Extraction) -> View:
    """The article read by hand, with one name that tries everything."""
    entities = tuple(replace(e, label=HOSTILE) if e.name == "jo-lind" else e for e in extraction.entities)
    store = Store()
    ingest(store, [replace(extraction, entities=entities)])
    return store.view()


@pytest.fixture
def write(view: View) -> Callable[[str], bytes]:
    return lambda name: next(f for f in FORMATS if f.name == name).write(view)


@pytest.mark.parametrize("name", [f.name for f in RDF_FORMATS if f.datasets])
def test_a_format_with_graphs_holds_everything(view: View, write: Callable[[str], bytes], name: str) -> None:
    engine = Engine()
    engine.load(write(name), format=next(f.engine for f in RDF_FORMATS if f.name == name))  # type: ignore[arg-type]
    assert set(engine) == set(view.all_quads())


@pytest.mark.parametrize("name", [f.name for f in RDF_FORMATS if not f.datasets])
def test_a_format_without_graphs_holds_the_bookkeeping(view: View, write: Callable[[str], bytes], name: str) -> None:
    if name == "rdfxml":
        with pytest.raises(InputError, match="control characters"):
            write(name)
        return
    found = rdflib.Graph().parse(data=write(name), format={"turtle": "turtle", "ntriples": "nt"}[name])
    bookkeeping = [quad for quad in view.all_quads() if str(quad.graph_name) == "DEFAULT"]
    assert len(found) == len(bookkeeping) > 100


def test_rdf_xml_is_read_by_another_where_the_texts_are_plain(extraction: Extraction) -> None:
    store = Store()
    ingest(store, [extraction])
    written = next(f for f in FORMATS if f.name == "rdfxml").write(store.view())
    assert len(rdflib.Graph().parse(data=written, format="xml")) > 100


@pytest.mark.parametrize("name", [f.name for f in FORMATS if f.name != "rdfxml"])
def test_the_same_store_gives_the_same_bytes(write: Callable[[str], bytes], name: str) -> None:
    assert write(name) == write(name)


def test_canonical_quads_are_sorted_and_do_not_depend_on_the_order_of_ingest(extraction: Extraction) -> None:
    quads: list[Quad] = triples.quads(extraction)
    dumps = []
    for order in (quads, quads[::-1]):
        store = Store()
        with store.writer() as writer:
            writer.change(add=order)
        dumps.append(next(f for f in FORMATS if f.name == "nquads").write(store.view()))
    lines = dumps[0].splitlines()
    assert dumps[0] == dumps[1]
    assert lines == sorted(set(lines))
    assert len(lines) == len(quads)


_WRITE_ALL = """
import random, sys
from io import BytesIO
import pyoxigraph as ox
from averment.exports import FORMATS, GRAPH_FORMATS, VIEWS, network
from averment.store import Store
from averment.vocabulary import SDO
quads = [*ox.parse(path=sys.argv[1], format=ox.RdfFormat.N_QUADS)]
ring = [ox.BlankNode(name) for name in "abc"]
quads += [ox.Quad(one, SDO.about, other) for one, other in zip(ring, ring[1:] + ring[:1])]
random.Random(sys.argv[2]).shuffle(quads)
store = Store()
with store.writer() as writer:
    for start in range(0, len(quads), 100):
        writer.change(add=quads[start:start + 100])
for form in FORMATS:
    sys.stdout.buffer.write(form.write(store.view()))
for view in VIEWS:
    graph = network(store.view(), view)
    for form in GRAPH_FORMATS:
        if form.name != "png":
            sys.stdout.buffer.writelines(form.write(graph))
            print(form.losses(graph))
"""


def test_neither_the_order_of_writing_nor_that_of_hashes_is_seen_in_any_format(
    extraction: Extraction, tmp_path: Path
) -> None:
    """Two processes that hash texts differently, with stores that were filled in another order, write the same."""
    path = tmp_path / "all.nq"
    path.write_bytes(ox.serialize(triples.quads(extraction), format=ox.RdfFormat.N_QUADS) or b"")
    runs = set()
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)}
        command = [sys.executable, "-c", _WRITE_ALL, str(path), seed]
        runs.add(subprocess.run(command, capture_output=True, check=True, env=environment).stdout)
    (written,) = runs
    assert len(written) > 100_000
