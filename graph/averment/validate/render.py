"""A report for a terminal and as JSON; `rdf` has it in SHACL's own vocabulary."""

import json
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any

import pyoxigraph as ox

from averment.validate.rdf import as_turtle
from averment.validate.report import Report, Result, Severity, Term

__all__ = ["RENDERERS", "as_json", "as_text", "as_turtle"]

_COLOURS = {Severity.VIOLATION: "31", Severity.WARNING: "33", Severity.INFO: "36"}
_LONGEST = 120
"""Code points shown of an offending value."""


def as_text(report: Report, *, colour: bool = False) -> str:
    """Give the report for people: one paragraph a rule, with everything that breaks it."""
    groups = groupby(report.results, key=lambda result: (result.severity, result.constraint, result.message))
    paragraphs = [_paragraph(list(group), colour=colour) for _, group in groups]
    return "\n\n".join([*paragraphs, _summary(report)]) + "\n"


def as_json(report: Report) -> str:
    """Give the report as JSON."""
    content = {
        "conforms": report.conforms,
        "sources": report.sources,
        "counts": {str(severity): count for severity, count in report.counts.items()},
        "results": [_plain(result) for result in report.results],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


RENDERERS: dict[str, Callable[..., str]] = {"text": as_text, "json": as_json, "turtle": as_turtle}
"""By the name that people type; `as_text` takes `colour` too."""


# ---- Text ---------------------------------------------------------------------------------------------------------


def _paragraph(results: list[Result], *, colour: bool) -> str:
    first = results[0]
    times = f", {len(results)} times" if len(results) > 1 else ""
    head = f"{_painted(first, colour=colour)}  {first.severity}{times}"
    return "\n".join([head, f"  {first.message}", *(line for result in results for line in _lines(result))])


def _painted(result: Result, *, colour: bool) -> str:
    return f"\x1b[1;{_COLOURS[result.severity]}m{result.constraint}\x1b[0m" if colour else result.constraint


def _lines(result: Result) -> Iterator[str]:
    """Name the thing, then the offending value where it is not the thing itself, then where the thing is found."""
    yield f"    {_printable(result.label)}"
    if result.value is not None and _text(result.value) not in (result.words, _text(result.focus)):
        yield f"      has {_printable(result.value_label or _quoted(result.value))}"
    if result.words:
        yield f"      {result.focus}"


def _quoted(term: Term) -> str:
    return f"“{' '.join(term.value.split())[:_LONGEST]}”" if isinstance(term, ox.Literal) else str(term)


def _printable(text: str) -> str:
    """Keep what is quoted from a file from steering the terminal."""
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)


def _summary(report: Report) -> str:
    articles = "1 article" if report.sources == 1 else f"{report.sources:,} articles"
    counts = [f"{n:,} {severity}{'s' if n != 1 else ''}" for severity, n in report.counts.items() if n]
    return f"{', '.join(counts) or 'Nothing wrong'} in {articles}."


# ---- JSON ---------------------------------------------------------------------------------------------------------


def _plain(result: Result) -> dict[str, Any]:
    return {
        "constraint": result.constraint,
        "severity": str(result.severity),
        "message": result.message,
        "focus": _text(result.focus),
        "kind": result.kind,
        "words": result.words,
        "path": _text(result.path),
        "value": _text(result.value),
        "valueLabel": result.value_label,
        "source": _text(result.source),
    }


def _text(term: Term | None) -> str | None:
    """Give what a term is without its syntax; a blank node keeps the mark of one."""
    return str(term) if isinstance(term, ox.BlankNode) else term and term.value
