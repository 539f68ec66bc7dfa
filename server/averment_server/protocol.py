"""What a request asks for, by the SPARQL 1.1 Protocol: a query or an update, with the graphs that it is about.

https://www.w3.org/TR/sparql11-protocol/
"""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

import pyoxigraph as ox
from flask import current_app, request
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from averment.store.guard import Scope
from averment.store.updates import Dataset

__all__ = [
    "UNION",
    "Fields",
    "Query",
    "Sent",
    "Update",
    "absolute",
    "address_fields",
    "asked",
    "is_encoded",
    "read",
    "refuse_charset",
    "union_by_default",
]

UNION = "AVERMENT_UNION"
"""The setting that says whether the default graph is the union of all, where a request does not say."""

_FORM = "application/x-www-form-urlencoded"
_QUERY = "application/sparql-query"
_UPDATE = "application/sparql-update"
_FIELDS = 1_000
"""Of a request; more are refused."""

_OF_QUERIES = "default-graph-uri", "named-graph-uri"
_OF_UPDATES = "using-graph-uri", "using-named-graph-uri"

Fields = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Query:
    """A query, None where a request has none, with the graphs it is about and the format that was named."""

    text: str | None
    scope: Scope
    format: str | None


@dataclass(frozen=True, slots=True)
class Update:
    """An update with the graphs that its patterns are about."""

    text: str
    dataset: Dataset


@dataclass(frozen=True, slots=True)
class Sent:
    """What of a request says what it asks for."""

    method: str
    address: bytes
    """The part of the address behind the question mark."""
    media_type: str = ""
    """Of the body, without parameters."""
    charset: str = "utf-8"
    """Of the body, as it is said to be."""
    body: bytes = b""


def asked() -> Query | Update:
    """Read what the request at hand asks for."""
    sends = request.method == "POST"
    charset = request.mimetype_params.get("charset", "utf-8")
    body = request.get_data() if sends else b""
    return read(Sent(request.method, request.query_string, request.mimetype, charset, body), union=union_by_default())


def read(sent: Sent, *, union: bool) -> Query | Update:
    """Read the three ways in which the protocol sends a query, and the two in which it sends an update.

    `union` is for a query that does not say. Raises BadRequest and UnsupportedMediaType.
    """
    in_address = _fields(sent.address)
    if sent.method != "POST":
        if "update" in in_address:
            raise BadRequest("an update is sent by POST")
        return _query(in_address, in_address.get("query", []), union=union)
    _refuse_charset(sent.charset)
    if sent.media_type == _QUERY:
        return _given(_query(_without(in_address, "query", "update"), [_text(sent.body)], union=union))
    if sent.media_type == _UPDATE:
        return _update(_without(in_address, "query", "update"), [_text(sent.body)])
    if sent.media_type == _FORM:
        return _from_form(in_address, _fields(sent.body), union=union)
    raise UnsupportedMediaType(f"send a query as {_QUERY}, an update as {_UPDATE}, or either as {_FORM}")


def is_encoded(content_encoding: str | None) -> bool:
    """Say whether a body is compressed, or encoded in any other way, by its header."""
    return (content_encoding or "").strip().lower() not in {"", "identity"}


def union_by_default() -> bool:
    """Say whether the default graph is the union of all graphs for whoever does not say."""
    return bool(current_app.config[UNION])


def address_fields() -> Fields:
    """Give the fields of the address; raise BadRequest where they are no UTF-8."""
    return _fields(request.query_string)


def absolute(iri: str) -> str:
    """Give an IRI as it is; raise BadRequest for what is none, or relative."""
    try:
        return ox.NamedNode(iri).value
    except ValueError:
        raise BadRequest(f"{iri[:200]!r} is not an absolute IRI") from None


def refuse_charset() -> None:
    """Raise UnsupportedMediaType where the body is not said to be UTF-8, or nothing is said of it."""
    _refuse_charset(request.mimetype_params.get("charset", "utf-8"))


def _refuse_charset(charset: str) -> None:
    if charset.lower() not in {"utf-8", "utf8"}:
        raise UnsupportedMediaType("send it in UTF-8")


def _from_form(in_address: Fields, sent: Fields, *, union: bool) -> Query | Update:
    """Read a form: what is asked is in the body, the graphs may be in the address too."""
    graphs = {name: values for name, values in in_address.items() if name.endswith("-uri")}
    fields = {**graphs, **{name: [*graphs.get(name, []), *values] for name, values in sent.items()}}
    if "update" not in fields:
        return _given(_query(fields, fields.get("query", []), union=union))
    if "query" in fields:
        raise BadRequest("this request has both a query and an update; send one")
    return _update(fields, fields["update"])


def _given(query: Query) -> Query:
    if query.text is None:
        raise BadRequest("there is no query and no update in this request; the fields are called so")
    return query


def _without(fields: Fields, *names: str) -> Fields:
    for name in names:
        if name in fields:
            raise BadRequest(f"there is a {name} in the address, and something else in the body; send one")
    return fields


def _query(fields: Fields, texts: list[str], *, union: bool) -> Query:
    _refuse(fields, _OF_UPDATES, "query")
    default, named = _graphs(fields, _OF_QUERIES)
    said = fields.get("union", [""])[-1].lower()
    scope = Scope(
        default_graphs=default,
        named_graphs=named,
        union=union and default is None if said == "" else said not in {"0", "false", "no"},
    )
    return Query(_one(texts, "query"), scope, fields.get("format", [None])[-1])


def _update(fields: Fields, texts: list[str]) -> Update:
    _refuse(fields, _OF_QUERIES, "update")
    default, named = _graphs(fields, _OF_UPDATES)
    return Update(_one(texts, "update") or "", Dataset(default_graphs=default, named_graphs=named))


def _refuse(fields: Fields, names: Sequence[str], noun: str) -> None:
    for name in names:
        if name in fields:
            raise BadRequest(f"{name} is not a field of a {noun}")


def _one(texts: list[str], noun: str) -> str | None:
    if len(texts) > 1:
        raise BadRequest(f"there is more than one {noun} in this request; send one")
    return texts[0] if texts else None


def _graphs(fields: Fields, names: tuple[str, str]) -> tuple[tuple[str, ...] | None, tuple[str, ...] | None]:
    """Give the graphs named by two fields; once either is used, the other's default is no graph."""
    if names[0] not in fields and names[1] not in fields:
        return None, None
    default, named = (tuple(absolute(iri) for iri in fields.get(name, [])) for name in names)
    return default, named


def _fields(encoded: bytes) -> Fields:
    """Read a form (https://url.spec.whatwg.org/#urlencoded-parsing) that is in ASCII, and says nothing but UTF-8."""
    if encoded.count(b"&") >= _FIELDS:
        raise BadRequest(f"there are more than {_FIELDS:,} fields")
    fields: Fields = {}
    try:
        encoded.decode("ascii")
        for field in filter(None, encoded.replace(b"+", b" ").split(b"&")):
            name, _, value = field.partition(b"=")
            fields.setdefault(unquote_to_bytes(name).decode(), []).append(unquote_to_bytes(value).decode())
    except UnicodeDecodeError:
        raise BadRequest("the fields are not percent-encoded UTF-8") from None
    return fields


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        raise BadRequest("the body is not UTF-8") from None
