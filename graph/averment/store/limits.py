"""What a query may use."""

from dataclasses import dataclass, field

from averment.store.gate import TextLimits

__all__ = ["Limits"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one query may use, and how many run at a time."""

    seconds: float = 10.0
    memory: int = 512 << 20
    """Bytes beyond what a worker has mapped before its first query."""
    answer: int = 16 << 20
    """Bytes, serialized."""
    workers: int = 4
    reserved: int = 1
    """Workers that queries from outside leave free, so that pages come up while somebody else waits."""
    patience: float = 1.0
    """Seconds that a query waits for a worker."""
    text: TextLimits = field(default_factory=TextLimits)
