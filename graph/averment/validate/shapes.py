"""The rules: the shapes that averment brings, and those that somebody adds."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import rdflib
from rdflib import SH

from averment.errors import InputError
from averment.resources import turtle_files
from averment.validate.compiler.checks import plan_of
from averment.validate.compiler.plan import Plan
from averment.validate.files import read_quads
from averment.validate.graphs import graph_of

__all__ = ["Rule", "Shapes", "load_shapes"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One constraint: the name it is known by, and why it is there."""

    name: str
    description: str | None


@dataclass(frozen=True)
class Shapes:
    """Shapes as a graph, and what its constraints are called."""

    graph: rdflib.Graph
    rules: dict[rdflib.term.Node, Rule]
    """By the shape's node; shapes without a sh:name are not here."""
    brought: rdflib.Graph | None = None
    """Those that somebody has brought, of which more is remarked than of ours."""

    @cached_property
    def plan(self) -> Plan:
        """The shapes as queries, compiled once; raises InputError where they are not sound."""
        return plan_of(self.graph)

    def name(self, shape: rdflib.term.Node) -> str:
        """Give the name of a shape's rule, or for shapes without one the end of its IRI."""
        if shape in self.rules:
            return self.rules[shape].name
        return (
            "unnamed" if isinstance(shape, rdflib.BNode) else str(shape).rstrip("/#").replace("#", "/").split("/")[-1]
        )


def load_shapes(extra: Path | None = None, *, own: bool = True) -> Shapes:
    """Load our own shapes unless they are not wanted, and with them those of a file or folder.

    Raises InputError where `extra` has no shapes or cannot be read, or there is nothing left to load.
    """
    if extra is None and not own:
        raise InputError("without averment's own shapes there are none; name a file or folder of others")
    paths = turtle_files("shapes") if own else []
    theirs = [] if extra is None else _files(extra)
    quads = read_quads([*paths, *theirs])
    brought = quads[len(read_quads(paths)) :]
    return shapes_of(graph_of(quads), graph_of(brought) if brought else None)


def shapes_of(graph: rdflib.Graph, brought: rdflib.Graph | None = None) -> Shapes:
    """Find the rules of a graph of shapes, of which somebody has brought a part."""
    rules = {shape: Rule(str(name), _text(graph, shape)) for shape, name in graph.subject_objects(SH.name)}
    return Shapes(graph, rules, brought)


def _text(graph: rdflib.Graph, shape: rdflib.term.Node) -> str | None:
    description = graph.value(shape, SH.description)
    return None if description is None else str(description)


def _files(place: Path) -> list[Path]:
    found = sorted(place.rglob("*.ttl")) if place.is_dir() else [place]
    if not _has_shapes(found):
        raise InputError("there are no SHACL shapes here; give a Turtle file or a folder of them", place)
    return found


def _has_shapes(paths: Iterable[Path]) -> bool:
    """A shape need not be called one: what has a target or a parameter is one."""
    graph = graph_of(read_quads(paths))
    terms = {*graph.predicates(), *graph.objects(None, rdflib.RDF.type)}
    return any(str(term).startswith(str(SH)) for term in terms)
