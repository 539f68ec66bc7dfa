"""The Graph Store Protocol: graphs read and written as a whole, at `/graphs`.

A graph is named by `?graph=IRI` or `?default`, or is the one whose IRI is the address itself, below `/graphs/`.

https://www.w3.org/TR/sparql11-http-rdf-update/
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

import pyoxigraph as ox
from flask import Blueprint, Response, request
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import BadRequest, NotAcceptable, NotFound, UnsupportedMediaType
from werkzeug.urls import iri_to_uri

from averment.errors import InputError
from averment.store.formats import RDF_FORMATS, Format, by_name
from averment.store.guard import Scope
from averment.store.view import query_text
from averment_server import negotiate
from averment_server.address import here, root
from averment_server.answers import respond
from averment_server.ask import answer, rows
from averment_server.protocol import absolute, address_fields, refuse_charset
from averment_server.writes import require_token, token_name, write

__all__ = ["blueprint"]

blueprint = Blueprint("graphs", __name__, url_prefix="/graphs")

_MULTIPART = "multipart/form-data"
_GRAPHS = ", ".join(format_.media_type for format_ in RDF_FORMATS if not format_.datasets)

Parts = Sequence[tuple[Format, bytes]]


@dataclass(frozen=True, slots=True)
class _Graph:
    """The graph that a request is about."""

    iri: str | None
    """None for the default graph."""
    address: str
    """Where it is to be had."""

    @property
    def base(self) -> str:
        """What relative IRIs in it are resolved against."""
        return self.iri or self.address

    @property
    def name(self) -> str:
        """What the log calls it."""
        return self.iri or "default"


@blueprint.get("", strict_slashes=False)
@blueprint.get("/<path:_path>")
def read(_path: str = "") -> Response:
    """Give a graph as RDF."""
    graph = _asked_for()
    format_, media_type = _format()
    if graph.iri is not None and not rows("graphs/exists", graph=ox.NamedNode(graph.iri)):
        raise NotFound("there is no such graph")
    scope = Scope(default_graphs=None if graph.iri is None else (graph.iri,))
    return respond(answer(query_text("graphs/content"), results=None, rdf=format_, scope=scope), media_type)


@blueprint.put("", strict_slashes=False)
@blueprint.put("/<path:_path>")
def replace(_path: str = "") -> Response:
    """Make a graph what is sent."""
    token, graph = require_token(token_name()), _asked_for()
    parts = [_body()]
    size = len(parts[0][1])
    written = write(token, "PUT", graph.name, size, lambda guard: guard.replace(graph.iri, parts, graph.base))
    return _done(graph, made=not written.existed)


@blueprint.post("", strict_slashes=False)
@blueprint.post("/<path:_path>")
def merge(_path: str = "") -> Response:
    """Add what is sent to a graph; without one named, make a new one, and say where."""
    token = require_token(token_name())
    fields = address_fields()
    graph = _asked_for() if _path or "graph" in fields or "default" in fields else _new()
    parts = _files() if request.mimetype == _MULTIPART else [_body()]
    size = sum(len(content) for _, content in parts)
    written = write(token, "POST", graph.name, size, lambda guard: guard.merge(graph.iri, parts, graph.base))
    return _done(graph, made=not written.existed)


@blueprint.delete("", strict_slashes=False)
@blueprint.delete("/<path:_path>")
def drop(_path: str = "") -> Response:
    """Remove a graph; the default graph is emptied."""
    token, graph = require_token(token_name()), _asked_for()
    written = write(token, "DELETE", graph.name, 0, lambda guard: guard.drop(graph.iri))
    if not written.existed:
        raise NotFound("there is no such graph")
    return Response(status=204)


@blueprint.after_request
def _differs_by_accept(response: Response) -> Response:
    response.vary.add("Accept")
    return response


def _asked_for() -> _Graph:
    """Read which graph is meant, in one of the three ways."""
    fields = address_fields()
    named, default = fields.get("graph", []), fields.get("default", [])
    direct = request.path.removeprefix(blueprint.url_prefix or "").strip("/") != ""
    if len(named) + len(default) + direct != 1:
        raise BadRequest("name one graph: by ?graph=IRI, by ?default, or by its own address below /graphs/")
    if default:
        return _Graph(None, f"{here()}?default")
    if direct:
        iri = absolute(here())
        return _Graph(iri, iri)
    iri = absolute(named[0])
    return _Graph(iri, f"{here()}?graph={quote(iri, safe='')}")


def _new() -> _Graph:
    iri = absolute(f"{root()}graphs/{secrets.token_hex(16)}")
    return _Graph(iri, iri)


def _format() -> tuple[Format, str]:
    """Choose the format of the answer: the one that was named, or else the best that the client accepts."""
    named = address_fields().get("format")
    if named:
        try:
            chosen = by_name(named[-1], RDF_FORMATS)
        except InputError as error:
            raise BadRequest(str(error)) from error
        return chosen, chosen.media_type
    best = negotiate.choose(request.headers.get("Accept"), RDF_FORMATS)
    if best is None:
        raise NotAcceptable(f"a graph is to be had as {_GRAPHS}, TriG and N-Quads")
    return best


def _body() -> tuple[Format, bytes]:
    """Give the format and the bytes of what is sent."""
    refuse_charset()
    return _format_of(request.mimetype), request.get_data()


def _files() -> Parts:
    """Give those of each file in a form."""
    files = [file for _, file in request.files.items(multi=True)]
    if not files or request.form:
        raise BadRequest("a form holds files, each with a filename and a Content-Type, and nothing else")
    return [_file(file) for file in files]


def _file(file: FileStorage) -> tuple[Format, bytes]:
    if file.mimetype_params.get("charset", "utf-8").lower() not in {"utf-8", "utf8"}:
        raise UnsupportedMediaType("send it in UTF-8")
    return _format_of(file.mimetype), file.read()


def _format_of(media_type: str) -> Format:
    for format_ in RDF_FORMATS:
        if media_type in {format_.media_type, *format_.aliases}:
            return format_
    raise UnsupportedMediaType(f"send a graph as {_GRAPHS}")


def _done(graph: _Graph, *, made: bool) -> Response:
    """Say that it is done, and where a graph is that was not there before."""
    return Response(status=201, headers={"Location": iri_to_uri(graph.address)}) if made else Response(status=204)
