"""The published JSON-LD context: the terms by which people know classes and properties. It is never fetched."""

import json
import re
from functools import cache

from averment.resources import context_file

__all__ = ["CONTEXT_IRI", "context", "with_context"]

CONTEXT_IRI = "https://w3id.org/averment/context.jsonld"
"""What files may call it by."""

_NAMED = re.compile(rb'("@context"\s*:\s*)"' + re.escape(CONTEXT_IRI.encode()) + b'"')


@cache
def context() -> str:
    """Give the context, as the text of its file."""
    return context_file().read_text(encoding="utf-8")


def with_context(content: bytes) -> bytes:
    """Put the context into JSON-LD that only names it. Within a text the quotes would be escaped."""
    if CONTEXT_IRI.encode() not in content:
        return content
    inner = json.dumps(json.loads(context())["@context"]).encode()
    return _NAMED.sub(lambda found: found[1] + inner, content, count=1)
