"""The rules: the shapes that averment brings, and those that somebody adds."""

from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path

import rdflib
from rdflib import RDF, SH
from rdflib.term import Node

from averment.errors import InputError
from averment.resources import turtle_files
from averment.validate.compiler.checks import plan_of
from averment.validate.compiler.plan import Plan
from averment.validate.files import read_quads
from averment.validate.graphs import graph_of
from averment.validate.newsroom import apart, changed, speaks_of_ours

__all__ = ["Shapes", "load_shapes", "shapes_of"]


@dataclass(frozen=True)
class Shapes:
    """Shapes as a graph, and what its constraints are called."""

    graph: rdflib.Graph
    names: dict[Node, str]
    """What rules are called, by the shape's node; shapes without a sh:name are not here."""
    brought: rdflib.Graph | None = None
    """Those that somebody has brought, of which more is remarked than of ours."""

    @cached_property
    def plan(self) -> Plan:
        """The shapes as queries, compiled once; raises InputError where they are not sound."""
        return plan_of(self.graph)

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of the shapes in hexadecimal digits, whatever the order they were read in; taken once."""
        lines = sorted(" ".join(term.n3() for term in triple) for triple in self.graph)
        return sha256("\n".join(lines).encode()).hexdigest()

    def name(self, shape: Node) -> str:
        """Give the name of a shape's rule, or for shapes without one the end of its IRI."""
        if shape in self.names:
            return self.names[shape]
        return (
            "unnamed" if isinstance(shape, rdflib.BNode) else str(shape).rstrip("/#").replace("#", "/").split("/")[-1]
        )


def load_shapes(extra: Path | None = None, *, own: bool = True) -> Shapes:
    """Load our own shapes unless they are not wanted, and with them those of a file or folder, which may change ours.

    Raises InputError where `extra` has no shapes, cannot be read, or changes a rule that there is not, and where there
    is nothing left to load.
    """
    if extra is None and not own:
        raise InputError("without averment's own shapes there are none; name a file or folder of others")
    if extra is None:
        return _own()
    return _with(_own().graph if own else graph_of([]), extra)


@cache
def _own() -> Shapes:
    """Our own shapes, compiled once for as long as this process runs; nobody changes them."""
    return shapes_of(graph_of(read_quads(turtle_files("shapes"))))


def shapes_of(graph: rdflib.Graph, brought: rdflib.Graph | None = None) -> Shapes:
    """Find the rules of a graph of shapes, of which somebody has brought a part."""
    return Shapes(graph, {shape: str(name) for shape, name in graph.subject_objects(SH.name)}, brought)


def _with(ours: rdflib.Graph, place: Path) -> Shapes:
    theirs = apart(graph_of(read_quads(sorted(place.rglob("*.ttl")) if place.is_dir() else [place])))
    if not _has_shapes(theirs) and not speaks_of_ours(theirs):
        raise InputError("there are no SHACL shapes here; give a Turtle file or a folder of them", place)
    try:
        return shapes_of(changed(ours, theirs), theirs)
    except InputError as error:
        raise InputError(str(error), place) from error


def _has_shapes(graph: rdflib.Graph) -> bool:
    """A shape need not be called one: what has a target or a parameter is one."""
    terms = {*graph.predicates(), *graph.objects(None, RDF.type)}
    return any(str(term).startswith(str(SH)) for term in terms)
