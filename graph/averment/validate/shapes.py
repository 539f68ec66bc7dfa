"""The rules: the shapes that averment brings, and those that somebody adds."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import rdflib
from rdflib import RDF, RDFS, SH
from rdflib.term import Node

from averment.errors import InputError
from averment.resources import turtle_files
from averment.validate.compiler.checks import plan_of
from averment.validate.compiler.plan import Plan
from averment.validate.compiler.sparql import texts
from averment.validate.files import read_quads
from averment.validate.graphs import graph_of
from averment.validate.newsroom import changed, speaks_of_ours
from averment.validate.reference import SEVERITIES
from averment.validate.report import Severity

__all__ = ["Rule", "Shapes", "load_shapes"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One constraint: the name it is known by, why it is there, and how grave it is to break it."""

    name: str
    description: str | None
    message: str | None
    """What is wrong and what to do."""
    severity: Severity
    layer: str | None
    """Of our rules: structure, consistency or policy; the label of its sh:group."""
    label: str | None
    """What the shape that it belongs to is about, such as `claims`."""
    active: bool
    """False where it is switched off."""


@dataclass(frozen=True)
class Shapes:
    """Shapes as a graph, and what its constraints are called."""

    graph: rdflib.Graph
    rules: dict[Node, Rule]
    """By the shape's node; shapes without a sh:name are not here."""

    @cached_property
    def plan(self) -> Plan:
        """The shapes as queries, compiled once; raises InputError where they are not sound."""
        return plan_of(self.graph)

    def name(self, shape: Node) -> str:
        """Give the name of a shape's rule, or for shapes without one the end of its IRI."""
        if shape in self.rules:
            return self.rules[shape].name
        return (
            "unnamed" if isinstance(shape, rdflib.BNode) else str(shape).rstrip("/#").replace("#", "/").split("/")[-1]
        )


def load_shapes(extra: Path | None = None) -> Shapes:
    """Load our own shapes, and with them those of a file or folder, which may also change ours.

    Raises InputError where `extra` has no shapes, cannot be read, or changes a rule that there is not.
    """
    ours = graph_of(read_quads(turtle_files("shapes")))
    return shapes_of(ours if extra is None else _with(ours, extra))


def shapes_of(graph: rdflib.Graph) -> Shapes:
    """Find the rules of a graph of shapes."""
    return Shapes(graph, {shape: _rule(graph, shape, str(name)) for shape, name in graph.subject_objects(SH.name)})


def _rule(graph: rdflib.Graph, shape: Node, name: str) -> Rule:
    owner, layer = graph.value(None, SH.property, shape), graph.value(shape, SH.group)
    return Rule(
        name=name,
        description=_text(graph, shape, SH.description),
        message=_text(graph, shape, SH.message),
        severity=SEVERITIES.get(graph.value(shape, SH.severity) or SH.Violation, Severity.VIOLATION),
        layer=_text(graph, layer, RDFS.label),
        label=_text(graph, owner, RDFS.label),
        active=not any(_is_off(graph, node) for node in (shape, owner)),
    )


def _is_off(graph: rdflib.Graph, shape: Node | None) -> bool:
    off = None if shape is None else graph.value(shape, SH.deactivated)
    return isinstance(off, rdflib.Literal) and off.value is True


def _text(graph: rdflib.Graph, node: Node | None, predicate: rdflib.URIRef) -> str | None:
    """Give a text of a node, that in English or in no language before others."""
    found = [] if node is None else texts(graph, node, predicate)
    return found[0] if found else None


def _with(ours: rdflib.Graph, place: Path) -> rdflib.Graph:
    theirs = graph_of(read_quads(sorted(place.rglob("*.ttl")) if place.is_dir() else [place]))
    kinds = {SH.NodeShape, SH.PropertyShape}
    if not any(kind in kinds for kind in theirs.objects(None, RDF.type)) and not speaks_of_ours(theirs):
        raise InputError("there are no SHACL shapes here; give a Turtle file or a folder of them", place)
    try:
        return changed(ours, theirs)
    except InputError as error:
        raise InputError(str(error), place) from error
