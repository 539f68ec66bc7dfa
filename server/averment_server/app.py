"""The Flask application: what every answer has, and what becomes of errors."""

import logging
from dataclasses import replace

from flask import Flask, Response, render_template, request
from jinja2 import StrictUndefined
from werkzeug.exceptions import HTTPException, UnsupportedMediaType

from averment.errors import AvermentError
from averment.store import Store
from averment.store.guard import Limits, QueryGuard
from averment.store.write_guard import WriteGuard
from averment_server import (
    context,
    dataset,
    datasets,
    exports,
    filters,
    graph_store,
    health,
    pages,
    sites,
    sparql,
    things,
    void,
    writes,
)
from averment_server.address import SITE
from averment_server.answers import SECURITY
from averment_server.ask import ANSWERS, EXTENSION
from averment_server.cache import AnswerCache
from averment_server.configuration import Configuration
from averment_server.problems import DEFECT, MEDIA_TYPE, Problem, problem
from averment_server.protocol import UNION, is_encoded
from averment_server.settings import Settings
from averment_server.through_flask import FAILED
from averment_server.write_log import WriteLog

__all__ = ["close", "create_app"]

_LOG = logging.getLogger(__name__)

_FOR_PROGRAMS = ("/sparql", "/graphs", "/.well-known/", "/healthz", "/readyz", "/metrics")
"""Where a problem is told as JSON to whoever asks."""


def create_app(
    store: Store, limits: Limits | None = None, settings: Settings | None = None, *, workers: int | None = None
) -> Flask:
    """Make the application over a store in a folder, and start the workers that read it.

    It has so many `workers` of its own where others are elsewhere, else all of them. They end with `close`, or with
    this process. Raises StoreError where there is nothing to read.
    """
    settings, limits = settings or Settings(), limits or Limits()
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = app.config["MAX_FORM_MEMORY_SIZE"] = settings.server.body
    app.config[pages.LIMITS] = Configuration(
        query=limits, write=settings.writes, server=settings.server, site=settings.site
    )
    app.config[SITE] = settings.site
    app.config[UNION] = settings.union
    app.extensions[EXTENSION] = QueryGuard(store, replace(limits, workers=workers or limits.workers))
    app.extensions[ANSWERS] = AnswerCache(settings.server.cache)
    assert store.folder is not None  # noqa: S101 - the guard has looked
    app.extensions[writes.EXTENSION] = writes.Writing(store, WriteGuard(store, settings.writes), WriteLog(store.folder))
    app.extensions[datasets.EXTENSION] = datasets.Datasets(store, settings.dataset)
    app.jinja_env.undefined = StrictUndefined
    filters.register(app)
    app.before_request(_tell_what_failed)
    sites.keep_to(app, settings.hosts, cors=settings.cors)
    app.before_request(_refuse_encodings)
    app.before_request(_ignore_dates)
    for blueprint in (pages, sparql, graph_store, things, void, context, exports, dataset, health):
        app.register_blueprint(blueprint.blueprint)
    app.register_error_handler(AvermentError, _averment_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _defect)
    app.after_request(_add_headers)
    return app


def close(app: Flask) -> None:
    """End the child processes of an application, a write at work when it is done."""
    app.extensions[writes.EXTENSION].guard.close()
    app.extensions[EXTENSION].close()
    app.extensions[datasets.EXTENSION].close()


def _tell_what_failed() -> Response | None:
    """Tell the problem in which a request ended before it came here."""
    failed: Problem | None = request.environ.get(FAILED)
    return None if failed is None else _told(failed)


def _refuse_encodings() -> None:
    """Refuse what is compressed: a little of it can unpack to more than there is memory for."""
    if is_encoded(request.headers.get("Content-Encoding")):
        raise UnsupportedMediaType("send it as it is, without Content-Encoding")


def _ignore_dates() -> None:
    """Take off the dates of a condition where they are none, as RFC 9110 has it: werkzeug fails over the year 10^9."""
    try:
        request.if_modified_since, request.if_unmodified_since  # noqa: B018 - they are read, and kept
    except OverflowError:
        for name in ("HTTP_IF_MODIFIED_SINCE", "HTTP_IF_UNMODIFIED_SINCE"):
            request.environ.pop(name, None)


def _averment_error(error: AvermentError) -> Response:
    found = problem(error)
    if found.status >= 500:
        _LOG.warning("%s: %s", type(error).__name__, error)
    return _told(found)


def _http_error(error: HTTPException) -> Response:
    return _told(problem(error))


def _defect(error: Exception) -> Response:
    """Keep what went wrong for the log; the reader learns that it is not their doing."""
    _LOG.exception("%s %s failed", request.method, request.path, exc_info=error)
    return _told(DEFECT)


def _told(found: Problem) -> Response:
    """Tell programs as JSON and people by a page."""
    if request.path.startswith(_FOR_PROGRAMS) or not request.accept_mimetypes.accept_html:
        response = Response(found.text, content_type=MEDIA_TYPE)
    else:
        response = Response(render_template("error.html", problem=found), mimetype="text/html")
    response.status_code = found.status
    response.headers.update(found.headers)
    response.cache_control.no_store = True
    return response


def _add_headers(response: Response) -> Response:
    for name, value in SECURITY.items():
        response.headers.setdefault(name, value)
    return response
