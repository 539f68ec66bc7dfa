"""A report for a terminal: one paragraph a rule, with examples of what breaks it."""

from collections.abc import Iterator

import pyoxigraph as ox

from averment.validate.describe import label
from averment.validate.render.context import Context, groups, message_of, summary
from averment.validate.report import Report, Result, Severity
from averment.validate.terms import plain, short, visible

__all__ = ["as_text", "offending", "where"]

EXAMPLES = 3
"""Results shown of a rule, unless all are asked for."""

_COLOURS = {Severity.VIOLATION: "31", Severity.WARNING: "33", Severity.INFO: "36"}


def as_text(report: Report, context: Context) -> bytes:
    """Give the report for people: a paragraph a rule, the gravest first, and a summary."""
    paragraphs = ["\n".join(_paragraph(rule, results, context)) for rule, results in groups(report)]
    return ("\n\n".join([*paragraphs, summary(report)]) + "\n").encode()


def offending(result: Result) -> str | None:
    """Name the offending value, unless it is the thing itself or the words that it is named by."""
    value = result.value
    if value is None or plain(value) in (result.words, plain(result.focus)):
        return None
    if result.value_label:
        return visible(result.value_label)
    return f"“{short(value)}”" if isinstance(value, ox.Literal) else short(value)


def where(result: Result) -> str | None:
    """Say where the words of a thing are: the article by its title, and the characters."""
    if result.source is None:
        return None
    article = "" if result.source == result.focus else label("article", result.source_title, str(result.source))
    passage = result.passage
    characters = "" if passage is None or passage.start is None else f"characters {passage.start} to {passage.end}"
    return visible(", ".join(part for part in (article, characters) if part)) or None


def _paragraph(rule: str, results: list[Result], context: Context) -> Iterator[str]:
    first, common = results[0], message_of(results)
    times = f", {len(results):,} times" if len(results) > 1 else ""
    yield f"{_painted(visible(rule), first.severity, context)}  {first.severity}{times}"
    if common is not None:
        yield f"  {visible(common)}"
    shown = results if context.everything else results[:EXAMPLES]
    for result in shown:
        yield from _lines(result, own_message=common is None)
    if len(results) > len(shown):
        yield f"    and {len(results) - len(shown):,} more (averment validate --all shows every one)"


def _painted(rule: str, severity: Severity, context: Context) -> str:
    return f"\x1b[1;{_COLOURS[severity]}m{rule}\x1b[0m" if context.colour else rule


def _lines(result: Result, *, own_message: bool) -> Iterator[str]:
    """Name the thing, then the offending value where it is not the thing itself, then where the thing is found."""
    yield f"    {visible(result.label)}"
    if own_message:
        yield f"      {visible(result.message)}"
    if value := offending(result):
        yield f"      has {value}"
    if place := where(result):
        yield f"      in {place}"
    if result.words:
        yield f"      {visible(str(result.focus))}"
