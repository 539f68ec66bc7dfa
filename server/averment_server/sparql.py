"""The endpoint of the SPARQL 1.1 protocol: in which form what is asked is answered.

https://www.w3.org/TR/sparql11-protocol/
"""

from flask import Blueprint, Response, request
from werkzeug.exceptions import NotAcceptable

from averment.errors import QueryFormatError
from averment.store.formats import RDF_FORMATS
from averment.store.guard import Scope
from averment_server import negotiate, query_page
from averment_server.address import here
from averment_server.answers import ATTACHED, content_type, respond, say_union
from averment_server.ask import answer, guard
from averment_server.choice import choose, format_named, what_would_do
from averment_server.description import service_description
from averment_server.protocol import Query, Update, asked, union_by_default
from averment_server.through_flask import ANSWERED
from averment_server.writes import require_token, token_name, write

__all__ = ["blueprint"]

blueprint = Blueprint("sparql", __name__)


@blueprint.route("/sparql", methods=["GET", "POST"])
def endpoint() -> Response:
    """Answer a query or carry out an update; without either, describe the service or show the form."""
    token = token_name() if request.method == "POST" else None
    found = asked()
    if isinstance(found, Update):
        return _updated(found, token)
    if found.text is None:
        return _nothing_asked(found)
    return say_union(_answered(found.text, found.scope, found.format), found.scope)


@blueprint.after_request
def _differs_by_accept(response: Response) -> Response:
    response.vary.add("Accept")
    return response


def _updated(update: Update, token: str | None) -> Response:
    """Carry out an update; what came of it is told by the status alone."""
    name = require_token(token)
    write(name, "UPDATE", None, len(update.text.encode()), lambda guard: guard.update(update.text, update.dataset))
    return Response(status=204)


def _answered(query: str, scope: Scope, named: str | None) -> Response:
    """Answer as data, or as a page; what somebody has answered for a page already is for that."""
    if request.environ.get(ANSWERED) is not None:
        return query_page.show(query, scope)
    choice = choose(request.headers.get("Accept"), named)
    if choice.is_page:
        return query_page.show(query, scope)
    formats = choice.results, choice.rdf
    results, rdf = (chosen and chosen[0] for chosen in formats)
    try:
        kept = answer(query, results=results, rdf=rdf, scope=scope)
    except QueryFormatError as error:
        raise what_would_do(error, results) from None
    response = respond(kept, next(chosen[1] for chosen in formats if chosen and chosen[0] is kept.format))
    if choice.is_spreadsheet:
        response.headers["Content-Disposition"] = ATTACHED
    return response


def _nothing_asked(query: Query) -> Response:
    """Describe the service, to people by the form."""
    accept = request.headers.get("Accept")
    if query.format == "html" or (query.format is None and negotiate.prefers_html(accept, RDF_FORMATS)):
        return Response(query_page.form(scope=query.scope))
    chosen = format_named(query.format)[1] if query.format else negotiate.choose(accept, RDF_FORMATS)
    if chosen is None:
        raise NotAcceptable("without a query this describes itself, as HTML or RDF")
    federated = bool(guard().limits.services)
    text = service_description(here(), chosen[0], union=union_by_default(), federated=federated)
    return Response(text, content_type=content_type(chosen[1]))
