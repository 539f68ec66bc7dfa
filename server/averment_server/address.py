"""Under which address others reach this server, and whose it is, which it cannot know behind a proxy."""

from dataclasses import dataclass
from typing import cast
from urllib.parse import urlsplit

from flask import current_app, request

from averment.addresses import parse_address
from averment.errors import InputError

__all__ = ["SITE", "Site", "here", "parse_name", "parse_root", "root", "site"]

SITE = "AVERMENT_SITE"
"""The setting that has what this server is known by."""

_LONGEST = 200
"""Characters of a name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What a server is known by; None where nobody has said."""

    address: str | None = None
    """Of its front page, with a slash at the end; where it is None, the address that each request has."""
    publisher: str | None = None
    """The newsroom whose reviews it publishes."""
    publisher_address: str | None = None
    """Of the newsroom; where it is None, that of the front page."""

    @property
    def host(self) -> str | None:
        """The name in its address, without the port, as the Host header has it; IPv6 in brackets."""
        found = urlsplit(self.address or "").hostname
        return f"[{found}]" if found and ":" in found else found


def parse_root(written: str) -> str:
    """Read the address of a front page, http or https and a host; raise InputError where it is something else."""
    parts = urlsplit(parse_address(written))
    try:
        port = parts.port
    except ValueError:
        port = 0
    if (
        not parts.hostname
        or port == 0
        or parts.path not in ("", "/")
        or parts.query
        or parts.fragment
        or "@" in parts.netloc
    ):
        raise InputError(f"{written!r} is not the address of a front page; write it as https://facts.example")
    return f"{parts.scheme}://{parts.netloc.lower()}/"


def parse_name(written: str) -> str:
    """Read a name; raise InputError for one that is empty, too long, or has control characters."""
    name = written.strip()
    if not name or len(name) > _LONGEST or not name.isprintable():
        raise InputError(f"a name has 1 to {_LONGEST} characters that can be printed; {written[:_LONGEST]!r} does not")
    return name


def site() -> Site:
    """Give what the application at hand is known by."""
    return cast(Site, current_app.config[SITE])


def root() -> str:
    """Give the address of the front page as others have it."""
    return site().address or request.root_url


def here() -> str:
    """Give the address of the request at hand as others have it, without its fields."""
    return root() + request.base_url.removeprefix(request.root_url)
