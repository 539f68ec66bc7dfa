"""How people name a claim: by its IRI, the address of its page, or a few digits of its source and its place."""

import re

from pyoxigraph import NamedNode

from averment import iris
from averment.errors import InputError
from averment.store import View
from averment.vocabulary import RDF, SDO

__all__ = ["find_claim", "short_name"]

_DIGITS = 8
"""Of a source's id, as people see it; any number that no other source shares will do."""

_SOURCES = f"{iris.BASE}source/"
_SHORT = re.compile(r"(?P<digits>[0-9a-f]{1,32})/(?:claim/)?(?P<place>[0-9]+-[0-9]+)")


def short_name(claim: str) -> str:
    """Give the name of a claim that is easy to copy.

    >>> short_name("https://w3id.org/averment/id/source/3f2a91c0a6be4f6f8d8c2b1a0e9f7d65/claim/120-190")
    '3f2a91c0/120-190'
    """
    source, _, place = claim.removeprefix(_SOURCES).partition("/claim/")
    return f"{source[:_DIGITS]}/{place}" if place else claim


def find_claim(view: View, name: str) -> NamedNode:
    """Give the claim that somebody means; raise InputError where it is none, or could be several."""
    found = [claim for claim in _candidates(view, name.strip()) if view.has_type(claim, SDO.Claim)]
    if len(found) == 1:
        return found[0]
    if found:
        raise InputError(f"{len(found)} claims answer to {name!r}; give more digits, or the whole IRI")
    raise InputError(f"the store has no claim {name!r}; list the claims with: averment review list --status all")


def _candidates(view: View, name: str) -> list[NamedNode]:
    if short := _SHORT.fullmatch(name):
        sources = view.pointing(RDF.type, SDO.NewsArticle)
        known = (source.value for source in sources if source.value.startswith(_SOURCES + short["digits"]))
        return [NamedNode(f"{source}/claim/{short['place']}") for source in known]
    path = name.partition("/id/")[2]
    try:
        return [NamedNode(iri) for iri in dict.fromkeys((name, iris.BASE + path if path else name))]
    except ValueError:
        return []
