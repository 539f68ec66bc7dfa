"""The front end: SPARQL at `/sparql`, and pages about articles, claims, people, organizations, documents and payouts.

A thin layer: it asks the guards of `averment.store`, and evaluates nothing itself. `protocol` reads what a request of
SPARQL asks for, `sparql` answers it, `graph_store` reads and writes whole graphs; both write by `writes`, with a token
and a log. `ask` and `cache` keep answers until somebody has written.
"""

from averment_server.app import create_app

__all__ = ["create_app"]
