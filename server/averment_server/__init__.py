"""The front end: SPARQL at `/sparql`, and pages about articles, claims, people, organizations, documents and payouts.

A thin layer that only reads. It asks the guard of `averment.store`, and evaluates nothing itself.
"""

from averment_server.app import create_app

__all__ = ["create_app"]
