"""The page and the data of every IRI: `https://w3id.org/averment/id/<path>` is described at `/id/<path>`."""

from collections.abc import Callable

from flask import Blueprint, Response, render_template, request
from pyoxigraph import NamedNode
from werkzeug.exceptions import NotAcceptable, NotFound

from averment.store.formats import RDF_FORMATS, Format, by_ending
from averment.vocabulary import AV, RDF, RDFS, SDO
from averment_server import linked_data, negotiate
from averment_server.article_page import article_page
from averment_server.ask import rows
from averment_server.claim_page import claim_page
from averment_server.entity_page import entity_page
from averment_server.links import iri_of, page_of

__all__ = ["blueprint"]

blueprint = Blueprint("things", __name__, url_prefix="/id")

_PAGES: dict[str, Callable[[NamedNode], str]] = {
    SDO.NewsArticle.value: article_page,
    SDO.Claim.value: claim_page,
    AV.Entity.value: entity_page,
}
"""By class; whatever else there is has a page that lists what is said of it."""

_OFFERED = tuple(format_ for format_ in RDF_FORMATS if format_.name in ("turtle", "ntriples", "jsonld", "trig"))


@blueprint.get("/<path:path>")
def thing(path: str) -> Response:
    """Describe one thing: as a page, or as RDF where the address ends so or the client asks for it."""
    stem, _, ending = path.rpartition(".")
    format_ = by_ending(ending, _OFFERED) if stem else None
    if format_ is not None:
        return _data(stem, format_, format_.media_type)
    accept = request.headers.get("Accept")
    chosen = negotiate.choose(accept, _OFFERED)
    if negotiate.prefers_html(accept, _OFFERED) or not negotiate.names_any(accept, _OFFERED):
        return _page(path)
    if chosen is None:
        raise NotAcceptable("this is described as HTML, Turtle, N-Triples, JSON-LD and TriG")
    return _data(path, *chosen)


@blueprint.after_request
def _differs_by_accept(response: Response) -> Response:
    response.vary.add("Accept")
    return response


def _data(path: str, format_: Format, media_type: str) -> Response:
    body = linked_data.describe(_node(path), format_)
    if body is None:
        raise _unknown()
    charset = "; charset=utf-8" if media_type.startswith("text/") else ""
    return Response(body, content_type=media_type + charset)


def _page(path: str) -> Response:
    node = _node(path)
    bookkeeping, content = rows("node", node=node), rows("node-content", node=node)
    if not bookkeeping and not content:
        raise _unknown()
    kinds = {row["value"].value for row in bookkeeping if row["predicate"] == RDF.type and row["value"] is not None}
    special = next((page for kind, page in _PAGES.items() if kind in kinds), None)
    if special:
        return _with_alternates(special(node), node)
    names = [row["value"].value for row in bookkeeping if row["predicate"] == RDFS.label and row["value"] is not None]
    page = render_template(
        "node.html", node=node.value, name=next(iter(names), None), bookkeeping=bookkeeping, content=content
    )
    return _with_alternates(page, node)


def _with_alternates(page: str, node: NamedNode) -> Response:
    """Point programs at the same thing as data."""
    response = Response(page)
    for format_ in _OFFERED:
        address = f"{page_of(node.value)}.{format_.ending}"
        response.headers.add("Link", f'<{address}>; rel="alternate"; type="{format_.media_type}"')
    return response


def _node(path: str) -> NamedNode:
    try:
        return NamedNode(iri_of(path))
    except ValueError:
        raise _unknown() from None


def _unknown() -> NotFound:
    return NotFound("nothing is known under this address")
