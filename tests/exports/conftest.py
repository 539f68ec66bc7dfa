"""A graph that tries everything, which every format is to hold."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import networkx as nx
import pytest

from averment.exports.values import Network, cleaned

IRI = "https://paper.example/a?b=1&c='<d>'\"e\""


@pytest.fixture
def hostile() -> "nx.MultiDiGraph[Any]":
    """Names, texts and values that break files, parallel links and loops."""
    graph: nx.MultiDiGraph[Any] = nx.MultiDiGraph()
    graph.add_node(IRI, label="</text><script>alert(1)</script> & \x01\x0b \"quoted\" 'too' \\", kind="person")
    graph.add_node("half\ud800", label="lone \udfff surrogate", kind="claim", id="one", source=2, Type="three")
    graph.add_node("rtl", label="שלום עולם \u202e abc", kind="document", none=None, empty="", times="2014-01-01/..")
    graph.add_node("long", label="x" * 10_000, kind="claim", value=Decimal("1250.50"), day=date(2021, 5, 7))
    graph.add_node("formula", label="=HYPERLINK(1)", kind="payout", alleged=True, count=7, big=1 << 80, odd={"b", "a"})
    graph.add_node("cr\r\nlf\ttab", label="a\nb\r\nc\td", kind="new kind", when=datetime(2021, 5, 7, 1, tzinfo=UTC))
    graph.add_node(7, label=None, mixed=1, times="20140101/2014-12-31; 2016-01-02/2016-01-01; 2014-02-30/..")
    graph.add_node("7", label="seven", mixed="x", nan=float("nan"), half=0.1, vast=1e22, path="C:\\users\\\\u0027\\U")
    graph.add_node("&amp; &#65;", label="&lt; &amp; ]]>", kind="topic", times="2014-01-01/2014-12-31; 2016-02-01/..")
    for _ in range(3):
        graph.add_edge(IRI, "rtl", relation="cites", claim="https://paper.example/claim", label="own")
    graph.add_edge(IRI, IRI, relation="says `it` 'all' \\u0060 \"", stance="denies")
    graph.add_edge("half\ud800", IRI, relation="same as")
    graph.add_edge("rtl", "long", relation="-1+2", published=date(2021, 5, 7), weight=Decimal(2), id="e", key="k")
    graph.add_edge(7, "7")
    graph.add_edge("7", "cr\r\nlf\ttab", relation="a\nb", ratio=0.5, sure=False)
    return graph


@pytest.fixture
def network(hostile: "nx.MultiDiGraph[Any]") -> Network:
    """The same, as every writer gets it."""
    return cleaned(hostile)
