"""What a query, and a write, may use."""

from dataclasses import dataclass, field

from averment.store.gate import TextLimits

__all__ = ["Limits", "WriteLimits"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one query may use, and how many run at a time."""

    seconds: float = 10.0
    memory: int = 512 << 20
    """Bytes beyond what a worker has mapped before its first query."""
    answer: int = 16 << 20
    """Bytes, serialized."""
    workers: int = 8
    reserved: int = 2
    """Workers that queries from outside leave free, so that pages come up while somebody else waits."""
    patience: float = 1.0
    """Seconds that a query waits for a worker."""
    quick: float = 0.2
    """Seconds after which a query is a long one. It then goes behind the others, and one worker is left for those."""
    services: frozenset[str] = frozenset()
    """Addresses of other servers that a query may ask by SERVICE, as it has to write them."""
    text: TextLimits = field(default_factory=TextLimits)


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteLimits:
    """What one write from outside may use; there is never more than one at work."""

    seconds: float = 60.0
    """Until it is ready to be committed."""
    memory: int = 1 << 30
    """Bytes beyond what the writing process has mapped with the store open."""
    body: int = 32 << 20
    """Bytes of a request."""
    patience: float = 10.0
    """Seconds that a write waits for those before it."""
    waiting: int = 6
    """Writes that wait at a time; more are asked to come back, so that reading goes on."""
    text: TextLimits = field(default_factory=lambda: TextLimits(length=4_000_000, operators=1_000, pieces=4_000_000))
    """Of an update; larger data go to the graph store."""
