"""GEXF keeps the rules of version 1.3, and holds all of a graph.

The rules are those of the grammar at https://github.com/gephi/gexf (in RELAX NG), and what that grammar cannot say: ids
are given once, and what names another thing names one that is there. The XML Schema there leaves types undefined, so
that nothing can be held against it.
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from io import BytesIO
from types import MappingProxyType
from typing import Any, NamedTuple

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from averment.exports import VIEWS, GraphView
from averment.exports import network as network_of_view
from averment.exports.gexf import to_gexf
from averment.exports.values import Network, as_text, cleaned
from averment.ingest import ingest
from averment.model import Extraction
from averment.store import Store

GEXF = "{http://gexf.net/1.3}"
VIZ = "{http://gexf.net/1.3/viz}"


def written(network: Network) -> bytes:
    return b"".join(to_gexf(network))


def parsed(network: Network) -> ET.Element:
    return ET.fromstring(written(network))  # noqa: S314 - our own output


# ---- The rules -------------------------------------------------------------------------------------------------------


class Rule(NamedTuple):
    """What an element may have: attributes, with `!` those that it must have, and children, with how many."""

    attributes: Mapping[str, str] = MappingProxyType({})
    children: str = ""
    ordered: bool = False


NUMBER = r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?"
DAY = r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
TIME = rf"{NUMBER}|{DAY}(T.*)?"
CHANNEL = "[0-9]|[1-9][0-9]|1[0-9][0-9]|2[0-4][0-9]|25[0-5]"
ANY = r"(?s:.*)"
TYPES = (
    "integer|long|double|float|boolean|bigdecimal|biginteger|byte|char|short|string|anyURI|"
    "list(string|boolean|integer|long|float|double|byte|short|bigdecimal|biginteger|char)"
)
WAYS = "directed|undirected|mutual"
SPELL = {"start": TIME, "end": TIME, "timestamp": TIME}
LASTING = SPELL | {"intervals": ANY, "timestamps": ANY}
COLOUR = {"r!": CHANNEL, "g!": CHANNEL, "b!": CHANNEL, "a": NUMBER}

RULES = {
    "gexf": Rule({"version!": r"1\.3", "variant": ANY}, "meta? graph", ordered=True),
    "meta": Rule({"lastmodifieddate": DAY}, "creator? keywords? description?"),
    "creator": Rule(),
    "description": Rule(),
    "graph": Rule(
        {
            "defaultedgetype": WAYS,
            "idtype": "integer|string",
            "timeformat": "integer|double|date|dateTime",
            "mode": "static|dynamic|slice",
            "timerepresentation": "interval|timestamp",
            "timezone": ANY,
        }
        | SPELL,
        "attributes* nodes edges",
        ordered=True,
    ),
    "attributes": Rule({"class!": "node|edge"}, "attribute*"),
    "attribute": Rule({"id!": ANY, "title!": ANY, "type!": TYPES}, "default? options?"),
    "nodes": Rule({"count": "[0-9]+"}, "node*"),
    "node": Rule(
        {"id!": ANY, "label": ANY, "pid": ANY} | LASTING,
        "attvalues? spells? nodes? edges? parents? viz:color? viz:position? viz:size? viz:shape?",
    ),
    "edges": Rule({"count": "[0-9]+"}, "edge*"),
    "edge": Rule(
        {"id": ANY, "type": WAYS, "label": ANY, "source!": ANY, "target!": ANY, "weight": NUMBER, "kind": ANY}
        | LASTING,
        "attvalues? spells? viz:color? viz:thickness? viz:shape?",
    ),
    "attvalues": Rule({}, "attvalue*"),
    "attvalue": Rule({"for!": ANY, "value!": ANY} | SPELL),
    "spells": Rule({}, "spell+"),
    "spell": Rule(SPELL),
    "viz:color": Rule(COLOUR),
    "viz:position": Rule({"x!": NUMBER, "y!": NUMBER, "z": NUMBER}),
    "viz:size": Rule({"value!": NUMBER}),
    "viz:shape": Rule({"value!": "solid|dotted|dashed|double"}),
}
"""Of what averment writes: other elements that GEXF has would be unknown here."""

FORMS = {"string": ANY, "long": "-?[0-9]+", "double": NUMBER, "boolean": "true|false"}


def _name(element: ET.Element) -> str:
    return element.tag.replace(VIZ, "viz:").replace(GEXF, "")


def against_grammar(element: ET.Element) -> Iterator[str]:
    """Give what is wrong with an element and all within it."""
    name = _name(element)
    rule = RULES.get(name)
    if rule is None:
        yield f"{name} is unknown"
        return
    forms = {key.rstrip("!"): form for key, form in rule.attributes.items()}
    for key, value in element.attrib.items():
        if not re.fullmatch(forms.get(key, "(?!)"), value):
            yield f"{name} has {key}={value!r}"
    yield from (f"{name} has no {key}" for key in rule.attributes if key[-1] == "!" and key[:-1] not in element.attrib)
    children = [_name(child) for child in element]
    pattern = "".join(
        f"({part.rstrip('?*+')} ){part[-1] if part[-1] in '?*+' else ''}" for part in rule.children.split()
    )
    order = [part.rstrip("?*+") for part in rule.children.split()]
    if not rule.ordered:
        children.sort(key=lambda child: order.index(child) if child in order else -1)
    if not re.fullmatch(pattern, "".join(f"{child} " for child in children)):
        yield f"{name} has {children}"
    for child in element:
        yield from against_grammar(child)


def against_sense(root: ET.Element) -> Iterator[str]:
    """Give what is named and not there, given twice, miscounted, or not of the type or form that is declared."""
    types = {
        of.attrib["class"]: {one.attrib["id"]: one.attrib["type"] for one in of}
        for of in root.iter(f"{GEXF}attributes")
    }
    nodes = [node.attrib["id"] for node in root.iter(f"{GEXF}node")]
    for kind in ("node", "edge"):
        found = list(root.iter(f"{GEXF}{kind}"))
        (around,) = root.iter(f"{GEXF}{kind}s")
        if int(around.attrib["count"]) != len(found) or len({one.attrib["id"] for one in found}) != len(found):
            yield f"{kind}s are miscounted"
        for one in found:
            for value in one.iter(f"{GEXF}attvalue"):
                if not re.fullmatch(FORMS[types[kind][value.attrib["for"]]], value.attrib["value"]):
                    yield f"a value {value.attrib}"
    for edge in root.iter(f"{GEXF}edge"):
        yield from (f"an edge at {edge.attrib[end]}" for end in ("source", "target") if edge.attrib[end] not in nodes)
    for one in root.iter():
        days = [one.attrib[key] for key in ("start", "end") if key in one.attrib]
        if any(date.fromisoformat(day).isoformat() != day for day in days) or days != sorted(days):
            yield f"days {days}"


def wrong(document: bytes) -> list[str]:
    root = ET.fromstring(document)  # noqa: S314 - our own output
    return [*against_grammar(root)] or [*against_sense(root)]


@pytest.mark.parametrize(
    ("right", "broken"),
    [
        ('version="1.3"', 'version="1.2"'),
        ('defaultedgetype="directed"', 'defaultedgetype="both"'),
        ('class="node"', 'class="nodes"'),
        ('type="long"', 'type="date"'),
        ('target="rtl"', 'goal="rtl"'),
        ('source="rtl"', 'source="nobody"'),
        ('<viz:color r="', '<viz:color r="9'),
        ("<viz:size", "<viz:length"),
        ("<viz:size", '<viz:size value="1"/><viz:size'),
        ("<edges", '<nodes count="0"/><edges'),
        ('<edge id="1"', '<edge id="2"'),
        ("<spell ", "<spells/><spell "),
        ('value="true"', 'value="True"'),
        ('start="2021-05-07"', 'start="20210507"'),
        ('start="2021-05-07"', 'start="7 May 2021"'),
    ],
)
def test_what_breaks_a_rule_is_found(network: Network, right: str, broken: str) -> None:
    """Or the tests below would say nothing."""
    document = written(network).decode()
    assert wrong(document.encode()) == []
    assert right in document
    assert wrong(document.replace(right, broken, 1).encode())


@pytest.mark.parametrize("shown", VIEWS, ids=lambda shown: shown.name)
def test_every_view_keeps_the_rules(extraction: Extraction, shown: GraphView) -> None:
    """As GEXF for Gephi."""
    store = Store()
    ingest(store, [extraction])
    assert wrong(written(network_of_view(store.view(), shown))) == []


def test_a_graph_without_anything_keeps_the_rules() -> None:
    """It has no nodes and no edges, and says so."""
    assert wrong(written(nx.MultiDiGraph())) == []


texts = st.text(max_size=8)
values = st.one_of(
    st.none(),
    texts,
    st.booleans(),
    st.integers(),
    st.floats(),
    st.decimals(),
    st.dates(),
    st.datetimes(),
    st.sets(texts, max_size=2),
)
days = st.one_of(
    st.sampled_from(["..", "2014", "20140101", "2014-W01-1", "0001-01-01", "2014-02-30"]), st.dates().map(str)
)
times = st.lists(st.tuples(days, days).map("/".join), max_size=3).map("; ".join)
attributes = st.dictionaries(
    st.one_of(texts, st.sampled_from(["label", "kind", "relation", "weight", "id", "for"])), values, max_size=3
)
graphs = st.lists(st.tuples(texts, texts, attributes, times, values), max_size=5)


@given(graphs)
def test_whatever_a_graph_has_it_keeps_the_rules(links: list[tuple[str, str, dict[str, Any], str, Any]]) -> None:
    """Any name, text, number, day and time."""
    graph: nx.MultiDiGraph[Any] = nx.MultiDiGraph()
    for start, end, data, times, published in links:
        graph.add_edges_from([(start, end, data | {"times": times, "published": published})])
        graph.add_nodes_from([(end, data | {"times": times})])
    clean = cleaned(graph)
    assert wrong(written(clean)) == []
    read_back(clean)


# ---- All of a graph --------------------------------------------------------------------------------------------------


def read_back(network: Network) -> None:
    """Hold what the standard library's parser finds against the graph."""
    root = parsed(network)
    titles = {
        of.attrib["class"]: {one.attrib["id"]: one.attrib["title"] for one in of}
        for of in root.iter(f"{GEXF}attributes")
    }
    of: Callable[[str, ET.Element], dict[str, str]] = lambda kind, element: {  # noqa: E731 - short
        titles[kind][one.attrib["for"]]: one.attrib["value"] for one in element.iter(f"{GEXF}attvalue")
    }
    nodes = {one.attrib["id"]: {"label": one.attrib["label"]} | of("node", one) for one in root.iter(f"{GEXF}node")}
    assert nodes == {node: as_texts(data) for node, data in network.nodes(data=True)}
    edges = [
        (one.attrib["source"], one.attrib["target"], one.attrib.get("label"), of("edge", one))
        for one in root.iter(f"{GEXF}edge")
    ]
    expected = [(start, end, as_texts(data)) for start, end, data in network.edges(data=True)]
    assert edges == [
        (start, end, data.get("label", data.get("relation")), {k: v for k, v in data.items() if k != "label"})
        for start, end, data in expected
    ]


