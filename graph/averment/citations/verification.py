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
from averment.citations.withheld import findings
from averment.errors import InputError
from averment.model import Source, Span
from averment.store import Texts, View
from averment.times import instant
from averment.vocabulary import AV, PROV, RDF, member

__all__ = ["Checked", "Stored", "Verification", "stored", "unavailable", "verification_quads", "verify", "which"]

_SOURCES, _PASSAGES = "citations/sources", "citations/passages"


@dataclass(frozen=True, slots=True)
class Stored:
    """An article or document of a store."""

    iri: NamedNode
    label: str
    text: str | None
    """None where it is not kept; then passages are known by their digests."""
    sha256: str
    address: str | None


@dataclass(frozen=True, slots=True)
class Checked:
    """A passage, what became of it, and whether it carries a claim or evidence."""

    passage: NamedNode
    finding: Finding
    carries: bool


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
    source, label, digest = (str(row[name]) for name in ("source", "label", "digest"))
    return Stored(NamedNode(source), label, row["text"], digest, row["address"])


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
    passages = _passages(view, article)
    if article.text is not None:
        revision = Revision(article.text, copy.text)
        found = {one.span: revision.finding(one.span) for one in passages}
    elif article.sha256 == copy.sha256:
        found = {one.span: Finding(span=one.span, outcome=Outcome.EXACT, found=one.span) for one in passages}
    else:
        found = findings([(one.span, one.digest) for one in passages], copy.text)
    checks = [Checked(one.iri, found[one.span], one.carries) for one in passages]
    return Verification(source=article, sha256=copy.sha256, checks=tuple(checks))


def unavailable(view: View, article: Stored) -> Verification:
    """Say that there is no copy of an article to look in."""
    checks = [
        Checked(one.iri, Finding(span=one.span, outcome=Outcome.SOURCE_UNAVAILABLE), one.carries)
        for one in _passages(view, article)
    ]
    return Verification(source=article, sha256=None, checks=tuple(checks))


@dataclass(frozen=True, slots=True)
class _Passage:
    iri: NamedNode
    span: Span
    digest: str
    carries: bool
    """Whether a claim or evidence rests on it."""


def _passages(view: View, article: Stored) -> list[_Passage]:
    found: dict[str, _Passage] = {}
    for row in view.texts(_PASSAGES, source=article.iri):
        iri, start, end, digest = (str(row[name]) for name in ("passage", "start", "end", "digest"))
        carries = row["resting"] is not None or (iri in found and found[iri].carries)
        found[iri] = _Passage(NamedNode(iri), Span(int(start), int(end)), digest, carries)
    return list(found.values())


# ---- The record ------------------------------------------------------------------------------------------------------


def verification_quads(run: Verification, by: str, at: datetime) -> list[Quad]:
    """Give the record of a run by somebody: every passage that something rests on, and all that are not sound."""
    return bookkeeping(_record(run, by, at))


def _record(run: Verification, by: str, at: datetime) -> Iterator[Triple]:
    run_iri = iris.verification(run.source.iri, run.sha256 or "", by, instant(at))
    yield from activity(run_iri, AV.Verification, by, at)
    yield run_iri, PROV.used, run.source.iri
    if run.sha256 is not None:
        yield run_iri, AV.comparedWith, Literal(run.sha256)
    for checked in run.checks:
        if checked.carries or not checked.finding.outcome.is_sound:
            yield from _check(run_iri, checked)


def _check(run: NamedNode, checked: Checked) -> Iterator[Triple]:
    check = iris.check(run, checked.finding.span)
    yield check, RDF.type, AV.Check
    yield run, PROV.generated, check
    yield check, AV.checked, checked.passage
    yield check, AV.outcome, member("outcome", checked.finding.outcome)
    for change in checked.finding.changes:
        yield check, AV.change, Literal(change.in_words())
