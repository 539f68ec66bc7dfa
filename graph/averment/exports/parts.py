"""The part of a store that annotations and reviews of some claims are made from, asked for wherever the store is."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

import pyoxigraph as ox

from averment.exports.interchange import Interchange, Wishes
from averment.exports.selection import Ask, Selection, Wanted, select
from averment.losses import IN_CONTENT, Losses
from averment.review.model import Status
from averment.store import View

__all__ = ["Fetch", "Part", "part_of_claims", "part_of_source", "part_wanted", "written"]

Fetch: TypeAlias = Callable[..., bytes]
"""Runs a CONSTRUCT of `averment/queries/` by its name, with values for some of its variables, and gives Turtle."""


@dataclass(frozen=True, slots=True)
class Part:
    """Bookkeeping to read from, and how many statements there are that claims make in their own graphs."""

    view: View
    content: int


def part_wanted(ask: Ask, fetch: Fetch, wanted: Wanted) -> Part:
    """Give the part that somebody asks for: all of the store, articles, or claims.

    Raises InputError where it is not in the store.
    """
    chosen = select(ask, wanted)
    if chosen.claims is not None or chosen.status is not None:
        return part_of_claims(ask, fetch, _claims(ask, chosen))
    if chosen.article is not None or chosen.articles is not None:
        return _part_of_sources(ask, fetch, _articles(chosen))
    sizes = next(iter(ask("graphs/sizes")))
    return _part([fetch("graphs/content")], [_number(sizes["content"])])


def part_of_source(ask: Ask, fetch: Fetch, source: ox.NamedNode) -> Part:
    """Give what the store has of an article or a document, and of all that was read from it."""
    return _part_of_sources(ask, fetch, [source])


def part_of_claims(ask: Ask, fetch: Fetch, claims: Iterable[ox.NamedNode]) -> Part:
    """Give what the store has of claims, each with its passage, chain, article and record."""
    found = list(claims)
    counts = [_number(row["content"]) for claim in found for row in ask("interchange/claim-content", claim=claim)]
    return _part((fetch("interchange/claim", claim=claim) for claim in found), counts)


def written(form: Interchange, part: Part, wishes: Wishes) -> tuple[bytes, Losses]:
    """Write a part in a format, and count what of it the format does not carry."""
    content, losses = form.write(part.view, wishes)
    if part.content:
        losses[IN_CONTENT] += part.content
    return content, losses


def _part_of_sources(ask: Ask, fetch: Fetch, sources: list[ox.NamedNode]) -> Part:
    counts = [_number(row["content"]) for source in sources for row in ask("interchange/source-content", source=source)]
    return _part((fetch("interchange/source", source=source) for source in sources), counts)


def _part(texts: Iterable[bytes], counts: Iterable[int]) -> Part:
    engine = ox.Store()
    for text in texts:
        engine.load(text, format=ox.RdfFormat.TURTLE)
    return Part(View(engine), sum(counts))


def _articles(chosen: Selection) -> list[ox.NamedNode]:
    """Give the articles that are wanted: the one that is named, if it is of the time that is."""
    if chosen.article is None:
        return [ox.NamedNode(iri) for iri in sorted(chosen.articles or ())]
    is_of_time = chosen.articles is None or chosen.article.value in chosen.articles
    return [chosen.article] if is_of_time else []


def _claims(ask: Ask, chosen: Selection) -> list[ox.NamedNode]:
    values = {"article": chosen.article} if chosen.article is not None else {}
    rows = ((_text(row["claim"]), _text(row["article"]), row["status"]) for row in ask("interchange/claims", **values))
    wanted = {
        claim
        for claim, article, status in rows
        if (chosen.articles is None or article in chosen.articles)
        and (chosen.claims is None or claim in chosen.claims)
        and (chosen.status is None or chosen.status == (_text(status).rpartition("review-")[2] or Status.OPEN))
    }
    return [ox.NamedNode(claim) for claim in sorted(wanted)]


def _number(term: object) -> int:
    return int(_text(term))


def _text(term: object) -> str:
    return str(getattr(term, "value", ""))
