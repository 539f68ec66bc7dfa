"""The passages of a stored article looked for again in a text, and the record of it.

A run is a prov:Activity: somebody compared the passages of one source with one text at one time. What it found of each
passage stays, whatever later runs find.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from pyoxigraph import Literal, NamedNode, Quad

from averment import iris
from averment.bookkeeping import Triple, activity, bookkeeping
from averment.citations.outcomes import Finding, Outcome
from averment.citations.revision import Revision
from averment.errors import InputError
from averment.model import Source, Span
from averment.store import Texts, View
from averment.times import instant
from averment.vocabulary import AV, PROV, RDF, member

__all__ = ["Checked", "Stored", "Verification", "stored", "unavailable", "verification_quads", "verify", "which"]

_SOURCES, _PASSAGES = "citations/sources", "citations/passages"


@dataclass(frozen=True, slots=True)
class Stored:
    """An article of a store."""

    iri: NamedNode
    label: str
    text: str
    sha256: str
    address: str | None


@dataclass(frozen=True, slots=True)
class Checked:
    """A passage, what became of it, and whether it carries a claim."""

    passage: NamedNode
    finding: Finding
    carries_claim: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What somebody found of an article's passages in a text at a time; `sha256` is None where there was no text."""

    source: Stored
    sha256: str | None
    checks: tuple[Checked, ...]

    @property
    def is_sound(self) -> bool:
        """Whether every passage still stands in the same words."""
        return all(check.finding.outcome.is_sound for check in self.checks)


def stored(view: View) -> list[Stored]:
    """Give the articles of a store, in the order of their IRIs."""
    return [_stored(row) for row in view.texts(_SOURCES)]


def _stored(row: Texts) -> Stored:
    source, label, text, digest = (str(row[name]) for name in ("source", "label", "text", "digest"))
    return Stored(NamedNode(source), label, text, digest, row["address"])


def which(copy: Source, articles: Iterable[Stored]) -> list[Stored]:
    """Give the articles that a file is a copy of: those with its text, or else with its address.

    Raises InputError where there is none.
    """
    known = list(articles)
    found = [one for one in known if one.sha256 == copy.sha256]
    found = found or [one for one in known if copy.address and one.address == copy.address]
    if not found:
        raise InputError("no article in the store has this text or this address; name the article with --source")
    return found


def verify(view: View, article: Stored, copy: Source) -> Verification:
    """Look for every passage of an article in the text of a copy."""
    revision = Revision(article.text, copy.text)
    checks = [Checked(iri, revision.finding(span), claimed) for iri, span, claimed in _passages(view, article)]
    return Verification(source=article, sha256=copy.sha256, checks=tuple(checks))


def unavailable(view: View, article: Stored) -> Verification:
    """Say that there is no copy of an article to look in."""
    found = [
        Checked(iri, Finding(span=span, outcome=Outcome.SOURCE_UNAVAILABLE), claimed)
        for iri, span, claimed in _passages(view, article)
    ]
    return Verification(source=article, sha256=None, checks=tuple(found))


def _passages(view: View, article: Stored) -> list[tuple[NamedNode, Span, bool]]:
    found: dict[str, tuple[Span, bool]] = {}
    for row in view.rows(_PASSAGES, source=article.iri):
        passage, start, end = (term.value for term in (row["passage"], row["start"], row["end"]) if term is not None)
        found[passage] = Span(int(start), int(end)), row["claim"] is not None or found.get(passage, (None, False))[1]
    return [(NamedNode(iri), span, claimed) for iri, (span, claimed) in found.items()]


# ---- The record ------------------------------------------------------------------------------------------------------


def verification_quads(run: Verification, by: str, at: datetime) -> list[Quad]:
    """Give the record of a run by somebody: every passage that carries a claim, and every other that is not sound."""
    return bookkeeping(_record(run, by, at))


def _record(run: Verification, by: str, at: datetime) -> Iterator[Triple]:
    run_iri = iris.verification(run.source.iri, run.sha256 or "", by, instant(at))
    yield from activity(run_iri, AV.Verification, by, at)
    yield run_iri, PROV.used, run.source.iri
    if run.sha256 is not None:
        yield run_iri, AV.comparedWith, Literal(run.sha256)
    for checked in run.checks:
        if checked.carries_claim or not checked.finding.outcome.is_sound:
            yield from _check(run_iri, checked)


def _check(run: NamedNode, checked: Checked) -> Iterator[Triple]:
    check = iris.check(run, checked.finding.span)
    yield check, RDF.type, AV.Check
    yield run, PROV.generated, check
    yield check, AV.checked, checked.passage
    yield check, AV.outcome, member("outcome", checked.finding.outcome)
    for change in checked.finding.changes:
        yield check, AV.change, Literal(change.in_words())
