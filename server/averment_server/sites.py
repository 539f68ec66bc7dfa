"""Which names this server answers to, and whether scripts of other sites may read.

A page of any site can send requests to a service on the reader's own machine. It must not be able to read the answers:
neither by asking as another site, nor by a name of its own that is made to lead here (DNS rebinding).
"""

import re
from collections.abc import Collection

from flask import Flask, Response, request
from werkzeug.exceptions import MisdirectedRequest

from averment_server.answers import NOT_CARRIED, UNION_HEADER

__all__ = ["LOOPBACK", "OPEN_TO_OTHERS", "READ_BY", "is_among", "keep_to"]

LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
"""The names of this machine for itself, as the Host header has them."""

_READ = "GET, HEAD, OPTIONS"
READ_BY = {
    "sparql": "GET, HEAD, POST, OPTIONS",
    **dict.fromkeys(("graphs", "things", "void", "exports", "dataset"), _READ),
}
"""The methods by which the data of a blueprint are read."""

OPEN_TO_OTHERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Headers": "Accept, Content-Type, If-None-Match",
    "Access-Control-Expose-Headers": f"ETag, Link, Retry-After, X-Request-Id, {UNION_HEADER}, {NOT_CARRIED}",
    "Access-Control-Max-Age": "86400",
}
"""Beside the methods, the headers by which scripts of any site may read."""

_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[^:]*)(?::[0-9]*)?", re.IGNORECASE)


def keep_to(app: Flask, hosts: Collection[str] | None, *, cors: bool) -> None:
    """Let an application answer to these names alone, None for any; with `cors`, scripts of any site may read."""
    if hosts is not None:
        names = frozenset(host.lower() for host in hosts)
        app.before_request(lambda: _refuse_others(names))
    if cors:
        app.after_request(_open_to_other_sites)


def is_among(host: str, names: Collection[str]) -> bool:
    """Say whether a Host header has one of these names, in small letters, with any port."""
    asked = _HOST.fullmatch(host)
    return asked is not None and asked[1].lower() in names


def _refuse_others(names: Collection[str]) -> None:
    if not is_among(request.host, names):
        raise MisdirectedRequest("this server does not answer to that host name; --allow-host NAME makes it do so")


def _open_to_other_sites(response: Response) -> Response:
    """Let scripts of any site read data; the pages are for people, and writing is for those who are no site.

    A query may come by POST. `Authorization` is not among the headers that a script may send, so it cannot write.
    """
    methods = READ_BY.get(request.blueprint or "")
    if methods:
        response.headers.update({**OPEN_TO_OTHERS, "Access-Control-Allow-Methods": methods})
    return response
