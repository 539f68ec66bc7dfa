"""A report for a terminal, as JSON, and as RDF in SHACL's own vocabulary."""

import json
from collections.abc import Callable, Iterator
from hashlib import sha256
from itertools import groupby
from typing import Any

import pyoxigraph as ox

from averment import iris
from averment.validate.report import Report, Result, Severity, Term
from averment.vocabulary import PREFIXES, RDF, XSD

__all__ = ["RENDERERS", "as_json", "as_text", "as_turtle"]

_COLOURS = {Severity.VIOLATION: "31", Severity.WARNING: "33", Severity.INFO: "36"}
_LONGEST = 120
"""Code points shown of an offending value."""

_SH = PREFIXES["sh"]
_SHAPES = "https://w3id.org/averment/shapes#"


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


def as_turtle(report: Report) -> str:
    """Give the report as a sh:ValidationReport; here sh:conforms means, as SHACL has it, that there is no result."""
    triples = sorted(set(_triples(report)), key=str)
    text = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES | {"avsh": _SHAPES})
    assert text is not None  # noqa: S101 - no output was named
    return text.decode()


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


# ---- RDF ----------------------------------------------------------------------------------------------------------


def _triples(report: Report) -> Iterator[ox.Triple]:
    """State the report; its IRIs come from what it says, so the same report gives the same Turtle."""
    digests = [sha256(repr(result).encode()).hexdigest()[:16] for result in report.results]
    node = ox.NamedNode(f"{iris.BASE}report/{sha256(' '.join(digests).encode()).hexdigest()[:32]}")
    yield ox.Triple(node, RDF.type, _sh("ValidationReport"))
    yield ox.Triple(node, _sh("conforms"), ox.Literal("false" if digests else "true", datatype=XSD.boolean))
    for result, digest in zip(report.results, digests, strict=True):
        found = iris.within(node, digest)
        yield ox.Triple(node, _sh("result"), found)
        yield from _result(found, result)


def _result(node: ox.NamedNode, result: Result) -> Iterator[ox.Triple]:
    yield ox.Triple(node, RDF.type, _sh("ValidationResult"))
    yield ox.Triple(node, _sh("focusNode"), result.focus)
    yield ox.Triple(node, _sh("resultSeverity"), _sh(result.severity.capitalize()))
    yield ox.Triple(node, _sh("resultMessage"), ox.Literal(result.message))
    yield ox.Triple(node, _sh("sourceConstraintComponent"), result.component)
    if isinstance(result.shape, ox.NamedNode):  # a blank node of the shapes is no node of this graph
        yield ox.Triple(node, _sh("sourceShape"), result.shape)
    if result.path is not None:
        yield ox.Triple(node, _sh("resultPath"), result.path)
    if result.value is not None:
        yield ox.Triple(node, _sh("value"), result.value)


def _sh(name: str) -> ox.NamedNode:
    return ox.NamedNode(_SH + name)
