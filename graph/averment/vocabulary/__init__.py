"""Every term that averment writes, as constants, and the one table of prefixes.

A misspelt term is an error when the program is checked, not when it runs: the terms are declared attributes. A test
holds `AV` and `SCHEMES` against ontology/, and every other term against what rdflib knows of its vocabulary.
"""

from pyoxigraph import NamedNode

from averment.model import Relation
from averment.vocabulary.others import (
    ADMS,
    CITO,
    DCAT,
    DCTERMS,
    EDTF,
    OA,
    PROV,
    RDF,
    RDFS,
    SDO,
    SH,
    SKOS,
    SPDX,
    TIME,
    VOID,
    XSD,
)
from averment.vocabulary.own import AV
from averment.vocabulary.terms import Terms

__all__ = [
    "ADMS",
    "AV",
    "BETWEEN_SOURCES",
    "BY_REVIEW",
    "CITO",
    "DCAT",
    "DCTERMS",
    "EDTF",
    "OA",
    "PREFIXES",
    "PROV",
    "RDF",
    "RDFS",
    "SCHEMES_IRI",
    "SDO",
    "SH",
    "SKOS",
    "SPDX",
    "TIME",
    "VOID",
    "XSD",
    "Terms",
    "member",
]

BETWEEN_SOURCES = frozenset({PROV.wasRevisionOf, SKOS.exactMatch})
"""What is said of two sources, or of things read from two: it belongs to neither, and stays when one is replaced."""

_RELATIONS = (NamedNode(AV.iri + relation) for relation in Relation)

BY_REVIEW = frozenset({ADMS.status, CITO.supports, CITO.disputes, *_RELATIONS})
"""What a node that was read gets by somebody's work: a claim's status, accepted content, a passage put forward."""

SCHEMES_IRI = "https://w3id.org/averment/schemes#"

PREFIXES: dict[str, str] = {
    "adms": ADMS.iri,
    "av": AV.iri,
    "avs": SCHEMES_IRI,
    "cito": CITO.iri,
    "dcat": DCAT.iri,
    "dcterms": DCTERMS.iri,
    "edtf": EDTF.iri,
    "oa": OA.iri,
    "prov": PROV.iri,
    "rdf": RDF.iri,
    "rdfs": RDFS.iri,
    "sdo": SDO.iri,
    "sh": SH.iri,
    "skos": SKOS.iri,
    "spdx": SPDX.iri,
    "time": TIME.iri,
    "void": VOID.iri,
    "xsd": XSD.iri,
}


def member(scheme: str, value: str) -> NamedNode:
    """Give the concept of ontology/schemes.ttl for a value of the model, such as `member("polarity", "negated")`."""
    return NamedNode(f"{SCHEMES_IRI}{scheme}-{value}")
