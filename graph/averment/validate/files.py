"""RDF files that people bring, read without following anything they name."""

import re
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from averment.errors import InputError, file_errors
from averment.sources import STDIN
from averment.sources.raw import decode, name_of, read_bytes
from averment.store.formats import RDF_FORMATS, Format, by_ending, by_name

__all__ = ["DEPTH_LIMIT", "SIZE_LIMIT", "read_quads"]

SIZE_LIMIT = 256 * 1024 * 1024
"""Bytes of one file. What is larger belongs into a store, which is validated article by article."""

DEPTH_LIMIT = 1_000
"""Objects and lists of JSON-LD within each other."""

_XML = re.compile(rb"<\?xml|<!DOCTYPE|<!--|<([A-Za-z_][\w.-]*:)?RDF[\s>]")
_JSON = re.compile(rb'\{\s*["}]|\[\s*\{')
_JSON_NESTING = re.compile(rb'"(?:[^"\\]++|\\.)*+"?|[\[\]{}]', re.DOTALL)
"""Strings are passed over as a whole."""

_DOCTYPE = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)


def read_quads(paths: Iterable[Path]) -> list[ox.Quad]:
    """Read RDF files; blank nodes are numbered in the order they come, so that reports do not change.

    Raises InputError naming the file, and the line and column where there is one.
    """
    quads: list[ox.Quad] = []
    names: dict[tuple[Path, str], ox.BlankNode] = {}
    for path in paths:
        quads += (_renamed(quad, path, names) for quad in _parse(path))
    return quads


def _parse(path: Path) -> list[ox.Quad]:
    """Parse a file in its format, or in the first of several that it may be in; the first one's error counts."""
    formats = _formats(path)
    content = read_bytes(path, SIZE_LIMIT)
    try:
        return _first_that_fits(content, formats or _guessed(content), path)
    except InputError as error:
        raise error if error.path else InputError(str(error), name_of(path)) from error


def _first_that_fits(content: bytes, candidates: list[Format], path: Path) -> list[ox.Quad]:
    first: InputError | None = None
    for format_ in candidates:
        try:
            return _parsed(content, format_, path)
        except InputError as error:
            first = first or error
    raise first or InputError("this is not known as RDF")


def _parsed(content: bytes, format_: Format, path: Path) -> list[ox.Quad]:
    if format_.name == "rdfxml" and _declares_a_type(content):
        raise InputError("a document type declaration is not accepted in RDF/XML; remove <!DOCTYPE ...>")
    text = decode(content).removeprefix("\ufeff")
    if format_.name == "jsonld":
        _refuse_depth(content)
    try:
        return list(ox.parse(text, format=format_.engine, base_iri=path.absolute().as_uri()))  # type: ignore[arg-type]
    except SyntaxError as error:
        raise InputError(_where(error) + _plain(error)) from error
    except ValueError as error:
        raise InputError(str(error)) from error


def _formats(path: Path) -> list[Format]:
    """Give the format that the ending names; nothing where there is no ending, as with standard input."""
    if path != STDIN:
        with file_errors(path):
            path.stat()
    if not path.suffix:
        return []
    found = by_ending(path.suffix.removeprefix("."), RDF_FORMATS)
    if found is None:
        endings = ", ".join(f".{format_.ending}" for format_ in RDF_FORMATS)
        raise InputError(f"this is not known as an RDF file; its name should end in one of {endings}", path)
    return [found]


def _guessed(content: bytes) -> list[Format]:
    """Give the formats that a text may be in; TriG holds Turtle and N-Triples, but not N-Quads."""
    beginning = content.removeprefix(b"\xef\xbb\xbf").lstrip()
    if _XML.match(beginning):
        names = ["rdfxml"]
    elif _JSON.match(beginning):
        names = ["jsonld"]
    else:
        names = ["trig", "nquads"]
    return [by_name(name, RDF_FORMATS) for name in names]


def _refuse_depth(content: bytes) -> None:
    """Refuse JSON that is nested so deeply that the parser would fall over it."""
    depth = 0
    for match in _JSON_NESTING.finditer(content):
        depth += {b"{": 1, b"[": 1, b"}": -1, b"]": -1}.get(match[0], 0)
        if depth > DEPTH_LIMIT:
            raise InputError(f"it is nested more than {DEPTH_LIMIT:,} deep")


def _declares_a_type(content: bytes) -> bool:
    """Look for a declaration in any encoding that XML readers guess: zero bytes are those of UTF-16 and UTF-32."""
    return bool(_DOCTYPE.search(content.replace(b"\x00", b"")))


def _where(error: SyntaxError) -> str:
    return f"line {error.lineno}, column {error.offset}: " if error.lineno else ""


def _plain(error: SyntaxError) -> str:
    if "LoadDocumentCallback" in str(error):
        return "its @context is elsewhere, and a context elsewhere is not fetched; put it into the file"
    return re.sub(r" at line \d+.*$", "", error.msg or str(error))


def _renamed(quad: ox.Quad, path: Path, names: dict[tuple[Path, str], ox.BlankNode]) -> ox.Quad:
    subject, object_, graph = (
        names.setdefault((path, term.value), ox.BlankNode(f"b{len(names) + 1}"))
        if isinstance(term, ox.BlankNode)
        else term
        for term in (quad.subject, quad.object, quad.graph_name)
    )
    return ox.Quad(subject, quad.predicate, object_, graph)  # type: ignore[arg-type]
