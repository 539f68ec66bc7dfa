"""Cypher, for Neo4j and other openCypher databases: statements that may be run again and add nothing twice.

https://s3.amazonaws.com/artifacts.opencypher.org/openCypher9.pdf
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import islice

from averment.exports.base import encoded
from averment.exports.values import Network, Value

__all__ = ["to_cypher"]

_BATCH = 500
"""Rows of a statement."""

_ESCAPED = {ord("\\"): "\\\\", ord("'"): "\\'", ord("\n"): "\\n", ord("\r"): "\\r", ord("\t"): "\\t"}

_UNICODE = re.compile(r"(?<=\\)(?=[uU])")
_APART = "' + '"
"""Neo4j resolves escapes of Unicode in names too, so perhaps before it knows a text: an escaped backslash before a `u`
could be taken for the beginning of one. There a text is cut in two."""


def to_cypher(network: Network) -> Iterator[bytes]:
    """Give a graph as statements, each on one line that ends in a semicolon; nodes are `Thing` and their kind.

    Parallel edges are told apart by their claim, which is the same in another view.
    """
    return encoded(_lines(network))


def _lines(network: Network) -> Iterator[str]:
    nodes: dict[str, list[str]] = {}
    for node, data in network.nodes(data=True):
        row = f"{{id: {_literal(node)}, properties: {_map(data)}}}"
        nodes.setdefault(str(data.get("kind", "thing")), []).append(row)
    for kind in sorted(nodes):
        for rows in _batches(nodes[kind]):
            yield (
                f"UNWIND [{', '.join(rows)}] AS row MERGE (n:Thing {{id: row.id}}) "
                f"SET n += row.properties SET n:{_name(kind)};"
            )
    edges: dict[str, list[str]] = {}
    before: Counter[tuple[str, ...]] = Counter()
    for source, target, data in network.edges(data=True):
        claim = str(data.get("claim", ""))
        alike = (source, target, str(data.get("relation", "linked")), claim)
        before[alike] += 1
        key = claim if before[alike] == 1 else f"{claim}~{before[alike]}"
        row = f"{{id: {_literal(key)}, source: {_literal(source)}, target: {_literal(target)}, "
        edges.setdefault(str(data.get("relation", "linked")), []).append(f"{row}properties: {_map(data)}}}")
    for relation in sorted(edges):
        for rows in _batches(edges[relation]):
            yield (
                f"UNWIND [{', '.join(rows)}] AS row MATCH (a:Thing {{id: row.source}}), (b:Thing {{id: row.target}}) "
                f"MERGE (a)-[r:{_name(relation)} {{id: row.id}}]->(b) SET r += row.properties;"
            )


def _batches(rows: Iterable[str]) -> Iterator[list[str]]:
    waiting = iter(rows)
    while batch := list(islice(waiting, _BATCH)):
        yield batch


def _map(data: Mapping[str, Value]) -> str:
    return f"{{{', '.join(f'{_name(name)}: {_literal(one)}' for name, one in data.items())}}}"


def _literal(one: Value) -> str:
    match one:
        case bool():
            return "true" if one else "false"
        case int() | float():
            return repr(one).replace("e+", "e")
        case date():
            return f"'{one.isoformat()}'"
        case _:
            return f"'{_UNICODE.sub(_APART, one.translate(_ESCAPED))}'"


def _name(text: str) -> str:
    """Give a name for a label, type or property, on one line: bare where Cypher allows it, else between backticks.

    Between these nothing but a backtick can be escaped, so a backslash becomes U+FFFD.
    """
    if re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", text):
        return text
    return "`" + re.sub(r"\s", " ", text).replace("\\", "\ufffd").replace("`", "``") + "`"
