"""The part of the graph that some claims rest on: what they point at, what is on record of them, and what they say."""

from collections.abc import Iterable, Iterator
from typing import Any

from pyoxigraph import NamedNode, Quad

from averment.iris import BASE
from averment.store import View
from averment.vocabulary import AV, CITO, PROV, RDF, SDO

__all__ = ["claim_quads"]

_RECORDED = (SDO.itemReviewed, CITO.hasCitedEntity, AV.calculates, AV.checked, PROV.generated, PROV.invalidated)
"""By what review steps, evidence, calculations, checks, and the acts that made those point at what they are about."""

_RECORDED_KINDS = {
    AV.ReviewStep,
    AV.EvidenceLink,
    AV.EvidenceStep,
    AV.Calculation,
    AV.Check,
    AV.Verification,
    SDO.ClaimReview,
}


def claim_quads(view: View, claims: Iterable[NamedNode]) -> list[Quad]:
    """Give the quads of claims and of all that they rest on, without the texts of sources, in no order.

    Other claims are not among them, nor what was found of other passages.
    """
    wanted = list(claims)
    waiting: list[Any] = list(wanted)
    seen: set[object] = set()
    found: dict[Quad, None] = {}
    while waiting:
        node = waiting.pop()
        if node in seen or (node not in wanted and view.has_type(node, SDO.Claim)):
            continue
        seen.add(node)
        described = list(_described(view, node, seen))
        found |= dict.fromkeys(described)
        waiting += [quad.object for quad in described if _is_ours(quad.object)]
        for predicate in _RECORDED if _has_record(view, node) else ():
            for other in view.pointing(predicate, node):
                found[next(q for q in view.described(other, predicate) if q.object == node)] = None
                waiting.append(other)
    return list(found)


def _described(view: View, node: NamedNode, seen: set[object]) -> Iterator[Quad]:
    """Give what the bookkeeping says of a node, and, of a claim, what that says."""
    is_source = bool(view.values(node, AV.fileSha256))
    for quad in view.described(node):
        if not (is_source and quad.predicate in {SDO.articleBody, SDO.text}) and (
            quad.predicate != PROV.generated or quad.object in seen
        ):
            yield quad
    yield from view.graph(node)


def _has_record(view: View, node: NamedNode) -> bool:
    """Say whether what points at a node is of interest: what was found of it, or done with it."""
    kinds = set(view.values(node, RDF.type))
    return SDO.Claim in kinds or bool(kinds & _RECORDED_KINDS) or bool(view.pointing(AV.checked, node))


def _is_ours(term: object) -> bool:
    return isinstance(term, NamedNode) and term.value.startswith(BASE)
