"""Every format of a graph, read back whole by readers that are not ours, from a graph that tries everything."""

import csv
import json
import re
import struct
import subprocess
import sys
import xml.etree.ElementTree as ET
import zlib
from collections import Counter
from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from averment.errors import InputError
from averment.exports import GRAPH_FORMATS, GraphFormat
from averment.exports.values import Kind, Network, as_text, cleaned, columns


def written(network: Network, name: str) -> bytes:
    return b"".join(next(one for one in GRAPH_FORMATS if one.name == name).write(network))


def texts(data: dict[str, Any]) -> dict[str, str]:
    return {name: as_text(one) for name, one in data.items()}


def test_a_graph_is_cleaned_once_for_all_formats(network: Network) -> None:
    """Every value has a type that formats have, names that formats need are left to them, and no two nodes are one."""
    kinds = {column.name: column.kind for column in columns(data for _, data in network.nodes(data=True))}
    assert kinds["value"] is Kind.NUMBER
    assert kinds["day"] is Kind.DAY
    assert kinds["alleged"] is Kind.BOOLEAN
    assert kinds["count"] is Kind.INTEGER
    assert {kinds[name] for name in ("big", "odd", "mixed", "id_", "source_", "Type_", "when")} <= {
        Kind.TEXT,
        Kind.INTEGER,
    }
    assert kinds["mixed"] is Kind.TEXT
    assert not {"none", "empty", "nan", "id"} & kinds.keys()
    assert len(network) == 9
    assert "7~2" in network
    assert network.nodes["formula"]["odd"] == "a; b"


def test_a_label_is_always_there(network: Network) -> None:
    """A node without one is called by its name."""
    assert network.nodes["7"]["label"] == "7"


def test_graphml_is_read_back_whole(network: Network) -> None:
    """By networkx: nodes, parallel edges, types; a day is its text."""
    found = nx.read_graphml(BytesIO(written(network, "graphml")), force_multigraph=True)
    assert {node: dict(data) for node, data in found.nodes(data=True)} == {
        node: _without_days(data) for node, data in network.nodes(data=True)
    }
    edges = sorted(((a, b, d) for a, b, d in found.edges(data=True)), key=str)
    assert Counter(map(_edge, edges)) == Counter(
        _edge((a, b, _without_days(d))) for a, b, d in network.edges(data=True)
    )


def _without_days(data: dict[str, Any]) -> dict[str, Any]:
    """JSON and XML have no days; columns of several kinds are text."""
    days = {name: one.isoformat() if isinstance(one, date) else one for name, one in data.items()}
    return {name: str(one) if name == "mixed" else one for name, one in days.items()}


def _edge(edge: tuple[str, str, dict[str, Any]]) -> tuple[str, str, str]:
    return edge[0], edge[1], str(sorted(edge[2].items()))


@pytest.mark.parametrize("name", ["csv", "spreadsheet"])
def test_tables_are_read_back_whole(network: Network, name: str) -> None:
    """By the csv module: the headings that Gephi wants, a row for every node and edge, every cell as it was."""
    with ZipFile(BytesIO(written(network, name))) as archive:
        tables = {
            table: list(csv.DictReader(TextIOWrapper(archive.open(table), "utf-8-sig", newline="")))
            for table in archive.namelist()
        }
    assert list(tables["nodes.csv"][0])[:2] == ["Id", "Label"]
    assert list(tables["edges.csv"][0])[:5] == ["Id", "Source", "Target", "Type", "Label"]
    rows = [{key: _as_it_was(cell, name) for key, cell in row.items() if cell} for row in tables["nodes.csv"]]
    expected = [
        {"Id": node, "Label": str(data["label"])} | {k: as_text(v) for k, v in data.items() if k != "label"}
        for node, data in network.nodes(data=True)
    ]
    assert rows == expected
    assert [(row["Source"], row["Target"]) for row in tables["edges.csv"]] == list(network.edges())


def _as_it_was(cell: str, name: str) -> str:
    return cell.removeprefix("'") if name == "spreadsheet" else cell


