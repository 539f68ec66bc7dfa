"""E-mail: every text of a message, the messages attached to it among them, and whose words its lines are."""

import codecs
import re
from collections.abc import Iterator
from contextlib import suppress
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr
from html.parser import HTMLParser

from averment.citations.documents.voices import Line, Voice, joined, quoted_lines, written_by
from averment.sources.tags import WITHIN_WORDS, parseable

__all__ = ["read_message"]

_UNREAD = {"text/rtf", "text/richtext", "text/css", "text/javascript"}
_NOT_FOR_TEXT = {"punycode", "idna", "unicode_escape", "raw-unicode-escape"}
"""Codecs of Python that no message means; some take quadratic time."""

_DEEPEST = 50
"""Messages and parts within each other; deeper ones are an attack."""

_Lines = list[tuple[str, str]]


def read_message(data: bytes) -> tuple[str, tuple[Voice, ...]]:
    """Give the text of a message and whose words its stretches are, in code points.

    Raises RecursionError for parts within parts beyond reason.
    """
    return joined(_lines(message_from_bytes(data), "", 0))


def _lines(message: Message, author: str, depth: int) -> _Lines:
    """Give the lines of a message, or of a part of one, each with whose it is."""
    if depth > _DEEPEST:
        raise RecursionError("parts within parts")
    own = author if depth and "From" not in message else _author(message)
    parts = message.get_payload()
    if not isinstance(parts, list):
        return _written(message, own)
    if message.get_content_type() == "message/rfc822":
        return [
            line for part in parts if isinstance(part, Message) for line in [*_lines(part, "", depth + 1), ("", "")]
        ]
    found = [(_is_plain(part), _lines(part, own, depth + 1)) for part in parts if isinstance(part, Message)]
    if message.get_content_type() == "multipart/alternative":
        return _best(found)
    return [line for _, lines in found for line in [*lines, ("", "")]]


def _best(alternatives: list[tuple[bool, _Lines]]) -> _Lines:
    """Give the plain form of a text, or the last that has words: the sender puts the richest one there."""
    with_words = [
        (plain, lines) for plain, lines in alternatives if any(c.isalnum() for text, _ in lines for c in text)
    ]
    plain = next((lines for is_plain, lines in with_words if is_plain), None)
    return plain if plain is not None else with_words[-1][1] if with_words else []


def _is_plain(part: Message) -> bool:
    return any(one.get_content_type() == "text/plain" for one in part.walk())


def _author(message: Message) -> str:
    """Give the name of whoever sent a message, the address where there is no name; empty where neither can be read."""
    written = str(message.get("From", ""))
    with suppress(HeaderParseError, LookupError, ValueError):  # a header that is none is read as it is written
        written = str(make_header(decode_header(written)))
    name, address = parseaddr(written)
    return name or address


def _written(part: Message, author: str) -> _Lines:
    """Give the lines of a text; whose an attached file is, nobody says."""
    kind = part.get_content_type()
    payload = part.get_payload(decode=True)
    if not kind.startswith("text/") or kind in _UNREAD or not isinstance(payload, bytes):
        return []
    text = _decoded(payload, str(part.get_content_charset() or "utf-8"))
    lines = html_lines(text) if kind == "text/html" else quoted_lines(text)
    return list(written_by(list(lines), "" if part.get_content_disposition() == "attachment" else author))


def _decoded(payload: bytes, charset: str) -> str:
    """Decode a text by the encoding that it names, or else as UTF-8, or else as Windows did, which takes anything."""
    for name in (charset, "utf-8"):
        try:
            if codecs.lookup(name).name not in _NOT_FOR_TEXT:
                return payload.decode(name)
        except (LookupError, ValueError):
            continue
    return payload.decode("cp1252", errors="replace")


def html_lines(markup: str) -> Iterator[Line]:
    """Give the lines that a reader of HTML sees, each with the number of block quotations that it stands in."""
    reader = _Reader()
    reader.feed(parseable(markup))
    reader.close()
    reader.part()
    for line in reader.lines:
        yield from (Line(inner.text, inner.depth + line.depth) for inner in quoted_lines(line.text))


class _Reader(HTMLParser):
    """Collects lines; what is hidden from readers is left out."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[Line] = []
        self._words: list[str] = []
        self._depth = 0
        self._unseen = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - its signature
        if tag not in WITHIN_WORDS:
            self.part()
        self._depth += tag == "blockquote"
        if tag in {"script", "style", "title"}:
            self._unseen = tag

    def handle_endtag(self, tag: str) -> None:
        if tag not in WITHIN_WORDS:
            self.part()
        self._depth = max(0, self._depth - (tag == "blockquote"))
        if tag == self._unseen:
            self._unseen = ""

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self._words.append(data)

    def part(self) -> None:
        """End a line."""
        words = re.sub(r"\s+", " ", "".join(self._words)).strip()
        if words:
            self.lines.append(Line(words, self._depth))
        self._words = []
