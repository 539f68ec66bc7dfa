"""Pictures: well-formed, harmless, without overlaps, and honest about what they leave out."""

import xml.etree.ElementTree as ET
from itertools import combinations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from averment.exports.arrows import LINES
from averment.exports.layout import Box, layout
from averment.exports.lettering import set_in_lines, width_of
from averment.exports.places import MAX_DRAWN, places
from averment.exports.svg import lost_in_pictures, picture
from averment.exports.values import Network, cleaned

SVG = "{http://www.w3.org/2000/svg}"


def parsed(network: Network) -> ET.Element:
    return ET.fromstring(picture(network))  # noqa: S314 - our own output


def of_edges(*edges: tuple[str, str, str]) -> Network:
    graph: Network = nx.MultiDiGraph()
    for source, target, relation in edges:
        graph.add_edge(source, target, relation=relation)
    return cleaned(graph)


def test_a_picture_of_nothing_says_so() -> None:
    """It is a picture all the same."""
    assert "There is nothing to show." in picture(nx.MultiDiGraph())


def test_a_picture_has_a_title_a_description_and_a_legend() -> None:
    """For those who cannot see it, and for those who do not know the colours."""
    graph = of_edges(("Jo Lind", "the words", "says"))
    nx.set_node_attributes(graph, {"Jo Lind": "person", "the words": "claim"}, "kind")
    root = parsed(graph)
    assert root.attrib["aria-labelledby"].split() == [
        root[0].attrib["id"],
        root[1].attrib["id"],
    ]
    assert root[1].text == "2 things (1 claim, 1 person) and 1 links."
    legend = {element.text for element in root.findall(f"{SVG}text")}
    assert {"claim 1", "person 1", "says"} <= legend


def test_a_large_picture_shows_the_best_connected_and_counts_the_rest() -> None:
    """By kind, in its legend; and says how many there are."""
    graph: Network = nx.MultiDiGraph()
    for n in range(MAX_DRAWN + 30):
        graph.add_node(f"n{n:03}", kind="person")
        graph.add_edge(f"n{n:03}", f"n{n // 2:03}", relation="lobbied")
    graph = cleaned(graph)
    text = picture(graph)
    assert f"There are {MAX_DRAWN + 30} things; the {MAX_DRAWN} best connected are shown." in text
    assert f"person {MAX_DRAWN} of {MAX_DRAWN + 30}" in text
    losses = lost_in_pictures(graph)
    assert losses["things are not drawn"] == 30
    assert losses["links are not drawn"] >= 30


def test_words_stand_on_arrows_that_the_legend_does_not_explain() -> None:
    """And those that it does explain have none."""
    texts = [element.text for element in parsed(of_edges(("a", "b", "lobbied"), ("b", "c", "says"))).iter(f"{SVG}text")]
    assert texts.count("lobbied") == 1
    assert texts.count("says") == 1


def test_parallel_links_are_one_arrow_that_counts_them() -> None:
    """Thicker, and its tooltip says how many."""
    graph = of_edges(*[("a", "b", "cites")] * 4)
    titles = [element.text or "" for element in parsed(graph).iter(f"{SVG}title")]
    assert sum("(4 links)" in title for title in titles) == 1


def test_who_is_the_same_is_linked_by_a_dashed_line_without_a_tip() -> None:
    """It has no direction."""
    path = next(
        e for e in parsed(of_edges(("a", "b", "same as"))).iter(f"{SVG}path") if e.find(f"{SVG}title") is not None
    )
    assert path.attrib["stroke-dasharray"] == LINES["same as"].dashes
    assert "marker-end" not in path.attrib


def test_links_lead_to_the_web_alone() -> None:
    """To a page of the server where there is one, to the address of an article, and never to a script."""
    graph = of_edges(
        ("https://w3id.org/averment/id/x/1?", "https://paper.example/?a=1&b=<2>", "cites"),
        ("javascript:alert(1)", "z", "r"),
    )
    graph.add_node("y", label="y", address="https://paper.example/?a=1&b=2")
    graph.graph["pages"] = "http://127.0.0.1:8000/id/"
    links = {element.attrib["href"] for element in parsed(graph).iter(f"{SVG}a")}
    assert links == {"http://127.0.0.1:8000/id/x/1%3F", "https://paper.example/?a=1&b=2"}


def test_a_loop_is_drawn() -> None:
    """Over the corner of its box."""
    assert "lobbied" in picture(of_edges(("a", "a", "lobbied")))


pairs = st.lists(
    st.tuples(st.integers(0, 25), st.integers(0, 25), st.sampled_from(["says", "mentions", "same as", "x"]))
)


@given(pairs)
def test_no_two_boxes_overlap(drawn: list[tuple[int, int, str]]) -> None:
    """Whatever is linked with whatever; all of it lies within the picture."""
    graph = of_edges(*[(f"{'n' * a}{a}", f"{'n' * b}{b}", relation) for a, b, relation in drawn])
    laid = layout(graph)
    assert set(laid.boxes) == set(graph)
    for one, other in combinations(laid.boxes.values(), 2):
        assert not _overlap(one, other)
    for box in laid.boxes.values():
        assert box.width / 2 <= box.x <= laid.width - box.width / 2
        assert box.height / 2 <= box.y <= laid.height - box.height / 2
    parsed(graph)


def _overlap(one: Box, other: Box) -> bool:
    return (
        abs(one.x - other.x) < (one.width + other.width) / 2 - 0.01
        and abs(one.y - other.y) < (one.height + other.height) / 2 - 0.01
    )


def test_a_chain_goes_from_left_to_right() -> None:
    """As it is read."""
    boxes = layout(of_edges(("c", "a", "x"), ("a", "b", "x"), ("b", "c", "mentions"))).boxes
    assert boxes["c"].x < boxes["a"].x < boxes["b"].x


@given(st.text(max_size=300), st.floats(60, 300), st.integers(1, 4))
def test_words_fit_their_lines(text: str, width: float, lines: int) -> None:
    """In number and width, and nothing is left out unless the last line says so."""
    found = set_in_lines(text, width, lines)
    assert 1 <= len(found) <= lines
    assert all(width_of(line) <= max(width, width_of(line[:1])) or len(line) <= 2 for line in found)
    if not found[-1].endswith("…"):
        assert "".join(found).replace(" ", "") == "".join(text.split())


@pytest.mark.parametrize("count", [3, MAX_DRAWN + 1, 5_000])
def test_every_node_has_a_place_of_its_own(count: int) -> None:
    """In a graph of any size."""
    graph = of_edges(*[(f"n{n}", f"n{n // 3}", "x") for n in range(count)])
    found = places(graph)
    assert set(found) == set(graph)
    assert len({(round(x, 1), round(y, 1)) for x, y in found.values()}) == len(graph)


def test_words_are_left_out_where_there_are_too_many_arrows() -> None:
    """What links everything with everything is drawn all the same, and the loss is counted."""
    graph = of_edges(*[(f"n{a}", f"n{b}", "lobbied") for a in range(30) for b in range(30) if a != b])
    assert "lobbied" not in {element.text for element in parsed(graph).iter(f"{SVG}text")}
    assert lost_in_pictures(graph) == {"arrows have no words": 870}
