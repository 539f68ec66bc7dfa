"""Notes of others as quads of the default graph: it is so that somebody annotated these words in this way."""

from collections.abc import Iterator
from datetime import datetime

from pyoxigraph import Literal, NamedNode, Quad

from averment import iris
from averment.annotations.model import Body, Motivation, Note
from averment.bookkeeping import Triple, bookkeeping
from averment.losses import Reader
from averment.times import instant
from averment.vocabulary import DCTERMS, OA, PROV, RDF, RDFS, XSD

__all__ = ["note_quads", "read_note", "time_of"]


def note_quads(note: Note, passage: NamedNode) -> list[Quad]:
    """Give the quads of a note on a passage; the same note gives the same quads."""
    return bookkeeping(_note(note, passage))


def _note(note: Note, passage: NamedNode) -> Iterator[Triple]:
    iri = iris.annotation(passage.value, repr(note))
    created = time_of(note.created)
    yield iri, RDF.type, OA.Annotation
    yield iri, OA.hasTarget, passage
    if note.id is not None:
        yield iri, OA.via, Literal(note.id)
    if created is not None:
        yield iri, DCTERMS.created, Literal(created, datatype=XSD.dateTime)
    for motivation in note.motivations:
        yield iri, OA.motivatedBy, _concept(motivation)
    if note.creator is not None:
        creator = NamedNode(f"{iri.value}/creator")
        yield iri, DCTERMS.creator, creator
        yield creator, RDF.type, PROV.Agent
        yield creator, RDFS.label, Literal(note.creator)
    for number, body in enumerate(note.bodies):
        node = NamedNode(f"{iri.value}/body/{number:06}")
        yield iri, OA.hasBody, node
        yield node, RDF.type, OA.TextualBody
        yield node, RDF.value, Literal(body.value)
        if body.purpose is not None:
            yield node, OA.hasPurpose, _concept(body.purpose)


def time_of(written: str | None) -> str | None:
    """Give a time as the store keeps it; nothing where it is no time with its zone."""
    try:
        at = datetime.fromisoformat(written) if written else None
        return instant(at) if at is not None and at.tzinfo is not None else None
    except (ValueError, OverflowError):
        return None


def _concept(motivation: Motivation) -> NamedNode:
    return NamedNode(OA.iri + motivation.value)


def read_note(reader: Reader, iri: NamedNode) -> Note:
    """Give a note as it is stored."""
    creator = reader.node(iri, DCTERMS.creator)
    bodies = reader.nodes(iri, OA.hasBody)
    return Note(
        id=reader.text(iri, OA.via),
        creator=reader.text(creator, RDFS.label) if creator else None,
        created=reader.text(iri, DCTERMS.created),
        motivations=tuple(_motivation(one) for one in reader.nodes(iri, OA.motivatedBy)),
        bodies=tuple(_body(reader, body) for body in bodies),
    )


def _body(reader: Reader, node: NamedNode) -> Body:
    purpose = reader.node(node, OA.hasPurpose)
    return Body(reader.text(node, RDF.value) or "", _motivation(purpose) if purpose else None)


def _motivation(concept: NamedNode) -> Motivation:
    return Motivation(concept.value.removeprefix(OA.iri))
