"""JSON-LD that people can read: one line a thing, with the terms of the published context instead of IRIs.

The context is written into every file, and nothing is ever fetched to read one.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import groupby
from typing import Any

import pyoxigraph as ox

from averment.errors import InputError
from averment.jsonld import context
from averment.vocabulary import RDF, XSD

__all__ = ["to_jsonld"]

_LARGEST = 2**53
"""Of integers, what every reader of JSON keeps exactly."""


def to_jsonld(quads: Iterable[ox.Quad]) -> Iterator[bytes]:
    """Write quads, which come graph by graph and in it subject by subject, piece by piece.

    Raises InputError for what JSON-LD has no form for.
    """
    yield context().rstrip().removesuffix("}").rstrip().encode() + b',\n  "@graph": ['
    begun = False
    for graph, found in groupby(quads, lambda quad: quad.graph_name):
        if not isinstance(graph, ox.DefaultGraph):
            yield (b",\n" if begun else b"\n") + f'{{"@id": {json.dumps(_name(graph))}, "@graph": ['.encode()
            begun = False
        for _, about in groupby(found, lambda quad: quad.subject):
            yield (b",\n" if begun else b"\n") + _line(about)
            begun = True
        if not isinstance(graph, ox.DefaultGraph):
            yield b"\n]}"
    yield b"\n]}\n"


def _line(quads: Iterable[ox.Quad]) -> bytes:
    """Give what is said of one thing in one graph as a line."""
    node: dict[str, Any] = {}
    for quad in quads:
        node.setdefault("@id", _name(quad.subject))
        if quad.predicate == RDF.type and not isinstance(quad.object, ox.Literal):
            node.setdefault("@type", []).append(_short(quad.object))
        else:
            key = _short(quad.predicate)
            node.setdefault(key, []).append(_value(quad.object, _terms().kinds.get(key)))
    plain = {key: value[0] if isinstance(value, list) and len(value) == 1 else value for key, value in node.items()}
    return json.dumps(plain, ensure_ascii=False).encode()


def _value(term: Any, kind: str | None) -> Any:
    """Give a value as it stands behind a term whose values are of a kind: a datatype, `@id` or `@vocab`."""
    if isinstance(term, (ox.NamedNode, ox.BlankNode)):
        if kind == "@vocab":
            return _short(term)
        return _name(term) if kind == "@id" else {"@id": _name(term)}
    if not isinstance(term, ox.Literal) or getattr(term, "direction", None) is not None:
        raise InputError("JSON-LD has no form for triples as terms and directions of texts; export as nquads")
    if term.language is not None:
        return {"@value": term.value, "@language": term.language}
    if term.datatype == XSD.string:
        return term.value if kind is None else {"@value": term.value}
    if _short(term.datatype) == kind:
        return _native(term)
    return {"@value": term.value, "@type": _short(term.datatype)}


def _native(term: ox.Literal) -> Any:
    """Give a number or truth value as JSON has it, where that is read back as it was."""
    if term.datatype == XSD.boolean and term.value in ("true", "false"):
        return term.value == "true"
    if term.datatype == XSD.integer and len(term.value) < 17:
        try:
            number = int(term.value)
        except ValueError:
            return term.value
        if str(number) == term.value and abs(number) < _LARGEST:
            return number
    return term.value


def _name(term: Any) -> str:
    """Give the name of a node; raise InputError where the context would read something else in it."""
    if isinstance(term, ox.BlankNode):
        return f"_:{term.value}"
    if not isinstance(term, ox.NamedNode):
        raise InputError("JSON-LD has no form for triples as terms; export as nquads")
    if term.value.partition(":")[0] in _terms().prefixes:
        raise InputError(f"JSON-LD would take the beginning of <{term.value}> for a prefix; export as nquads")
    return term.value


def _short(term: Any) -> str:
    """Give a class, property, datatype or concept by its term, or with its prefix, or else in full."""
    if isinstance(term, ox.NamedNode):
        found = _terms().by_iri.get(term.value)
        if found is not None:
            return found
        space, local = _split(term.value)
        prefix = _terms().by_namespace.get(space)
        if prefix is not None and local and not local.startswith("//"):
            return f"{prefix}:{local}"
    return _name(term)


def _split(iri: str) -> tuple[str, str]:
    at = max(iri.rfind("#"), iri.rfind("/")) + 1
    return iri[:at], iri[at:]


class _Terms:
    """The published context, to be looked up by IRI."""

    def __init__(self, terms: Mapping[str, Any]) -> None:
        named = {term: value for term, value in terms.items() if not term.startswith("@")}
        self.prefixes = {term: iri for term, iri in named.items() if isinstance(iri, str) and iri[-1] in "#/"}
        self.by_namespace = {iri: prefix for prefix, iri in self.prefixes.items()}
        self.by_iri: dict[str, str] = {}
        self.kinds: dict[str, str] = {}
        for term, value in named.items():
            if term not in self.prefixes:
                prefix, _, local = (value if isinstance(value, str) else value["@id"]).partition(":")
                self.by_iri[self.prefixes[prefix] + local] = term
                if not isinstance(value, str):
                    self.kinds[term] = value["@type"]


@cache
def _terms() -> _Terms:
    return _Terms(json.loads(context())["@context"])
