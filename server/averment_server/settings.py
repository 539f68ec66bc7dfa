"""How a server is set up: whom it answers, and within which limits, those of queries apart."""

from collections.abc import Collection
from dataclasses import dataclass, field

from averment.store.limits import WriteLimits
from averment_server import sites
from averment_server.address import Site
from averment_server.configuration import DatasetLimits, ServerLimits

__all__ = ["Settings"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Whom a server answers, and how."""

    hosts: Collection[str] | None = sites.LOOPBACK
    """The names it answers to; None for any."""
    cors: bool = False
    """Whether scripts of any site may read its data."""
    union: bool = False
    """Whether the default graph is the union of all graphs where a request does not say."""
    each: int | None = None
    """Requests that one client may have at work at a time; None for any number."""
    writes: WriteLimits = field(default_factory=WriteLimits)
    server: ServerLimits = field(default_factory=ServerLimits)
    dataset: DatasetLimits = field(default_factory=DatasetLimits)
    site: Site = field(default_factory=Site)
