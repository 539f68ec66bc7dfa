"""The graph as networkx sees it: things as nodes, links as edges, every attribute a plain text.

The attributes are cleaned here, once, for every format: XML has no room for control characters, nor networkx's
writers for None.
"""

import re
from typing import TypeAlias

import networkx as nx
from pyoxigraph import Literal, NamedNode

from averment.store import View
from averment.vocabulary import AV, SDO

__all__ = ["KINDS", "Network", "is_well_formed", "network", "plain"]

Network: TypeAlias = "nx.MultiDiGraph[str]"

KINDS = {
    SDO.NewsArticle: "article",
    SDO.Claim: "claim",
    SDO.Person: "person",
    SDO.Organization: "organization",
    SDO.NewsMediaOrganization: "outlet",
    AV.Office: "office",
    AV.Group: "group",
    AV.Unnamed: "unnamed",
    SDO.Place: "place",
    AV.Document: "document",
    AV.Topic: "topic",
    AV.Payout: "payout",
}

_ILL_FORMED = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 does not allow in a document: https://www.w3.org/TR/xml/#charsets"""


def is_well_formed(text: str) -> bool:
    """Say whether XML can hold a text."""
    return not _ILL_FORMED.search(text)


def plain(value: object) -> str:
    """Give a value as text that every format can hold."""
    return _ILL_FORMED.sub("\ufffd", str(value)) if value is not None else ""


def network(view: View) -> Network:
    """Give what a store holds as a graph: `label`, `kind` and `article` on nodes, `relation` and `claim` on edges."""
    graph: Network = nx.MultiDiGraph()
    for row in view.rows("export/nodes"):
        node, kind = _value(row["node"]), row["kind"]
        if isinstance(kind, NamedNode) and node not in graph:
            graph.add_node(node, label=plain(_value(row["label"])), kind=KINDS[kind], article=_value(row["article"]))
    for row in view.rows("export/edges"):
        source, target, relation = _value(row["from"]), _value(row["to"]), _value(row["relation"])
        if source in graph and target in graph:
            graph.add_edge(source, target, relation=re.split(r"[#/]", relation)[-1], claim=_value(row["claim"]))
    return graph


def _value(term: NamedNode | Literal | None) -> str:
    return plain(term.value) if term is not None else ""
