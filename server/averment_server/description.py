"""What the endpoint says of itself, and of what it holds.

https://www.w3.org/TR/sparql11-service-description/, https://www.w3.org/TR/void/
"""

import pyoxigraph as ox

from averment import __version__
from averment.exports.dataset import DESCRIPTION, DUMPS, Dump, media_type
from averment.iris import BASE
from averment.store.formats import RDF_FORMATS, RESULT_FORMATS, Format
from averment.vocabulary import DCAT, DCTERMS, PREFIXES, RDF

__all__ = ["service_description", "void_description"]

_SD = "http://www.w3.org/ns/sparql-service-description#"
_TOPIC = ox.NamedNode("http://xmlns.com/foaf/0.1/primaryTopic")
_VOID = "http://rdfs.org/ns/void#"
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


Said = list[tuple[ox.NamedNode, ox.NamedNode | ox.Literal]]


def service_description(endpoint: str, format_: Format, *, union: bool = False, federated: bool = False) -> bytes:
    """Describe the service at the address `endpoint`, which is also its IRI.

    With `union`, the default graph of a query is the union of all graphs, unless the query says otherwise; with
    `federated`, there are other servers that queries may ask.
    """
    service = ox.NamedNode(endpoint)
    dataset, default = ox.NamedNode(f"{endpoint}#dataset"), ox.NamedNode(f"{endpoint}#default")
    said: Said = [
        (RDF.type, _sd("Service")),
        (DCTERMS.title, ox.Literal(f"averment {__version__}: what articles claim")),
        (_sd("endpoint"), service),
        (_sd("supportedLanguage"), _sd("SPARQL11Query")),
        (_sd("supportedLanguage"), _sd("SPARQL11Update")),
        (_sd("defaultDataset"), dataset),
    ]
    offered = (_FORMATS + _FORMAT_NAMES[offer.name] for offer in (*RESULT_FORMATS, *RDF_FORMATS))
    said += [(_sd("resultFormat"), ox.NamedNode(iri)) for iri in offered]
    if union:
        said.append((_sd("feature"), _sd("UnionDefaultGraph")))
    if federated:
        said.append((_sd("feature"), _sd("BasicFederatedQuery")))
    about: list[tuple[ox.NamedNode, Said]] = [
        (service, said),
        (dataset, [(RDF.type, _sd("Dataset")), (_sd("defaultGraph"), default)]),
        (default, [(RDF.type, _sd("Graph"))]),
    ]
    return _serialized(about, format_)


def void_description(root: str, format_: Format, *, bookkeeping: int, content: int) -> bytes:
    """Describe what the server at the address `root` holds.

    `bookkeeping` is the number of statements in the default graph, `content` that in the graphs of claims.
    """
    document = ox.NamedNode(f"{root}.well-known/void")
    dataset, claims = (ox.NamedNode(f"{document.value}#{name}") for name in ("dataset", "claims"))
    vocabularies = [ox.NamedNode(PREFIXES[name]) for name in ("av", "sdo", "prov", "oa", "cito")]
    about: list[tuple[ox.NamedNode, Said]] = [
        (document, [(RDF.type, _void("DatasetDescription")), (_TOPIC, dataset)]),
        (
            dataset,
            [
                (RDF.type, _void("Dataset")),
                (
                    DCTERMS.title,
                    ox.Literal("Which article carries which claim, in which words"),
                ),
                (_void("sparqlEndpoint"), ox.NamedNode(f"{root}sparql")),
                (_void("uriSpace"), ox.Literal(BASE)),
                (_void("triples"), ox.Literal(bookkeeping)),
                (_void("subset"), claims),
                (RDF.type, DCAT.Dataset),
                *((_void("dataDump"), _file(root, dump)) for dump in DUMPS),
                *((DCAT.distribution, _distribution(root, dump)) for dump in DUMPS),
                *((_void("vocabulary"), vocabulary) for vocabulary in vocabularies),
            ],
        ),
        (
            claims,
            [
                (RDF.type, _void("Dataset")),
                (
                    DCTERMS.title,
                    ox.Literal("What the claims say, each in a graph of its own, unasserted"),
                ),
                (_void("triples"), ox.Literal(content)),
            ],
        ),
        *((_distribution(root, dump), _said_of_dump(root, dump)) for dump in DUMPS),
    ]
    return _serialized(about, format_)


def _file(root: str, dump: Dump) -> ox.NamedNode:
    return ox.NamedNode(f"{root}dataset/{dump.file}")


def _distribution(root: str, dump: Dump) -> ox.NamedNode:
    """Give the name that a dump has in the description of the dataset."""
    return ox.NamedNode(f"{root}dataset/{DESCRIPTION}#{dump.format.name}")


def _said_of_dump(root: str, dump: Dump) -> Said:
    return [
        (RDF.type, DCAT.Distribution),
        (DCTERMS.title, ox.Literal(f"{dump.format.label}: {dump.holds}")),
        (DCAT.downloadURL, _file(root, dump)),
        (DCAT.mediaType, media_type(dump.format)),
    ]


def _serialized(about: list[tuple[ox.NamedNode, Said]], format_: Format) -> bytes:
    triples = [ox.Triple(subject, predicate, value) for subject, said in about for predicate, value in said]
    text = ox.serialize(triples, format=_engine(format_), prefixes={"sd": _SD, "void": _VOID, **PREFIXES})
    assert text is not None  # noqa: S101 - no output was named
    return text


def _void(name: str) -> ox.NamedNode:
    return ox.NamedNode(_VOID + name)


def _sd(name: str) -> ox.NamedNode:
    return ox.NamedNode(_SD + name)


def _engine(format_: Format) -> ox.RdfFormat:
    assert isinstance(format_.engine, ox.RdfFormat)  # noqa: S101 - the caller chose among RDF_FORMATS
    return format_.engine
