"""An answer as a response: its media type, an entity tag so that nobody fetches it twice, and what it rests on."""

from flask import Response, request

from averment.store.guard import Scope
from averment_server.cache import Kept, tag

__all__ = ["ATTACHED", "NOT_CARRIED", "SECURITY", "UNION_HEADER", "content_type", "headers_for", "respond", "say_union"]

UNION_HEADER = "Averment-Default-Graph"
"""Says that the default graph of an answer was the union of all graphs: what claims say was taken for asserted."""

NOT_CARRIED = "Averment-Not-Carried"
"""Says how many statements of what was asked for the answer is without; its `Link` leads to the report."""

_UNION_SAID = "union of all graphs; what claims say is not asserted by it"

ATTACHED = 'attachment; filename="answer-for-spreadsheets.csv"'
"""Has a browser save an answer."""

SECURITY = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
}
"""On every answer, errors included."""


def headers_for(media_type: str, *, union: bool) -> dict[str, str]:
    """Give the headers of an answer beside its tag and those that every answer has; `respond` gives the same."""
    said = {"Content-Type": content_type(media_type), "Cache-Control": "no-cache", "Vary": "Accept"}
    return {**said, UNION_HEADER: _UNION_SAID} if union else said


def respond(kept: Kept, media_type: str) -> Response:
    """Give an answer as a media type, or 304 where the client has it already; a cache asks again before it uses it."""
    response = Response(kept.body, content_type=content_type(media_type))
    response.set_etag(tag(kept.digest, media_type))
    response.cache_control.no_cache = True
    if request.method in {"GET", "HEAD"}:
        response.make_conditional(request)
    return response


def say_union(response: Response, scope: Scope) -> Response:
    """Say on a response that the default graph was the union, where it was."""
    if scope.union:
        response.headers[UNION_HEADER] = _UNION_SAID
    return response


def content_type(media_type: str) -> str:
    """Declare UTF-8 where the media type has a charset parameter.

    >>> content_type("text/turtle"), content_type("application/n-triples")
    ('text/turtle; charset=utf-8', 'application/n-triples')
    """
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type
