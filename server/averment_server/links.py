"""Addresses: from an IRI of data to its page and back, and which addresses of others may become links."""

import re
from urllib.parse import quote, urlsplit

from averment.iris import BASE
from averment.vocabulary import PREFIXES

__all__ = ["compact", "iri_of", "page_of", "passage_address", "short", "web_address"]

_FRAGMENT_WORDS = 6
"""A passage of more than twice as many words is named by its first and last ones: shorter, and as easy to find."""


def page_of(iri: str) -> str | None:
    """Give the path of the page about an IRI of data, None for the IRIs of others.

    >>> page_of("https://w3id.org/averment/id/source/1f/claim/3-9")
    '/id/source/1f/claim/3-9'
    """
    return f"/id/{quote(iri.removeprefix(BASE))}" if iri.startswith(BASE) else None


def iri_of(path: str) -> str:
    """Give the IRI that `/id/<path>` is about."""
    return BASE + path


def web_address(text: str | None) -> str | None:
    """Give an address that may become a link: http or https with a host, and nothing that a browser reads otherwise."""
    if not text or any(c <= " " or c in '\\"<>' for c in text):
        return None
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    return text if parts.scheme in ("http", "https") and parts.hostname else None


def passage_address(address: str | None, words: str, note: str | None = None) -> str | None:
    """Give the address that opens a source at the words, in browsers that know text fragments.

    None where a note on the source says what its text is: the words may not be those at the address.

    https://wicg.github.io/scroll-to-text-fragment/

    >>> passage_address("https://paper.example/a", "a well-known city, today")
    'https://paper.example/a#:~:text=a%20well%2Dknown%20city%2C%20today'
    """
    address = web_address(address)
    if address is None or note:
        return None
    pieces = words.split()
    if len(pieces) > 2 * _FRAGMENT_WORDS or "\n" in words.strip():
        count = min(_FRAGMENT_WORDS, len(pieces) // 2) or 1
        found = [" ".join(pieces[:count]), " ".join(pieces[-count:])]
    else:
        found = [" ".join(pieces)]
    text = ",".join(quote(part, safe="").replace("-", "%2D") for part in found)
    return f"{address}{'' if '#' in address else '#'}:~:text={text}"


def compact(iri: str) -> str:
    """Give the short form of an IRI: by a prefix, or its path for data.

    >>> compact("https://w3id.org/averment#Payout")
    'av:Payout'
    """
    if iri.startswith(BASE):
        return iri.removeprefix(BASE)
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def short(iri: str) -> str:
    """Give the last part of an IRI of data, without its source; the short form of any other.

    >>> short("https://w3id.org/averment/id/source/1f/claim/3-9")
    'claim/3-9'
    """
    return re.sub(r"^source/[0-9a-f]+/", "", compact(iri))
