"""Everything that the store holds, as files for whoever wants to have it: `/dataset`.

The files are those of `averment export --dataset`, of the newest state of the store. None is ever in memory whole.
"""

from typing import cast

from flask import Blueprint, Response, current_app, render_template, request, send_file, url_for
from werkzeug.exceptions import NotFound
from werkzeug.utils import redirect

from averment.exports.dataset import DESCRIPTION, DUMPS, SUMS, digests
from averment.store.formats import RDF_FORMATS, by_name
from averment_server import negotiate
from averment_server.answers import content_type
from averment_server.datasets import EXTENSION, Datasets

__all__ = ["FILES", "blueprint"]

blueprint = Blueprint("dataset", __name__)

_DESCRIBED = (by_name("turtle", RDF_FORMATS),)

FILES = {
    **{dump.file: dump.format.media_type for dump in DUMPS},
    DESCRIPTION: "text/turtle",
    "context.jsonld": "application/ld+json",
    SUMS: "text/plain",
}
"""The media types of the files by their names."""


@blueprint.get("/dataset")
def page() -> Response:
    """Show people which files there are; lead programs to the description."""
    accept = request.headers.get("Accept")
    if not negotiate.prefers_html(accept, _DESCRIBED) and negotiate.names_any(accept, _DESCRIBED):
        response = cast(Response, redirect(url_for("dataset.file", name=DESCRIPTION), 303, Response))
    else:
        folder = _datasets().known()
        sizes = {name: (folder / name).stat().st_size for name in FILES} if folder else {}
        response = Response(
            render_template("dataset.html", dumps=DUMPS, sizes=sizes, description=DESCRIPTION, sums=SUMS)
        )
    response.vary.add("Accept")
    return response


@blueprint.get("/dataset/<name>")
def file(name: str) -> Response:
    """Give one of the files; its entity tag is its SHA-256."""
    if name not in FILES:
        raise NotFound(f"the dataset has no such file; it has {', '.join(FILES)}")
    folder = _datasets().newest()
    response = send_file(
        folder / name,
        mimetype=FILES[name],
        as_attachment=name.startswith("graph."),
        conditional=False,  # a range of a file is not given
        etag=digests(folder).get(name, True),
    )
    response.content_type = content_type(FILES[name])
    response.cache_control.no_cache = True
    response.make_conditional(request)
    return response


def _datasets() -> Datasets:
    return cast(Datasets, current_app.extensions[EXTENSION])
