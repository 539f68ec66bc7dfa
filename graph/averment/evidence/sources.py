"""Where evidence comes from: a source that the store has, or a document that somebody brings."""

import re
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode, Quad

from averment import iris
from averment.bookkeeping import bookkeeping
from averment.citations.documents import read_source
from averment.citations.verification import Stored, stored
from averment.errors import InputError
from averment.extract.verbatim import Words
from averment.model import Entity, EntityKind, Extraction, Source, Span
from averment.sources import Metadata
from averment.store import View
from averment.triples.frame import Frame
from averment.triples.sources import about_source
from averment.triples.things import entity
from averment.triples.withheld import without_text

__all__ = ["Brought", "bring", "place_of"]

_PLACE = re.compile(r"(?P<start>[0-9]{1,9})-(?P<end>[0-9]{1,9})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """A source that evidence is taken from, with its text at hand."""

    iri: NamedNode
    text: str
    pages: tuple[int, ...] = ()
    """Where each page begins, in code points."""
    document: Source | None = None
    """What is to be stored with the evidence; None where the store has the source already."""
    keep_text: bool = True

    def page_of(self, span: Span) -> str | None:
        """Give the number of the page on which a passage begins, or of the pages that it runs over."""
        if not self.pages:
            return None
        first, last = (sum(start <= place for start in self.pages) for place in (span.start, span.end - 1))
        return f"{first}" if first == last else f"{first}-{last}"

    def quads(self, span: Span) -> list[Quad]:
        """Give the quads of a passage, and of the source where that is to be stored."""
        given = self.document or _bare(self.text)
        publisher = _publisher(given)
        frame = Frame(Extraction(source=given, publisher=publisher.id if publisher else None), self.iri)
        triples = list(frame.passage(span))
        if self.document:
            triples += about_source(frame, given, is_article=False)
        if publisher:
            triples += entity(frame, publisher)
        return bookkeeping(triples) if self.keep_text else without_text(bookkeeping(triples))


def bring(view: View, name: str, given: Metadata, *, keep_text: bool = True) -> Brought:
    """Give the source that somebody names: by its IRI, or by a file with its text.

    A file that is no source of the store becomes one. Raises InputError where there is neither.
    """
    known = stored(view)
    for one in known:
        if name in (one.iri.value, one.iri.value.replace(iris.BASE, "", 1)):
            return _of_store(one)
    if name.startswith(iris.BASE):
        raise InputError(f"the store has no source {name}")
    source, pages = read_source(Path(name), given)
    for one in known:
        if one.sha256 == source.sha256 and given.address in (None, one.address):
            return Brought(iri=one.iri, text=source.text, pages=pages, keep_text=keep_text and one.text is not None)
    return Brought(iri=iris.source(source), text=source.text, pages=pages, document=source, keep_text=keep_text)


def place_of(source: Brought, passage: str) -> Span:
    """Give the place of a passage, named by its words, or else by its code points as in `120-190`.

    Only spacing, quotation marks, dashes and the Unicode form may differ. Raises InputError where the words are not
    there, or at several places.
    """
    found = Words(source.text).occurrences(passage)
    place = _PLACE.fullmatch(passage.strip())
    if place and not found:
        start, end = int(place["start"]), int(place["end"])
        if not start < end <= len(source.text):
            raise InputError(f"the source has {len(source.text):,} characters, and no passage {passage}")
        return Span(start, end)
    if not found:
        raise InputError("the passage is not in the source in these words; copy it from there")
    if len(found) > 1:
        places = ", ".join(map(str, found[:5]))
        raise InputError(f"the passage is at {len(found)} places of the source; name one: {places}")
    return found[0]


def _of_store(one: Stored) -> Brought:
    if one.text is None:
        raise InputError(f"{one.label}: its text is not kept; give the file instead")
    return Brought(iri=one.iri, text=one.text)


def _publisher(document: Source) -> Entity | None:
    """Give who publishes a document, as the outlet that it is for the rules of independence."""
    if document.publisher is None:
        return None
    return Entity(name="publisher", kind=EntityKind.OUTLET, label=document.publisher, mentions=(), rule="publisher")


def _bare(text: str) -> Source:
    """Give a source of which nothing but the text is needed."""
    return Source(text=text, sha256="", file_sha256="", media_type="")
