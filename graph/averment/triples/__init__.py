"""An extraction as quads: bookkeeping in the default graph, what each claim says in a named graph of its own.

Nothing that an article merely reports reaches the default graph. There it is only said that the source exists, that it
carries these words, names these entities, and attributes this claim to that speaker. The content of a claim stands in
the graph that has the claim's IRI.
"""

from collections.abc import Iterator

from pyoxigraph import DefaultGraph, Quad

from averment.model import Extraction
from averment.triples.attributions import attribution, claim
from averment.triples.content import content
from averment.triples.frame import CONTEXT, Frame, Triple
from averment.triples.sources import about_extraction, about_source
from averment.triples.things import amount, anaphor, document, entity, interval

__all__ = ["CONTEXT", "quads"]


def quads(extraction: Extraction) -> list[Quad]:
    """Give the quads of an extraction, without repetition and in a fixed order.

    The same extraction gives the same list; the list has no blank node.
    """
    frame = Frame(extraction)
    default = DefaultGraph()
    found = [Quad(*triple, default) for triple in _bookkeeping(frame)]
    for one in extraction.claims:
        graph = frame.iri(one.id)
        found += [Quad(*triple, graph) for triple in content(frame, one)]
    return list(dict.fromkeys(found))


def _bookkeeping(frame: Frame) -> Iterator[Triple]:
    """What is true whoever is right: the source, its passages, what it names, and who it says said what."""
    extraction = frame.extraction
    yield from about_source(frame, extraction.source)
    yield from about_extraction(frame)
    for one in extraction.entities:
        yield from entity(frame, one)
    for word in extraction.anaphors:
        yield from anaphor(frame, word)
    for paper in extraction.documents:
        yield from document(frame, paper)
    for sum_ in extraction.amounts:
        yield from amount(frame, sum_)
    for time in extraction.intervals:
        yield from interval(frame, time)
    for hop in extraction.attributions:
        yield from attribution(frame, hop)
    for said in extraction.claims:
        yield from claim(frame, said)
    for payout in extraction.payouts:
        for span in [payout.span, *([payout.incident.span] if payout.incident else [])]:
            yield from frame.passage(span)
