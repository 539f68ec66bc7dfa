"""Reading how far claims have come, and deciding on them. Each change is one transaction."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import datetime

from pyoxigraph import NamedNode, Quad

from averment.citations.outcomes import Outcome
from averment.claims import short_name
from averment.errors import InputError
from averment.review.content import content_change, status_of
from averment.review.model import Rating, Reviewed, Status, Step
from averment.review.steps import status_quad, step_quads
from averment.store import Store, Texts, View
from averment.vocabulary import member

__all__ = ["Steps", "decide", "reviewed", "told"]

_OUTCOME = member("outcome", "").value


def reviewed(view: View, claim: NamedNode | None = None) -> list[Reviewed]:
    """Give the claims of a store as they stand, or the one, article by article, each in the order of its text."""
    only = {"claim": claim} if claim else {}
    steps: defaultdict[str, list[Step]] = defaultdict(list)
    for row in view.texts("review/steps", **only):
        steps[str(row["claim"])].append(_step(row))
    outcomes = {
        str(row["claim"]): Outcome(str(row["outcome"]).removeprefix(_OUTCOME))
        for row in view.texts("review/checks", **only)
        if row["compared"] is not None  # where there was no text, nothing was found out about the words
    }
    found = {str(row["claim"]): row for row in view.texts("review/claims", **only)}
    return [_reviewed(row, tuple(steps[iri]), outcomes.get(iri)) for iri, row in found.items()]


Steps = Mapping[NamedNode, Step]


def decide(store: Store, wanted: Steps | Callable[[View], Steps]) -> list[Reviewed]:
    """Take a step with each claim, with all or none, and give the claims as they stand then.

    The steps may be given by a function of what is stored when nobody else can write any more. The same step again
    changes nothing. Raises InputError where a step is not later than one that was taken, or accepts a claim whose words
    were found changed.
    """
    store.view()  # a store that was never written is complained of, not made
    with store.writer() as writer:
        steps = wanted(writer.view) if callable(wanted) else wanted
        before = {claim: _standing(writer.view, claim) for claim in steps}
        taken = {claim: step for claim, step in steps.items() if step not in before[claim].steps}
        for claim, step in taken.items():
            _refuse(before[claim], step)
        if taken:
            writer.change(**_change(writer.view, before, taken))
        return [_standing(writer.view, claim) for claim in steps]


def _change(view: View, before: Mapping[NamedNode, Reviewed], taken: Mapping[NamedNode, Step]) -> dict[str, set[Quad]]:
    """Give the quads to remove and to add when these steps are taken."""
    after = {claim: step.status for claim, step in taken.items()}
    gone, come = content_change(view, after)
    gone |= {status_quad(claim, before[claim].status) for claim in taken}
    come |= {status_quad(claim, status) for claim, status in after.items()}
    come |= {quad for claim in taken for quad in step_quads(claim, taken[claim], before[claim].words)}
    return {"remove": gone, "add": come}


def _standing(view: View, claim: NamedNode) -> Reviewed:
    """Give one claim as it stands; raise InputError where too little is known of it for anybody to judge."""
    found = reviewed(view, claim)
    if not found:
        raise InputError(f"the claim {claim.value} has no passage; read its article again with: averment ingest")
    return found[0]


def told(step: Step) -> str:
    """Tell a step to people: `accepted by Kim Vale, 2021-05-07 10:00 UTC`."""
    seconds = f"{step.at:%Y-%m-%d %H:%M:%S}".removesuffix(":00")
    return f"{step.status.value} by {step.by}, {seconds} UTC"


def _refuse(claim: Reviewed, step: Step) -> None:
    """Raise InputError where a claim cannot take a step."""
    name = short_name(claim.iri)
    if claim.steps and step.at <= claim.steps[-1].at:
        raise InputError(f"{name}: it was {told(claim.steps[-1])}; give a later time with --at")
    if step.status is Status.ACCEPTED and claim.outcome is not None and not claim.outcome.is_sound:
        raise InputError(
            f"{name}: its words were found {claim.outcome.value} when they were last verified; "
            "reject or correct the claim, or verify it again"
        )


def _step(row: Texts) -> Step:
    return Step(
        status=status_of(str(row["decided"])),
        by=str(row["by"]),
        at=datetime.fromisoformat(str(row["at"])),
        note=row["note"],
        correction=row["correction"],
        anonymity=row["anonymity"],
        rating=next((rating for rating in Rating if rating.value == row["rating"]), None),
    )


def _reviewed(row: Texts, steps: tuple[Step, ...], outcome: Outcome | None) -> Reviewed:
    return Reviewed(
        iri=str(row["claim"]),
        words=row["words"],
        start=int(str(row["start"])),
        end=int(str(row["end"])),
        article=str(row["article"]),
        article_name=str(row["articleName"]),
        outlet=row["outlet"],
        speaker=row["speaker"],
        status=status_of(row["status"]) if row["status"] else Status.OPEN,
        steps=steps,
        outcome=outcome,
    )
