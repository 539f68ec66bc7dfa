"""The constraint components that look at each value on its own: how their parameters are written."""

import re
from dataclasses import dataclass

import pyoxigraph as ox
from rdflib import SH
from rdflib.term import Node

from averment.validate.compiler.errors import Unsound, Unsupported
from averment.validate.compiler.lookup import name, whole
from averment.validate.compiler.plan import Test

__all__ = ["TESTS", "Component", "reads", "refuse_pattern", "refuse_unsound"]


@dataclass(frozen=True, slots=True)
class Component:
    """How a parameter is written."""

    name: str
    """That of the constraint component, without its ending."""
    repeatable: bool = True
    """Whether a shape may have several values, each a constraint of its own."""
    takes_list: bool = False


TESTS: dict[Node, Component] = {
    SH["class"]: Component("Class"),
    SH.datatype: Component("Datatype", repeatable=False),
    SH.nodeKind: Component("NodeKind", repeatable=False),
    SH.minExclusive: Component("MinExclusive"),
    SH.minInclusive: Component("MinInclusive"),
    SH.maxExclusive: Component("MaxExclusive"),
    SH.maxInclusive: Component("MaxInclusive"),
    SH.minLength: Component("MinLength", repeatable=False),
    SH.maxLength: Component("MaxLength", repeatable=False),
    SH.pattern: Component("Pattern"),
    SH.languageIn: Component("LanguageIn", repeatable=False, takes_list=True),
    SH["in"]: Component("In", repeatable=False, takes_list=True),
}

_TERMS = {"Class": ox.NamedNode, "Datatype": ox.NamedNode, "NodeKind": ox.NamedNode}
"""What a component expects, where that is not a literal."""

_KINDS = {"IRI", "BlankNode", "Literal", "BlankNodeOrIRI", "BlankNodeOrLiteral", "IRIOrLiteral"}

_READ_OTHERWISE = re.compile(r"\[[^\]]*(\[|&&|--|~~)")
"""What the store's regular expressions take for set operations, and those of SPARQL for plain characters."""

_ESCAPED = re.compile(r"\\.", re.DOTALL)


def refuse_unsound(test: Test, predicate: Node, value: Node) -> None:
    """Check what a parameter expects; raise Unsound where no engine can use it."""
    wanted = _TERMS.get(test.component)
    if wanted and not isinstance(test.expected[0], wanted):
        raise Unsound(f"the value of {name(predicate)} is not an IRI: {value}")
    if test.component.startswith(("Min", "Max", "Pattern", "Language")):
        _refuse_what_is_no_literal(test, predicate)
    if test.component.endswith("Length"):
        whole(value, predicate)
    elif test.component == "NodeKind" and name(value).removeprefix("sh:") not in _KINDS:
        raise Unsound(f"there is no such sh:nodeKind: {value}")
    elif test.component == "Pattern":
        _refuse_unread(test.expected[0].value, test.flags)


def _refuse_what_is_no_literal(test: Test, predicate: Node) -> None:
    for term in test.expected:
        if not isinstance(term, ox.Literal):
            raise Unsound(f"the value of {name(predicate)} is not a literal: {term}")


def _refuse_unread(pattern: str, flags: str) -> None:
    """Refuse what nothing reads; what only Python reads, such as looking ahead, is left to it."""
    if set(flags) - set("imsxq"):
        raise Unsound(f"there are no such sh:flags: {flags}")
    try:
        _ = reads(pattern, flags) or re.compile(pattern)
    except re.error as error:
        raise Unsound(f"the sh:pattern {pattern} is not a regular expression: {error}") from error


def refuse_pattern(pattern: str, flags: str) -> None:
    """Raise Unsupported for a pattern that the store does not read, or not as SPARQL means it."""
    if not reads(pattern, flags):
        raise Unsupported(f"the store reads the sh:pattern {pattern} otherwise")


def reads(pattern: str, flags: str) -> bool:
    """Say whether the store reads a regular expression as SPARQL means it."""
    return _compiles(pattern, flags) and not _READ_OTHERWISE.search(_ESCAPED.sub("", pattern))


def _compiles(pattern: str, flags: str) -> bool:
    """Say whether the store can use a regular expression: it tells by giving no answer."""
    query = f'SELECT (REGEX("", {ox.Literal(pattern)}, {ox.Literal(flags)}) AS ?answer) {{}}'
    return any(row["answer"] is not None for row in ox.Store().query(query))  # type: ignore[union-attr]
