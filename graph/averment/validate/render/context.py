"""What a report is shown with: the rules that were held to, and what somebody wants to see of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from averment.validate.report import Report, Result, Severity
from averment.validate.rules import Described

__all__ = ["Context", "groups", "message_of", "summary"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What goes into a report beside the results."""

    rules: tuple[Described, ...] = ()
    """All that was held to, in the order in which they are listed."""
    fail_on: Severity = Severity.VIOLATION
    """What makes the check fail: results as grave as this."""
    colour: bool = False
    everything: bool = False
    """Whether a text for people has every result, rather than examples."""


def groups(report: Report) -> Iterator[tuple[str, list[Result]]]:
    """Give the results by rule, the gravest first."""
    for (_, rule), results in groupby(report.results, key=lambda result: (result.severity, result.constraint)):
        yield rule, list(results)


def message_of(results: list[Result]) -> str | None:
    """Give the message of several results, None where each has its own."""
    messages = {result.message for result in results}
    return messages.pop() if len(messages) == 1 else None


def summary(report: Report) -> str:
    """Say in a line how much is wrong, and in how many articles it was looked for."""
    articles = "1 article" if report.sources == 1 else f"{report.sources:,} articles"
    counts = [f"{n:,} {severity}{'s' if n != 1 else ''}" for severity, n in report.counts.items() if n]
    return f"{', '.join(counts) or 'Nothing wrong'} in {articles}."
