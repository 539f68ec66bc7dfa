"""The front end: SPARQL at `/sparql`, and pages about articles, claims, people, organizations, documents and payouts.

A thin layer: it asks the guards of `averment.store`, and evaluates nothing itself. `protocol` reads what a request of
SPARQL asks for, `sparql` answers it, `graph_store` reads and writes whole graphs; both write by `writes`, with a token
and a log. `ask` and `cache` keep answers until somebody has written.

Served by `processes`, `front` reads each request on an event loop, and `fast` has queries evaluated; the rest is for
the application of `app`, which `back` has in a process of its own.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from averment_server.app import create_app

__all__ = ["create_app"]


def __getattr__(name: str) -> Any:
    """Import the application when it is first asked for: whoever only starts or fronts it does without."""
    if name != "create_app":
        raise AttributeError(name)
    from averment_server.app import create_app  # noqa: PLC0415

    return create_app
