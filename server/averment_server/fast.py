"""The short way: a query of a program is answered on the event loop, and Flask never hears of it.

It takes what is most often asked, a query that is well-formed and wants data, and gives the answer that the endpoint in
`sparql` would give. Whatever else there is to it is left to Flask, errors included.
"""

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from functools import lru_cache

from werkzeug.exceptions import HTTPException
from werkzeug.http import parse_etags

from averment.errors import QueryFormatError
from averment.store.formats import Format
from averment.store.guard import Scope
from averment.store.loop_guard import LoopGuard
from averment_server import sites
from averment_server.answers import SECURITY, headers_for
from averment_server.cache import AnswerCache, Kept, key_of, lasts, tag
from averment_server.choice import Chosen, formats_for, wants_page, what_would_do
from averment_server.problems import MEDIA_TYPE, Problem
from averment_server.protocol import Query, Sent, read

__all__ = ["Found", "ShortWay"]

_REMEMBERED = 1_000
"""Requests whose reading is kept, so that the same again is not read again."""

_SHORT = 2_000
"""Bytes of what is worth keeping."""

Headers = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class _Plan:
    """What a request asks for, as `ask.answer` has it."""

    query: str
    scope: Scope
    results: Chosen
    rdf: Chosen
    key: str
    lasts: bool

    def media_type(self, format_: Format) -> str:
        """Give what the client calls the format of its answer."""
        chosen = self.results if self.results and self.results[0] is format_ else self.rdf
        return chosen[1] if chosen else format_.media_type


@dataclass(frozen=True, slots=True)
class Found:
    """An answer: its status, headers and body, whether it was kept from before, and the file that is its body."""

    status: int
    headers: Headers
    body: bytes
    kept: bool
    file: str | None = None


class ShortWay:
    """Answers queries of programs for one server process."""

    def __init__(
        self, guard: LoopGuard, cache: AnswerCache, hosts: Collection[str] | None, *, cors: bool, union: bool
    ) -> None:
        """Ask `guard`, keep answers in `cache`; the rest is as the settings of the application."""
        self.guard = guard
        self._cache = cache
        self._hosts = None if hosts is None else frozenset(host.lower() for host in hosts)
        self._union = union
        others = {**sites.OPEN_TO_OTHERS, "Access-Control-Allow-Methods": sites.READ_BY["sparql"]} if cors else {}
        self._always = [(name.lower(), value) for name, value in {**SECURITY, **others}.items()]

    def plan(self, sent: Sent, accept: str | None, host: str) -> _Plan | None:
        """Read a request; None where it is one for Flask."""
        if self._hosts is not None and not sites.is_among(host, self._hosts):
            return None
        short = len(sent.address) + len(sent.body) + len(accept or "") < _SHORT
        return (_read if short else _read.__wrapped__)(sent, accept, union=self._union)

    async def answer(self, plan: _Plan, known: str | None, gone: Callable[[], Awaitable[object]]) -> Found:
        """Carry out a plan; `known` is what the client has already, by If-None-Match.

        Raises errors as `LoopGuard.run` does.
        """
        kept = self._cache.get(self.guard.generation, plan.key)
        if kept is not None:
            return self._told(plan, kept, known, repeated=True)
        results, rdf = (chosen and chosen[0] for chosen in (plan.results, plan.rdf))
        try:
            kept = Kept.of(await self.guard.run(plan.query, results, rdf, plan.scope, gone))
        except QueryFormatError as error:
            raise what_would_do(error, results) from None
        if plan.lasts:
            self._cache.put(plan.key, kept)
        return self._told(plan, kept, known, repeated=False)

    def refused(self, problem: Problem) -> Found:
        """Give what programs are told of a problem."""
        said = {"Content-Type": MEDIA_TYPE, "Cache-Control": "no-store", "Vary": "Accept", **problem.headers}
        headers = [*((name.lower(), value) for name, value in said.items()), *self._always]
        return Found(problem.status, headers, problem.text.encode(), kept=False)

    def _told(self, plan: _Plan, kept: Kept, known: str | None, *, repeated: bool) -> Found:
        media_type = plan.media_type(kept.format)
        etag = tag(kept.digest, media_type)
        headers = [("etag", f'"{etag}"'), *_headers(media_type, plan.scope.union), *self._always]
        if known is not None and parse_etags(known).contains_weak(etag):
            return Found(304, [header for header in headers if header[0] != "content-type"], b"", repeated)
        return Found(200, headers, kept.body, repeated)


@lru_cache
def _headers(media_type: str, union: bool) -> Headers:  # noqa: FBT001 - one of two keys
    return [(name.lower(), value) for name, value in headers_for(media_type, union=union).items()]


@lru_cache(_REMEMBERED)
def _read(sent: Sent, accept: str | None, *, union: bool) -> _Plan | None:
    try:
        asked = read(sent, union=union)
        if not isinstance(asked, Query) or asked.text is None or asked.format == "spreadsheet":
            return None
        if wants_page(accept, asked.format):
            return None
        results, rdf = formats_for(accept, asked.format)
    except HTTPException:
        return None
    key = key_of(asked.text, results and results[0], rdf and rdf[0], asked.scope)
    return _Plan(asked.text, asked.scope, results, rdf, key, lasts(asked.text))
