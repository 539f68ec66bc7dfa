"""Names for terms, so that people read words where the data has IRIs. They come from ontology/."""

import re
from functools import cache

import pyoxigraph as ox

from averment.resources import turtle_files
from averment.vocabulary import RDFS

__all__ = ["term_name"]

_LABELS = (RDFS.label, ox.NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel"))

_PLAIN = {
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#type": "is a",
    "http://www.w3.org/2000/01/rdf-schema#label": "name",
    "https://schema.org/NewsMediaOrganization": "outlet",
    "https://schema.org/SpreadsheetDigitalDocument": "spreadsheet",
    "https://schema.org/EmailMessage": "e-mail",
    "https://schema.org/agent": "who does it",
    "https://schema.org/object": "whom or what",
    "https://schema.org/recipient": "to whom",
}
"""Terms of other vocabularies whose own names say little to a reader."""


def term_name(iri: str) -> str:
    """Give the name of a term in words.

    >>> term_name("https://w3id.org/averment#lobbiedAgainst")
    'lobbied against'
    >>> term_name("https://schema.org/datePublished")
    'date published'
    """
    return _PLAIN.get(iri) or _labels().get(iri) or _words(iri)


@cache
def _labels() -> dict[str, str]:
    quads = (quad for path in turtle_files("ontology") for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE))
    return {
        quad.subject.value: quad.object.value
        for quad in quads
        if quad.predicate in _LABELS and isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal)
    }


def _words(iri: str) -> str:
    """Make words of the last part of an IRI."""
    local = re.split("[#/]", iri)[-1]
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", local).lower() or iri
