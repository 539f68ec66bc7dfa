"""Cypher: statements that an openCypher engine takes, from which nothing gets out of its quotes, and all of a graph."""

import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from averment.exports.cypher import to_cypher
from averment.exports.values import Network, cleaned

IRI = "https://paper.example/a?b=1&c='<d>'\"e\""
TEXT = r"'(?:[^'\\]|\\.)*'"
_QUOTED = re.compile(rf"{TEXT}|`(?:[^`]|``)*`")


def statements(network: Network) -> list[str]:
    return b"".join(to_cypher(network)).decode().split("\n")[:-1]


def test_every_text_and_name_is_escaped(network: Network) -> None:
    """Outside of quotes there is nothing that a graph could have brought in, and every node and edge is there."""
    for statement in statements(network):
        bare = _QUOTED.sub("", statement)
        assert re.fullmatch(r"UNWIND [\w\[\]{}(): .,;<>=+\-]*;", bare), bare
        assert bare.count(";") == 1
    together = "\n".join(statements(network))
    assert together.count("{id: '") == len(network) + network.number_of_edges()
    assert "'=HYPERLINK(1)'" in together
    assert "`says ``it`` 'all' \ufffdu0060 \"`" in together


def test_parallel_edges_are_kept_apart(network: Network) -> None:
    """Three links of one claim are three, also when the statements are run again."""
    claims = re.findall(r"\{id: '(https://paper.example/claim[^']*)'", "".join(statements(network)))
    assert claims == [f"https://paper.example/claim{end}" for end in ("", "~2", "~3")]


texts = st.one_of(st.text(max_size=30), st.text("\\uU0027'`\n", max_size=12))


@given(texts)
def test_any_text_is_read_as_it_was(text: str) -> None:
    """And has nothing that could be an escape of Unicode, which Neo4j resolves in names too."""
    graph = cleaned(nx.MultiDiGraph([(text, "end", {"relation": text, text: 1})]))
    together = "\n".join(statements(graph))
    assert not re.search(r"\\u", together, re.IGNORECASE)
    literal = re.match(rf"UNWIND \[\{{id: ({TEXT}(?: \+ {TEXT})*), properties", together)
    assert literal
    assert "".join(map(_read, re.findall(TEXT, literal[1]))) == next(iter(graph))


def _read(literal: str) -> str:
    plain = {"n": "\n", "r": "\r", "t": "\t"}
    return re.sub(r"\\(.)", lambda found: plain.get(found[1], found[1]), literal[1:-1], flags=re.DOTALL)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_any_number_is_written_as_opencypher_has_numbers(number: float) -> None:
    """Its grammar has no `+` in an exponent."""
    graph = cleaned(nx.MultiDiGraph([("a", "b", {"n": number})]))
    written = re.search(r"properties: \{n: ([^}]+)\}", statements(graph)[-1])
    assert written
    assert re.fullmatch(r"-?[0-9]+(\.[0-9]+)?(e-?[0-9]+)?", written[1])
    assert float(written[1]) == number


# ---- An engine -------------------------------------------------------------------------------------------------------

Ask = Callable[[str], list[dict[str, Any]]]


@pytest.fixture
def ask() -> Iterator[Ask]:
    """A graph database in memory that takes openCypher."""
    graphqlite = pytest.importorskip("graphqlite", reason="graphqlite, an openCypher engine, is not installed")
    connection = sqlite3.connect(":memory:")
    if not hasattr(connection, "enable_load_extension"):
        pytest.skip("SQLite of this Python loads no extensions, and graphqlite is one")
    connection.close()
    with graphqlite.connect(":memory:") as database:
        yield lambda query: [dict(row) for row in database.cypher(query)]


def test_an_engine_has_the_whole_graph(hostile: "nx.MultiDiGraph[Any]", ask: Ask) -> None:
    """Nodes, labels, edges, types and every attribute; and no more of them when the statements are run again."""
    hostile.nodes["cr\r\nlf\ttab"]["kind"] = "new"  # the engine knows no label between backticks ...
    hostile.nodes["7"].pop("path")  # ... and no text in two parts within a list
    hostile.edges[IRI, IRI, 0]["relation"] = "says `it` 'all' \\ \""
    network = cleaned(hostile)
    for _ in range(2):
        for statement in statements(network):
            ask(statement.removesuffix(";"))
    nodes = {
        row["id"]: (row["labels"], row["properties"])
        for row in ask("MATCH (n) RETURN n.id AS id, labels(n) AS labels, properties(n) AS properties")
    }
    assert nodes == {
        node: (["Thing", data.get("kind", "thing")], {"id": node} | _plain(data))
        for node, data in network.nodes(data=True)
    }
    edges = ask("MATCH (a)-[r]->(b) RETURN a.id AS a, type(r) AS type, b.id AS b, properties(r) AS properties")
    assert Counter((edge["a"], edge["b"], edge["type"], _all(edge["properties"])) for edge in edges) == Counter(
        (start, end, _type(data), _all(_plain(data))) for start, end, data in network.edges(data=True)
    )


def _all(data: dict[str, Any]) -> str:
    return str(sorted((name, one) for name, one in data.items() if name != "id"))


def _plain(data: dict[str, Any]) -> dict[str, Any]:
    """Days are texts there."""
    return {name: one.isoformat() if isinstance(one, date) else one for name, one in data.items()}


def _type(data: dict[str, Any]) -> str:
    return str(data.get("relation", "linked")).replace("\n", " ").replace("\\", "\ufffd")
