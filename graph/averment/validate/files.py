"""RDF files that people bring, read without following anything they name."""

import re
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from averment.errors import InputError, file_errors
from averment.store.formats import RDF_FORMATS, Format, by_ending

__all__ = ["SIZE_LIMIT", "read_quads"]

SIZE_LIMIT = 256 * 1024 * 1024
"""Bytes of one file. What is larger belongs into a store, which is validated article by article."""

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
    format_ = _format(path)
    content = _bytes(path)
    if format_.name == "rdfxml" and _declares_a_type(content):
        raise InputError("a document type declaration is not accepted in RDF/XML; remove <!DOCTYPE ...>", path)
    try:
        return list(ox.parse(content, format=format_.engine, base_iri=path.resolve().as_uri()))  # type: ignore[arg-type]
    except SyntaxError as error:
        raise InputError(_where(error) + _plain(error), path) from error
    except ValueError as error:
        raise InputError(str(error), path) from error


def _format(path: Path) -> Format:
    found = by_ending(path.suffix.removeprefix("."), RDF_FORMATS)
    if found is None:
        endings = ", ".join(f".{format_.ending}" for format_ in RDF_FORMATS)
        raise InputError(f"this is not known as an RDF file; its name should end in one of {endings}", path)
    return found


def _bytes(path: Path) -> bytes:
    with file_errors(path):
        if path.stat().st_size > SIZE_LIMIT:
            raise InputError(f"larger than {SIZE_LIMIT:,} bytes; split it, or load it into a store", path)
        return path.read_bytes()


def _declares_a_type(content: bytes) -> bool:
    """Look for a declaration in any encoding that XML readers guess: zero bytes are those of UTF-16 and UTF-32."""
    return bool(_DOCTYPE.search(content.replace(b"\x00", b"")))


def _where(error: SyntaxError) -> str:
    return f"line {error.lineno}, column {error.offset}: " if error.lineno else ""


def _plain(error: SyntaxError) -> str:
    return re.sub(r" at line \d+.*$", "", error.msg or str(error))


def _renamed(quad: ox.Quad, path: Path, names: dict[tuple[Path, str], ox.BlankNode]) -> ox.Quad:
    subject, object_, graph = (
        names.setdefault((path, term.value), ox.BlankNode(f"b{len(names) + 1}"))
        if isinstance(term, ox.BlankNode)
        else term
        for term in (quad.subject, quad.object, quad.graph_name)
    )
    return ox.Quad(subject, quad.predicate, object_, graph)  # type: ignore[arg-type]
