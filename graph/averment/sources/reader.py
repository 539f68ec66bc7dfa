"""Files and standard input as sources; what cannot be an article is refused with one sentence."""

from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path

from averment.errors import InputError, file_errors
from averment.model import Source
from averment.sources.markdown import read_markdown
from averment.sources.metadata import Metadata
from averment.sources.raw import STDIN, decode, name_of, read_bytes

__all__ = ["MAX_BYTES", "MAX_CODE_POINTS", "STDIN", "find_files", "read"]

MAX_BYTES = 20_000_000
MAX_CODE_POINTS = 1_000_000
"""What one article may hold at most; longer texts need more memory than a laptop has to spare."""

_Reader = Callable[[str], tuple[str, Metadata]]


def _read_text(text: str) -> tuple[str, Metadata]:
    """Plain text is stored as it is."""
    return text, Metadata()


def _read_page(markup: str) -> tuple[str, Metadata]:
    from averment.sources.html import read_html  # noqa: PLC0415 - a fifth of a second for every verb, else

    return read_html(markup)


_MEDIA_TYPES: dict[str, tuple[str, _Reader]] = {
    ".txt": ("text/plain", _read_text),
    ".md": ("text/markdown", read_markdown),
    ".markdown": ("text/markdown", read_markdown),
    ".html": ("text/html", _read_page),
    ".htm": ("text/html", _read_page),
    ".xhtml": ("text/html", _read_page),
}
"""By file ending; anything else is told by its first characters."""


def find_files(paths: Iterable[Path]) -> list[Path]:
    """Give the files named, and those of each folder named that can be articles, in the order of their names.

    Raises InputError for a path that is not there, and for a folder without any article.
    """
    found: list[Path] = []
    for path in paths:
        with file_errors(path):
            folder, there = path.is_dir(), path.exists()
        if path == STDIN or (there and not folder):
            found.append(path)
        elif folder:
            found += _within(path)
        else:
            raise InputError("there is no such file or folder", path)
    return list(dict.fromkeys(found))


def read(path: Path, given: Metadata | None = None) -> Source:
    """Read a file, or standard input for `-`, as UTF-8; what is `given` goes before what the file says of itself.

    Raises InputError, naming the file and the place, for a file that cannot be opened, is binary, is not UTF-8, is
    empty or too large.
    """
    data = read_bytes(path, MAX_BYTES)
    try:
        return _source(data, path, given or Metadata())
    except InputError as error:
        raise error if error.path else InputError(str(error), name_of(path)) from error


def _source(data: bytes, path: Path, given: Metadata) -> Source:
    markup = decode(data)
    media_type, reader = _MEDIA_TYPES.get(path.suffix.lower()) or _MEDIA_TYPES[".html" if _is_html(markup) else ".txt"]
    text, own = reader(markup)
    if not any(c.isalnum() for c in text):
        raise InputError("there are no words in it")
    if len(text) > MAX_CODE_POINTS:
        raise InputError(f"it is {len(text):,} characters long, and {MAX_CODE_POINTS:,} is the most; split it")
    known = given.over(own)
    return Source(
        text=text,
        sha256=sha256(text.encode()).hexdigest(),
        file_sha256=sha256(data).hexdigest(),
        media_type=media_type,
        title=known.title,
        publisher=known.publisher,
        authors=known.authors,
        published=known.published,
        address=known.address,
        archived=known.archived,
        note=known.note,
    )


def _is_html(markup: str) -> bool:
    beginning = markup[:512].lstrip("\ufeff \t\r\n").lower()
    return beginning.startswith(("<!doctype html", "<html", "<?xml")) and "<html" in markup[:2048].lower()


def _within(folder: Path) -> list[Path]:
    with file_errors(folder):
        files = sorted(p for p in folder.rglob("*") if p.suffix.lower() in _MEDIA_TYPES and p.is_file())
    if not files:
        raise InputError(f"the folder holds no article ({', '.join(sorted(_MEDIA_TYPES))})", folder)
    return files
