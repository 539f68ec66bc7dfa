"""DOT, for Graphviz. https://graphviz.org/doc/info/lang.html."""

import re
from collections.abc import Iterator, Mapping

from averment.exports import palette
from averment.exports.base import encoded
from averment.exports.lettering import set_in_lines
from averment.exports.values import Network, Value, as_text

__all__ = ["to_dot"]

_WIDE, _LINES = 250.0, 8
"""The width in pixels, and the lines, of what is drawn of a label: Graphviz would draw it on one line, however long."""

_ENTITY = re.compile(r"&(?=#?\w+;)")
_SHOWN = frozenset({"label", "tooltip"})
_ESCAPED = {ord("\\"): "\\\\", ord('"'): '\\"', ord("\n"): "\\n", ord("\r"): "\\r"}


def to_dot(network: Network) -> Iterator[bytes]:
    """Give a graph as DOT; every attribute is a text there."""
    return encoded(_lines(network))


def _lines(network: Network) -> Iterator[str]:
    yield "digraph averment {"
    yield 'graph [charset="UTF-8", rankdir="LR"];'
    yield 'node [shape="box", style="rounded,filled", fontname="sans-serif", fontcolor="white"];'
    yield 'edge [fontname="sans-serif", fontsize="10", color="#64748b"];'
    for node, data in network.nodes(data=True):
        look = {"fillcolor": palette.colour(data.get("kind"))}
        yield f"{_quoted(node)} [{_attributes(_drawn(data) | look)}];"
    for source, target, data in network.edges(data=True):
        look = {"style": "dashed", "dir": "none"} if data.get("relation") == "same as" else {}
        label = {"label": data["relation"]} if "relation" in data else {}
        yield f"{_quoted(source)} -> {_quoted(target)} [{_attributes(label | dict(data) | look)}];"
    yield "}"


def _drawn(data: Mapping[str, Value]) -> dict[str, Value]:
    """Give attributes with a label that is set in lines; where that is not all of it, the tooltip is."""
    label = as_text(data["label"])
    lines = "\n".join(set_in_lines(label, _WIDE, _LINES))
    return {"tooltip": label, **data, "label": lines} if lines != label else dict(data)


def _attributes(data: Mapping[str, Value]) -> str:
    return ", ".join(
        f"{_quoted(name)}={_label(as_text(one)) if name in _SHOWN else _quoted(as_text(one))}"
        for name, one in data.items()
    )


def _quoted(text: str) -> str:
    """Quote a name or value; a backslash is doubled, since Graphviz has escapes of its own in labels."""
    return f'"{text.translate(_ESCAPED)}"'


def _label(text: str) -> str:
    """Quote what Graphviz draws: there, what looks like an entity of HTML is one unless it is escaped."""
    return _quoted(_ENTITY.sub("&amp;", text))
