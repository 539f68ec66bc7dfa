"""The endpoint of the SPARQL 1.1 protocol: what is asked, and in which form it is answered.

https://www.w3.org/TR/sparql11-protocol/
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest, NotAcceptable, UnsupportedMediaType

from averment.errors import InputError, QueryFormatError
from averment.store.formats import RDF_FORMATS, RESULT_FORMATS, Format, by_name
from averment.store.guard import Scope
from averment_server import negotiate, query_page, spreadsheets
from averment_server.ask import guard
from averment_server.description import service_description

__all__ = ["blueprint"]

blueprint = Blueprint("sparql", __name__)

_FORM = "application/x-www-form-urlencoded"
_QUERY = "application/sparql-query"
_UPDATE = "application/sparql-update"


@dataclass(frozen=True, slots=True)
class _Asked:
    """A query with the graphs it is about and the format that was named, if one was."""

    query: str | None
    scope: Scope
    format: str | None


@blueprint.route("/sparql", methods=["GET", "POST"])
def endpoint() -> Response:
    """Answer a query; without one, describe the service to programs and show the form to people."""
    asked = _asked()
    if asked.query is None:
        return _nothing_asked()
    if asked.format == "html" or (asked.format is None and _wants_page()):
        return query_page.show(asked.query, asked.scope)
    if asked.format == "spreadsheet":
        return _spreadsheet(asked.query, asked.scope)
    return _data(asked.query, asked.scope, asked.format)


@blueprint.after_request
def _differs_by_accept(response: Response) -> Response:
    response.vary.add("Accept")
    return response


def _asked() -> _Asked:
    """Read the three ways in which the protocol sends a query."""
    if request.method != "POST":
        return _from_fields(request.args)
    sent = request.mimetype
    if sent == _FORM:
        asked = _from_fields(request.form)
    elif sent == _QUERY:
        asked = _from_fields(request.args, _body_text())
    elif sent == _UPDATE:
        raise UnsupportedMediaType("this is for reading only; updates are not taken here")
    else:
        raise UnsupportedMediaType(f"send the query as {_QUERY} or as {_FORM}")
    if asked.query is None:
        raise BadRequest("there is no query in this request; the field is called query")
    return asked


def _from_fields(fields: "MultiDict[str, str]", body: str | None = None) -> _Asked:
    if "update" in fields:
        raise BadRequest("this is for reading only; updates are not taken here")
    queries = [*fields.getlist("query"), *([] if body is None else [body])]
    if len(queries) > 1:
        raise BadRequest("there is more than one query in this request; send one")
    scope = Scope(
        default_graphs=_graphs(fields, "default-graph-uri"),
        named_graphs=_graphs(fields, "named-graph-uri"),
        union=fields.get("union", "") not in ("", "0", "false"),
    )
    return _Asked(queries[0] if queries else None, scope, fields.get("format"))


def _graphs(fields: "MultiDict[str, str]", name: str) -> list[str] | None:
    """Give the graphs named by the protocol's fields; once either is used, the other's default is no graph."""
    used = "default-graph-uri" in fields or "named-graph-uri" in fields
    return fields.getlist(name) if used else None


def _body_text() -> str:
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    if charset not in ("utf-8", "utf8"):
        raise UnsupportedMediaType("send the query in UTF-8")
    try:
        return request.get_data().decode("utf-8")
    except UnicodeDecodeError:
        raise BadRequest("the query is not UTF-8") from None


def _wants_page() -> bool:
    return negotiate.prefers_html(request.headers.get("Accept"), (*RESULT_FORMATS, *RDF_FORMATS))


def _nothing_asked() -> Response:
    accept = request.headers.get("Accept")
    if negotiate.prefers_html(accept, RDF_FORMATS):
        return Response(query_page.form())
    chosen = negotiate.choose(accept, RDF_FORMATS)
    if chosen is None:
        raise NotAcceptable("without a query this describes itself, as HTML or RDF")
    return Response(service_description(request.base_url, chosen[0]), content_type=_content_type(chosen[1]))


def _data(query: str, scope: Scope, named: str | None) -> Response:
    """Answer as data: in the format that was named, or else the best of those that the client accepts."""
    formats = _named(named) if named is not None else _accepted()
    results, rdf = (chosen and chosen[0] for chosen in formats)
    try:
        answer = guard().run(query, results=results, rdf=rdf, scope=scope)
    except QueryFormatError as error:
        would_do = RESULT_FORMATS if results is None else RDF_FORMATS
        raise QueryFormatError(f"{error}; ask for {_one_of(would_do)}") from None
    media_type = next(chosen[1] for chosen in formats if chosen and chosen[0] is answer.format)
    return Response(answer.body, content_type=_content_type(media_type))


def _one_of(formats: Sequence[Format]) -> str:
    *others, last = (format_.media_type for format_ in formats)
    return f"{', '.join(others)} or {last}"


Chosen = tuple[Format, str] | None


def _named(name: str) -> tuple[Chosen, Chosen]:
    try:
        chosen = by_name(name, (*RESULT_FORMATS, *RDF_FORMATS))
    except InputError as error:
        raise BadRequest(str(error)) from error
    return ((chosen, chosen.media_type), None) if chosen in RESULT_FORMATS else (None, (chosen, chosen.media_type))


def _accepted() -> tuple[Chosen, Chosen]:
    accept = request.headers.get("Accept")
    formats = negotiate.choose(accept, RESULT_FORMATS), negotiate.choose(accept, RDF_FORMATS)
    if formats == (None, None):
        offered = ", ".join(format_.media_type for format_ in (*RESULT_FORMATS, *RDF_FORMATS))
        raise NotAcceptable(f"none of the formats asked for is among {offered}")
    return formats


def _spreadsheet(query: str, scope: Scope) -> Response:
    answer = guard().run(query, results=by_name("csv", RESULT_FORMATS), rdf=None, scope=scope)
    headers: Mapping[str, str] = {"Content-Disposition": 'attachment; filename="answer-for-spreadsheets.csv"'}
    return Response(spreadsheets.neutralised(answer.body), content_type="text/csv; charset=utf-8", headers=headers)


def _content_type(media_type: str) -> str:
    """Declare UTF-8 where the media type has a charset parameter."""
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type
