"""Terms as people read them: short, on one line, under a prefix and with the ontology's name where there is one."""

import re
from collections.abc import Mapping
from functools import cache

import pyoxigraph as ox

from averment.resources import turtle_files
from averment.validate.report import Term
from averment.vocabulary import PREFIXES, RDFS

__all__ = ["named", "plain", "prefixed", "short", "visible"]

LONGEST = 120
"""Code points shown of a value."""

_LOCAL = re.compile(r"\w[\w-]*")


def plain(term: Term | None) -> str | None:
    """Give what a term is without its syntax; a blank node keeps the mark of one."""
    return str(term) if isinstance(term, ox.BlankNode) else term and term.value


def visible(text: str) -> str:
    """Give a text on one line, and what cannot be printed as its code, so that it steers neither terminal nor page."""
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in " ".join(text.split()))


def short(term: Term, prefixes: Mapping[str, str] = PREFIXES) -> str:
    """Give a value for a sentence: an IRI under its prefix, a literal's text, and not too much of either."""
    whole = prefixed(term.value, prefixes) if isinstance(term, ox.NamedNode) else str(plain(term))
    text = visible(whole[: LONGEST * 10])
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"


def prefixed(iri: str, prefixes: Mapping[str, str] = PREFIXES) -> str:
    """Give an IRI under its prefix, or as a whole where there is none.

    >>> prefixed("https://w3id.org/averment#passage"), prefixed("https://example.org/")
    ('av:passage', '<https://example.org/>')
    """
    for prefix, namespace in prefixes.items():
        local = iri.removeprefix(namespace)
        if local != iri and _LOCAL.fullmatch(local):
            return f"{prefix}:{local}"
    return f"<{iri}>"


def named(term: ox.NamedNode, prefixes: Mapping[str, str] = PREFIXES) -> str:
    """Give a property or class with what the ontology calls it: `passage (av:passage)`."""
    label = _labels().get(term.value)
    return f"{label} ({prefixed(term.value, prefixes)})" if label else short(term, prefixes)


@cache
def _labels() -> dict[str, str]:
    """Give what the ontology calls its terms, by their IRIs."""
    return {
        quad.subject.value: quad.object.value
        for path in turtle_files("ontology")
        for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE)
        if quad.predicate == RDFS.label
        and isinstance(quad.subject, ox.NamedNode)
        and isinstance(quad.object, ox.Literal)
    }
