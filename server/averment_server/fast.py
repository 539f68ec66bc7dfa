"""The short way: a query is evaluated by workers of the event loop, and where programs ask, Flask never hears of it.

It takes every request that is a query, and gives the answer that the endpoint in `sparql` would give; where that is a
page, what is to be on it. Requests that are no query, and those that are not understood, are left to Flask.
"""

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from functools import lru_cache

from werkzeug.http import parse_etags

from averment.errors import AvermentError, QueryFormatError
from averment.store.gate import Checked
from averment.store.loop_guard import LoopGuard
from averment.store.loop_worker import Gone
from averment_server import sites
from averment_server.answers import ATTACHED, SECURITY, headers_for
from averment_server.cache import AnswerCache, Kept, lasts, tag
from averment_server.choice import what_would_do
from averment_server.plan import Plan, Posed, Rules, plan, posed
from averment_server.problems import MEDIA_TYPE, Problem, problem
from averment_server.protocol import Sent

__all__ = ["Found", "Headers", "ShortWay"]

_REMEMBERED = 1_000
"""Requests whose reading is kept, the last ones, so that the same again is not read again."""

_WORTH_IT = 2_000
"""Bytes of what is kept, at most."""

_LONG = 8_000
"""Bytes of a request that is read elsewhere: the loop would stand still for milliseconds."""

Headers = list[tuple[str, str]]
Elsewhere = Callable[[Sent, Rules], Awaitable[Posed | None]]


@dataclass(frozen=True, slots=True)
class Found:
    """An answer: its status, headers and body, whether it was kept from before, and the file that is its body."""

    status: int
    headers: Headers
    body: bytes
    kept: bool
    file: str | None = None


class ShortWay:
    """Answers queries for one server process, and says what is to be on their pages."""

    def __init__(
        self, guard: LoopGuard, cache: AnswerCache, hosts: Collection[str] | None, *, cors: bool, union: bool
    ) -> None:
        """Ask `guard`, keep answers in `cache`; the rest is as the settings of the application."""
        self.guard = guard
        self._cache = cache
        self._hosts = None if hosts is None else frozenset(host.lower() for host in hosts)
        self._rules = Rules(union, guard.limits.text, guard.limits.services)
        self._plans: dict[tuple[str, str | None, str], Plan] = {}
        others = {**sites.OPEN_TO_OTHERS, "Access-Control-Allow-Methods": sites.READ_BY["sparql"]} if cors else {}
        self._always = [(name.lower(), value) for name, value in {**SECURITY, **others}.items()]

    def at_once(self, address: str, accept: str | None, host: str) -> Found | None:
        """Give an answer that is kept to a request by GET that was made before; None where either is not so.

        `address` is the part of it behind the question mark.
        """
        planned = self._plans.get((address, accept, host))
        kept = None if planned is None else self._cache.get(self.guard.generation, planned.key)
        return None if planned is None or kept is None else self._told(planned, kept, None, repeated=True)

    async def read(self, sent: Sent, accept: str | None, host: str, elsewhere: Elsewhere) -> Plan | None:
        """Read a request, a long one `elsewhere`; None where it is one for Flask."""
        if self._hosts is not None and not sites.is_among(host, self._hosts):
            return None
        size = len(sent.address) + len(sent.body) + len(accept or "") + len(host)
        if size > _LONG:
            query = await elsewhere(sent, self._rules)
            return None if query is None else plan(query, accept)
        query = posed(sent, self._rules)
        planned = None if query is None else plan(query, accept)
        if planned and size < _WORTH_IT and sent.method == "GET":
            self._remember((sent.address.decode(), accept, host), planned)
        return planned

    def _remember(self, request: tuple[str, str | None, str], planned: Plan) -> None:
        """Keep what a request comes to, where it may be answered with nothing more to it."""
        if isinstance(planned.query, Problem) or planned.choice.is_page:
            return
        self._plans[request] = planned
        if len(self._plans) > _REMEMBERED:
            del self._plans[next(iter(self._plans))]

    async def answer(self, planned: Plan, known: str | None, gone: Gone) -> Found:
        """Carry out a plan; `known` is what the client has already, by If-None-Match.

        Raises errors as `LoopGuard.run` does.
        """
        if isinstance(planned.query, Problem):
            return self.refused(planned.query)
        kept = self._cache.get(self.guard.generation, planned.key)
        if kept is not None:
            return self._told(planned, kept, known, repeated=True)
        return self._told(planned, await self._asked(planned, planned.query, gone), known, repeated=False)

    async def evaluate(self, planned: Plan, gone: Gone) -> tuple[str, bytes] | Problem:
        """Give the answer for a page, with the name of its format, or what is wrong with the query.

        Raises ClientGoneError.
        """
        if isinstance(planned.query, Problem):
            return planned.query
        kept = self._cache.get(self.guard.generation, planned.key)
        try:
            kept = kept or await self._asked(planned, planned.query, gone)
        except AvermentError as error:
            return problem(error)
        return kept.format.name, kept.body

    async def _asked(self, planned: Plan, query: Checked, gone: Gone) -> Kept:
        results, rdf = (chosen and chosen[0] for chosen in (planned.choice.results, planned.choice.rdf))
        try:
            kept = Kept.of(await self.guard.run(query, results, rdf, planned.scope, gone))
        except QueryFormatError as error:
            raise what_would_do(error, results) from None
        if lasts(query.text):
            self._cache.put(planned.key, kept)
        return kept

    def refused(self, found: Problem) -> Found:
        """Give what programs are told of a problem."""
        said = {"Content-Type": MEDIA_TYPE, "Cache-Control": "no-store", "Vary": "Accept", **found.headers}
        headers = [*((name.lower(), value) for name, value in said.items()), *self._always]
        return Found(found.status, headers, found.text.encode(), kept=False)

    def _told(self, planned: Plan, kept: Kept, known: str | None, *, repeated: bool) -> Found:
        media_type = planned.media_type(kept.format)
        etag = tag(kept.digest, media_type)
        headers = [("etag", f'"{etag}"'), *_headers(media_type, planned.scope.union), *self._always]
        if planned.choice.is_spreadsheet:
            headers.append(("content-disposition", ATTACHED))
        if known is not None and parse_etags(known).contains_weak(etag):
            return Found(304, [header for header in headers if header[0] != "content-type"], b"", repeated)
        return Found(200, headers, kept.body, repeated)


@lru_cache
def _headers(media_type: str, union: bool) -> Headers:  # noqa: FBT001 - one of two keys
    return [(name.lower(), value) for name, value in headers_for(media_type, union=union).items()]
