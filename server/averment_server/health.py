"""What those ask who run the server: whether it lives, whether it can answer, and how it fares."""

from ipaddress import ip_address
from pathlib import Path

from flask import Blueprint, Response, current_app, request
from werkzeug.exceptions import NotFound

from averment_server import board
from averment_server.ask import guard
from averment_server.writes import token_name, writing

__all__ = ["EXTENSION", "blueprint"]

EXTENSION = "averment.board"
"""The folder in which the server's processes count; None where nobody does."""

blueprint = Blueprint("health", __name__)

_FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Real-IP")
"""By these a proxy on this machine says that it asks for somebody elsewhere."""


@blueprint.get("/healthz")
def alive() -> Response:
    """Say that this process answers."""
    return _said("ok\n")


@blueprint.get("/readyz")
def ready() -> Response:
    """Say whether a worker reads the store, and which version of it."""
    answer = guard().run("ASK { }", outside=False)
    return _said(f"ready, data version {answer.generation}\n")


@blueprint.get("/metrics")
def metrics() -> Response:
    """Give the counts of all processes to this machine, and to whoever has a token."""
    if not _from_here() and token_name() is None:
        raise NotFound("this is for the machine itself, or with a token")
    folder: Path | None = current_app.extensions.get(EXTENSION)
    if folder is None:
        raise NotFound("nothing is counted here; the command averment serve does that")
    log = writing().log.size
    response = _said(board.text(folder, guard().generation, log))
    response.content_type = "text/plain; version=0.0.4; charset=utf-8"
    return response


def _from_here() -> bool:
    try:
        here = ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False
    return here and not any(name in request.headers for name in _FORWARDED)


def _said(text: str) -> Response:
    response = Response(text, mimetype="text/plain")
    response.cache_control.no_store = True
    return response
