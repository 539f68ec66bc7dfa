"""The page and the data of every IRI: `https://w3id.org/averment/id/<path>` is described at `/id/<path>`.

Claims, articles and documents are there as annotations and reviews, too.
"""

from collections.abc import Callable

from flask import Blueprint, Response, render_template, request
from pyoxigraph import NamedNode
from werkzeug.exceptions import NotAcceptable, NotFound

from averment.exports.interchange import INTERCHANGE, Interchange
from averment.exports.parts import Fetch, Part, part_of_claims, part_of_source
from averment.exports.selection import Ask
from averment.store.formats import RDF_FORMATS, Format, by_ending, by_name
from averment.vocabulary import AV, RDF, RDFS, SDO
from averment_server import linked_data, negotiate
from averment_server.article_page import article_page
from averment_server.ask import rows
from averment_server.claim_page import claim_page
from averment_server.entity_page import entity_page
from averment_server.links import iri_of, page_of
from averment_server.parts import PROFILES, part_called, response_of

__all__ = ["blueprint"]

blueprint = Blueprint("things", __name__, url_prefix="/id")

_PAGES: dict[str, Callable[[NamedNode], str]] = {
    SDO.NewsArticle.value: article_page,
    SDO.Claim.value: claim_page,
    AV.Entity.value: entity_page,
}
"""By class; whatever else there is has a page that lists what is said of it."""

_OFFERED = tuple(format_ for format_ in RDF_FORMATS if format_.name in ("turtle", "ntriples", "jsonld", "trig"))


_PARTS: dict[str, Callable[[Ask, Fetch, NamedNode], Part]] = {
    SDO.Claim.value: lambda ask, fetch, claim: part_of_claims(ask, fetch, [claim]),
    SDO.NewsArticle.value: part_of_source,
    SDO.DigitalDocument.value: part_of_source,
}
"""By class: what annotations and reviews of a thing are made from."""

_NAMES = ("html", *(format_.name for format_ in _OFFERED))


@blueprint.get("/<path:path>")
def thing(path: str) -> Response:
    """Describe one thing: as a page, or as data where the field `format`, the address or the client says so."""
    name = request.args.get("format")
    if name is not None:
        return _named(path, name)
    part = next((one for one in INTERCHANGE if path.endswith(f".{one.ending}")), None)
    if part is not None:
        return _part(path.removesuffix(f".{part.ending}"), part)
    stem, _, ending = path.rpartition(".")
    format_ = by_ending(ending, _OFFERED) if stem else None
    if format_ is not None:
        return _data(stem, format_, format_.media_type)
    return _accepted(path, request.headers.get("Accept"))


def _named(path: str, name: str) -> Response:
    """Describe a thing in the format that is named."""
    part = part_called(name, _NAMES)
    if part is not None:
        return _part(path, part)
    if name == "html":
        return _page(path)
    format_ = by_name(name, _OFFERED)
    return _data(path, format_, format_.media_type)


def _accepted(path: str, accept: str | None) -> Response:
    """Describe a thing in the format that the client likes best."""
    profile = negotiate.choose_profile(accept, PROFILES, _OFFERED)
    if profile is not None and _parts_of(_node(path)) is not None:
        return _part(path, PROFILES[profile])
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


def _part(path: str, form: Interchange) -> Response:
    """Give the annotations or reviews of a thing."""
    node = _node(path)
    make = _parts_of(node)
    if make is None:
        raise NotAcceptable(f"{form.name} are of claims, articles and documents, and this is none")
    return response_of(form, lambda ask, fetch: make(ask, fetch, node), page_of(node.value) or "", {})


def _parts_of(node: NamedNode) -> Callable[[Ask, Fetch, NamedNode], Part] | None:
    """Give what annotations and reviews of a thing are made by; None for a thing that has none."""
    found = rows("node", node=node)
    if not found and not rows("node-content", node=node):
        raise _unknown()
    kinds = {row["value"].value for row in found if row["predicate"] == RDF.type and row["value"] is not None}
    return next((make for kind, make in _PARTS.items() if kind in kinds), None)


def _page(path: str) -> Response:
    node = _node(path)
    bookkeeping, content = rows("node", node=node), rows("node-content", node=node)
    if not bookkeeping and not content:
        raise _unknown()
    kinds = {row["value"].value for row in bookkeeping if row["predicate"] == RDF.type and row["value"] is not None}
    special = next((page for kind, page in _PAGES.items() if kind in kinds), None)
    has_parts = not kinds.isdisjoint(_PARTS)
    if special:
        return _with_alternates(special(node), node, has_parts=has_parts)
    names = [row["value"].value for row in bookkeeping if row["predicate"] == RDFS.label and row["value"] is not None]
    page = render_template(
        "node.html",
        node=node.value,
        name=next(iter(names), None),
        bookkeeping=bookkeeping,
        content=content,
        has_parts=has_parts,
    )
    return _with_alternates(page, node, has_parts=has_parts)


def _with_alternates(page: str, node: NamedNode, *, has_parts: bool) -> Response:
    """Point programs at the same thing as data."""
    response = Response(page)
    for format_ in _OFFERED:
        address = f"{page_of(node.value)}.{format_.ending}"
        response.headers.add("Link", f'<{address}>; rel="alternate"; type="{format_.media_type}"')
    for form in INTERCHANGE if has_parts else ():
        address = f"{page_of(node.value)}.{form.ending}"
        kind = f'type="application/ld+json"; profile="{form.profiles[0]}"'
        response.headers.add("Link", f'<{address}>; rel="alternate"; {kind}')
    return response


def _node(path: str) -> NamedNode:
    try:
        return NamedNode(iri_of(path))
    except ValueError:
        raise _unknown() from None


def _unknown() -> NotFound:
    return NotFound("nothing is known under this address")