def test_no_cell_of_a_spreadsheet_is_a_formula(network: Network) -> None:
    """And of the other tables the cell is as it is: programs read those."""
    exact, safe = (ZipFile(BytesIO(written(network, name))).read("nodes.csv") for name in ("csv", "spreadsheet"))
    assert b",=HYPERLINK(1)," in exact
    assert b",'=HYPERLINK(1)," in safe


def test_node_link_json_is_read_back_whole(network: Network) -> None:
    """By networkx, with its types."""
    found = nx.node_link_graph(json.loads(written(network, "nodelink")), edges="edges")
    assert dict(found.nodes(data=True)) == {
        node: {k: v.isoformat() if isinstance(v, date) else v for k, v in data.items()}
        for node, data in network.nodes(data=True)
    }
    assert Counter(found.edges()) == Counter(network.edges())


def test_cytoscapes_json_is_read_back_whole(network: Network) -> None:
    """Elements with ids, ends, places, and every attribute in `data`."""
    elements = json.loads(written(network, "cyjs"))["elements"]
    ids = {one["data"]["id"] for kind in elements.values() for one in kind}
    assert len(ids) == len(network) + network.number_of_edges()
    nodes = {one["data"].pop("id"): one["data"] for one in elements["nodes"]}
    for data in nodes.values():
        assert data.pop("name") == data["label"]
    assert nodes == {
        node: {k: v.isoformat() if isinstance(v, date) else v for k, v in data.items()}
        for node, data in network.nodes(data=True)
    }
    assert [(one["data"]["source"], one["data"]["target"]) for one in elements["edges"]] == list(network.edges())
    assert all(set(one["position"]) == {"x", "y"} for one in elements["nodes"])


_DOT_STRING = r'"((?:[^"\\]|\\.)*)"'


def test_dot_is_quoted_as_graphviz_reads_it(network: Network) -> None:
    """Each statement is a line of quoted strings and nothing else; what is quoted is what was there.

    A label that is long or has lines is drawn in lines, and whole in its tooltip.
    """
    lines = written(network, "dot").decode().splitlines()
    assert (lines[0], lines[-1]) == ("digraph averment {", "}")
    nodes, edges = [], []
    for line in lines[4:-1]:
        head = re.match(rf"{_DOT_STRING}(?: -> {_DOT_STRING})? \[", line)
        assert head
        attributes = re.findall(rf"{_DOT_STRING}={_DOT_STRING}", line[head.end() :])
        assert line == head[0] + ", ".join(f'"{a}"="{b}"' for a, b in attributes) + "];"
        found = {_unquoted(a): _unquoted(b) for a, b in attributes}
        if head[2] is None:
            shown = re.sub("&amp;(?=#?\\w+;)", "&", found.get("tooltip", found["label"]))
            nodes.append((_unquoted(head[1]), shown))
            assert max(map(len, found["label"].split("\n"))) < 50
        else:
            edges.append((_unquoted(head[1]), _unquoted(head[2]), found.get("relation", "")))
    assert nodes == [(node, data["label"]) for node, data in network.nodes(data=True)]
    assert edges == [(a, b, data.get("relation", "")) for a, b, data in network.edges(data=True)]


def _unquoted(text: str) -> str:
    return re.sub(r"\\(.)", lambda found: {"n": "\n", "r": "\r"}.get(found[1], found[1]), text)


@given(st.text(max_size=30))
def test_any_text_is_the_same_after_dot(text: str) -> None:
    """What stands between the quotes is the text, escaped so that it ends where it should."""
    graph = cleaned(nx.MultiDiGraph([(text, "end")]))
    quoted = re.match(_DOT_STRING, written(graph, "dot").decode().split("\n")[4])
    assert quoted
    assert _unquoted(quoted[1]) == next(iter(graph))


