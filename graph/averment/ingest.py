"""Putting articles into a store: read, extracted, turned into quads, and written as one change.

Nothing that is stored is changed silently. An article that is stored already, with the same quads, adds nothing; with
other quads (another title, another version of the rules) it is replaced only if that is asked for.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from pyoxigraph import DefaultGraph, NamedNode, Quad

from averment import __version__, iris, triples
from averment.errors import StoreError
from averment.model import Extraction
from averment.review.standing import cited_passages, outdated, refuse_loss
from averment.store import Store, View
from averment.triples.withheld import without_text
from averment.vocabulary import AV, PROV, SDO

__all__ = ["Ingested", "Outcome", "ingest"]


class Outcome(StrEnum):
    """What became of an article."""

    ADDED = "added"
    UNCHANGED = "unchanged"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class Ingested:
    """One article with what became of it."""

    iri: NamedNode
    extraction: Extraction
    outcome: Outcome
    same_words: tuple[NamedNode, ...] = field(default=())
    """Other sources with the very same text: the same words from another publisher or address."""


def ingest(
    store: Store,
    extractions: Iterable[Extraction],
    *,
    replace: bool = False,
    revises: NamedNode | None = None,
    keep_text: bool = True,
) -> list[Ingested]:
    """Write extractions to a store, all of them or none, and say what became of each.

    `revises` is the stored article of which the only one given is a newer version; both stay. Without
    `keep_text` positions and digests are written, and no words. Raises StoreError, naming
    the article, where one is stored already with other content and `replace` is False, and where nothing is revised.
    """
    with store.writer() as writer:
        batch = _Batch(writer.view, replace=replace, keep_text=keep_text)
        done = [batch.take(extraction) for extraction in extractions]
        if revises is not None:
            batch.revise(done, revises)
        if batch.add or batch.remove:
            writer.change(remove=batch.remove, add=batch.add)
        del batch
    return done


class _Batch:
    """The change that a number of extractions make, while it is gathered."""

    def __init__(self, view: View, *, replace: bool, keep_text: bool) -> None:
        self.add: dict[Quad, None] = {}
        self.remove: dict[Quad, None] = {}
        self._view = view
        self._keep_text = keep_text
        self._replace = replace
        self._taken: dict[NamedNode, set[Quad]] = {}

    def take(self, extraction: Extraction) -> Ingested:
        """Compare an extraction with what is stored, or was taken before in this batch, and add what it changes."""
        iri, fresh = iris.source(extraction.source), self._quads(extraction)
        stored = set(self._view.quads(iri))
        cited = cited_passages(self._view, stored)
        known = self._taken.get(iri) or stored - cited
        outcome = _outcome(extraction, known, set(fresh) - cited, replace=self._replace)
        if outcome is not Outcome.UNCHANGED:
            refuse_loss(self._view, stored, fresh)
            self.add = {quad: None for quad in self.add if quad not in known} | dict.fromkeys(fresh)
            self.remove |= dict.fromkeys(stored - cited | outdated(self._view, stored, fresh))
            if stored and not self._keep_text:
                kept = cited | set(self._view.records(iri))
                self.remove |= dict.fromkeys(kept - set(without_text(kept)))
        self._taken[iri] = set(fresh) - cited
        return Ingested(iri, extraction, outcome, _same_words(self._view, iri, extraction))

    def _quads(self, extraction: Extraction) -> list[Quad]:
        quads = triples.quads(extraction)
        return quads if self._keep_text else without_text(quads)

    def revise(self, done: list[Ingested], older: NamedNode) -> None:
        """Say that the one article is a newer version of another."""
        if len(done) != 1:
            raise StoreError(f"one article is the newer version of another, and {len(done):,} were given")
        if not self._view.has_type(older, SDO.NewsArticle):
            raise StoreError(f"the store has no article {older.value}, of which this could be a newer version")
        if done[0].iri == older:
            raise StoreError("an article is no newer version of itself: text, address and publisher are the same")
        revision = Quad(done[0].iri, PROV.wasRevisionOf, older, DefaultGraph())
        self.add[revision] = None


def _outcome(extraction: Extraction, stored: set[Quad], fresh: set[Quad], *, replace: bool) -> Outcome:
    if not stored:
        return Outcome.ADDED
    software = iris.software(__version__)
    if stored <= fresh and all(quad.subject == software for quad in fresh - stored):
        return Outcome.UNCHANGED
    if not replace:
        name = extraction.source.title or extraction.source.address or extraction.source.sha256[:12]
        raise StoreError(
            f"{name!r} is stored already, with another title, date or reading; to replace it, add --replace"
        )
    return Outcome.REPLACED


def _same_words(view: View, iri: NamedNode, extraction: Extraction) -> tuple[NamedNode, ...]:
    found = view.subjects(AV.sha256, extraction.source.sha256)
    return tuple(other for other in found if other != iri and view.has_type(other, SDO.NewsArticle))
