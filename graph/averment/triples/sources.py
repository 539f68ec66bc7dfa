"""The source itself, and the reading of it."""

from collections.abc import Iterator

from pyoxigraph import Literal

from averment import __version__, iris
from averment.model import Source
from averment.triples.frame import Frame, Triple, integer
from averment.vocabulary import AV, PROV, RDF, RDFS, SDO, XSD

__all__ = ["about_extraction", "about_source"]


def about_source(frame: Frame, source: Source, *, is_article: bool = True) -> Iterator[Triple]:
    """The source with its text and what is known of it: an article that is read for claims, or another document."""
    yield frame.source, RDF.type, SDO.NewsArticle if is_article else SDO.DigitalDocument
    yield frame.source, AV.sha256, Literal(source.sha256)
    yield frame.source, AV.fileSha256, Literal(source.file_sha256)
    yield frame.source, AV.length, integer(len(source.text))
    yield frame.source, SDO.articleBody if is_article else SDO.text, Literal(source.text)
    yield frame.source, SDO.encodingFormat, Literal(source.media_type)
    yield frame.source, RDFS.label, Literal(source.label)
    if source.title:
        yield frame.source, SDO.headline, Literal(source.title)
    if frame.extraction.publisher:
        yield frame.source, SDO.publisher, frame.iri(frame.extraction.publisher)
    for author in source.authors:
        yield frame.source, SDO.author, Literal(author)
    if source.published:
        yield frame.source, SDO.datePublished, Literal(source.published.isoformat(), datatype=XSD.date)
    if source.address:
        yield frame.source, SDO.url, Literal(source.address)
    if source.archived:
        yield frame.source, SDO.archivedAt, Literal(source.archived)
    if source.note:
        yield frame.source, SDO.disambiguatingDescription, Literal(source.note)


def about_extraction(frame: Frame) -> Iterator[Triple]:
    """The activity that read the source, and the software that did it."""
    activity, software = iris.extraction(frame.source), iris.software(__version__)
    yield activity, RDF.type, PROV.Activity
    yield activity, AV.inSource, frame.source
    yield activity, PROV.used, frame.source
    yield activity, PROV.wasAssociatedWith, software
    yield software, RDF.type, PROV.SoftwareAgent
    yield software, RDFS.label, Literal(f"averment {__version__}")
    yield software, SDO.softwareVersion, Literal(__version__)