class _Page(HTMLParser):
    """What a browser would make of a page: its elements and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.handlers: set[str] = set()
        self.links: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.handlers |= {name for name, _ in attrs if name.startswith("on") or name == "style"}
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_page_runs_nothing_and_has_every_link(network: Network) -> None:
    """No script, handler or address but of the web; a row for each link and thing."""
    page = _Page()
    page.feed(written(network, "html").decode())
    assert not page.tags["script"]
    assert not page.handlers
    assert all(link.startswith(("http://", "https://")) for link in page.links)
    assert page.tags["tr"] == 3 + network.number_of_edges() + len(network) + len(
        {data.get("kind") for _, data in network.nodes(data=True)}
    )
    assert "שלום עולם" in page.text


@pytest.mark.parametrize("form", GRAPH_FORMATS, ids=lambda form: form.name)
def test_the_same_graph_gives_the_same_bytes(
    hostile: "nx.MultiDiGraph[Any]", network: Network, form: GraphFormat
) -> None:
    """And every format can hold a graph without anything."""
    if form.name == "png":
        pytest.importorskip("resvg_py", reason="the extra `pictures` is not installed")
    assert b"".join(form.write(network)) == b"".join(form.write(cleaned(hostile)))
    assert form.losses(nx.MultiDiGraph()) == {}
    assert b"".join(form.write(nx.MultiDiGraph())) or form.name == "cypher"


def test_the_order_of_hashes_is_no_matter(tmp_path: Path) -> None:
    """Two processes that hash texts differently write the same."""
    script = tmp_path / "write.py"
    script.write_text(
        "import sys, networkx as nx\n"
        "from averment.exports import GRAPH_FORMATS\n"
        "from averment.exports.values import cleaned\n"
        "g = nx.MultiDiGraph()\n"
        "for n in range(300):\n"
        "    g.add_edge(f'n{n * 7 % 40}', f'n{n * n % 31}', relation=f'r{n % 5}', odd={'a', 'b', str(n)})\n"
        "for f in GRAPH_FORMATS:\n"
        "    if f.name != 'png': sys.stdout.buffer.writelines(f.write(cleaned(g)))\n"
    )
    runs = {_run(script, seed) for seed in ("1", "2")}
    assert len(runs) == 1


def _run(script: Path, seed: str) -> bytes:
    import os

    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.run([sys.executable, script], capture_output=True, check=True, env=environment).stdout


def test_what_is_lost_is_counted(network: Network) -> None:
    """As many days as there are, and in tables every value that is no text."""
    losses: Callable[[str], dict[str, int]] = lambda name: next(f for f in GRAPH_FORMATS if f.name == name).losses(  # noqa: E731 - short
        network
    )
    assert losses("gexf") == losses("graphml") == losses("cyjs") == {"days become plain text": 2}
    assert losses("csv") == {"integers become plain text": 2, "numbers become plain text": 5} | {
        "yes or no become plain text": 2,
        "days become plain text": 2,
    }
    assert losses("spreadsheet")["cells get a ' before them"] == 3


@pytest.mark.parametrize(("links", "width"), [(2, None), (90, 16_000)])
def test_png_is_the_picture(links: int, width: int | None) -> None:
    """Twice as large, with something in it; one that would be too large for most programs is drawn smaller."""
    pytest.importorskip("resvg_py", reason="the extra `pictures` is not installed")
    graph = cleaned(nx.MultiDiGraph([(f"n{n}", f"n{n + 1}") for n in range(links)]))
    png = written(graph, "png")
    drawing = ET.fromstring(written(graph, "svg"))  # noqa: S314 - our own output
    sides = [int(drawing.attrib[side]) for side in ("width", "height")]
    wide, high = struct.unpack(">II", png[16:24])
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    assert wide == (width or 2 * sides[0])
    assert high == pytest.approx(wide * sides[1] / sides[0], abs=1)
    size = int.from_bytes(png[(at := png.index(b"IDAT")) - 4 : at])
    assert len(set(zlib.decompressobj().decompress(png[at + 4 : at + 4 + size]))) > 100


def test_png_says_what_to_install(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where its renderer is absent."""
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    with pytest.raises(InputError, match=r"pip install 'averment\[pictures\]'"):
        written(network, "png")
