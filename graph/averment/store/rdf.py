"""Parsing RDF that others bring, without following anything that it names and without falling over it."""

import re

import pyoxigraph as ox

from averment.errors import DataSyntaxError, InputError
from averment.store.formats import Format

__all__ = ["DEPTH_LIMIT", "parse", "refuse_depth", "refuse_hazards"]

DEPTH_LIMIT = 1_000
"""Objects and lists of JSON-LD within each other."""

_JSON_NESTING = re.compile(rb'"(?:[^"\\]++|\\.)*+"?|[\[\]{}]', re.DOTALL)
"""Strings are passed over as a whole."""

_DOCTYPE = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)


def refuse_hazards(content: bytes, format_: Format) -> None:
    """Raise InputError for what a parser would not end with: entities that grow in XML, JSON nested without end."""
    if format_.name == "rdfxml" and _declares_a_type(content):
        raise InputError("a document type declaration is not accepted in RDF/XML; remove <!DOCTYPE ...>")
    if format_.name == "jsonld":
        refuse_depth(content)


def parse(text: str, format_: Format, base: str, *, apart: bool = False) -> list[ox.Quad]:
    """Parse a text without hazards; relative IRIs are resolved against `base`.

    With `apart`, its blank nodes are nobody else's. Raises InputError with the line and column where there is one.
    """
    assert isinstance(format_.engine, ox.RdfFormat)  # noqa: S101 - the caller chose among RDF_FORMATS
    text = text.removeprefix("\ufeff")
    try:
        return list(ox.parse(text, format=format_.engine, base_iri=base, rename_blank_nodes=apart))
    except SyntaxError as error:
        raise DataSyntaxError(_plain(error), error.lineno, error.offset) from error
    except ValueError as error:
        raise InputError(str(error)) from error


def refuse_depth(content: bytes) -> None:
    """Refuse JSON that is nested so deeply that the parser would fall over it."""
    depth = 0
    for match in _JSON_NESTING.finditer(content):
        depth += {b"{": 1, b"[": 1, b"}": -1, b"]": -1}.get(match[0], 0)
        if depth > DEPTH_LIMIT:
            raise InputError(f"it is nested more than {DEPTH_LIMIT:,} deep")


def _declares_a_type(content: bytes) -> bool:
    """Look for a declaration in any encoding that XML readers guess: zero bytes are those of UTF-16 and UTF-32."""
    return bool(_DOCTYPE.search(content.replace(b"\x00", b"")))


def _plain(error: SyntaxError) -> str:
    if "LoadDocumentCallback" in str(error):
        return "its @context is elsewhere, and a context elsewhere is not fetched; put it into the file"
    return re.sub(r"^Parser error at line [^:]*: ", "", error.msg or str(error))
