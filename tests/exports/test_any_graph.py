"""Whatever a graph has, every format can be written, and what readers that are not ours can read is all of it."""

import csv
import json
import xml.etree.ElementTree as ET
from collections import Counter
from datetime import date
from io import BytesIO, TextIOWrapper
from typing import Any
from zipfile import ZipFile

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from averment.exports import GRAPH_FORMATS
from averment.exports.cyjs import to_cyjs
from averment.exports.graphml import to_graphml
from averment.exports.nodelink import to_nodelink
from averment.exports.svg import to_svg
from averment.exports.tables import to_tables
from averment.exports.values import Kind, Network, as_text, cleaned, columns

own = st.sampled_from(
    ["id", "Id", "label", "Label", "Label_", "name", "key", "source", "type", "relation", "kind", "e0", "d0"]
)
texts = st.one_of(st.text(max_size=6), st.text("\\\"'\n\r\t<>&;=+-@`,\u2028\x85\x00", max_size=5), own)
values = st.one_of(texts, st.none(), st.booleans(), st.integers(), st.floats(), st.decimals(), st.dates())
names = st.one_of(texts, st.integers(0, 3))
data = st.dictionaries(names, values, max_size=3)


@st.composite
def networks(draw: st.DrawFn) -> Network:
    graph: nx.MultiDiGraph[Any] = nx.MultiDiGraph()
    graph.add_nodes_from(draw(st.lists(st.tuples(names, data), max_size=4)))
    graph.add_edges_from(draw(st.lists(st.tuples(names, names, data), max_size=5)))
    return cleaned(graph)


def as_json(given: dict[str, Any]) -> dict[str, Any]:
    """Days are texts."""
    return {name: one.isoformat() if isinstance(one, date) else one for name, one in given.items()}


@given(networks())
def test_node_link_json_is_read_by_networkx(network: Network) -> None:
    found = nx.node_link_graph(json.loads(b"".join(to_nodelink(network))), edges="edges")
    assert dict(found.nodes(data=True)) == {node: as_json(known) for node, known in network.nodes(data=True)}
    assert list(found.edges(data=True)) == [(a, b, as_json(known)) for a, b, known in network.edges(data=True)]


@given(networks())
def test_graphml_is_read_by_networkx(network: Network) -> None:
    """A column of several kinds is text."""
    found = nx.read_graphml(BytesIO(b"".join(to_graphml(network))), force_multigraph=True)
    of_nodes = {one.name: one.kind for one in columns(known for _, known in network.nodes(data=True))}
    of_edges = {one.name: one.kind for one in columns(known for *_, known in network.edges(data=True))}
    assert dict(found.nodes(data=True)) == {n: typed(known, of_nodes) for n, known in network.nodes(data=True)}
    assert counted(found) == Counter(
        (a, b, str(sorted(typed(known, of_edges).items()))) for a, b, known in network.edges(data=True)
    )


def typed(given: dict[str, Any], kinds: dict[str, Kind]) -> dict[str, Any]:
    as_kind = {Kind.NUMBER: float, Kind.INTEGER: int, Kind.BOOLEAN: bool}
    return {name: as_kind.get(kinds.get(name, Kind.TEXT), as_text)(one) for name, one in given.items()}


def counted(graph: Network) -> Counter[tuple[str, str, str]]:
    return Counter((a, b, str(sorted(known.items()))) for a, b, known in graph.edges(data=True))


@given(networks())
def test_cytoscapes_elements_have_ids_of_their_own(network: Network) -> None:
    """And everything else that is known of them."""
    elements = json.loads(b"".join(to_cyjs(network)))["elements"]
    nodes, edges = ([one["data"] for one in elements[kind]] for kind in ("nodes", "edges"))
    assert len({one["id"] for one in (*nodes, *edges)}) == len(network) + network.number_of_edges()
    assert [(one["id"], one["name"]) for one in nodes] == [
        (node, as_json(known).get("name", known["label"])) for node, known in network.nodes(data=True)
    ]
    assert all(
        as_json(known).items() <= one.items() for one, (_, known) in zip(nodes, network.nodes(data=True), strict=True)
    )
    for one, (start, end, known) in zip(edges, network.edges(data=True), strict=True):
        assert as_json(known).items() | {"source": start, "target": end}.items() <= one.items()


@given(networks())
def test_tables_have_a_column_for_each_attribute(network: Network) -> None:
    """No two columns are called the same, and every cell is found under its own."""
    with ZipFile(BytesIO(b"".join(to_tables(network)))) as archive:
        nodes, edges = (
            list(csv.reader(TextIOWrapper(archive.open(name), "utf-8", newline="")))
            for name in ("nodes.csv", "edges.csv")
        )
    assert len(set(nodes[0])) == len(nodes[0])
    assert len(set(edges[0])) == len(edges[0])
    for row, (node, known) in zip(nodes[1:], network.nodes(data=True), strict=True):
        assert sorted(filter(None, row)) == sorted([node, *map(as_text, known.values())])
    assert [(row[1], row[2]) for row in edges[1:]] == list(network.edges())


@pytest.mark.parametrize("form", [form for form in GRAPH_FORMATS if form.name != "png"], ids=lambda form: form.name)
@given(networks())
def test_every_format_can_be_written(form: Any, network: Network) -> None:
    """And what is lost in it be counted."""
    assert all(isinstance(part, bytes) for part in form.write(network))
    assert all(count > 0 for count in form.losses(network).values())


@given(networks())
def test_every_picture_is_well_formed(network: Network) -> None:
    assert ET.fromstring(b"".join(to_svg(network))).tag.endswith("svg")  # noqa: S314 - our own output
