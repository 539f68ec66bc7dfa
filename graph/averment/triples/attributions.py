"""Who said what: hops, and the claims that they lead to."""

from collections.abc import Iterator

from pyoxigraph import Literal

from averment import iris
from averment.model import Attribution, AttributionKind, Claim, NodeId, Quotation
from averment.triples.frame import Frame, Triple
from averment.vocabulary import AV, CITO, PROV, SDO, member

__all__ = ["attribution", "claim"]


def attribution(frame: Frame, hop: Attribution) -> Iterator[Triple]:
    """One hop: who, by which words, says which words."""
    iri = frame.iri(hop.id)
    yield from frame.node(iri, AV.Attribution, hop.rule)
    yield iri, AV.attributionKind, member("kind", hop.kind)
    yield iri, AV.stance, member("stance", hop.stance)
    if hop.speaker:
        yield iri, AV.speaker, frame.iri(hop.speaker)
    if hop.medium:
        yield iri, AV.medium, frame.iri(hop.medium)
    if hop.within:
        yield iri, AV.within, frame.iri(hop.within)
    yield from frame.passages(iri, AV.speakerPassage, hop.source)
    yield from frame.passages(iri, AV.cue, hop.cue)
    yield from frame.passages(iri, AV.attributes, hop.content)
    yield from frame.passages(iri, AV.hedge, hop.hedges)
    for borrowed in _borrowed_from(hop):
        yield frame.source, CITO.containsAssertionFrom, frame.iri(borrowed)


def claim(frame: Frame, claim: Claim) -> Iterator[Triple]:
    """A claim: its words, its chain, and where what it says stands."""
    iri = frame.iri(claim.id)
    yield from frame.node(iri, SDO.Claim, claim.rule)
    yield iri, PROV.wasGeneratedBy, iris.extraction(frame.source)
    yield iri, SDO.appearance, frame.source
    yield iri, SDO.text, Literal(claim.span.of(frame.text))
    yield iri, AV.content, iri
    yield iri, AV.attribution, frame.iri(claim.attribution)
    yield iri, AV.quotation, member("quotation", claim.quotation)
    yield iri, AV.polarity, member("polarity", claim.polarity)
    yield iri, AV.modality, member("modality", claim.modality)
    speaker = _innermost_speaker(frame, claim)
    if speaker:
        yield iri, PROV.wasAttributedTo, frame.iri(speaker)
    medium = frame.hops[claim.attribution].medium
    if medium and claim.quotation is Quotation.DIRECT:
        yield iri, PROV.wasQuotedFrom, frame.iri(medium)
    for mentioned in claim.mentions:
        yield iri, AV.mentions, frame.iri(mentioned)
    yield from frame.passages(iri, AV.passage, [claim.span])
    yield from frame.passages(iri, AV.hedge, claim.hedges)


def _borrowed_from(hop: Attribution) -> Iterator[NodeId]:
    """Documents that a hop rests on."""
    if hop.medium:
        yield hop.medium
    if hop.kind is AttributionKind.DOCUMENT and hop.speaker:
        yield hop.speaker


def _innermost_speaker(frame: Frame, claim: Claim) -> NodeId | None:
    """Give whoever is closest to the words and is named."""
    speakers = [hop.speaker for hop in frame.extraction.chain(claim) if hop.speaker]
    return speakers[-1] if speakers else None
