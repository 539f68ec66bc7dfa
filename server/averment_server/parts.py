"""Annotations and reviews over HTTP: of a claim, of an article or a document, or of what `/export` is asked for.

The guard's workers answer what is asked of the store; all that they give for one request is bounded as one answer is,
in bytes and in seconds. What a format does not carry is counted in a header, and reported under `losses=true`.
"""

import time
from collections.abc import Callable, Mapping
from urllib.parse import urlencode

import pyoxigraph as ox
from flask import Response, json, request
from markupsafe import Markup

from averment.citations.offsets import Unit
from averment.claimreviews import Publisher
from averment.errors import AnswerSizeError, InputError, QueryLimitError, QueryTimeError
from averment.exports.interchange import INTERCHANGE, Interchange, Wishes
from averment.exports.near import near
from averment.exports.parts import Fetch, Part, part_of_claims, written
from averment.exports.selection import Ask
from averment.losses import report
from averment.store.formats import RDF_FORMATS, by_name
from averment.store.view import Row, query_text
from averment_server.address import root, site
from averment_server.answers import NOT_CARRIED
from averment_server.ask import guard, table
from averment_server.turns import Turns

__all__ = ["FIELDS", "PROFILES", "Asked", "embedded", "part_called", "response_of"]

FIELDS = ("units", "losses")
"""What may be said beside the format: what offsets count, and that the report is wanted."""

PROFILES = {profile: part for part in INTERCHANGE for profile in part.profiles}
"""By what clients name in the `profile` of JSON-LD."""

_TURTLE = by_name("turtle", RDF_FORMATS)

_TURNS = Turns(2, 3)

_YES = ("1", "true", "yes")


class Asked:
    """Asks the guard all that one request needs."""

    def __init__(self) -> None:
        """Begin to count what it takes."""
        self._limits = guard().limits
        self._left = self._limits.answer
        self._until = time.monotonic() + self._limits.seconds

    def rows(self, query: str, **values: ox.NamedNode) -> list[Row]:
        """Run a SELECT of `averment/queries/` by its name, and give its rows.

        Raises AnswerSizeError and QueryTimeError where all together is more than one answer may take.
        """
        return table(self._answer(query, values))

    def turtle(self, query: str, **values: ox.NamedNode) -> bytes:
        """Run a CONSTRUCT of `averment/queries/` by its name; raises what `rows` does."""
        return self._answer(query, values)

    def _answer(self, query: str, values: Mapping[str, ox.NamedNode]) -> bytes:
        if time.monotonic() > self._until:
            raise QueryTimeError(
                f"this took more than {self._limits.seconds:g} seconds; ask for less, an article or a day"
            )
        body = guard().run(query_text(query), rdf=_TURTLE, values=values).body
        self._left -= len(body)
        if self._left < 0:
            raise AnswerSizeError(f"this is made from more than {self._limits.answer:,} bytes")
        return body


def part_called(name: str, others: tuple[str, ...]) -> Interchange | None:
    """Give the format of that name, None for one of `others`; raise InputError where it is neither."""
    found = next((part for part in INTERCHANGE if part.name == name), None)
    if found is None and name not in others:
        names = [*others, *(part.name for part in INTERCHANGE)]
        raise InputError(f"no format of this is called {name[:80]!r}{near(name, names)}; there are {', '.join(names)}")
    return found


def response_of(
    form: Interchange, make: Callable[[Ask, Fetch], Part], at: str, fields: Mapping[str, str], *, is_whole: bool = False
) -> Response:
    """Answer with a part of the store in a format, or with the report of what that is without.

    `make` gets the part, `at` is its address, to which `fields` belong. Raises InputError for a unit that there is not.
    """
    wishes = Wishes(publisher=_publisher(), unit=_unit(), is_whole=is_whole)
    with _TURNS.turn("there are as many exports"):
        asked = Asked()
        content, losses = written(form, make(asked.rows, asked.turtle), wishes)
    if request.args.get("losses", "").lower() in _YES:
        response = Response(json.dumps(report(losses), indent=2) + "\n", content_type="application/json")
    else:
        response = Response(content, content_type=form.media_type)
        asked_for = urlencode({**fields, "format": form.name, "losses": "true"})
        response.headers.add("Link", f'<{at}?{asked_for}>; rel="describedby"; type="application/json"')
    response.headers[NOT_CARRIED] = str(losses.total())
    response.add_etag()
    response.cache_control.no_cache = True
    response.make_conditional(request)
    return response


def embedded(claim: ox.NamedNode) -> Markup | None:
    """Give the review of a claim as JSON-LD for a script in its page, where search engines look for it.

    None where the server does not know whose it is, where nobody has rated the claim, and where too many ask: the page
    is for people first.
    """
    if _publisher() is None:
        return None
    form = next(part for part in INTERCHANGE if part.name == "claimreview")
    asked = Asked()
    try:
        part = part_of_claims(asked.rows, asked.turtle, [claim])
        content, _ = written(form, part, Wishes(publisher=_publisher(), is_whole=False))
    except QueryLimitError:
        return None
    return Markup(content.decode()) if json.loads(content) else None  # noqa: S704 - nothing in it ends a script


def _unit() -> Unit:
    name = request.args.get("units", Unit.CODE_POINTS.value)
    try:
        return Unit(name)
    except ValueError:
        names = [unit.value for unit in Unit]
        raise InputError(f"no unit is called {name[:80]!r}{near(name, names)}; there are {', '.join(names)}") from None


def _publisher() -> Publisher | None:
    """Give the newsroom whose reviews are published here; None where it has no name."""
    known = site()
    if known.publisher is None:
        return None
    return Publisher(known.publisher, known.publisher_address or root(), root())
