"""The prose and the metadata of a web page, by trafilatura. Nothing is fetched."""

from datetime import date

import trafilatura

from averment.addresses import parse_address
from averment.errors import InputError
from averment.sources.metadata import Metadata, parse_date, parse_words

__all__ = ["read_html"]


def read_html(markup: str) -> tuple[str, Metadata]:
    """Give the article of a page as text, a line a paragraph, and what the page says of itself.

    Raises InputError where the page holds no article.
    """
    text = trafilatura.extract(markup, include_comments=False, include_tables=False)
    if not text or not text.strip():
        raise InputError("no article was found in this page; save its text and read that")
    return text.strip() + "\n", _metadata(markup)


def _metadata(markup: str) -> Metadata:
    found = trafilatura.extract_metadata(markup)
    authors = tuple(name.strip() for name in (found.author or "").split(";") if name.strip())
    return Metadata(
        title=parse_words(found.title or ""),
        publisher=parse_words(found.sitename or ""),
        authors=authors,
        published=_date(found.date),
        address=_address(found.url),
    )


def _date(written: str | None) -> date | None:
    """A page's own date is a hint: one that cannot be read is as good as none."""
    try:
        return parse_date((written or "")[:10])
    except InputError:
        return None


def _address(written: str | None) -> str | None:
    try:
        return parse_address(written or "")
    except InputError:
        return None
