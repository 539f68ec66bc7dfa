"""A report as a page: what is wrong by rule, how much of it in which article, on paper and on a phone alike."""

from collections import Counter
from dataclasses import dataclass

from averment import __version__
from averment.paper import page
from averment.validate.render.context import Context, groups, message_of, summary
from averment.validate.render.text import offending
from averment.validate.report import Report, Result, Severity, Term
from averment.validate.terms import plain, visible

__all__ = ["as_html"]


@dataclass(frozen=True, slots=True)
class _Section:
    """What breaks one rule."""

    rule: str
    severity: Severity
    why: str | None
    message: str | None
    """None where each result has its own."""
    results: list[Result]


def as_html(report: Report, context: Context) -> bytes:
    """Give the report as one file, with every result, and without scripts or anything from elsewhere."""
    whys = {rule.name: rule.why for rule in context.rules}
    sections = [
        _Section(rule, results[0].severity, whys.get(rule), message_of(results), results)
        for rule, results in groups(report)
    ]
    return page(
        "averment.validate.render",
        "report.html",
        filters={"visible": visible, "plain": plain, "offending": offending},
        summary=summary(report),
        conforms=report.conforms,
        sections=sections,
        articles=_articles(report),
        version=__version__,
    )


def _articles(report: Report) -> list[tuple[str, str | None, Counter[Severity]]]:
    """Give each article with its address and how much is wrong in it, the most first; last what is in none."""
    found: dict[Term | None, list[Result]] = {}
    for result in report.results:
        found.setdefault(result.source, []).append(result)
    ordered = sorted(found.items(), key=lambda one: (one[0] is None, -len(one[1]), str(one[0])))
    return [
        (
            results[0].source_title or plain(source) or "in no article",
            results[0].source_address,
            Counter(result.severity for result in results),
        )
        for source, results in ordered
    ]
