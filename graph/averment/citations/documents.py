"""Source documents to check quotations against: their text, and whose words its parts are."""

import logging
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from email.utils import parseaddr
from html import unescape
from io import BytesIO
from pathlib import Path

from averment.errors import InputError, file_errors
from averment.model import Document, Entity, Extraction, NodeId, Span
from averment.sources.raw import name_of, read_bytes
from averment.sources.reader import MAX_BYTES

__all__ = ["SourceText", "Voice", "depths", "find_documents", "read_document"]

_ENDINGS = {".txt", ".md", ".markdown", ".html", ".htm", ".xhtml", ".eml", ".pdf"}
_WROTE = re.compile(r"^(?:On\b.{0,200}?,\s*)?(?P<name>[^\n,<>]{2,80}?)\s*(?:<[^>\n]*>)?\s+wrote:\s*$", re.MULTILINE)
_FORWARDED = re.compile(r"^-{2,}.*(?:Original|Forwarded).*-{2,}\s*$", re.MULTILINE)
_FROM = re.compile(r"^From:\s*(?P<name>[^\n<]+?)\s*(?:<[^>\n]*>)?\s*$", re.MULTILINE)
_QUOTED = re.compile(r"^(?:>[ \t]?)+", re.MULTILINE)

_LONGEST_HEADER = 300
_TAGS = re.compile(r"<(?P<hidden>style|script|head)\b.*?</(?P=hidden)\s*>|<[^>]*>", re.DOTALL | re.IGNORECASE)

_Reader = Callable[[Path], Extraction]


@dataclass(frozen=True, slots=True)
class Voice:
    """A stretch of a document that is somebody's words."""

    span: Span
    name: str


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

    def voice_at(self, span: Span) -> str | None:
        """Give whose words a stretch is: the shortest that holds it; None where nobody is named."""
        holding = [voice for voice in self.voices if voice.span.contains(span)]
        return min(holding, key=lambda voice: voice.span.end - voice.span.start).name if holding else None


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
    """Read the words of a message: its author's, and those that it quotes from the messages before it."""
    data = read_bytes(path, MAX_BYTES)
    try:
        author, content = _message(data)
    except Exception as error:
        raise InputError("it is no message that can be read", name_of(path)) from error
    if not any(c.isalnum() for c in content):
        raise InputError("there are no words in this message", name_of(path))
    text, parts = _unquoted(content.replace("\r\n", "\n"))
    return SourceText(str(path), text, tuple(_written_by(text, parts, author)))


def _message(data: bytes) -> tuple[str, str]:
    """Give the author and the body of a message."""
    message = message_from_bytes(data, policy=policy.default)
    author = parseaddr(str(message.get("From", "")))
    body = message.get_body(("plain", "html")) if isinstance(message, EmailMessage) else None
    if body is None:
        return author[0] or author[1], ""
    content = _decoded(body)
    if body.get_content_type() == "text/html":
        content = unescape(_TAGS.sub(" ", content))
    return author[0] or author[1], content


def _decoded(body: Message) -> str:
    """Decode a body by the encoding that it names; UTF-8 where it names none."""
    payload = body.get_payload(decode=True)
    return payload.decode(body.get_content_charset() or "utf-8") if isinstance(payload, bytes) else ""


def _unquoted(body: str) -> tuple[str, list[tuple[Span, int]]]:
    """Give the body without the marks of quoting, and each line's span with how often it was quoted."""
    lines, at = [], 0
    parts: list[tuple[Span, int]] = []
    for line in body.split("\n"):
        marks = _QUOTED.match(line)
        plain = line[marks.end() :] if marks else line
        if plain:
            parts.append((Span(at, at + len(plain)), marks.group().count(">") if marks else 0))
        lines.append(plain)
        at += len(plain) + 1
    return "\n".join(lines), parts


def _written_by(text: str, lines: Iterable[tuple[Span, int]], author: str) -> Iterator[Voice]:
    """Say whose each run of lines is: the author's, or whoever `X wrote:` or `From: X` names before a quoted run."""
    names = {0: author}
    forwarded = False
    start: int | None = None
    end, depth = 0, 0
    for span, quoted in lines:
        line = span.of(text)
        level = max(quoted, int(forwarded))
        if start is not None and level != depth:
            yield from _voice(start, end, names.get(depth))
            start = None
        if _FORWARDED.match(line):
            forwarded, level = True, 1
        wrote = _WROTE.match(line) if len(line) <= _LONGEST_HEADER else None
        sent = _FROM.match(line) if (forwarded or quoted) and len(line) <= _LONGEST_HEADER else None
        if wrote is not None:
            names[quoted + 1] = wrote["name"].strip().strip('"')
        elif sent is not None:
            names[level] = sent["name"].strip().strip('"')
        start = span.start if start is None else start
        end, depth = span.end, level
    if start is not None:
        yield from _voice(start, end, names.get(depth))


def _voice(start: int, end: int, name: str | None) -> Iterator[Voice]:
    if name:
        yield Voice(Span(start, end), name)


# ---- PDF -------------------------------------------------------------------------------------------------------------


def _pdf(path: Path) -> SourceText:
    """Read the text of a PDF page by page; a word that is parted at the end of a line is joined."""
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
        text += re.sub(r"(?<=[^\W\d_])-\n(?=[^\W\d_])", "", one) + "\n"
    if not any(c.isalnum() for c in text):
        raise InputError("there is no text in this PDF; it may be a scan", name_of(path))
    return SourceText(str(path), text, pages=tuple(pages))
