"""An extraction as quads: bookkeeping in the default graph, what each claim says in a named graph of its own.

Nothing that an article merely reports reaches the default graph. There it is only said that the source exists, that it
carries these words, names these entities, and attributes this claim to that speaker. The content of a claim stands in
the graph that has the claim's IRI.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from hashlib import sha256

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from averment import __version__, iris
from averment.model import (
    Action,
    Amount,
    Attribution,
    AttributionKind,
    Claim,
    Document,
    DocumentKind,
    Entity,
    EntityKind,
    Extraction,
    Incident,
    Interval,
    NodeId,
    Payout,
    Quotation,
    Source,
    Span,
)
from averment.vocabulary import AV, CITO, EDTF, OA, PROV, RDF, RDFS, SDO, TIME, XSD, member

__all__ = ["CONTEXT", "quads"]

CONTEXT = 32
"""Code points of prefix and suffix that a passage keeps beside its words."""

Triple = tuple[NamedNode, NamedNode, NamedNode | Literal]

_ENTITY_CLASSES = {
    EntityKind.PERSON: SDO.Person,
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


def quads(extraction: Extraction) -> list[Quad]:
    """Give the quads of an extraction, without repetition and in a fixed order.

    The same extraction gives the same list; the list has no blank node.
    """
    writer = _Writer(extraction)
    default = DefaultGraph()
    found = [Quad(*triple, default) for triple in writer.bookkeeping()]
    for claim in extraction.claims:
        graph = writer.iri(claim.id)
        found += [Quad(*triple, graph) for triple in writer.content(claim)]
    return list(dict.fromkeys(found))


class _Writer:
    """The triples of one extraction; every method yields the triples of one kind of thing."""

    def __init__(self, extraction: Extraction) -> None:
        self.extraction = extraction
        self.text = extraction.source.text
        self.source = iris.source(extraction.source)
        self.payouts = {payout.id: payout for payout in extraction.payouts}
        self.hops = {hop.id: hop for hop in extraction.attributions}

    def iri(self, node: NodeId) -> NamedNode:
        return iris.within(self.source, node)

    def bookkeeping(self) -> Iterator[Triple]:
        """What is true whoever is right: the source, its passages, what it names, and who it says said what."""
        extraction = self.extraction
        yield from self.about_source(extraction.source)
        yield from self.about_extraction()
        for entity in extraction.entities:
            yield from self.entity(entity)
        for document in extraction.documents:
            yield from self.document(document)
        for amount in extraction.amounts:
            yield from self.amount(amount)
        for interval in extraction.intervals:
            yield from self.interval(interval)
        for hop in extraction.attributions:
            yield from self.attribution(hop)
        for claim in extraction.claims:
            yield from self.claim(claim)
        for payout in extraction.payouts:
            for span in [payout.span, *([payout.incident.span] if payout.incident else [])]:
                yield from self.passage(span)

    def content(self, claim: Claim) -> Iterator[Triple]:
        """What a claim says, for the graph that has its IRI."""
        for action in claim.actions:
            yield from self.action(action)
        for statement in claim.statements:
            relation = NamedNode(AV.iri + statement.relation.value)
            yield self.iri(statement.subject), relation, self.iri(statement.object)
        for payout in claim.payouts:
            yield from self.payout(self.payouts[payout])

    # ---- The source -----------------------------------------------------------------------------------------------

    def about_source(self, source: Source) -> Iterator[Triple]:
        yield self.source, RDF.type, SDO.NewsArticle
        yield self.source, AV.sha256, Literal(source.sha256)
        yield self.source, AV.fileSha256, Literal(source.file_sha256)
        yield self.source, AV.length, _integer(len(source.text))
        yield self.source, SDO.articleBody, Literal(source.text)
        yield self.source, SDO.encodingFormat, Literal(source.media_type)
        yield self.source, RDFS.label, Literal(source.label)
        if source.title:
            yield self.source, SDO.headline, Literal(source.title)
        if self.extraction.publisher:
            yield self.source, SDO.publisher, self.iri(self.extraction.publisher)
        for author in source.authors:
            yield self.source, SDO.author, Literal(author)
        if source.published:
            yield self.source, SDO.datePublished, Literal(source.published.isoformat(), datatype=XSD.date)
        if source.address:
            yield self.source, SDO.url, Literal(source.address)
        if source.note:
            yield self.source, SDO.disambiguatingDescription, Literal(source.note)

    def about_extraction(self) -> Iterator[Triple]:
        activity, software = iris.extraction(self.source), iris.software(__version__)
        yield activity, RDF.type, PROV.Activity
        yield activity, AV.inSource, self.source
        yield activity, PROV.used, self.source
        yield activity, PROV.wasAssociatedWith, software
        yield software, RDF.type, PROV.SoftwareAgent
        yield software, RDFS.label, Literal(f"averment {__version__}")
        yield software, SDO.softwareVersion, Literal(__version__)

    def node(self, subject: NamedNode, kind: NamedNode, rule: str | None = None) -> Iterator[Triple]:
        """What every node below a source has."""
        yield subject, RDF.type, kind
        yield subject, AV.inSource, self.source
        if rule:
            yield subject, AV.rule, Literal(rule)

    def passages(self, subject: NamedNode, predicate: NamedNode, spans: Iterable[Span]) -> Iterator[Triple]:
        """Point at words, each of which becomes a passage."""
        for span in spans:
            yield subject, predicate, iris.passage(self.source, span)
            yield from self.passage(span)

    def passage(self, span: Span) -> Iterator[Triple]:
        """Say which words a passage is, and how they are found again."""
        passage = iris.passage(self.source, span)
        position, quote = iris.position_selector(self.source, span), iris.quote_selector(self.source, span)
        yield from self.node(passage, OA.SpecificResource)
        yield passage, AV.passageSha256, Literal(sha256(span.of(self.text).encode()).hexdigest())
        yield passage, OA.hasSource, self.source
        yield passage, OA.hasSelector, position
        yield passage, OA.hasSelector, quote
        yield from self.node(position, OA.TextPositionSelector)
        yield position, OA.start, _integer(span.start)
        yield position, OA.end, _integer(span.end)
        yield from self.node(quote, OA.TextQuoteSelector)
        yield quote, OA.exact, Literal(span.of(self.text))
        yield quote, OA.prefix, Literal(self.text[max(0, span.start - CONTEXT) : span.start])
        yield quote, OA.suffix, Literal(self.text[span.end : span.end + CONTEXT])

    # ---- What the source names ------------------------------------------------------------------------------------

    def entity(self, entity: Entity) -> Iterator[Triple]:
        iri = self.iri(entity.id)
        yield from self.node(iri, AV.Entity, entity.rule)
        yield iri, RDF.type, _ENTITY_CLASSES[entity.kind]
        yield iri, RDFS.label, Literal(entity.label)
        yield from self.passages(iri, AV.mention, entity.mentions)
        for description in entity.described_as:
            yield iri, AV.describedAs, Literal(description.of(self.text))

    def document(self, document: Document) -> Iterator[Triple]:
        iri = self.iri(document.id)
        yield from self.node(iri, AV.Entity, document.rule)
        yield iri, RDF.type, AV.Document
        if document.kind in _DOCUMENT_CLASSES:
            yield iri, RDF.type, _DOCUMENT_CLASSES[document.kind]
        yield iri, RDFS.label, Literal(document.label)
        yield from self.passages(iri, AV.mention, document.mentions)

    def amount(self, amount: Amount) -> Iterator[Triple]:
        iri = self.iri(amount.id)
        yield from self.node(iri, SDO.MonetaryAmount, amount.rule)
        yield iri, AV.asWritten, Literal(amount.span.of(self.text))
        yield iri, AV.comparator, member("comparator", amount.comparator)
        yield iri, SDO.currency, Literal(amount.currency)
        for predicate, number in (
            (SDO.value, amount.value),
            (SDO.minValue, amount.minimum),
            (SDO.maxValue, amount.maximum),
        ):
            if number is not None:
                yield iri, predicate, _decimal(number)
        yield from self.passages(iri, AV.passage, [amount.span])

    def interval(self, interval: Interval) -> Iterator[Triple]:
        iri = self.iri(interval.id)
        yield from self.node(iri, TIME.ProperInterval, interval.rule)
        yield iri, AV.asWritten, Literal(interval.span.of(self.text))
        if interval.edtf is not None:
            yield iri, AV.edtf, Literal(interval.edtf, datatype=EDTF.EDTF)
        if interval.resolved_against:
            yield iri, AV.resolvedAgainst, Literal(interval.resolved_against.isoformat(), datatype=XSD.date)
        for predicate, name, moment in (
            (TIME.hasBeginning, "begin", interval.begin),
            (TIME.hasEnd, "end", interval.end),
        ):
            if moment is not None:
                instant = self.iri(f"{interval.id}/{name}")
                precise, datatype = _TIME_PRECISION[len(moment)]
                yield iri, predicate, instant
                yield from self.node(instant, TIME.Instant)
                yield instant, precise, Literal(moment, datatype=datatype)
        yield from self.passages(iri, AV.passage, [interval.span])

    # ---- Who said what --------------------------------------------------------------------------------------------

    def attribution(self, hop: Attribution) -> Iterator[Triple]:
        iri = self.iri(hop.id)
        yield from self.node(iri, AV.Attribution, hop.rule)
        yield iri, AV.attributionKind, member("kind", hop.kind)
        yield iri, AV.stance, member("stance", hop.stance)
        if hop.speaker:
            yield iri, AV.speaker, self.iri(hop.speaker)
        if hop.medium:
            yield iri, AV.medium, self.iri(hop.medium)
        if hop.within:
            yield iri, AV.within, self.iri(hop.within)
        yield from self.passages(iri, AV.speakerPassage, hop.source)
        yield from self.passages(iri, AV.cue, hop.cue)
        yield from self.passages(iri, AV.attributes, hop.content)
        yield from self.passages(iri, AV.hedge, hop.hedges)
        for borrowed in self.borrowed_from(hop):
            yield self.source, CITO.containsAssertionFrom, self.iri(borrowed)

    def borrowed_from(self, hop: Attribution) -> Iterator[NodeId]:
        """Documents that a hop rests on."""
        if hop.medium:
            yield hop.medium
        if hop.kind is AttributionKind.DOCUMENT and hop.speaker:
            yield hop.speaker

    def claim(self, claim: Claim) -> Iterator[Triple]:
        iri = self.iri(claim.id)
        yield from self.node(iri, SDO.Claim, claim.rule)
        yield iri, PROV.wasGeneratedBy, iris.extraction(self.source)
        yield iri, SDO.appearance, self.source
        yield iri, SDO.text, Literal(claim.span.of(self.text))
        yield iri, AV.content, iri
        yield iri, AV.attribution, self.iri(claim.attribution)
        yield iri, AV.quotation, member("quotation", claim.quotation)
        yield iri, AV.polarity, member("polarity", claim.polarity)
        yield iri, AV.modality, member("modality", claim.modality)
        speaker = self.innermost_speaker(claim)
        if speaker:
            yield iri, PROV.wasAttributedTo, self.iri(speaker)
        medium = self.hops[claim.attribution].medium
        if medium and claim.quotation is Quotation.DIRECT:
            yield iri, PROV.wasQuotedFrom, self.iri(medium)
        for mentioned in claim.mentions:
            yield iri, AV.mentions, self.iri(mentioned)
        yield from self.passages(iri, AV.passage, [claim.span])
        yield from self.passages(iri, AV.hedge, claim.hedges)

    def innermost_speaker(self, claim: Claim) -> NodeId | None:
        """Give whoever is closest to the words and is named."""
        speakers = [hop.speaker for hop in self.extraction.chain(claim) if hop.speaker]
        return speakers[-1] if speakers else None

    # ---- Content of claims ----------------------------------------------------------------------------------------

    def action(self, action: Action) -> Iterator[Triple]:
        iri = self.iri(action.id)
        yield iri, RDF.type, SDO.Action
        yield iri, AV.verb, Literal(action.verb)
        for predicate, nodes in (
            (SDO.agent, action.agents),
            (SDO.object, action.objects),
            (SDO.recipient, action.recipients),
            (SDO.about, action.about),
            (AV.complement, action.complements),
            (AV.amount, action.amounts),
            (SDO.location, action.places),
            (AV.when, action.times),
        ):
            for node in nodes:
                yield iri, predicate, self.iri(node)
        if action.aim:
            yield iri, AV.aim, self.iri(action.aim)

    def payout(self, payout: Payout) -> Iterator[Triple]:
        iri = self.iri(payout.id)
        yield iri, RDF.type, AV.Payout
        yield iri, AV.passage, iris.passage(self.source, payout.span)
        yield iri, AV.amount, self.iri(payout.amount)
        yield iri, AV.alleged, Literal(payout.alleged)
        if payout.payer:
            yield iri, AV.payer, self.iri(payout.payer)
            yield self.iri(payout.payer), AV.paid, iri
        if payout.payee:
            yield iri, AV.payee, self.iri(payout.payee)
        if payout.listed_in:
            yield iri, AV.listedIn, self.iri(payout.listed_in)
        if payout.incident:
            yield iri, AV.incident, self.iri(payout.incident.id)
            yield from self.incident(payout.incident)

    def incident(self, incident: Incident) -> Iterator[Triple]:
        iri = self.iri(incident.id)
        yield iri, RDF.type, AV.Incident
        yield iri, AV.passage, iris.passage(self.source, incident.span)
        yield iri, RDFS.label, Literal(incident.span.of(self.text))
        for when in incident.times:
            yield iri, AV.when, self.iri(when)
        for place in incident.places:
            yield iri, SDO.location, self.iri(place)


def _integer(number: int) -> Literal:
    return Literal(str(number), datatype=XSD.integer)


def _decimal(number: Decimal) -> Literal:
    """Give the canonical form, which is what the store keeps."""
    return Literal(f"{number.normalize():f}", datatype=XSD.decimal)
