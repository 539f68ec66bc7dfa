"""Source documents to check quotations against: their text, and whose words its parts are."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from averment.citations.documents.messages import read_message
from averment.citations.documents.voices import Voice
from averment.errors import InputError, file_errors
from averment.model import Document, Entity, Extraction, NodeId, Source
from averment.sources import Metadata, read
from averment.sources.raw import name_of, read_bytes
from averment.sources.reader import MAX_BYTES

__all__ = ["SourceText", "depths", "find_documents", "read_document", "read_source"]

_ENDINGS = {".txt", ".md", ".markdown", ".html", ".htm", ".xhtml", ".eml", ".pdf"}
_MEDIA_TYPES = {".eml": "message/rfc822", ".pdf": "application/pdf"}
_Reader = Callable[[Path], Extraction]


@dataclass(frozen=True, slots=True)
class SourceText:
    """A source document: its text, whose words are where, and where each page begins, in code points."""

    name: str
    text: str
    voices: tuple[Voice, ...] = ()
    pages: tuple[int, ...] = ()

    def page_of(self, place: int) -> int | None:
        """Give the number of the page, from 1, on which a code point stands; None where there are no pages."""
        return sum(start <= place for start in self.pages) or None


def find_documents(folder: Path) -> list[Path]:
    """Give the documents in a folder, or the one file, in the order of their names.

    Raises InputError where there is none.
    """
    with file_errors(folder):
        if folder.is_file():
            return [folder]
        if not folder.exists():
            raise InputError("there is no such file or folder", folder)
        found = sorted(p for p in folder.rglob("*") if p.suffix.lower() in _ENDINGS and p.is_file())
    if not found:
        raise InputError(f"there is no document ({', '.join(sorted(_ENDINGS))})", folder)
    return found


def read_document(path: Path, extract: _Reader) -> SourceText:
    """Read a source document; `extract` reads articles, whose quotations are their speakers' words.

    Raises InputError, naming the file, for one that cannot be read.
    """
    if path.suffix.lower() == ".eml":
        return _email(path)
    if path.suffix.lower() == ".pdf":
        return _pdf(path)
    extraction = extract(path)
    return SourceText(str(path), extraction.source.text, tuple(_voices(extraction)))


def read_source(path: Path, given: Metadata | None = None) -> tuple[Source, tuple[int, ...]]:
    """Read a document of any kind as a source, with where its pages begin, if it has any, in code points.

    Raises InputError, naming the file, for one that cannot be read.
    """
    media_type = _MEDIA_TYPES.get(path.suffix.lower())
    if media_type is None:
        return read(path, given), ()
    known, document = given or Metadata(), _READERS[media_type](path)
    source = Source(
        text=document.text,
        sha256=sha256(document.text.encode()).hexdigest(),
        file_sha256=sha256(read_bytes(path, MAX_BYTES)).hexdigest(),
        media_type=media_type,
        title=known.title or path.stem,
        address=known.address,
        archived=known.archived,
    )
    return source, document.pages


def _voices(extraction: Extraction) -> Iterator[Voice]:
    things: list[Entity | Document] = [*extraction.entities, *extraction.documents]
    labels = {thing.id: thing.label for thing in things}
    deep = depths(extraction)
    for hop in sorted(extraction.attributions, key=lambda hop: deep[hop.id], reverse=True):
        name = labels.get(hop.speaker or "")
        if name:
            yield from (Voice(part, name) for part in hop.content)


def depths(extraction: Extraction) -> dict[NodeId, int]:
    """Give how many hops are around each: of two that hand on the same words, the inner one is whose they are."""
    around = {hop.id: hop.within for hop in extraction.attributions}

    def depth(hop: NodeId | None) -> int:
        return 0 if hop is None else 1 + depth(around.get(hop))

    return {hop: depth(around[hop]) for hop in around}


# ---- E-mail ----------------------------------------------------------------------------------------------------------


def _email(path: Path) -> SourceText:
    """Read the words of a message: its author's, and those that it quotes, forwards and has attached."""
    data = read_bytes(path, MAX_BYTES)
    try:
        text, voices = read_message(data)
    except RecursionError:
        raise InputError("it has messages within messages without end", name_of(path)) from None
    if not any(c.isalnum() for c in text):
        raise InputError("there are no words in this message", name_of(path))
    return SourceText(str(path), text, voices)


# ---- PDF -------------------------------------------------------------------------------------------------------------


def _pdf(path: Path) -> SourceText:
    """Read the text of a PDF page by page."""
    try:
        from pypdf import PdfReader  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise InputError("to read PDF, install averment[pdf]", name_of(path)) from error
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what is wrong with a file is said below, once
    data = read_bytes(path, MAX_BYTES)
    try:
        texts = [page.extract_text() for page in PdfReader(BytesIO(data)).pages]
    except Exception as error:
        raise InputError("it is no PDF that can be read", name_of(path)) from error
    pages, text = [], ""
    for one in texts:
        pages.append(len(text))
        text += one + "\n"
    if not any(c.isalnum() for c in text):
        raise InputError("there is no text in this PDF; it may be a scan", name_of(path))
    return SourceText(str(path), text, pages=tuple(pages))


_READERS = {"message/rfc822": _email, "application/pdf": _pdf}
