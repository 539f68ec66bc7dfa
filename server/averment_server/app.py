"""The Flask application: what every answer has, and what becomes of errors."""

import logging
from collections.abc import Collection

from flask import Flask, Response, jsonify, render_template, request
from jinja2 import StrictUndefined
from werkzeug.exceptions import HTTPException

from averment.errors import AvermentError
from averment.store import Store
from averment.store.guard import Limits, QueryGuard
from averment_server import exports, filters, pages, sites, sparql, things
from averment_server.ask import EXTENSION
from averment_server.problems import Problem, problem

__all__ = ["BODY_BYTES", "create_app"]

_LOG = logging.getLogger(__name__)

BODY_BYTES = 1 << 20
"""Of a request. Queries are shorter by far; see the limits of the gate."""

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def create_app(
    store: Store, limits: Limits | None = None, *, cors: bool = False, hosts: Collection[str] | None = sites.LOOPBACK
) -> Flask:
    """Make the application over a store in a folder, and start the workers that read it.

    It answers to the names in `hosts` alone, None for any; with `cors`, scripts of any site may read its data.

    The workers end with `app.extensions["averment.guard"].close()`, or with this process. Raises StoreError where
    there is nothing to read.
    """
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = app.config["MAX_FORM_MEMORY_SIZE"] = BODY_BYTES
    app.extensions[EXTENSION] = QueryGuard(store, limits)
    app.jinja_env.undefined = StrictUndefined
    filters.register(app)
    sites.keep_to(app, hosts, cors=cors)
    for blueprint in (pages.blueprint, sparql.blueprint, things.blueprint, exports.blueprint):
        app.register_blueprint(blueprint)
    app.register_error_handler(AvermentError, _averment_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _defect)
    app.after_request(_add_headers)
    return app


def _averment_error(error: AvermentError) -> Response:
    found = problem(error)
    if found.status >= 500:
        _LOG.warning("%s: %s", type(error).__name__, error)
    return _told(found)


def _http_error(error: HTTPException) -> Response:
    response = _told(Problem(error.code or 500, error.description or error.name))
    for name, value in error.get_headers():
        if name not in ("Content-Type", "Content-Length"):
            response.headers[name] = value
    return response


def _defect(error: Exception) -> Response:
    """Keep what went wrong for the log; the reader learns that it is not their doing."""
    _LOG.exception("%s %s failed", request.method, request.path, exc_info=error)
    return _told(Problem(500, "something is wrong with this server; the query or address may well be right"))


def _told(found: Problem) -> Response:
    """Tell programs as JSON and people by a page."""
    if request.path == "/sparql" or not request.accept_mimetypes.accept_html:
        response = jsonify(found.as_json())
    else:
        response = Response(render_template("error.html", problem=found), mimetype="text/html")
    response.status_code = found.status
    response.headers.update(found.headers)
    return response


def _add_headers(response: Response) -> Response:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    return response
