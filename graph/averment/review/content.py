"""What a newsroom stands behind: the content of accepted claims, which stands in the default graph too."""

from collections.abc import Iterable, Mapping
from typing import Any

from pyoxigraph import DefaultGraph, NamedNode, Quad

from averment.citations.turning import Turning
from averment.model import Span
from averment.review.model import Status
from averment.review.plain import turnings
from averment.store import Texts, View
from averment.vocabulary import ADMS, AV, member

__all__ = ["asserted_by", "content_change", "status_at", "status_of"]

_STATUS = member("review", "").value


def status_of(concept: str) -> Status:
    """Give the status that a concept of the scheme stands for."""
    return Status(concept.removeprefix(_STATUS))


def status_at(view: View, claim: NamedNode) -> Status:
    """Give how far a claim has come in a store; one that was never reviewed is open."""
    found = [concept.value for concept in view.values(claim, ADMS.status)]
    return status_of(found[0]) if found else Status.OPEN


def asserted_by(view: View, claim: NamedNode) -> set[Quad]:
    """Give the quads of the default graph that accepting a claim puts there.

    None where the content alone would say more than the words do, which queries/review/content.rq tells by how the
    claim was read, and `plain` by its words; none either where those are not kept.
    """
    places = view.texts("review/place", claim=claim)
    turned = {kind for row in places for kind in _turnings(row)}
    if not places or not turned <= {Turning.HEDGE}:
        return set()
    rows: list[dict[str, Any]] = [dict(row) for row in view.rows("review/content", claim=claim)]
    return {
        Quad(row["subject"], row["predicate"], row["object"], DefaultGraph())
        for row in rows
        if not turned or view.values(claim, AV.hedge)
    }


def _turnings(row: Texts) -> set[Turning]:
    return turnings(str(row["text"]), Span(int(str(row["start"])), int(str(row["end"]))))


def content_change(view: View, after: Mapping[NamedNode, Status]) -> tuple[set[Quad], set[Quad]]:
    """Give the quads to take out of the default graph and to put there, when claims get these statuses.

    What several claims say stays there until none of them is accepted any more.
    """
    come = _asserted(view, (claim for claim, to in after.items() if to is Status.ACCEPTED))
    lost = [claim for claim, to in after.items() if to is not Status.ACCEPTED]
    dropped = (claim for claim in lost if status_at(view, claim) is Status.ACCEPTED)
    gone = {Quad(q.subject, q.predicate, q.object, DefaultGraph()) for claim in dropped for q in view.graph(claim)}
    return {quad for quad in gone - come if not _is_held(view, quad, after)}, come


def _asserted(view: View, claims: Iterable[NamedNode]) -> set[Quad]:
    return {quad for claim in claims for quad in asserted_by(view, claim)}


def _is_held(view: View, quad: Quad, after: Mapping[NamedNode, Status]) -> bool:
    """Say whether another claim that is accepted then says the same."""
    holders = (one for one in view.holders(quad) if (after.get(one) or status_at(view, one)) is Status.ACCEPTED)
    return any(quad in asserted_by(view, one) for one in holders)
