"""What may stand in a graph that every format can hold, and how everything else becomes that: decided here, once.

A value is a text, an integer, a number, a boolean or a day. None and the empty text are no value: not every format can
tell them apart. A decimal becomes the nearest double, which is what tools size and sum by; amounts have their words
beside it. What no format has room for (times of day, sets, terms of RDF) becomes text, and a character that XML cannot
hold, a control character or half a surrogate pair, becomes U+FFFD.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from math import isfinite
from typing import Any, TypeAlias

import networkx as nx

__all__ = [
    "Attributes",
    "Column",
    "Kind",
    "Network",
    "Value",
    "as_text",
    "cleaned",
    "columns",
    "gathered",
    "is_well_formed",
    "plain",
    "value",
]

Network: TypeAlias = "nx.MultiDiGraph[str]"
Value: TypeAlias = str | int | float | bool | date
Attributes: TypeAlias = Mapping[Any, object]

_ILL_FORMED = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 does not allow in a document: https://www.w3.org/TR/xml/#charsets"""

_RESERVED = frozenset({"id", "key", "source", "target", "type", "from", "to", "parent", "position", "tooltip"})
"""Names by which formats know a node or an edge itself; an attribute that is called so gets a `_` after its name."""

_LONG = 1 << 63
"""Integers from here on have no type in most tools."""


class Kind(StrEnum):
    """What the values of a column are."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Column:
    """An attribute that some node or edge has, and what all its values are."""

    name: str
    kind: Kind


def is_well_formed(text: str) -> bool:
    """Say whether XML can hold a text."""
    return not _ILL_FORMED.search(text)


def plain(given: object) -> str:
    """Give a value as text that every format can hold."""
    text = str(given) if given is not None else ""
    return text if text.isprintable() else _ILL_FORMED.sub("\ufffd", text)  # what can be printed XML can hold


def value(given: object) -> Value | None:
    """Give anything as a value, None where it is none.

    >>> value(""), value(True), value(1 << 70), value(Decimal("2.50"))
    (None, True, '1180591620717411303424', 2.5)
    """
    match given:
        case bool():
            return given
        case int():
            return int(given) if -_LONG <= given < _LONG else str(given)
        case float() | Decimal():
            return _finite(given)
        case date() if not isinstance(given, datetime):
            return given
        case set() | frozenset():
            return "; ".join(sorted(map(plain, given))) or None
        case _:
            return plain(given) or None


def _finite(given: float | Decimal) -> float | None:
    """Give the nearest double, None where that is no number."""
    try:
        number = float(given)
    except ValueError:  # a signalling NaN
        return None
    return number if isfinite(number) else None


def as_text(given: Value) -> str:
    """Give a value as text, as XML Schema writes it."""
    if isinstance(given, bool):
        return "true" if given else "false"
    return given.isoformat() if isinstance(given, date) else str(given)


def cleaned(graph: "nx.MultiDiGraph[Any]") -> Network:
    """Give any graph as one that every format can hold: its nodes are texts, each has a label, all else is a value.

    Edges keep their order and lose their keys. Where two nodes would have one name, the later gets `~2` after its own.
    """
    return gathered(dict(graph.nodes(data=True)), graph.edges(data=True))


def gathered(nodes: Mapping[Any, Attributes], edges: Iterable[tuple[Any, Any, Attributes]]) -> Network:
    """Give nodes, and edges between them, as such a graph."""
    names = _distinct(nodes)
    clean: Network = nx.MultiDiGraph()
    for node, data in nodes.items():
        attributes = _attributes(data)
        label = as_text(attributes.pop("label", None) or names[node])
        clean.add_node(names[node], label=label, **attributes)
    for source, target, data in edges:
        clean.add_edge(names[source], names[target], **_attributes(data))
    return clean


def columns(items: Iterable[Mapping[str, Value]]) -> tuple[Column, ...]:
    """Give the attributes that nodes or edges have, by name, but for `label`; a column of several kinds is text."""
    found: dict[str, set[type[Value]]] = {}
    for data in items:
        for name, one in data.items():
            found.setdefault(name, set()).add(type(one))
    found.pop("label", None)
    return tuple(Column(name, _common({_kind(one) for one in found[name]})) for name in sorted(found))


def _distinct(nodes: Iterable[Any]) -> dict[Any, str]:
    names: dict[Any, str] = {}
    taken: dict[str, int] = {}
    for node in nodes:
        name = wanted = plain(node) or "\ufffd"
        while name in taken:
            taken[wanted] += 1
            name = f"{wanted}~{taken[wanted]}"
        taken[name] = 1
        names[node] = name
    return names


def _attributes(data: Attributes) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for given, one in data.items():
        name = plain(given) or "\ufffd"
        while name.lower() in _RESERVED or name in kept:
            name += "_"
        if (found := value(one)) is not None:
            kept[name] = found
    return kept


_KINDS = {bool: Kind.BOOLEAN, int: Kind.INTEGER, float: Kind.NUMBER, date: Kind.DAY}
"""In the order in which they are looked for: a truth value of Python's is an integer too."""


def _kind(of: type[Value]) -> Kind:
    return next((kind for type_, kind in _KINDS.items() if issubclass(of, type_)), Kind.TEXT)


def _common(kinds: set[Kind]) -> Kind:
    if len(kinds) == 1:
        return next(iter(kinds))
    return Kind.NUMBER if kinds == {Kind.INTEGER, Kind.NUMBER} else Kind.TEXT
