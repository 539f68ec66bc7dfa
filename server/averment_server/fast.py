"""The short way: a query is evaluated by workers of the event loop, and where programs ask, Flask never hears of it.

It takes every request that is a query, and gives the answer that the endpoint in `sparql` would give; where that is a
page, what is to be on it. Requests that are no query, and those that are not understood, are left to Flask.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from werkzeug.exceptions import HTTPException
from werkzeug.http import parse_etags

from averment.errors import AvermentError, QueryFormatError
from averment.store.formats import Format
from averment.store.guard import Scope
from averment.store.loop_guard import LoopGuard
from averment.store.loop_worker import Gone
from averment_server import sites
from averment_server.answers import ATTACHED, SECURITY, headers_for
from averment_server.cache import AnswerCache, Kept, key_of, lasts, tag
from averment_server.choice import Choice, choose, what_would_do
from averment_server.problems import MEDIA_TYPE, Problem, problem
from averment_server.protocol import Query, Sent, read

__all__ = ["Found", "Headers", "ShortWay"]

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
    choice: Choice
    key: str
    lasts: bool

    def media_type(self, format_: Format) -> str:
        """Give what the client calls the format of its answer."""
        results, rdf = self.choice.results, self.choice.rdf
        chosen = results if results and results[0] is format_ else rdf
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

    async def answer(self, plan: _Plan, known: str | None, gone: Gone) -> Found:
        """Carry out a plan; `known` is what the client has already, by If-None-Match.

        Raises errors as `LoopGuard.run` does.
        """
        kept = self._cache.get(self.guard.generation, plan.key)
        if kept is not None:
            return self._told(plan, kept, known, repeated=True)
        return self._told(plan, await self._asked(plan, gone), known, repeated=False)

    async def evaluate(self, plan: _Plan, gone: Gone) -> tuple[str, bytes] | Problem:
        """Give the answer for a page, with the name of its format, or what is wrong with the query.

        Raises ClientGoneError.
        """
        kept = self._cache.get(self.guard.generation, plan.key)
        try:
            kept = kept or await self._asked(plan, gone)
        except AvermentError as error:
            return problem(error)
        return kept.format.name, kept.body

    async def _asked(self, plan: _Plan, gone: Gone) -> Kept:
        results, rdf = (chosen and chosen[0] for chosen in (plan.choice.results, plan.choice.rdf))
        try:
            kept = Kept.of(await self.guard.run(plan.query, results, rdf, plan.scope, gone))
        except QueryFormatError as error:
            raise what_would_do(error, results) from None
        if plan.lasts:
            self._cache.put(plan.key, kept)
        return kept

    def refused(self, found: Problem) -> Found:
        """Give what programs are told of a problem."""
        said = {"Content-Type": MEDIA_TYPE, "Cache-Control": "no-store", "Vary": "Accept", **found.headers}
        headers = [*((name.lower(), value) for name, value in said.items()), *self._always]
        return Found(found.status, headers, found.text.encode(), kept=False)

    def _told(self, plan: _Plan, kept: Kept, known: str | None, *, repeated: bool) -> Found:
        media_type = plan.media_type(kept.format)
        etag = tag(kept.digest, media_type)
        headers = [("etag", f'"{etag}"'), *_headers(media_type, plan.scope.union), *self._always]
        if plan.choice.is_spreadsheet:
            headers.append(("content-disposition", ATTACHED))
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
        if not isinstance(asked, Query) or asked.text is None:
            return None
        choice = choose(accept, asked.format)
    except HTTPException:
        return None
    key = key_of(asked.text, choice.results and choice.results[0], choice.rdf and choice.rdf[0], asked.scope)
    return _Plan(asked.text, asked.scope, choice, key, lasts(asked.text))
