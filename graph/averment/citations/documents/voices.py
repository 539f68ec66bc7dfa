"""Whose words the lines of a message are: its author's, or those of whoever wrote what it quotes and forwards."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from averment.model import Span

__all__ = ["Line", "Voice", "joined", "quoted_lines", "written_by"]

_LONGEST_HEADER = 300
"""Code points of a line that announces somebody's words; longer lines are prose."""

_MOST_LINES = 3
"""Lines over which such an announcement is wrapped."""

_MOST_HEADERS = 8
"""Lines of a block of headers that are looked at for a second one."""

_MARKS = re.compile(r"(?:[ \t]?>)+[ \t]?")
_FROM = re.compile(r"\*?(?:From|Von|De|Da)\s?:\*?[ \t]*(?P<name>\S.*)", re.IGNORECASE)
_HEADER = re.compile(
    r"\*?(?:From|Sent|Date|To|Cc|Bcc|Subject|Reply-To|Importance|Attachments|Von|Gesendet|Datum|An|Betreff"
    r"|De|Envoyé|À|Objet|Enviado(?: el)?|Fecha|Para|Asunto|Da|Inviato|Data|A|Oggetto)\s?:",
    re.IGNORECASE,
)
_PARTED = re.compile(r"-{2,}\s*[^-\s][^-]{3,60}?-{2,}|_{10,}|-{10,}|Begin forwarded message:|Anfang der .{1,60}:")
_ENDED = re.compile(r"-{2,}\s*(?:End|Ende|Fin)\b[^-]{0,60}-{2,}", re.IGNORECASE)
_WROTE = re.compile(
    r"(?P<name>\S.*?)\s+(?:wrote|writes|schrieb|a écrit|escribió|ha scritto)\s?:", re.IGNORECASE | re.DOTALL
)
_WROTE_BEHIND = re.compile(r"Am\s.*?\sschrieb\s+(?P<name>\S.*?)\s?:", re.DOTALL)
_BEGINS = re.compile(r"(?:On|Am|Le|El|Il)\s")
_ADDRESS = re.compile(r"[(\[<]+\s*(?:mailto:)?[^\s()<>\[\]]+@[^()<>\[\]]*[)\]>]+|\[mailto:[^\]]*\]")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_DATED = _words("""
    on am pm a.m p.m at um à a las le el il uhr utc gmt est edt cst cdt mst mdt pst pdt cet cest bst ist the of de
    mon tue wed thu fri sat sun monday tuesday wednesday thursday friday saturday sunday mo di mi do fr sa so
    lun mar mer jeu ven sam dim
""")
_MONTH = re.compile(
    r"(?:jan|feb|fév|mar|mär|apr|avr|abr|may|mai|jun|jui|jul|aug|aoû|ago|sep|oct|okt|ott|nov|dec|dez|déc|dic|ene|gen"
    r"|mag|giu|lug|set)[^\W\d_]{0,7}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Voice:
    """A stretch of a document that is somebody's words; whose, is not known where the name is empty."""

    span: Span
    name: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a message without the marks of quoting, and how often it was quoted."""

    text: str
    depth: int = 0


def quoted_lines(body: str) -> Iterator[Line]:
    """Give the lines of a plain text."""
    for line in body.splitlines():
        marks = _MARKS.match(line)
        yield Line(line[marks.end() :], marks.group().count(">")) if marks else Line(line)


@dataclass(frozen=True, slots=True)
class _Announced:
    """Lines that say whose words follow."""

    name: str
    lines: int
    is_sure: bool
    """Whether they can be nothing else, so that the words may follow without a mark of quoting."""


def written_by(lines: Sequence[Line], author: str) -> Iterator[tuple[str, str]]:
    """Give each line's text with whose it is: empty for what announces others' words, and where nobody is named."""
    names = {0: author}
    number = 0
    while number < len(lines):
        line = lines[number]
        found = _announced(lines, number)
        if found is None:
            yield line.text, names.get(line.depth, "")
            number += 1
            continue
        end = number + found.lines
        following = next((later.depth for later in lines[end:] if later.text.strip()), -1)
        if _ENDED.fullmatch(line.text.strip()):
            names[line.depth] = author if line.depth == 0 else ""
        elif following > line.depth or (following == line.depth and (found.is_sure or line.depth)):
            names = {depth: name for depth, name in names.items() if depth < following} | {following: found.name}
        yield from ((announcing.text, "") for announcing in lines[number:end])
        number = end


def _announced(lines: Sequence[Line], at: int) -> _Announced | None:
    """Read an announcement: `On ... X wrote:`, a block of headers, or the rule above one."""
    text = lines[at].text.strip()
    if not text or len(text) > _LONGEST_HEADER:
        return None
    if _PARTED.fullmatch(text):
        rest = _headers_behind(lines, at + 1)
        is_bare = not any(c.isalpha() for c in text)  # a rule in somebody's words
        return rest if rest is not None or is_bare else _Announced("", 1, is_sure=True)
    return _headers(lines, at) or _wrote(lines, at)


def _headers_behind(lines: Sequence[Line], at: int) -> _Announced | None:
    """Read the block of headers that follows a rule, empty lines between them aside."""
    first = next((n for n in range(at, min(len(lines), at + _MOST_LINES)) if lines[n].text.strip()), None)
    found = _headers(lines, first) if first is not None else None
    return _Announced(found.name, found.lines + first - at + 1, is_sure=True) if found and first is not None else None


def _headers(lines: Sequence[Line], at: int) -> _Announced | None:
    """Read a block of headers: `From: X`, and at least one more."""
    depth = lines[at].depth
    end = at
    sender = ""
    while end < min(len(lines), at + _MOST_HEADERS) and lines[end].depth == depth:
        text = lines[end].text.strip()
        if len(text) > _LONGEST_HEADER or not _HEADER.match(text):
            break
        sent = _FROM.match(text)
        sender = sender or (_name(sent["name"]) if sent else "")
        end += 1
    return _Announced(sender, end - at, is_sure=True) if sender and end - at > 1 else None


def _wrote(lines: Sequence[Line], at: int) -> _Announced | None:
    """Read `On Monday, X wrote:`, which may be wrapped."""
    text, depth = "", lines[at].depth
    most = _MOST_LINES if _BEGINS.match(lines[at].text.strip()) else 1
    for number in range(at, min(len(lines), at + most)):
        line = lines[number].text.strip()
        if not line or lines[number].depth != depth or len(text) + len(line) > _LONGEST_HEADER:
            return None
        text = f"{text} {line}".strip()
        found = _WROTE_BEHIND.fullmatch(text) or _WROTE.fullmatch(text)
        if found is not None:
            is_sure = "@" in text or (bool(_BEGINS.match(text)) and any(c.isdigit() for c in text))
            return _Announced(_name(_undated(found["name"])), number - at + 1, is_sure)
    return None


def _undated(written: str) -> str:
    """Leave off the date and time before a name: what follows the last word that can be part of one."""
    words = _ADDRESS.sub(" ", written).split() or written.split()
    if not _BEGINS.match(written):
        return written
    last = max((n for n in range(len(words)) if _is_dated(words, n)), default=-1)
    return " ".join(words[last + 1 :]) or written


def _is_dated(words: Sequence[str], number: int) -> bool:
    """Say whether a word is one of a date; a month is one only beside a number, for it may be somebody's name."""
    word = words[number].strip(".,()").lower()
    if "@" in word or not word:
        return False
    if word in _DATED or any(c.isdigit() for c in word):
        return True
    beside = "".join([*words[max(0, number - 1) : number], *words[number + 1 : number + 2]])
    return bool(_MONTH.fullmatch(word)) and any(c.isdigit() for c in beside)


def _name(written: str) -> str:
    """Give a name without the address behind it, or the address where there is no name."""
    plain = re.split(r"\s+(?:via|on behalf of)\s+", _ADDRESS.sub("", written))[0]
    return plain.strip(" \t*\"',;<>") or written.strip(" \t*\"',;<>()[]")


def joined(parts: Iterable[tuple[str, str]]) -> tuple[str, tuple[Voice, ...]]:
    """Join lines into a text, with a voice for each run of lines that are one person's, and for each that is not."""
    lines: list[str] = []
    runs: list[tuple[int, int, str]] = []
    at = 0
    for text, name in parts:
        if text.strip():
            if runs and runs[-1][2] == name:
                runs[-1] = runs[-1][0], at + len(text), name
            else:
                runs.append((at, at + len(text), name))
        lines.append(text)
        at += len(text) + 1
    return "\n".join(lines), tuple(Voice(Span(start, end), name) for start, end, name in runs)
