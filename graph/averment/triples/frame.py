"""What every writer of triples works from: the extraction, the IRIs below its source, and passages."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from hashlib import sha256

from pyoxigraph import Literal, NamedNode

from averment import iris
from averment.bookkeeping import Triple
from averment.model import Extraction, NodeId, Span
from averment.vocabulary import AV, OA, RDF, XSD

__all__ = ["CONTEXT", "Frame", "Triple", "decimal", "integer"]

CONTEXT = 32
"""Code points of prefix and suffix that a passage keeps beside its words."""


class Frame:
    """One extraction with its source's IRI, and the triples that nodes of every kind have."""

    def __init__(self, extraction: Extraction, source: NamedNode | None = None) -> None:
        """Mint the source's IRI once, unless it is known; it is needed for every node."""
        self.extraction = extraction
        self.text = extraction.source.text
        self.source = source or iris.source(extraction.source)
        self.payouts = {payout.id: payout for payout in extraction.payouts}
        self.hops = {hop.id: hop for hop in extraction.attributions}

    def iri(self, node: NodeId) -> NamedNode:
        """Give the IRI of a thing of the extraction."""
        return iris.within(self.source, node)

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
        yield position, OA.start, integer(span.start)
        yield position, OA.end, integer(span.end)
        yield from self.node(quote, OA.TextQuoteSelector)
        yield quote, OA.exact, Literal(span.of(self.text))
        yield quote, OA.prefix, Literal(self.text[max(0, span.start - CONTEXT) : span.start])
        yield quote, OA.suffix, Literal(self.text[span.end : span.end + CONTEXT])


def integer(number: int) -> Literal:
    """Give an `xsd:integer`."""
    return Literal(str(number), datatype=XSD.integer)


def decimal(number: Decimal) -> Literal:
    """Give an `xsd:decimal` in its canonical form, which is what the store keeps."""
    return Literal(f"{number.normalize():f}", datatype=XSD.decimal)
