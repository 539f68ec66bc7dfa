"""What people have put on record of an article, and what that asks of whoever reads the article anew.

A review and an evidence link rest on what was read. Where a new reading would take that away from under them, somebody
has to decide first: nothing that was decided is lost or changed silently.
"""

from collections.abc import Iterable

from pyoxigraph import NamedNode, Quad

from averment.claims import short_name
from averment.errors import StoreError
from averment.review.content import status_at
from averment.review.model import Status
from averment.store import View
from averment.vocabulary import ADMS, CITO, OA, PROV, RDF, SDO

__all__ = ["cited_passages", "outdated", "refuse_loss"]


def cited_passages(view: View, quads: Iterable[Quad]) -> set[Quad]:
    """Give those quads that describe a passage which evidence or a note points at: they stay, whoever reads anew."""
    known = list(quads)
    cited: set[object] = {
        quad.subject
        for quad in known
        if (quad.predicate, quad.object) == (RDF.type, OA.SpecificResource)
        and (view.pointing(CITO.hasCitingEntity, quad.subject) or view.pointing(OA.hasTarget, quad.subject))
    }
    cited |= {quad.object for quad in known if quad.subject in cited and quad.predicate == OA.hasSelector}
    return {quad for quad in known if quad.subject in cited}


def refuse_loss(view: View, before: Iterable[Quad], after: Iterable[Quad]) -> None:
    """Raise StoreError where claims that are accepted or have evidence would say something else, or be gone.

    `before` is what was read of their article, `after` what was read of it anew.
    """
    said, says = _by_claim(before), _by_claim(after)
    changed = [claim for claim, content in said.items() if says.get(claim) != content]
    at_risk = [claim for claim in changed if status_at(view, claim) is Status.ACCEPTED]
    if at_risk:
        raise StoreError(
            f"{_names(at_risk)}: accepted, and it would say something else or lose its words; take that back first, "
            "with: averment review reopen"
        )
    lost = [claim for claim in changed if claim not in says and _has_evidence(view, claim)]
    if lost:
        raise StoreError(f"{_names(lost)}: gone now, and has evidence; remove it first, with: averment evidence remove")


def outdated(view: View, before: Iterable[Quad], after: Iterable[Quad]) -> set[Quad]:
    """Give the statuses of claims that are gone; the steps that led to them stay on record."""
    gone = _by_claim(before).keys() - _by_claim(after).keys()
    return {quad for claim in gone for quad in view.described(claim, ADMS.status)}


def _by_claim(quads: Iterable[Quad]) -> dict[NamedNode, set[Quad]]:
    """Give what each claim says, and in which words, where they are kept."""
    known = list(quads)
    found: dict[NamedNode, set[Quad]] = {
        quad.subject: set()
        for quad in known
        if (quad.predicate, quad.object) == (RDF.type, SDO.Claim) and isinstance(quad.subject, NamedNode)
    }
    for quad in known:
        for claim in (quad.graph_name, quad.subject if quad.predicate == SDO.text else None):
            if isinstance(claim, NamedNode) and claim in found:
                found[claim].add(quad)
    return found


def _has_evidence(view: View, claim: NamedNode) -> bool:
    links = view.pointing(CITO.hasCitedEntity, claim)
    return any(not view.pointing(PROV.invalidated, link) for link in links)


def _names(claims: list[NamedNode]) -> str:
    shown = ", ".join(sorted(short_name(claim.value) for claim in claims)[:3])
    return shown if len(claims) <= 3 else f"{shown} and {len(claims) - 3:,} more claims"
