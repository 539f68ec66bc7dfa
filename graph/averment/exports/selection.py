"""Which links of a view are wanted: those of an article, of somebody, of a time, or of claims of some status."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from pyoxigraph import Literal, NamedNode

from averment import iris
from averment.errors import InputError
from averment.exports.near import near
from averment.review.model import Status
from averment.store.view import Row

__all__ = ["Ask", "Link", "Selection", "Wanted", "article_called", "select", "status_called"]

Ask: TypeAlias = Callable[..., Iterable[Row]]
"""Runs a query of `averment/queries/` by its name, with values for some of its variables, and gives its rows."""

_SHORTEST = 6
"""Hexadecimal digits of an article's id that are enough to name it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody asks to see; None is no matter."""

    article: str | None = None
    """Its IRI, the address of its page, its own address, its title, or the first digits of its id."""
    person: str | None = None
    """The name or IRI of somebody or something that articles name; whoever is confirmed to be the same counts too."""
    since: date | None = None
    until: date | None = None
    """Days of publication, both included; an article without one is then not shown."""
    status: str | None = None
    """Of the review of claims."""


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """One link of a view, or one thing alone, of which `relation` and `to` are empty."""

    start: str
    relation: str
    to: str
    claim: str
    article: str
    stance: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What is wanted, looked up in a store."""

    article: NamedNode | None = None
    articles: frozenset[str] | None = None
    """Those of the time that is wanted; None is all."""
    claims: frozenset[str] | None = None
    """Those of the person; None is all."""
    status: Status | None = None

    def of(self, links: list[Link], status_of: Mapping[str, str]) -> list[Link]:
        """Give the links that are wanted. One that is of no claim stays where another claim of its article does."""
        kept = [link for link in links if self.articles is None or link.article in self.articles]
        if self.claims is None and self.status is None:
            return kept
        claims = {link.claim for link in kept if link.claim and self._has(link.claim, status_of)}
        articles = {link.article for link in kept if link.claim in claims}
        return [link for link in kept if link.claim in claims or (not link.claim and link.article in articles)]

    def _has(self, claim: str, status_of: Mapping[str, str]) -> bool:
        if self.claims is not None and claim not in self.claims:
            return False
        return self.status is None or status_of.get(claim, Status.OPEN) == self.status


def select(ask: Ask, wanted: Wanted) -> Selection:
    """Look up what is wanted; raise InputError, with what is near, where it is not in the store."""
    articles = claims = article = None
    if wanted.since and wanted.until and wanted.since > wanted.until:
        raise InputError(f"{wanted.since} is after {wanted.until}, so that no day is between the two")
    if wanted.since or wanted.until:
        rows = ask("export/articles")
        articles = frozenset(_text(row["article"]) for row in rows if _within(_text(row["published"]), wanted))
    if wanted.article is not None:
        article = article_called(ask, wanted.article)
    if wanted.person is not None:
        claims = _claims_of(ask, _people(ask, wanted.person))
    status = status_called(wanted.status) if wanted.status is not None else None
    return Selection(article=article, articles=articles, claims=claims, status=status)


def status_called(name: str) -> Status:
    """Give a status of review by its name."""
    try:
        return Status(name.lower())
    except ValueError:
        names = [str(status) for status in Status]
        raise InputError(f"no status is called {name!r}{near(name, names)}; there are {', '.join(names)}") from None


def article_called(ask: Ask, name: str) -> NamedNode:
    """Give the article that somebody means; raise InputError where it is none, or could be several."""
    rows = list(ask("export/articles"))
    wanted, path = name.strip(), name.strip().partition("/id/")[2]
    exact = {wanted, iris.BASE + path if path else wanted}
    found = {_text(row["article"]) for row in rows if exact & {_text(row[key]) for key in ("article", "address")}}
    found = found or {_text(row["article"]) for row in rows if _text(row["label"]).casefold() == wanted.casefold()}
    if not found and len(wanted) >= _SHORTEST:
        beginning = f"{iris.BASE}source/{wanted.lower()}"
        found = {_text(row["article"]) for row in rows if _text(row["article"]).startswith(beginning)}
    if len(found) == 1:
        return NamedNode(found.pop())
    if found:
        raise InputError(f"{len(found)} articles are called {name!r}; name one by its IRI: {', '.join(sorted(found))}")
    raise InputError(f"the store has no article {name!r}{near(wanted, (_text(row['label']) for row in rows))}")


def _people(ask: Ask, name: str) -> set[str]:
    """Give everything of that name or IRI, and whatever is confirmed to be the same."""
    rows = [(_text(row["entity"]), _text(row["label"])) for row in ask("export/names")]
    wanted = " ".join(name.split()).casefold()
    path = name.strip().partition("/id/")[2]
    found = {iri for iri, label in rows if iri in (name.strip(), iris.BASE + path) or label.casefold() == wanted}
    if not found:
        raise InputError(
            f"nobody and nothing in the store is called {name!r}{near(name, (label for _, label in rows))}"
        )
    linked: dict[str, set[str]] = {}
    for row in ask("export/same"):
        one, other = _text(row["one"]), _text(row["other"])
        linked.setdefault(one, set()).add(other)
        linked.setdefault(other, set()).add(one)
    waiting = list(found)
    while waiting:
        for other in linked.get(waiting.pop(), set()) - found:
            found.add(other)
            waiting.append(other)
    return found


def _claims_of(ask: Ask, people: set[str]) -> frozenset[str]:
    return frozenset(
        _text(row["claim"]) for one in sorted(people) for row in ask("export/claims-of", entity=NamedNode(one))
    )


def _within(published: str, wanted: Wanted) -> bool:
    try:
        day = date.fromisoformat(published)
    except ValueError:
        return False
    return (wanted.since or date.min) <= day <= (wanted.until or date.max)


def _text(term: NamedNode | Literal | Any) -> str:
    return term.value if term is not None else ""
