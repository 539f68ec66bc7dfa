"""Putting evidence forward and taking it back. Each change is one transaction; nothing is erased."""

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import NamedNode

from averment import iris
from averment.errors import InputError
from averment.evidence.links import Made, evidence_of, link_quads, removal_quads, statement
from averment.evidence.model import Act, Evidence, How, SourceKind
from averment.evidence.sources import Brought
from averment.iris import EVIDENCE
from averment.model import Span
from averment.store import Store, View
from averment.times import instant

__all__ = ["Offer", "add", "evidence", "find_evidence", "remove"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A passage of a source that somebody puts forward for or against a claim."""

    claim: NamedNode
    how: How
    source: Brought
    span: Span
    kind: SourceKind | None = None
    """None where nobody says."""
    act: Act


def evidence(view: View, claim: NamedNode | None = None) -> list[Evidence]:
    """Give the evidence links of a store, or of one claim, the earliest of a claim first; removed ones too."""
    only = {"claim": claim} if claim else {}
    found = {str(row["link"]): evidence_of(row) for row in view.texts("evidence/links", **only)}
    return list(found.values())


def find_evidence(view: View, name: str) -> Evidence:
    """Give the link whose id begins with `name`; its IRI will do too.

    Raises InputError where there is none, or several.
    """
    digits = name.removeprefix(EVIDENCE)
    found = [link for link in evidence(view) if digits and link.digits.startswith(digits)]
    if len(found) == 1:
        return found[0]
    if found:
        raise InputError(f"{len(found)} evidence links have an id that begins with {name!r}; give more of its digits")
    raise InputError(f"no evidence link has the id {name!r}; list them with: averment evidence list")


def add(store: Store, offer: Offer) -> Evidence:
    """Put a passage forward, with its source where the store does not have that yet.

    The same offer again changes nothing. Raises InputError where it was removed since.
    """
    store.view()  # a store that was never written is complained of, not made
    made = Made(
        claim=offer.claim,
        how=offer.how,
        passage=iris.passage(offer.source.iri, offer.span),
        page=offer.source.page_of(offer.span),
        kind=offer.kind,
        act=offer.act,
    )
    with store.writer() as writer:
        known = {one.iri: one for one in evidence(writer.view, offer.claim)}
        if made.iri.value not in known:
            writer.change(add=[*offer.source.quads(offer.span), *link_quads(made)])
            known = {one.iri: one for one in evidence(writer.view, offer.claim)}
    found = known[made.iri.value]
    if found.removed is not None:
        raise InputError(f"this very link was {_told(found.removed)}; give a later time with --at")
    return found


def remove(store: Store, names: Iterable[str], act: Act) -> list[Evidence]:
    """Take links back by their ids, all of them or none; they stay on record with who removed them.

    Raises InputError where an id is not that of one link, or the link was removed before, or made later.
    """
    store.view()
    with store.writer() as writer:
        links = {link.iri: link for link in (find_evidence(writer.view, name) for name in names)}
        for link in links.values():
            if link.removed is not None and link.removed != act:
                raise InputError(f"{link.digits}: it was {_told(link.removed)} before")
            if act.at <= link.added.at:
                raise InputError(
                    f"{link.digits}: it was added at {instant(link.added.at)}; give a later time with --at"
                )
        standing = [link for link in links.values() if link.removed is None]
        stated = {statement(link) for link in standing}
        others = {statement(link) for link in evidence(writer.view) if link.removed is None and link.iri not in links}
        if standing:
            writer.change(remove=stated - others, add=[quad for link in standing for quad in removal_quads(link, act)])
        now = {link.iri: link for link in evidence(writer.view)}
    return [now[iri] for iri in links]


def _told(act: Act) -> str:
    return f"removed by {act.by} at {instant(act.at)}"
