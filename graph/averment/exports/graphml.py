"""GraphML, as yEd, Gephi and Cytoscape read it, by networkx's own writer."""

from io import BytesIO

import networkx as nx

from averment.exports.network import Network

__all__ = ["to_graphml"]


def to_graphml(network: Network) -> bytes:
    """Give the graph as GraphML; nodes and edges keep the order in which the network has them."""
    content = BytesIO()
    nx.write_graphml(network, content, named_key_ids=True)
    return content.getvalue() + b"\n"
