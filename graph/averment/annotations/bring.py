"""Notes that others have made, put on the passages of stored sources that they are about."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from pyoxigraph import NamedNode, Quad

from averment import iris
from averment.annotations.anchors import Anchors
from averment.annotations.model import Note, Place
from averment.annotations.read import annotations_in, note_of, place_of, plain
from averment.annotations.stored import note_quads, time_of
from averment.annotations.written import CLAIM, Passage, note_json
from averment.citations.offsets import Unit, in_unit
from averment.citations.outcomes import Finding, Outcome
from averment.citations.verification import Stored, stored
from averment.errors import InputError
from averment.evidence import Brought as Source
from averment.losses import Losses, lost_leaves
from averment.model import Span
from averment.store import View
from averment.triples.frame import CONTEXT

__all__ = ["Brought", "bring_notes"]

_MOST = 20_000
"""Annotations that are taken at once."""


@dataclass(slots=True)
class Brought:
    """What became of annotations: the quads of those whose words were found, and what was lost."""

    quads: list[Quad] = field(default_factory=list)
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    """How the words of each were found, or not."""
    own: int = 0
    """Annotations that this store has given out, and has: claims, evidence, notes without a name of their own."""
    unknown: int = 0
    """Annotations of what the store does not have."""
    losses: Losses = field(default_factory=Losses)


def bring_notes(view: View, values: Iterable[Any], unit: Unit = Unit.CODE_POINTS) -> Brought:
    """Look for the words of the annotations in JSON values in the stored sources.

    One whose words are not found, or at several places, is lost whole: it is not known what it is about. Raises
    InputError where there are too many.
    """
    sources = _Sources(view, unit)
    brought = Brought()
    given = [plain(one) for value in values for one in annotations_in(value)]
    if len(given) > _MOST:
        raise InputError(f"there are {len(given):,} annotations; bring at most {_MOST:,} at once")
    for one in given:
        note = note_of(one)
        if _is_own(view, note):
            brought.own += 1
        else:
            brought.losses += lost_leaves(one, sources.place(note, place_of(one), brought))
    return brought


def _is_own(view: View, note: Note) -> bool:
    """Say whether an annotation is only what the store itself says of a thing that it has."""
    if note.id is None or not note.id.startswith(iris.BASE):
        return False
    try:
        return bool(view.described(NamedNode(note.id.removesuffix(CLAIM))))
    except ValueError:
        return False


class _Sources:
    """The stored sources, by what annotations call them."""

    def __init__(self, view: View, unit: Unit) -> None:
        self._unit = unit
        self._by_name: defaultdict[str, list[Stored]] = defaultdict(list)
        for one in stored(view):
            for name in {one.iri.value, one.address, one.sha256}:
                if name:
                    self._by_name[name].append(one)
        self._anchors = cache(lambda one: Anchors(one.text or "", unit))

    def place(self, note: Note, place: Place, brought: Brought) -> dict[str, Any]:
        """Put a note where its words are, and give what is kept of it as JSON."""
        candidates = [one for one in self._candidates(place) if one.text is not None]
        if not candidates:
            brought.unknown += 1
            return {}
        found = [(self._find(one, place), one) for one in candidates]
        finding, source = min(found, key=lambda pair: list(Outcome).index(pair[0].outcome))
        brought.outcomes[finding.outcome] += 1
        if finding.found is None:
            return {}
        return self._kept(note, source, finding.found, brought)

    def _candidates(self, place: Place) -> list[Stored]:
        """Give the sources that an annotation may be about; of an address there may be several versions."""
        source = place.source or ""
        of_passage = (place.passage or "").partition("/passage/")[0]
        found = [*self._by_name.get(of_passage, ()), *self._by_name.get(source, ())]
        found = found or self._by_name.get(source.partition("#")[0], [])
        return list(dict.fromkeys(found))

    def _find(self, one: Stored, place: Place) -> Finding:
        anchors: Anchors = self._anchors(one)
        is_same = one.iri.value in (place.source, (place.passage or "").partition("/passage/")[0])
        return anchors.find(place, is_same_text=is_same)

    def _kept(self, note: Note, source: Stored, span: Span, brought: Brought) -> dict[str, Any]:
        text = source.text or ""
        passage = iris.passage(source.iri, span)
        kept = _as_kept(note)
        brought.quads += Source(iri=source.iri, text=text).quads(span)
        brought.quads += note_quads(kept, passage)
        start, end = in_unit(text, span, self._unit)
        shown = Passage(
            iri=passage.value,
            source=source.address or source.iri.value,
            exact=span.of(text),
            prefix=text[max(0, span.start - CONTEXT) : span.start],
            suffix=text[span.end : span.end + CONTEXT],
            start=start,
            end=end,
        )
        return note_json(kept, "", shown)


def _as_kept(note: Note) -> Note:
    """Give a note with what the store keeps of it: a time only in its own form, each motivation once."""
    motivations = tuple(sorted(set(note.motivations)))
    return Note(
        id=note.id, creator=note.creator, created=time_of(note.created), motivations=motivations, bodies=note.bodies
    )
