"""Pictures of the graph, and files of it for other tools: a page to choose by, and `/export?view=...&format=...`.

Annotations and reviews are there too, `/export?format=...`, of all or of what the same fields say.

The store is asked by the guard's workers, as for any question from outside; what they answer is bounded, and so is what
is made of it here.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pyoxigraph as ox
from flask import Blueprint, Response, render_template, request, url_for
from werkzeug.exceptions import BadRequest

from averment.errors import AnswerSizeError, InputError
from averment.exports import GRAPH_FORMATS, VIEWS, GraphFormat, GraphView, Wanted, network_of, view_called
from averment.exports.interchange import INTERCHANGE, Interchange
from averment.exports.near import near
from averment.exports.parts import part_wanted
from averment.exports.png import has_renderer
from averment.review import Status
from averment.sources.metadata import parse_date
from averment.store.view import Row, query_text
from averment_server import negotiate
from averment_server.address import root
from averment_server.ask import guard, table
from averment_server.parts import FIELDS, PROFILES, response_of
from averment_server.turns import Turns

__all__ = ["blueprint"]

blueprint = Blueprint("exports", __name__)

_TURNS = Turns(2, 3)
"""At exports, each of which takes a second or two at most."""

_MIB = 1 << 20

_LENGTH = 1_000
"""Characters of a field."""

_PAGE_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""The page that is exported brings its style sheet with it."""

_SHOWN = ("svg", "png", "html")
"""What a browser shows; other formats are saved."""


@blueprint.get("/export")
def export() -> Response:
    """Give a view, annotations or reviews as is named or accepted; else a page to choose by, with the picture."""
    fields = {name: text for name in _FIELDS if (text := request.args.get(name, "").strip())}
    if any(len(text) > _LENGTH for text in (*fields.values(), *map(request.args.get, FIELDS)) if text):
        raise BadRequest(f"a field has more than {_LENGTH:,} characters")
    form = _format(fields.pop("format", None))
    if isinstance(form, Interchange):
        return _part(form, fields)
    shown = view_called(fields.pop("view", VIEWS[0].name))
    wanted = _wanted(fields)
    return _chooser(shown.name, fields) if form is None else _file(form, _made(form, shown, wanted), shown.name)


@blueprint.after_request
def _differs_by_accept(response: Response) -> Response:
    response.vary.add("Accept")
    return response


_FIELDS = ("view", "format", "article", "person", "from", "to", "status")


def _wanted(fields: Mapping[str, str]) -> Wanted:
    days = {name: parse_date(fields[name]) if name in fields else None for name in ("from", "to")}
    return Wanted(
        article=fields.get("article"),
        person=fields.get("person"),
        since=days["from"],
        until=days["to"],
        status=fields.get("status"),
    )


def _format(name: str | None) -> GraphFormat | Interchange | None:
    """Give the format that is named, or the one that the client asks for; None for people, who get a page."""
    known: tuple[GraphFormat | Interchange, ...] = (*GRAPH_FORMATS, *INTERCHANGE)
    if name is not None:
        found = next((one for one in known if one.name == name), None)
        if found is None:
            names = [one.name for one in known]
            raise InputError(f"no export format is called {name!r}{near(name, names)}; there are {', '.join(names)}")
        return found
    profile = negotiate.choose_profile(request.headers.get("Accept"), PROFILES, ())
    if profile is not None:
        return PROFILES[profile]
    by_type = {one.media_type: one for one in reversed(GRAPH_FORMATS) if one.name != "html"}
    best = request.accept_mimetypes.best_match(["text/html", *by_type], default="text/html")
    return by_type.get(best)


def _made(form: GraphFormat, shown: GraphView, wanted: Wanted) -> bytes:
    with _TURNS.turn("there are as many exports"), _small_enough():
        graph = network_of(_rows, shown, wanted)
        graph.graph["pages"] = f"{root()}id/"
        return b"".join(form.write(graph))


def _part(form: Interchange, fields: dict[str, str]) -> Response:
    """Give the annotations or reviews of what is wanted, which is no view."""
    if "view" in fields:
        raise InputError(f"{form.name} have no views; leave the field view out")
    wanted = _wanted(fields)
    with _small_enough():
        response = response_of(
            form,
            lambda ask, fetch: part_wanted(ask, fetch, wanted),
            url_for("exports.export"),
            fields,
            is_whole=wanted == Wanted(),
        )
    if response.mimetype == "application/ld+json":
        response.headers["Content-Disposition"] = f'attachment; filename="claims.{form.ending}"'
    return response


@contextmanager
def _small_enough() -> Iterator[None]:
    """Say what to do where the store has too much for one export."""
    try:
        yield
    except AnswerSizeError:
        raise AnswerSizeError(
            f"this would be made from more than {guard().limits.answer / _MIB:,.4g} MiB; name an article, a person or a"
            " time, fetch all at /dataset, or use the command line, averment export, which has no such limit"
        ) from None


def _rows(query: str, **values: ox.NamedNode) -> list[Row]:
    return table(guard().run(query_text(query), values=values).body)


def _file(form: GraphFormat, body: bytes, name: str) -> Response:
    response = Response(body, content_type=_content_type(form))
    if form.name not in _SHOWN:
        response.headers["Content-Disposition"] = f'attachment; filename="{name}.{form.ending}"'
    if form.name == "html":
        response.headers["Content-Security-Policy"] = _PAGE_POLICY
    response.add_etag()
    response.make_conditional(request)
    return response


def _content_type(form: GraphFormat) -> str:
    return f"{form.media_type}; charset=utf-8" if form.media_type.startswith("text/") else form.media_type


def _chooser(shown: str, fields: Mapping[str, str]) -> Response:
    """Show what may be chosen, and the picture of what is chosen, which the browser asks for by itself."""
    offered = [form for form in GRAPH_FORMATS if form.name != "png" or has_renderer()]
    formats = [(form, _address(shown, form.name, fields)) for form in offered]
    page = render_template(
        "export.html",
        views=VIEWS,
        shown=view_called(shown),
        fields=fields,
        statuses=[str(status) for status in Status],
        picture=_address(shown, "svg", fields),
        formats=formats,
        parts=[(part, _part_address(part, fields)) for part in INTERCHANGE],
        most=f"{guard().limits.answer / _MIB:,.4g} MiB",
    )
    return Response(page, content_type="text/html; charset=utf-8")


def _address(shown: str, form: str, fields: Mapping[str, str]) -> str:
    chosen: dict[str, Any] = {"view": shown, "format": form, **fields}
    return url_for("exports.export", **chosen)


def _part_address(part: Interchange, fields: Mapping[str, str]) -> str:
    chosen: dict[str, Any] = {"format": part.name, **fields}
    return url_for("exports.export", **chosen)
