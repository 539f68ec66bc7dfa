"""The JSON-LD context at an address that stays: `https://w3id.org/averment/context.jsonld` is to lead to it."""

from flask import Blueprint, Response, request

from averment import jsonld

__all__ = ["blueprint"]

blueprint = Blueprint("context", __name__)


@blueprint.get("/context.jsonld")
def context() -> Response:
    """Give the terms that JSON-LD of averment is written in; they may be kept for a day."""
    response = Response(jsonld.context(), content_type="application/ld+json")
    response.cache_control.max_age = 86_400
    response.cache_control.public = True
    response.add_etag()
    response.make_conditional(request)
    return response
