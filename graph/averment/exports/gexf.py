"""GEXF 1.3, for Gephi and what reads its files: colours, sizes, places and times beside the attributes.

https://gexf.net/schema.html
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from averment.exports import palette
from averment.exports.base import encoded
from averment.exports.places import places
from averment.exports.values import Column, Kind, Network, Value, as_text, columns
from averment.exports.xml import attribute, content

__all__ = ["to_gexf"]

_TYPES = {
    Kind.TEXT: "string",
    Kind.INTEGER: "long",
    Kind.NUMBER: "double",
    Kind.BOOLEAN: "boolean",
    Kind.DAY: "string",
}
"""The schema has no type for days; they are ISO 8601 texts, and the time of a node or edge besides."""

_OPEN = ".."


def to_gexf(network: Network) -> Iterator[bytes]:
    """Give a graph as GEXF; nodes and edges keep the order in which the graph has them."""
    return encoded(_lines(network))


def _lines(network: Network) -> Iterator[str]:
    of_nodes = columns(data for _, data in network.nodes(data=True))
    of_edges = columns(data for *_, data in network.edges(data=True))
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">'
    yield "<meta><creator>averment</creator>"
    yield f"<description>{content(str(network.graph.get('title', 'What articles claim')))}</description></meta>"
    timed = ' mode="dynamic" timeformat="date" timerepresentation="interval"' if _has_times(network) else ""
    yield f'<graph defaultedgetype="directed"{timed}>'
    yield from _declared("node", of_nodes)
    yield from _declared("edge", of_edges)
    yield f'<nodes count="{len(network)}">'
    yield from _nodes(network, of_nodes)
    yield f'</nodes><edges count="{network.number_of_edges()}">'
    for number, (source, target, data) in enumerate(network.edges(data=True)):
        yield _edge(number, source, target, data, of_edges)
    yield "</edges></graph></gexf>"


def _declared(of: str, declared: Iterable[Column]) -> Iterator[str]:
    yield f'<attributes class="{of}">'
    for number, column in enumerate(declared):
        yield f'<attribute id="{number}" title={attribute(column.name)} type="{_TYPES[column.kind]}"/>'
    yield "</attributes>"


def _nodes(network: Network, declared: tuple[Column, ...]) -> Iterator[str]:
    where = places(network)
    for node, data in network.nodes(data=True):
        x, y = where[node]  # y goes down in a picture, and up here
        start, spells = _times(data)
        red, green, blue = palette.rgb(data.get("kind"))
        yield (
            f"<node id={attribute(node)} label={attribute(as_text(data['label']))}{start}>{_values(data, declared)}"
            f'{spells}<viz:color r="{red}" g="{green}" b="{blue}"/><viz:position x="{x:.1f}" y="{-y:.1f}" z="0.0"/>'
            f'<viz:size value="{palette.size(network.degree(node))}"/></node>'
        )


def _edge(number: int, source: str, target: str, data: Mapping[str, Value], declared: tuple[Column, ...]) -> str:
    start, spells = _times(data)
    look = '<viz:shape value="dashed"/>' if data.get("relation") == "same as" else ""
    named = {"kind": data.get("relation"), "label": data.get("label", data.get("relation"))}
    names = "".join(f" {name}={attribute(as_text(one))}" for name, one in named.items() if one is not None)
    return (
        f'<edge id="{number}" source={attribute(source)} target={attribute(target)}{names}{start}>'
        f"{_values(data, declared)}{spells}{look}</edge>"
    )


def _values(data: Mapping[str, Value], declared: Iterable[Column]) -> str:
    found = [
        f'<attvalue for="{number}" value={attribute(as_text(data[column.name]))}/>'
        for number, column in enumerate(declared)
        if column.name in data
    ]
    return f"<attvalues>{''.join(found)}</attvalues>" if found else ""


def _has_times(network: Network) -> bool:
    nodes = (data for _, data in network.nodes(data=True))
    edges = (data for *_, data in network.edges(data=True))
    return any(_intervals(data) for items in (nodes, edges) for data in items)


def _intervals(data: Mapping[str, Value]) -> list[tuple[str, str]]:
    """Give the first and last days of what has times, else the day from which there is a publication."""
    written = data.get("times")
    parts = [part.partition("/") for part in written.split("; ")] if isinstance(written, str) else []
    found = [(start, end) for start, _, end in parts if _is_day(start) and _is_day(end) and not _is_turned(start, end)]
    if not found and isinstance(published := data.get("published"), date):
        return [(published.isoformat(), _OPEN)]
    return [pair for pair in found if pair != (_OPEN, _OPEN)]


def _is_day(text: str) -> bool:
    """Say whether a text is a day, in the one form that XML Schema has for it, or an open end."""
    try:
        return text == _OPEN or date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _is_turned(start: str, end: str) -> bool:
    """Say whether an interval ends before it begins, which Gephi takes for an error."""
    return _OPEN not in (start, end) and end < start


def _times(data: Mapping[str, Value]) -> tuple[str, str]:
    """Give the attributes of one interval, or the element for several."""
    found = [_bounds(*pair) for pair in _intervals(data)]
    if len(found) <= 1:
        return "".join(found), ""
    return "", f"<spells>{''.join(f'<spell{bounds}/>' for bounds in found)}</spells>"


def _bounds(start: str, end: str) -> str:
    named = (("start", start), ("end", end))
    return "".join(f' {name}="{day}"' for name, day in named if day != _OPEN)