def as_texts(data: dict[str, Any]) -> dict[str, str]:
    return {name: as_text(one) for name, one in data.items()}


def test_everything_is_read_back(network: Network) -> None:
    """Nodes, parallel edges and loops in their order, with every attribute; an edge is called by its own label."""
    read_back(network)


def test_there_are_times(network: Network) -> None:
    """One interval is a start and an end, several are spells; what was published is there from then on.

    What is no day, or ends before it begins, is no time.
    """
    root = parsed(network)
    nodes = {element.attrib["id"]: element for element in root.iter(f"{GEXF}node")}
    assert nodes["rtl"].attrib["start"] == "2014-01-01"
    assert "end" not in nodes["rtl"].attrib
    spells = [spell.attrib for spell in nodes["&amp; &#65;"].iter(f"{GEXF}spell")]
    assert spells == [{"start": "2014-01-01", "end": "2014-12-31"}, {"start": "2016-02-01"}]
    assert nodes["7"].attrib.keys() == {"id", "label"}
    assert not list(nodes["7"].iter(f"{GEXF}spell"))
    assert [e.attrib["start"] for e in root.iter(f"{GEXF}edge") if "start" in e.attrib] == ["2021-05-07"]


def test_networkx_reads_it(network: Network) -> None:
    """Its reader knows an earlier version of the format, which this one differs from by its name alone."""
    older = written(network).replace(b"http://gexf.net/1.3", b"http://www.gexf.net/1.2draft")
    found = nx.read_gexf(BytesIO(older.replace(b'version="1.3"', b'version="1.2"')))
    assert {node: data["label"] for node, data in found.nodes(data=True)} == {
        node: data["label"] for node, data in network.nodes(data=True)
    }
    assert found.number_of_edges() == network.number_of_edges()
