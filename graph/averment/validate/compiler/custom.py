"""Constraint components that somebody declares: what they ask for, and which of their validators a shape uses.

https://www.w3.org/TR/shacl/#sparql-constraint-components
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import rdflib
from rdflib import RDF, RDFS, SH
from rdflib.term import Node

from averment.validate.compiler.errors import Unsound
from averment.validate.compiler.lookup import one
from averment.validate.compiler.messages import texts
from averment.validate.compiler.plan import Custom, Shape
from averment.validate.compiler.prebinding import refuse_unbindable
from averment.validate.compiler.sparql import refuse_unsound_select, text_of, with_path, with_prefixes
from averment.validate.graphs import from_rdflib
from averment.validate.prepared import prepared

__all__ = ["Declared", "declared", "read_custom"]

_NO_NAMES = {"this", "shapesGraph", "currentShape", "path", "PATH", "value"}
"""What a parameter must not be called, since a query knows it by another value."""


@dataclass(frozen=True, slots=True)
class Declared:
    """A constraint component: its node, and for each parameter its property and whether a shape may leave it out."""

    node: Node
    parameters: dict[Node, bool]

    @property
    def needed(self) -> set[Node]:
        """Give the parameters that a shape must have to use the component."""
        return {path for path, optional in self.parameters.items() if not optional}


def declared(graph: rdflib.Graph) -> list[Declared]:
    """Give the constraint components that the shapes declare, but for those of SHACL itself.

    Raises Unsound where one has a parameter without a property, or no parameter that is needed.
    """
    kinds = set(graph.transitive_subjects(RDFS.subClassOf, SH.ConstraintComponent))
    nodes = {node for kind in kinds for node in graph.subjects(RDF.type, kind) if not str(node).startswith(str(SH))}
    return [Declared(node, _parameters(graph, node)) for node in sorted(nodes, key=str)]


def _parameters(graph: rdflib.Graph, node: Node) -> dict[Node, bool]:
    found: dict[Node, bool] = {}
    for parameter in sorted(graph.objects(node, SH.parameter), key=str):
        path, optional = one(graph, parameter, SH.path), one(graph, parameter, SH.optional)
        if not isinstance(path, rdflib.URIRef) or _name(path) in _NO_NAMES or not _name(path):
            raise Unsound(
                f"a parameter of the constraint component <{node}> has no sh:path that can be its name: {path}"
            )
        found[path] = isinstance(optional, rdflib.Literal) and optional.value is True
    if all(found.values()):
        raise Unsound(f"the constraint component <{node}> has no parameter that a shape must have")
    return found


def _name(path: Node) -> str:
    """Give the variable of a parameter: the last part of its property's IRI."""
    found = re.search(r"\w+$", str(path))
    return found[0] if found else ""


def read_custom(graph: rdflib.Graph, node: Node, shape: Shape, component: Declared) -> Iterator[Custom]:
    """Give the constraints of a component in a shape: none where the shape lacks a parameter, or no validator fits."""
    given = {path: sorted(graph.objects(node, path), key=str) for path in component.parameters}
    if not all(given[path] for path in component.needed):
        return
    several = [path for path, values in given.items() if len(values) > 1]
    if several and len(component.parameters) > 1:
        raise Unsound(f"a shape has more than one <{several[0]}>, of a component with several parameters")
    used = {path: values for path, values in given.items() if values}
    found = _validator(graph, component.node, shape)
    if found is None:
        return
    validator, asks = found
    text = _text(graph, validator, shape, component, asks=asks)
    messages = texts(graph, validator, SH.message) or texts(graph, component.node, SH.message)
    for values in product(*used.values()):
        parameters = tuple((_name(path), from_rdflib(value)) for path, value in zip(used, values, strict=True))
        yield Custom(from_rdflib(component.node), text, asks, parameters, messages)  # type: ignore[arg-type] # an IRI


def _validator(graph: rdflib.Graph, component: Node, shape: Shape) -> tuple[Node, bool] | None:
    """Give the validator for a kind of shape, and whether it asks; None where there is none in SPARQL."""
    own = SH.nodeValidator if shape.path is None else SH.propertyValidator
    for predicate, query in ((own, SH.select), (SH.validator, SH.ask)):
        for validator in sorted(graph.objects(component, predicate), key=str):
            if (validator, query, None) in graph:
                return validator, query == SH.ask
    return None


def _text(graph: rdflib.Graph, validator: Node, shape: Shape, component: Declared, *, asks: bool) -> str:
    bound = {"this", *(_name(path) for path in component.parameters)} | ({"value"} if asks else set())
    predicate = SH.ask if asks else SH.select
    text = with_prefixes(graph, validator, with_path(text_of(graph, validator, predicate), shape))
    if not asks:
        refuse_unsound_select(text, bound)
        return text
    refuse_unbindable(text, bound)
    if prepared(text).algebra.name != "AskQuery":
        raise Unsound("a sh:ask is not an ASK query")
    return text
