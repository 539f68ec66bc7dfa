"""A report as JSON."""

import json
from typing import Any

from averment.validate.render.context import Context
from averment.validate.report import Passage, Report, Result
from averment.validate.terms import plain

__all__ = ["as_json"]


def as_json(report: Report, _context: Context) -> bytes:
    """Give the report as an object; its keys stay what they are, and none is ever left out.

    `conforms` (there is no violation), `sources` (articles looked at), `counts` (results by severity), and `results`.
    Each result has `constraint` (the rule's name), `severity`, `message`, `focus` (the thing: an IRI, or a blank node
    as `_:b1`), `kind` and `words` (what people call it), `path` (the property), `value` and `valueLabel` (what offends,
    and what people call it), `source`, `sourceTitle` and `sourceAddress` (the article), `passage` (its `iri`, and
    `start` and `end` in code points into the article's text), `component` (SHACL's name for what was broken) and
    `shape` (its IRI). What is not known is null.
    """
    content = {
        "conforms": report.conforms,
        "sources": report.sources,
        "counts": {str(severity): count for severity, count in report.counts.items()},
        "results": [_plain(result) for result in report.results],
    }
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def _plain(result: Result) -> dict[str, Any]:
    return {
        "constraint": result.constraint,
        "severity": str(result.severity),
        "message": result.message,
        "focus": plain(result.focus),
        "kind": result.kind,
        "words": result.words,
        "path": plain(result.path),
        "value": plain(result.value),
        "valueLabel": result.value_label,
        "source": plain(result.source),
        "sourceTitle": result.source_title,
        "sourceAddress": result.source_address,
        "passage": _place(result.passage),
        "component": plain(result.component),
        "shape": plain(result.shape),
    }


def _place(passage: Passage | None) -> dict[str, Any] | None:
    return None if passage is None else {"iri": plain(passage.iri), "start": passage.start, "end": passage.end}
