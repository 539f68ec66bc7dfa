"""GraphML, as yEd, igraph, networkx and Cytoscape read it. http://graphml.graphdrawing.org/specification.html."""

from collections.abc import Iterable, Iterator, Mapping

from averment.exports.base import encoded
from averment.exports.values import Column, Kind, Network, Value, as_text, columns
from averment.exports.xml import attribute, content

__all__ = ["to_graphml"]

_TYPES = {
    Kind.TEXT: "string",
    Kind.INTEGER: "long",
    Kind.NUMBER: "double",
    Kind.BOOLEAN: "boolean",
    Kind.DAY: "string",
}
_LABEL = Column("label", Kind.TEXT)


def to_graphml(network: Network) -> Iterator[bytes]:
    """Give a graph as GraphML; nodes and edges keep the order in which the graph has them."""
    return encoded(_lines(network))


def _lines(network: Network) -> Iterator[str]:
    of_nodes = (_LABEL, *columns(data for _, data in network.nodes(data=True)))
    of_edges = columns(data for *_, data in network.edges(data=True))
    if any("label" in data for *_, data in network.edges(data=True)):
        of_edges = (_LABEL, *of_edges)
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
    yield from _keys("node", of_nodes)
    yield from _keys("edge", of_edges)
    yield '<graph edgedefault="directed">'
    for node, data in network.nodes(data=True):
        yield f"<node id={attribute(node)}>{_data('node', data, of_nodes)}</node>"
    for number, (source, target, data) in enumerate(network.edges(data=True)):
        ends = f"source={attribute(source)} target={attribute(target)}"
        yield f'<edge id="e{number}" {ends}>{_data("edge", data, of_edges)}</edge>'
    yield "</graph></graphml>"


def _keys(of: str, declared: Iterable[Column]) -> Iterator[str]:
    for number, column in enumerate(declared):
        name = f"attr.name={attribute(column.name)}"
        yield f'<key id="{of}{number}" for="{of}" {name} attr.type="{_TYPES[column.kind]}"/>'


def _data(of: str, data: Mapping[str, Value], declared: Iterable[Column]) -> str:
    return "".join(
        f'<data key="{of}{number}">{content(as_text(data[column.name]))}</data>'
        for number, column in enumerate(declared)
        if column.name in data
    )
