"""A view as one page for people: the picture, and the same as tables, for those who print, search or cannot see it."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from markupsafe import Markup

from averment.exports.base import Losses
from averment.exports.links import link
from averment.exports.svg import drawn, picture
from averment.exports.values import Network, Value, as_text
from averment.paper import page

__all__ = ["lost_in_pages", "to_html"]

_ROWS = 2_000
"""Of a table: what a browser shows at once, and more than anybody reads."""

_TOLD = 300
"""Characters of a label."""

_SHOWN_ELSEWHERE = frozenset({"label", "kind", "article"})


@dataclass(frozen=True, slots=True)
class _Thing:
    """A thing as a row or cell."""

    label: str
    address: str | None
    kind: str = ""
    links: int = 0
    known: str = ""


@dataclass(frozen=True, slots=True)
class _Link:
    """A link as a row."""

    start: _Thing
    relation: str
    end: _Thing
    source: _Thing | None


def to_html(network: Network) -> Iterator[bytes]:
    """Give the page: one file, without scripts and with nothing from elsewhere."""
    kinds = Counter(str(data.get("kind", "thing")) for _, data in network.nodes(data=True))
    best = sorted(network, key=lambda node: (-network.degree(node), node))[:_ROWS]
    yield page(
        "averment.exports",
        "page.html",
        filters={},
        title=str(network.graph.get("title", "What articles claim")),
        picture=Markup(picture(network)),  # noqa: S704 - its own texts are escaped
        things=len(network),
        links=network.number_of_edges(),
        drawn=len(drawn(network)),
        kinds=sorted(kinds.items(), key=lambda one: (-one[1], one[0])),
        known=[_thing(node, network) for node in best],
        rows=[_row(*edge, network) for edge in islice(network.edges(data=True), _ROWS)],
    )


def lost_in_pages(network: Network) -> Losses:
    """Count what is too much for the page's tables, and what is cut short there."""
    counts = {
        "things are not in its table": max(0, len(network) - _ROWS),
        "links are not in its table": max(0, network.number_of_edges() - _ROWS),
        "labels are cut short": sum(len(as_text(data["label"])) > _TOLD for _, data in network.nodes(data=True)),
    }
    return {words: count for words, count in counts.items() if count}


def _thing(node: str, network: Network) -> _Thing:
    data = network.nodes[node]
    label = as_text(data["label"])
    shown = label if len(label) <= _TOLD else f"{label[:_TOLD]}…"
    known = "; ".join(f"{name}: {as_text(data[name])}" for name in sorted(data.keys() - _SHOWN_ELSEWHERE))
    return _Thing(shown, link(node, network), str(data.get("kind", "")), network.degree(node), known)


def _row(start: str, end: str, data: Mapping[str, Value], network: Network) -> _Link:
    relation = as_text(data.get("relation", ""))
    told = f"{relation} ({data['stance']})" if data.get("stance") else relation
    return _Link(_thing(start, network), told, _thing(end, network), _source(data, network))


def _source(data: Mapping[str, Value], network: Network) -> _Thing | None:
    """Give the claim or else the article that a link is from: with its words, or as a thing of the view itself."""
    for key in ("claim", "article"):
        if (name := str(data.get(key, ""))) in network:
            return _thing(name, network)
    words = as_text(data.get("words", ""))
    return _Thing(words if len(words) <= _TOLD else f"{words[:_TOLD]}…", None) if words else None
