"""A report as SARIF 2.1.0, which code hosts show beside what it is about.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

import json
import re
from hashlib import sha256
from typing import Any
from urllib.parse import quote

import pyoxigraph as ox

from averment import __version__
from averment.validate.render.context import Context
from averment.validate.report import Report, Result, Severity
from averment.validate.rules import Described
from averment.validate.terms import plain

__all__ = ["as_sarif"]

_LEVELS = {Severity.VIOLATION: "error", Severity.WARNING: "warning", Severity.INFO: "note"}

_URI = ";/?:@&=+$,-_.!~*'()#%[]"
"""What stands in a URI as it is, beside letters and digits (RFC 3986)."""


def as_sarif(report: Report, context: Context) -> bytes:
    """Give the report as one run, with all rules; offsets are code points, as everywhere here."""
    places = {rule.name: place for place, rule in enumerate(context.rules)}
    run = {
        "tool": {
            "driver": {
                "name": "averment",
                "semanticVersion": __version__,
                "rules": [_rule(rule) for rule in context.rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [_result(result, places) for result in report.results],
    }
    content = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def _rule(rule: Described) -> dict[str, Any]:
    message = rule.message or rule.name
    about = [f"It is about {rule.about}."] if rule.about else []
    return {
        "id": rule.name,
        "shortDescription": {"text": re.split(r"(?<=[.!?])\s", message, maxsplit=1)[0]},
        "fullDescription": {"text": rule.why or message},
        "help": {"text": " ".join([message, *about])},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": [tag for tag in (rule.layer, rule.about) if tag]},
    }


def _result(result: Result, places: dict[str, int]) -> dict[str, Any]:
    place = {"ruleIndex": places[result.constraint]} if result.constraint in places else {}
    return {
        "ruleId": result.constraint,
        **place,
        "level": _LEVELS[result.severity],
        "message": {"text": f"{result.label}: {result.message}"},
        "locations": [_location(result)],
        "partialFingerprints": {"averment/v1": _fingerprint(result)},
    }


def _location(result: Result) -> dict[str, Any]:
    """Give the article with the characters where they are known, and the thing by its name."""
    thing = {"fullyQualifiedName": plain(result.focus), "kind": result.kind}
    address = _address(result)
    if address is None:
        return {"logicalLocations": [thing]}
    physical: dict[str, Any] = {"artifactLocation": {"uri": quote(address, safe=_URI)}}
    passage = result.passage
    if passage and passage.start is not None and passage.end is not None:
        physical["region"] = {"charOffset": passage.start, "charLength": passage.end - passage.start}
    return {"physicalLocation": physical, "logicalLocations": [thing]}


def _address(result: Result) -> str | None:
    """Give where the article is, else its IRI, else for what is in no article its own."""
    if result.source_address or result.source:
        return result.source_address or plain(result.source)
    return result.focus.value if isinstance(result.focus, ox.NamedNode) else None


def _fingerprint(result: Result) -> str:
    """Give what stays the same while a result is the same, in whatever words it is told."""
    parts = [result.constraint, str(result.component), str(result.focus), str(result.path), str(result.value)]
    return sha256("\n".join(parts).encode()).hexdigest()
