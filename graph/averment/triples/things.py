"""What a source names: entities, documents, amounts and times."""

from collections.abc import Iterator

from pyoxigraph import Literal

from averment.model import Amount, Anaphor, Document, DocumentKind, Entity, EntityKind, Interval
from averment.triples.frame import Frame, Triple, decimal
from averment.vocabulary import AV, EDTF, RDF, RDFS, SDO, TIME, XSD, member

__all__ = ["amount", "anaphor", "document", "entity", "interval"]

_ENTITY_CLASSES = {
    EntityKind.PERSON: SDO.Person,
    EntityKind.UNNAMED: AV.Unnamed,
    EntityKind.ORGANIZATION: SDO.Organization,
    EntityKind.OUTLET: SDO.NewsMediaOrganization,
    EntityKind.GROUP: AV.Group,
    EntityKind.OFFICE: AV.Office,
    EntityKind.PLACE: SDO.Place,
    EntityKind.TOPIC: AV.Topic,
}

_DOCUMENT_CLASSES = {
    DocumentKind.EMAIL: SDO.EmailMessage,
    DocumentKind.SPREADSHEET: SDO.SpreadsheetDigitalDocument,
    DocumentKind.REPORT: SDO.Report,
    DocumentKind.LEGISLATION: SDO.Legislation,
}

_TIME_PRECISION = {
    4: (TIME.inXSDgYear, XSD.gYear),
    7: (TIME.inXSDgYearMonth, XSD.gYearMonth),
    10: (TIME.inXSDDate, XSD.date),
}
"""By the length of an ISO 8601 date: a year, a month or a day."""


def entity(frame: Frame, entity: Entity) -> Iterator[Triple]:
    """An entity with its names and the words that name it."""
    iri = frame.iri(entity.id)
    yield from frame.node(iri, AV.Entity, entity.rule)
    yield iri, RDF.type, _ENTITY_CLASSES[entity.kind]
    yield iri, RDFS.label, Literal(entity.label)
    yield from frame.passages(iri, AV.mention, entity.mentions)
    for description in entity.described_as:
        yield iri, AV.describedAs, Literal(description.of(frame.text))


def anaphor(frame: Frame, anaphor: Anaphor) -> Iterator[Triple]:
    """Words that stand for somebody named elsewhere, with those whom they may stand for."""
    iri = frame.iri(anaphor.id)
    yield from frame.node(iri, AV.Anaphor, anaphor.rule)
    yield from frame.passages(iri, AV.passage, [anaphor.span])
    for rank, one in enumerate(anaphor.candidates, 1):
        candidate = frame.iri(f"{anaphor.id}/candidate/{rank}")
        yield iri, AV.candidate, candidate
        yield from frame.node(candidate, AV.Candidate)
        yield candidate, AV.standsFor, frame.iri(one.entity)
        yield candidate, AV.confidence, decimal(one.confidence)


def document(frame: Frame, document: Document) -> Iterator[Triple]:
    """A document that the source speaks of."""
    iri = frame.iri(document.id)
    yield from frame.node(iri, AV.Entity, document.rule)
    yield iri, RDF.type, AV.Document
    if document.kind in _DOCUMENT_CLASSES:
        yield iri, RDF.type, _DOCUMENT_CLASSES[document.kind]
    yield iri, RDFS.label, Literal(document.label)
    yield from frame.passages(iri, AV.mention, document.mentions)


def amount(frame: Frame, amount: Amount) -> Iterator[Triple]:
    """An amount of money, as written and as understood."""
    iri = frame.iri(amount.id)
    yield from frame.node(iri, SDO.MonetaryAmount, amount.rule)
    yield iri, AV.asWritten, Literal(amount.span.of(frame.text))
    yield iri, AV.comparator, member("comparator", amount.comparator)
    yield iri, SDO.currency, Literal(amount.currency)
    for predicate, number in (
        (SDO.value, amount.value),
        (SDO.minValue, amount.minimum),
        (SDO.maxValue, amount.maximum),
    ):
        if number is not None:
            yield iri, predicate, decimal(number)
    yield from frame.passages(iri, AV.passage, [amount.span])


def interval(frame: Frame, interval: Interval) -> Iterator[Triple]:
    """A time, as written and as understood."""
    iri = frame.iri(interval.id)
    yield from frame.node(iri, TIME.ProperInterval, interval.rule)
    yield iri, AV.asWritten, Literal(interval.span.of(frame.text))
    if interval.edtf is not None:
        yield iri, AV.edtf, Literal(interval.edtf, datatype=EDTF.EDTF)
    if interval.resolved_against:
        yield iri, AV.resolvedAgainst, Literal(interval.resolved_against.isoformat(), datatype=XSD.date)
    for predicate, name, moment in (
        (TIME.hasBeginning, "begin", interval.begin),
        (TIME.hasEnd, "end", interval.end),
    ):
        if moment is not None:
            instant = frame.iri(f"{interval.id}/{name}")
            precise, datatype = _TIME_PRECISION[len(moment)]
            yield iri, predicate, instant
            yield from frame.node(instant, TIME.Instant)
            yield instant, precise, Literal(moment, datatype=datatype)
    yield from frame.passages(iri, AV.passage, [interval.span])
