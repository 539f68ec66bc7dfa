"""What is held here, for programs that look before they ask: `/.well-known/void`, https://www.w3.org/TR/void/."""

from flask import Blueprint, Response, request
from werkzeug.exceptions import NotAcceptable

from averment.store.formats import RDF_FORMATS
from averment_server import negotiate
from averment_server.address import root
from averment_server.answers import content_type
from averment_server.ask import first
from averment_server.description import void_description

__all__ = ["blueprint"]

blueprint = Blueprint("void", __name__)


@blueprint.get("/.well-known/void")
def void() -> Response:
    """Describe the data: how much there is, under which addresses, in which vocabularies."""
    chosen = negotiate.choose(request.headers.get("Accept"), RDF_FORMATS)
    if chosen is None:
        raise NotAcceptable("this is to be had as RDF")
    sizes = first("graphs/sizes")
    assert sizes is not None  # noqa: S101 - a count is always one row
    text = void_description(root(), chosen[0], bookkeeping=int(sizes.bookkeeping), content=int(sizes.content))
    response = Response(text, content_type=content_type(chosen[1]))
    response.vary.add("Accept")
    return response
