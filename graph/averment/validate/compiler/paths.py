"""SHACL property paths: read from a graph of shapes, written as SPARQL and as people read them.

https://www.w3.org/TR/shacl/#property-paths
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox
import rdflib
from rdflib import RDF, SH
from rdflib.term import Node

from averment.validate.compiler.errors import Unsound
from averment.validate.compiler.lookup import members

__all__ = [
    "AnyStep",
    "Path",
    "Repeated",
    "Several",
    "Step",
    "Written",
    "as_written",
    "backwards",
    "holds_of_itself",
    "read_path",
    "sequence",
    "text",
]

_DEPTH_LIMIT = 50
"""Paths within each other; whoever writes more has not written them for people."""


@dataclass(frozen=True, slots=True)
class Step:
    """One property, forwards or backwards."""

    property: ox.NamedNode
    backwards: bool = False


@dataclass(frozen=True, slots=True)
class AnyStep:
    """Any property, forwards or backwards: shapes have no such path, but their queries do, with a variable."""

    backwards: bool = False


@dataclass(frozen=True, slots=True)
class Several:
    """Paths one after the other (`/`), or any of them (`|`)."""

    mark: str
    parts: tuple["Path", ...]


@dataclass(frozen=True, slots=True)
class Repeated:
    """A path any number of times (`*`), at least once (`+`), or at most once (`?`)."""

    mark: str
    part: "Path"


Path = Step | AnyStep | Several | Repeated

Written = ox.NamedNode | tuple[str, tuple["Written", ...]]
"""A path as the shapes have it, for reports: a property, or `list` or the name of an operator with its paths."""

_REPEATED: dict[Node, str] = {SH.zeroOrMorePath: "*", SH.oneOrMorePath: "+", SH.zeroOrOnePath: "?"}


def read_path(graph: rdflib.Graph, node: Node, depth: int = 0) -> Path:
    """Read the path at `node`.

    Raises Unsound where it is not well-formed.
    """
    if depth > _DEPTH_LIMIT:
        raise Unsound(f"a sh:path is nested more than {_DEPTH_LIMIT} deep, or within itself")
    if isinstance(node, rdflib.URIRef) and node != RDF.nil:
        return Step(ox.NamedNode(str(node)))
    if (node, RDF.first, None) in graph:
        return sequence(*_read_all(graph, node, depth))
    return _read_operator(graph, node, depth)


def as_written(graph: rdflib.Graph, node: Node) -> Written:
    """Give the path at `node` as it is written; `read_path` must have found it well-formed."""
    if isinstance(node, rdflib.URIRef) and node != RDF.nil:
        return ox.NamedNode(str(node))
    if (node, RDF.first, None) in graph:
        return "list", tuple(as_written(graph, part) for part in members(graph, node, SH.path))
    ((operator, value),) = _operators(graph, node)
    return str(operator).removeprefix(str(SH)), (as_written(graph, value),)


def _operators(graph: rdflib.Graph, node: Node) -> list[tuple[Node, Node]]:
    known = {SH.inversePath, SH.alternativePath, *_REPEATED}
    return [pair for pair in graph.predicate_objects(node) if pair[0] in known]


def _read_operator(graph: rdflib.Graph, node: Node, depth: int) -> Path:
    found = _operators(graph, node)
    if len(found) != 1:
        raise Unsound("a sh:path is neither a property nor one of SHACL's paths")
    ((operator, value),) = found
    if operator == SH.alternativePath:
        return Several("|", tuple(_read_all(graph, value, depth)))
    inner = read_path(graph, value, depth + 1)
    return backwards(inner) if operator == SH.inversePath else Repeated(_REPEATED[operator], inner)


def _read_all(graph: rdflib.Graph, node: Node, depth: int) -> Iterator[Path]:
    parts = members(graph, node, SH.path)
    if len(parts) < 2:
        raise Unsound("a sh:path is a list of fewer than two paths")
    for part in parts:
        yield read_path(graph, part, depth + 1)


def backwards(path: Path) -> Path:
    """Turn a path round, down to its steps, so that no other operator is needed."""
    match path:
        case Step():
            return Step(path.property, backwards=not path.backwards)
        case AnyStep():
            return AnyStep(backwards=not path.backwards)
        case Several():
            parts = path.parts if path.mark == "|" else reversed(path.parts)
            return Several(path.mark, tuple(backwards(part) for part in parts))
        case Repeated():
            return Repeated(path.mark, backwards(path.part))


def sequence(*parts: Path | None) -> Path:
    """Give one path for several that follow each other; None is no step at all."""
    flat: list[Path] = []
    for part in parts:
        if part is not None:
            flat += part.parts if isinstance(part, Several) and part.mark == "/" else [part]
    return flat[0] if len(flat) == 1 else Several("/", tuple(flat))


def holds_of_itself(path: Path) -> bool:
    """Say whether every node is at the end of a path that begins there."""
    match path:
        case Step() | AnyStep():
            return False
        case Several():
            return (all if path.mark == "/" else any)(holds_of_itself(part) for part in path.parts)
        case Repeated():
            return path.mark != "+" or holds_of_itself(path.part)


def text(path: Path) -> str:
    """Write a path as SPARQL has it."""
    match path:
        case Step():
            return f"{'^' if path.backwards else ''}{path.property}"
        case AnyStep():
            return f"{'^' if path.backwards else ''}(<any:>|!<any:>)"
        case Several():
            return f"({path.mark.join(text(part) for part in path.parts)})"
        case Repeated():
            return f"({text(path.part)}){path.mark}"
