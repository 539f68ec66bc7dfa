"""A newsroom's own file of shapes: rules that it adds, and what it changes of ours without touching our files.

SHACL adds up what files say of one shape, and a rule with two severities is unsound. Here what a newsroom says of a
rule of ours takes the place of what we said.
"""

from difflib import get_close_matches

import rdflib
from rdflib import RDF, SH, Literal, URIRef
from rdflib.term import Node

from averment.errors import InputError

__all__ = ["apart", "changed", "speaks_of_ours"]

_OURS = "https://w3id.org/averment/shapes#"

_CHANGEABLE = (SH.deactivated, SH.severity, SH.message, SH.description)
"""What a newsroom may say anew of a rule of ours."""

_OF_SHAPES = (SH.deactivated, SH.property)
"""What it may say of a whole shape: that none of its rules counts, or that it has one more."""

_SEVERITIES = (SH.Violation, SH.Warning, SH.Info)

_LONGEST = 100
"""Code points of a name that is shown and compared with ours: longer ones are near to none, and slow to compare."""


def changed(ours: rdflib.Graph, theirs: rdflib.Graph) -> rdflib.Graph:
    """Give our shapes with a newsroom's: its changes in place of what we say, and its own rules beside ours.

    Raises InputError where it speaks of a rule that we do not have, or changes what cannot be changed.
    """
    spoken_of = sorted({subject for subject in theirs.subjects() if _is_ours(subject)}, key=str)
    for subject in spoken_of:
        _refuse(ours, theirs, subject)
    said = {(subject, predicate) for subject in spoken_of for predicate in theirs.predicates(subject)}
    graph = ours.__class__()
    for triple in ours:
        if triple[1] not in _CHANGEABLE or triple[:2] not in said:
            graph.add(triple)
    for triple in theirs:
        graph.add(triple)
    return graph


def apart(theirs: rdflib.Graph) -> rdflib.Graph:
    """Give a newsroom's shapes with blank nodes of their own: those of two readings have the same names."""
    graph = theirs.__class__()
    for subject, predicate, object_ in theirs:
        graph.add((_renamed(subject), predicate, _renamed(object_)))
    return graph


def speaks_of_ours(theirs: rdflib.Graph) -> bool:
    """Say whether a newsroom's shapes say anything of ours."""
    return any(_is_ours(subject) for subject in theirs.subjects())


def _is_ours(node: Node) -> bool:
    return isinstance(node, URIRef) and node.startswith(_OURS)


def _renamed(node: Node) -> Node:
    return rdflib.BNode(f"newsroom-{node}") if isinstance(node, rdflib.BNode) else node


def _refuse(ours: rdflib.Graph, theirs: rdflib.Graph, subject: Node) -> None:
    """Raise InputError where something is said of a shape of ours that cannot be."""
    is_rule, is_shape = ((subject, RDF.type, kind) in ours for kind in (SH.PropertyShape, SH.NodeShape))
    if not (is_rule or is_shape):
        raise InputError(f"averment has no rule {_name(subject)}{_nearest(ours, subject)}")
    allowed = _CHANGEABLE if is_rule else _OF_SHAPES
    for predicate, value in sorted(theirs.predicate_objects(subject)):
        if predicate not in allowed and (subject, predicate, value) not in ours:
            named = ", ".join(f"sh:{_name(one)}" for one in allowed)
            raise InputError(
                f"{_name(predicate)} of {_name(subject)} cannot be changed, only {named}; "
                "switch the rule off and write one of your own"
            )
        _refuse_value(subject, predicate, value)
    for predicate in (SH.severity, SH.deactivated):
        if len(set(theirs.objects(subject, predicate))) > 1:
            raise InputError(f"{_name(predicate)} of {_name(subject)} is given twice, and not the same; keep one")


def _refuse_value(subject: Node, predicate: Node, value: Node) -> None:
    """A misspelt value would be passed over in silence."""
    if predicate == SH.severity and value not in _SEVERITIES:
        named = ", ".join(f"sh:{_name(severity)}" for severity in _SEVERITIES)
        raise InputError(f"the severity of {_name(subject)} is {_name(value)}; it must be one of {named}")
    if predicate == SH.deactivated and not (isinstance(value, Literal) and isinstance(value.value, bool)):
        raise InputError(f"sh:deactivated of {_name(subject)} is {value!s}; it must be true or false")


def _name(node: Node) -> str:
    return str(node).rpartition("#")[2][:_LONGEST]


def _nearest(ours: rdflib.Graph, subject: Node) -> str:
    shapes = {
        _name(shape)
        for kind in (SH.PropertyShape, SH.NodeShape)
        for shape in ours.subjects(RDF.type, kind)
        if _is_ours(shape)
    }
    near = get_close_matches(_name(subject), sorted(shapes), n=1, cutoff=0.5)
    return f"; did you mean {near[0]}?" if near else ""
