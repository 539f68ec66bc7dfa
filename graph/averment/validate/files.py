"""RDF files that people bring, read without following anything they name."""

import re
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from averment.errors import InputError, file_errors
from averment.jsonld import with_context
from averment.sources import STDIN
from averment.sources.raw import decode, name_of, read_bytes
from averment.store import rdf
from averment.store.formats import RDF_FORMATS, Format, by_ending, by_name

__all__ = ["SIZE_LIMIT", "read_quads"]

SIZE_LIMIT = 256 * 1024 * 1024
"""Bytes of one file. What is larger belongs into a store, which is validated where it is."""

_XML = re.compile(rb"<\?xml|<!DOCTYPE|<!--|<([A-Za-z_][\w.-]*:)?RDF[\s>]")
_JSON = re.compile(rb'\{\s*["}]|\[\s*\{')


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
    rdf.refuse_hazards(content, format_)
    whole = with_context(content) if format_.name == "jsonld" else content
    return rdf.parse(decode(whole), format_, path.absolute().as_uri())


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


def _renamed(quad: ox.Quad, path: Path, names: dict[tuple[Path, str], ox.BlankNode]) -> ox.Quad:
    subject, object_, graph = (
        names.setdefault((path, term.value), ox.BlankNode(f"b{len(names) + 1}"))
        if isinstance(term, ox.BlankNode)
        else term
        for term in (quad.subject, quad.object, quad.graph_name)
    )
    return ox.Quad(subject, quad.predicate, object_, graph)  # type: ignore[arg-type]
