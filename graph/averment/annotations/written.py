"""What a store holds as Web Annotation JSON-LD: claims and evidence on their passages, and the notes of others."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pyoxigraph import NamedNode

from averment.annotations.model import Motivation, Note
from averment.annotations.stored import read_note
from averment.citations.offsets import Unit, in_unit
from averment.losses import Losses, Reader
from averment.model import Span
from averment.store import View
from averment.vocabulary import AV, CITO, OA, PROV, RDF, RDFS, SDO

__all__ = ["CLAIM", "Passage", "annotation_page", "note_json"]

CONTEXT = "http://www.w3.org/ns/anno.jsonld"

_Object = dict[str, Any]

CLAIM = "/annotation"
"""What follows the IRI of a claim in the name of its annotation."""

_PAGE = "https://w3id.org/averment/id/annotations"


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Words of a source as others look for them; offsets are in their unit, None where they cannot be given."""

    iri: str
    source: str
    exact: str | None = None
    prefix: str | None = None
    suffix: str | None = None
    start: int | None = None
    end: int | None = None


def annotation_page(view: View, unit: Unit = Unit.CODE_POINTS, *, is_whole: bool = True) -> tuple[bytes, Losses]:
    """Give a page of annotations with their offsets in a unit, and what of the store they do not carry.

    The page of a whole store has a name; one of a part of it has none.
    """
    writer = _Writer(Reader(view), unit)
    items = [*writer.claims(), *writer.evidence(), *writer.notes()]
    name = {"id": _PAGE} if is_whole else {}
    page = {"@context": CONTEXT, **name, "type": "AnnotationPage", "items": items}
    return json.dumps(page, ensure_ascii=False, indent=2).encode() + b"\n", writer.reader.losses()


def note_json(note: Note, iri: str, passage: Passage) -> _Object:
    """Give a note as JSON, under the name that its maker gave it."""
    return _annotation(
        note.id or iri,
        [motivation.value for motivation in note.motivations],
        [_body(body.value, body.purpose) for body in note.bodies],
        passage,
        _by(note.creator, note.created),
    )


