"""The formats of query results and of RDF, as a table; nothing else decides by media type or file ending."""

from dataclasses import dataclass

from pyoxigraph import QueryResultsFormat, RdfFormat

from averment.errors import InputError

__all__ = ["RDF_FORMATS", "RESULT_FORMATS", "Format", "by_ending", "by_name"]


@dataclass(frozen=True, slots=True, eq=False)
class Format:
    """One format: the name people type, its media type, its file ending, and what the engine calls it.

    There is one of each, so that to compare two, or to look one up, takes no time.
    """

    name: str
    label: str
    media_type: str
    ending: str
    engine: QueryResultsFormat | RdfFormat
    aliases: tuple[str, ...] = ()
    """Other media types by which clients ask for it."""

    @property
    def datasets(self) -> bool:
        """Whether the format can hold named graphs."""
        return isinstance(self.engine, RdfFormat) and self.engine.supports_datasets


RESULT_FORMATS = (
    Format("json", "JSON", "application/sparql-results+json", "srj", QueryResultsFormat.JSON, ("application/json",)),
    Format(
        "xml", "XML", "application/sparql-results+xml", "srx", QueryResultsFormat.XML, ("application/xml", "text/xml")
    ),
    Format("csv", "CSV", "text/csv", "csv", QueryResultsFormat.CSV),
    Format("tsv", "TSV", "text/tab-separated-values", "tsv", QueryResultsFormat.TSV),
)
"""For SELECT and ASK; the first is the default."""

RDF_FORMATS = (
    Format("turtle", "Turtle", "text/turtle", "ttl", RdfFormat.TURTLE, ("application/x-turtle",)),
    Format("ntriples", "N-Triples", "application/n-triples", "nt", RdfFormat.N_TRIPLES, ("text/plain",)),
    Format("rdfxml", "RDF/XML", "application/rdf+xml", "rdf", RdfFormat.RDF_XML),
    Format("jsonld", "JSON-LD", "application/ld+json", "jsonld", RdfFormat.JSON_LD),
    Format("trig", "TriG", "application/trig", "trig", RdfFormat.TRIG),
    Format("nquads", "N-Quads", "application/n-quads", "nq", RdfFormat.N_QUADS),
)
"""For CONSTRUCT, DESCRIBE and dumps; the first is the default."""


def by_name(name: str, formats: tuple[Format, ...]) -> Format:
    """Give the format called `name` or with that ending; raise InputError naming those there are."""
    for format_ in formats:
        if name.lower() in (format_.name, format_.ending):
            return format_
    raise InputError(f"no format is called {name!r}; there are {', '.join(f.name for f in formats)}")


def by_ending(ending: str, formats: tuple[Format, ...]) -> Format | None:
    """Give the format of a file ending without its dot, or None."""
    return next((f for f in formats if f.ending == ending.lower()), None)
