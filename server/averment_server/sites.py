"""Which names this server answers to, and whether scripts of other sites may read.

A page of any site can send requests to a service on the reader's own machine. It must not be able to read the answers:
neither by asking as another site, nor by a name of its own that is made to lead here (DNS rebinding).
"""

import re
from collections.abc import Collection

from flask import Flask, Response, request
from werkzeug.exceptions import MisdirectedRequest

from averment_server.answers import UNION_HEADER

__all__ = ["LOOPBACK", "keep_to"]

LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
"""The names of this machine for itself, as the Host header has them."""

_READ = "GET, HEAD, OPTIONS"
_READ_BY = {"sparql": "GET, HEAD, POST, OPTIONS", "graphs": _READ, "things": _READ, "void": _READ}
"""The methods by which the data of a blueprint are read."""

_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[^:]*)(?::[0-9]*)?", re.IGNORECASE)


def keep_to(app: Flask, hosts: Collection[str] | None, *, cors: bool) -> None:
    """Let an application answer to these names alone, None for any; with `cors`, scripts of any site may read."""
    if hosts is not None:
        names = frozenset(host.lower() for host in hosts)
        app.before_request(lambda: _refuse_others(names))
    if cors:
        app.after_request(_open_to_other_sites)


def _refuse_others(names: Collection[str]) -> None:
    asked = _HOST.fullmatch(request.host)
    if asked is None or asked[1].lower() not in names:
        raise MisdirectedRequest("this server does not answer to that host name; --allow-host NAME makes it do so")


def _open_to_other_sites(response: Response) -> Response:
    """Let scripts of any site read data; the pages are for people, and writing is for those who are no site.

    A query may come by POST. `Authorization` is not among the headers that a script may send, so it cannot write.
    """
    methods = _READ_BY.get(request.blueprint or "")
    if methods:
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Allow-Methods"] = methods
        response.headers["Access-Control-Allow-Headers"] = "Accept, Content-Type, If-None-Match"
        response.headers["Access-Control-Expose-Headers"] = f"ETag, Retry-After, {UNION_HEADER}"
        response.headers["Access-Control-Max-Age"] = "86400"
    return response