class _Writer:
    """Gives annotations, and remembers what it has read."""

    def __init__(self, reader: Reader, unit: Unit) -> None:
        self.reader = reader
        self._unit = unit
        self._texts: dict[NamedNode, str | None] = {}

    def claims(self) -> Iterator[_Object]:
        """Give an annotation of each claim, with its review."""
        for claim in self._all(SDO.Claim):
            passage = self.reader.node(claim, AV.passage)
            if passage is not None:
                self.reader.is_a(claim, SDO.Claim)
                bodies = [_body("claim", Motivation.TAGGING), *self._review(claim)]
                yield _annotation(f"{claim.value}{CLAIM}", ["tagging"], bodies, self._passage(passage), {})

    def _review(self, claim: NamedNode) -> list[_Object]:
        """Give what reviewers decided, in the order of time."""
        steps = [(self._made(one), one) for one in self.reader.pointing(SDO.itemReviewed, claim, AV.ReviewStep)]
        steps.sort(key=lambda pair: str(pair[0].get("created")))
        return [body for made, step in steps for body in self._step(made, step)]

    def _step(self, made: _Object, step: NamedNode) -> Iterator[_Object]:
        decided = self.reader.node(step, AV.decided)
        if decided is not None:
            yield {**_body(decided.value.rpartition("-")[2], Motivation.ASSESSING), **made}
        for verdict in self.reader.nodes(step, PROV.generated):
            for rating in self.reader.nodes(verdict, SDO.reviewRating):
                label = self.reader.text(rating, SDO.alternateName)
                yield {**_body(label or "", Motivation.CLASSIFYING), **made}
        for predicate, purpose in ((AV.correction, Motivation.EDITING), (RDFS.comment, Motivation.COMMENTING)):
            words = self.reader.text(step, predicate)
            if words is not None:
                yield {**_body(words, purpose), **made}

    def _made(self, step: NamedNode) -> _Object:
        """Give who took a step, and when."""
        agent = self.reader.node(step, PROV.wasAssociatedWith)
        return _by(self.reader.text(agent, RDFS.label) if agent else None, self.reader.text(step, PROV.endedAtTime))

    def evidence(self) -> Iterator[_Object]:
        """Give an annotation of each passage that stands for or against a claim."""
        for link in self._all(AV.EvidenceLink):
            passage = self.reader.node(link, CITO.hasCitingEntity)
            if passage is not None and not self.reader.view.pointing(PROV.invalidated, link):
                self.reader.is_a(link, AV.EvidenceLink)
                yield self._evidence(link, passage)

    def _evidence(self, link: NamedNode, passage: NamedNode) -> _Object:
        claim, how = (self.reader.node(link, p) for p in (CITO.hasCitedEntity, CITO.hasCitationCharacterization))
        bodies: list[_Object] = []
        if claim is not None:
            bodies.append({"type": "SpecificResource", "source": claim.value, "purpose": "linking"})
        if how is not None:
            bodies.append(_body(how.value.removeprefix(CITO.iri), Motivation.CLASSIFYING))
        made: _Object = {}
        for step in self.reader.pointing(PROV.generated, link, AV.EvidenceStep):
            made = self._made(step)
            note = self.reader.text(step, RDFS.comment)
            bodies += [_body(note, Motivation.COMMENTING)] if note else []
        return _annotation(link.value, ["linking"], bodies, self._passage(passage), made)

    def _all(self, kind: NamedNode) -> list[NamedNode]:
        found = (one for one in self.reader.view.pointing(RDF.type, kind) if isinstance(one, NamedNode))
        return sorted(found, key=str)

    def notes(self) -> Iterator[_Object]:
        """Give the notes that were brought, as they came."""
        for iri in self._all(OA.Annotation):
            passage = self.reader.node(iri, OA.hasTarget)
            if passage is not None:
                self.reader.is_a(iri, OA.Annotation)
                yield note_json(read_note(self.reader, iri), iri.value, self._passage(passage))

    def _passage(self, passage: NamedNode) -> Passage:
        reader = self.reader
        source = reader.node(passage, OA.hasSource)
        quote, position = None, None
        for selector in reader.nodes(passage, OA.hasSelector):
            if reader.is_a(selector, OA.TextQuoteSelector):
                quote = selector
            elif reader.is_a(selector, OA.TextPositionSelector):
                position = selector
        start, end = self._offsets(source, position)
        return Passage(
            iri=passage.value,
            source=(reader.text(source, SDO.url) or source.value) if source else passage.value,
            exact=reader.text(quote, OA.exact) if quote else None,
            prefix=reader.text(quote, OA.prefix) if quote else None,
            suffix=reader.text(quote, OA.suffix) if quote else None,
            start=start,
            end=end,
        )

    def _offsets(self, source: NamedNode | None, position: NamedNode | None) -> tuple[int | None, int | None]:
        """Give a passage's offsets in the unit; they cannot be given where that needs a text that is not kept."""
        if position is None:
            return None, None
        start, end = (_whole(self.reader.text(position, bound)) for bound in (OA.start, OA.end))
        if self._unit is Unit.CODE_POINTS or start is None or end is None:
            return start, end
        text = self._text(source) if source else None
        return in_unit(text, Span(start, end), self._unit) if text is not None and start < end else (None, None)

    def _text(self, source: NamedNode) -> str | None:
        if source not in self._texts:
            self._texts[source] = self.reader.text(source, SDO.articleBody) or self.reader.text(source, SDO.text)
        return self._texts[source]


def _whole(written: str | None) -> int | None:
    return (
        int(written)
        if written is not None and written.isascii() and written.isdecimal() and len(written) < 16
        else None
    )


def _by(creator: str | None, created: str | None) -> _Object:
    made = {"creator": {"type": "Person", "name": creator} if creator else None, "created": created}
    return {name: value for name, value in made.items() if value is not None}


def _annotation(iri: str, motivations: list[str], bodies: list[_Object], passage: Passage, made: _Object) -> _Object:
    values = {
        "id": iri,
        "type": "Annotation",
        "motivation": _several(motivations),
        **made,
        "body": _several(bodies),
        "target": _target(passage),
    }
    return {name: value for name, value in values.items() if value is not None}


def _body(value: str, purpose: Motivation | None) -> _Object:
    return {"type": "TextualBody", "value": value, **({"purpose": purpose.value} if purpose else {})}


def _target(passage: Passage) -> _Object:
    selectors: list[_Object] = []
    if passage.exact is not None:
        around = {"prefix": passage.prefix, "suffix": passage.suffix}
        known = {name: words for name, words in around.items() if words is not None}
        selectors.append({"type": "TextQuoteSelector", "exact": passage.exact, **known})
    if passage.start is not None:
        selectors.append({"type": "TextPositionSelector", "start": passage.start, "end": passage.end})
    return {"type": "SpecificResource", "id": passage.iri, "source": passage.source, "selector": selectors}


def _several(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values or None
