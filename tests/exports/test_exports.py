"""Exports, read back by readers that are not ours, from a store with hostile names."""

import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import networkx as nx
import pytest
import rdflib
from pyoxigraph import Quad
from pyoxigraph import Store as Engine

from averment import triples
from averment.errors import InputError
from averment.exports import FORMATS
from averment.exports.network import network, plain
from averment.exports.svg import MAX_NODES, to_svg
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


def test_graphml_is_read_back_whole(view: View, write: Callable[[str], bytes]) -> None:
    made, found = network(view), nx.read_graphml(BytesIO(write("graphml")), force_multigraph=True)
    assert dict(found.nodes(data=True)) == dict(made.nodes(data=True))
    edges = sorted((a, b, d["relation"], d["claim"]) for a, b, d in found.edges(data=True))
    assert edges == sorted((a, b, d["relation"], d["claim"]) for a, b, d in made.edges(data=True))
    assert plain(HOSTILE) in nx.get_node_attributes(found, "label").values()


def test_a_picture_is_well_formed_and_runs_nothing(write: Callable[[str], bytes]) -> None:
    root = ET.fromstring(write("svg"))  # noqa: S314 - our own output
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert "script" not in tags
    texts = [element.text for element in root.iter() if element.tag.endswith("text")]
    assert "Harbour Gazette" in texts
    assert "lists" in texts


def test_a_picture_of_nothing_says_so() -> None:
    assert "No claim links two things yet" in to_svg(nx.MultiDiGraph()).decode()


def test_a_large_picture_shows_the_best_connected_and_says_how_many_are_left_out() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for n in range(MAX_NODES + 30):
        graph.add_node(f"n{n:03}", label=f"number {n}", kind="person")
        graph.add_edge(f"n{n:03}", f"n{n // 2:03}", relation="lobbied")
    picture = to_svg(graph).decode()
    assert picture.count("<rect") == MAX_NODES + 1
    assert "30 less connected" in picture
