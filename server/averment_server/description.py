"""What the endpoint says of itself: https://www.w3.org/TR/sparql11-service-description/."""

import pyoxigraph as ox

from averment import __version__
from averment.store.formats import RDF_FORMATS, RESULT_FORMATS, Format
from averment.vocabulary import DCTERMS, PREFIXES, RDF

__all__ = ["service_description"]

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_FORMAT_NAMES = {
    "json": "SPARQL_Results_JSON",
    "xml": "SPARQL_Results_XML",
    "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV",
    "turtle": "Turtle",
    "ntriples": "N-Triples",
    "rdfxml": "RDF_XML",
    "jsonld": "JSON-LD",
    "trig": "TriG",
    "nquads": "N-Quads",
}


def service_description(endpoint: str, format_: Format) -> bytes:
    """Describe the service at the address `endpoint`, which is also its IRI."""
    service = ox.NamedNode(endpoint)
    said: list[tuple[ox.NamedNode, ox.NamedNode | ox.Literal]] = [
        (RDF.type, _sd("Service")),
        (DCTERMS.title, ox.Literal(f"averment {__version__}: what articles claim, read only")),
        (_sd("endpoint"), service),
        (_sd("supportedLanguage"), _sd("SPARQL11Query")),
    ]
    offered = (_FORMATS + _FORMAT_NAMES[offer.name] for offer in (*RESULT_FORMATS, *RDF_FORMATS))
    said += [(_sd("resultFormat"), ox.NamedNode(iri)) for iri in offered]
    triples = [ox.Triple(service, predicate, value) for predicate, value in said]
    text = ox.serialize(triples, format=_engine(format_), prefixes={"sd": _SD, **PREFIXES})
    assert text is not None  # noqa: S101 - no output was named
    return text


def _sd(name: str) -> ox.NamedNode:
    return ox.NamedNode(_SD + name)


def _engine(format_: Format) -> ox.RdfFormat:
    assert isinstance(format_.engine, ox.RdfFormat)  # noqa: S101 - the caller chose among RDF_FORMATS
    return format_.engine
