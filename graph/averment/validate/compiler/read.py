"""Shapes out of a graph: what SHACL calls the syntax rules, and what each parameter means.

https://www.w3.org/TR/shacl/#core-components
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pyoxigraph as ox
import rdflib
from rdflib import RDF, RDFS, SH
from rdflib.term import Node

from averment.validate.compiler import components, custom, sparql
from averment.validate.compiler.errors import Unsound
from averment.validate.compiler.lookup import members, name, one, whole
from averment.validate.compiler.messages import texts
from averment.validate.compiler.paths import as_written, read_path
from averment.validate.compiler.plan import (
    Closed,
    Constraint,
    Count,
    HasValue,
    Logic,
    Nested,
    OneLanguage,
    Pair,
    Qualified,
    Shape,
    Target,
    Test,
    inner,
)
from averment.validate.graphs import from_rdflib

__all__ = ["Reader"]

_DEPTH_LIMIT = 100
"""Shapes within each other; whoever writes more has not written them for people."""

_TARGETS = {
    SH.targetNode: "Node",
    SH.targetClass: "Class",
    SH.targetSubjectsOf: "SubjectsOf",
    SH.targetObjectsOf: "ObjectsOf",
}

_COUNTS: dict[Node, str] = {SH.minCount: "MinCount", SH.maxCount: "MaxCount"}
_QUALIFIED: dict[Node, str] = {SH.qualifiedMinCount: "QualifiedMinCount", SH.qualifiedMaxCount: "QualifiedMaxCount"}
_LISTS: dict[Node, str] = {SH["and"]: "And", SH["or"]: "Or", SH.xone: "Xone"}
_PAIRS: dict[Node, str] = {
    SH.equals: "Equals",
    SH.disjoint: "Disjoint",
    SH.lessThan: "LessThan",
    SH.lessThanOrEquals: "LessThanOrEquals",
}
_OF_PROPERTIES_ONLY = {SH.minCount, SH.maxCount, SH.uniqueLang, SH.lessThan, SH.lessThanOrEquals}


class Reader:
    """Reads the shapes of one graph, each once."""

    def __init__(self, graph: rdflib.Graph) -> None:
        """Read from `graph`."""
        self._graph = graph
        self._known: dict[Node, Shape] = {}
        self._within: list[Node] = []  # the shapes that are being read, the outermost first
        self._components = custom.declared(graph)

    def targets(self) -> dict[Node, tuple[Target, ...]]:
        """Give every shape that says what it is about, in the order of their names."""
        graph = self._graph
        found: dict[Node, list[Target]] = {}
        for predicate, kind in _TARGETS.items():
            for shape, term in graph.subject_objects(predicate):
                found.setdefault(shape, []).append(Target(kind, _aim(term, predicate)))
        shapes = self._instances(SH.NodeShape) | self._instances(SH.PropertyShape)
        for shape in shapes & self._instances(RDFS.Class):
            if isinstance(shape, rdflib.URIRef):
                found.setdefault(shape, []).append(Target("Class", from_rdflib(shape)))
        return {shape: tuple(sorted(set(found[shape]), key=str)) for shape in sorted(found, key=str)}

    def _instances(self, kind: Node) -> set[Node]:
        """Give what is in a class or a subclass of it, as the shapes have it."""
        kinds = self._graph.transitive_subjects(RDFS.subClassOf, kind)
        return {node for it in kinds for node in self._graph.subjects(RDF.type, it)}

    def shape(self, node: Node) -> Shape:
        """Read the shape at `node`, with all shapes that it refers to.

        Raises Unsound where it is not well-formed or refers to itself.
        """
        if node in self._within:
            raise Unsound(f"a shape refers to itself, which SHACL gives no meaning: {_named(node)}")
        if len(self._within) >= _DEPTH_LIMIT:
            raise Unsound(f"shapes are nested more than {_DEPTH_LIMIT} deep")
        if node not in self._known:
            self._within.append(node)
            try:
                self._known[node] = self._read(node)
            finally:
                self._within.pop()
        return self._known[node]

    def _read(self, node: Node) -> Shape:
        graph = self._graph
        paths = list(graph.objects(node, SH.path))
        if len(paths) > 1 or ((node, RDF.type, SH.PropertyShape) in graph and not paths):
            raise Unsound(f"{_named(node)} is a property shape with {len(paths)} values of sh:path")
        path = read_path(graph, paths[0]) if paths else None
        off = one(graph, node, SH.deactivated)
        written = as_written(graph, paths[0]) if paths else None
        messages = texts(graph, node, SH.message)
        shape = Shape(from_rdflib(node), path, (), self._severity(node), messages, written=written)
        if isinstance(off, rdflib.Literal) and off.value is True:
            return shape
        constraints = tuple(dict.fromkeys(self._constraints(node, shape)))
        depth = max((1 + within.depth for it in constraints for within in inner(it)), default=0)
        size = 1 + sum(it.shape.size for it in constraints if isinstance(it, Nested))
        return replace(shape, constraints=constraints, depth=depth, size=size)

    def _severity(self, node: Node) -> ox.NamedNode:
        severity = one(self._graph, node, SH.severity)
        if severity is not None and not isinstance(severity, rdflib.URIRef):
            raise Unsound(f"the value of sh:severity is not an IRI: {severity}")
        return ox.NamedNode(str(severity or SH.Violation))

    def _constraints(self, node: Node, shape: Shape) -> Iterator[Constraint]:
        for component in self._components:
            yield from custom.read_custom(self._graph, node, shape, component)
        readers: dict[Node, Callable[[Node, Node, Node], Iterator[Constraint]]] = {
            **dict.fromkeys(components.TESTS, self._test),
            **dict.fromkeys(_COUNTS, self._count),
            **dict.fromkeys(_LISTS, self._list),
            **dict.fromkeys(_PAIRS, self._pair),
            **dict.fromkeys(_QUALIFIED, self._qualified),
            SH["not"]: self._not,
            SH.node: self._node,
            SH.property: self._property,
            SH.hasValue: self._has_value,
            SH.uniqueLang: self._one_language,
            SH.closed: self._closed,
        }
        for predicate, value in sorted(self._graph.predicate_objects(node)):
            if predicate in _OF_PROPERTIES_ONLY and shape.path is None:
                raise Unsound(f"{_named(node)} is a node shape with {name(predicate)}")
            if predicate in readers:
                yield from readers[predicate](node, predicate, value)
            elif predicate == SH.sparql:
                yield from sparql.read_query(self._graph, value, shape)

    # ---- One method a group of parameters; each has a node, one of its properties, and a value of that --------------

    def _test(self, node: Node, predicate: Node, value: Node) -> Iterator[Constraint]:
        graph = self._graph
        component = components.TESTS[predicate]
        if not component.repeatable:
            one(graph, node, rdflib.URIRef(str(predicate)))
        flags = one(graph, node, SH.flags) if predicate == SH.pattern else None
        values = members(graph, value, predicate) if component.takes_list else [value]
        test = Test(component.name, tuple(from_rdflib(value) for value in values), "" if flags is None else str(flags))
        components.refuse_unsound(test, predicate, value)
        yield test

    def _count(self, node: Node, predicate: Node, value: Node) -> Iterator[Constraint]:
        one(self._graph, node, rdflib.URIRef(str(predicate)))
        yield Count(_COUNTS[predicate], whole(value, predicate))

    def _list(self, _node: Node, predicate: Node, value: Node) -> Iterator[Constraint]:
        shapes = members(self._graph, value, predicate)
        if not shapes:
            raise Unsound(f"the list of {name(predicate)} is empty")
        yield Logic(_LISTS[predicate], tuple(self.shape(shape) for shape in shapes))

    def _pair(self, _node: Node, predicate: Node, value: Node) -> Iterator[Constraint]:
        if not isinstance(value, rdflib.URIRef):
            raise Unsound(f"the value of {name(predicate)} is not a property: {value}")
        yield Pair(_PAIRS[predicate], ox.NamedNode(str(value)))

    def _qualified(self, node: Node, predicate: Node, value: Node) -> Iterator[Constraint]:
        graph = self._graph
        one(graph, node, rdflib.URIRef(str(predicate)))
        limit = whole(value, predicate)
        disjoint = any(isinstance(it, rdflib.Literal) and it.value for it in graph.objects(node, _DISJOINT))
        for shape in graph.objects(node, SH.qualifiedValueShape):
            siblings = sorted(self._siblings(node) - {shape}, key=str) if disjoint else []
            others = tuple(self.shape(sibling) for sibling in siblings)
            if (node, SH.path, None) in graph:  # elsewhere it means nothing
                yield Qualified(_QUALIFIED[predicate], limit, self.shape(shape), others)

    def _siblings(self, node: Node) -> set[Node]:
        graph = self._graph
        beside = (other for parent in graph.subjects(SH.property, node) for other in graph.objects(parent, SH.property))
        return {shape for other in beside for shape in graph.objects(other, SH.qualifiedValueShape)}

    def _not(self, _node: Node, _predicate: Node, value: Node) -> Iterator[Constraint]:
        yield Logic("Not", (self.shape(value),))

    def _node(self, _node: Node, _predicate: Node, value: Node) -> Iterator[Constraint]:
        shape = self.shape(value)
        if shape.path is not None:
            raise Unsound(f"the value of sh:node is a property shape: {_named(value)}")
        yield Logic("Node", (shape,))

    def _property(self, _node: Node, _predicate: Node, value: Node) -> Iterator[Constraint]:
        if (value, SH.path, None) not in self._graph:
            raise Unsound(f"the value of sh:property has no sh:path: {_named(value)}")
        yield Nested(self.shape(value))

    def _has_value(self, _node: Node, _predicate: Node, value: Node) -> Iterator[Constraint]:
        yield HasValue(from_rdflib(value))

    def _one_language(self, node: Node, predicate: Node, value: Node) -> Iterator[Constraint]:
        one(self._graph, node, SH.uniqueLang)
        if _truth(value, predicate) and str(value) == "true":  # SHACL compares the term, so that 1 is not the same
            yield OneLanguage()

    def _closed(self, node: Node, predicate: Node, value: Node) -> Iterator[Constraint]:
        graph = self._graph
        one(graph, node, SH.closed)
        listed = one(graph, node, SH.ignoredProperties)
        ignored = [] if listed is None else members(graph, listed, SH.ignoredProperties)
        paths = (path for shape in graph.objects(node, SH.property) for path in graph.objects(shape, SH.path))
        allowed = {path for path in [*ignored, *paths] if isinstance(path, rdflib.URIRef)}
        if _truth(value, predicate):
            yield Closed(tuple(ox.NamedNode(str(path)) for path in sorted(allowed)))


_DISJOINT = SH.qualifiedValueShapesDisjoint


def _aim(term: Node, predicate: Node) -> ox.NamedNode | ox.Literal:
    """Give what a target names."""
    aim = from_rdflib(term)
    if isinstance(aim, ox.NamedNode) or (isinstance(aim, ox.Literal) and predicate == SH.targetNode):
        return aim
    raise Unsound(
        f"the value of {name(predicate)} is not an IRI{' or a literal' * (predicate == SH.targetNode)}: {term}"
    )


def _named(node: Node) -> str:
    return f"<{node}>" if isinstance(node, rdflib.URIRef) else "a shape without a name"


def _truth(value: Node, predicate: Node) -> bool:
    if isinstance(value, rdflib.Literal) and isinstance(value.value, bool):
        return value.value
    raise Unsound(f"the value of {name(predicate)} is neither true nor false: {value}")
