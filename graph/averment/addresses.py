"""Addresses of the web, as people write them."""

from urllib.parse import urlsplit

from averment.errors import InputError

__all__ = ["parse_address"]


def parse_address(written: str) -> str:
    """Check that an address is an absolute http(s) one; raise InputError otherwise."""
    address = written.strip()
    try:
        parts = urlsplit(address)
    except ValueError:
        parts = urlsplit("")
    if (
        parts.scheme not in {"http", "https"}
        or not parts.netloc
        or any(c.isspace() or c in '<>"{}|\\^`' or "\ud800" <= c <= "\udfff" for c in address)
    ):
        raise InputError(f"{written!r} is not an address; write it as https://example.org/article")
    return address
