"""How hops nest: an attribution inside another's content is a hop of its own, and the publisher is around them all."""

from collections.abc import Iterable
from dataclasses import replace

from averment.extract.places import Places
from averment.model import Attribution, AttributionKind, NodeId, Span, Stance

__all__ = ["chained", "innermost", "said"]

_STATEMENTS = (
    "-clause",
    "-quotation",
    "according-to",
    "speech-noun",
    "transcript",
    "credit-line",
    "headline",
    "proposed",
)
"""The endings of the rules that find a whole statement, not a wish, a name or an object."""


def chained(attributions: tuple[Attribution, ...], publisher: NodeId | None) -> tuple[Attribution, ...]:
    """Give the publisher's own voice as the first hop, and every other hop with the one around it.

    Inside another's words only who hands on a statement is a hop: that Lind said what Vale wants, names or demands is
    Lind's claim about Vale.
    """
    voice = Attribution(kind=AttributionKind.PUBLISHER, speaker=publisher, rule="publisher")
    places = said(attributions)
    hops = [hop for hop in attributions if _around(hop, places) is None or _hands_on(hop)]
    places = said(hops)
    return (voice, *(replace(hop, within=_around(hop, places) or voice.id) for hop in hops))


def said(hops: Iterable[Attribution]) -> Places[Attribution]:
    """Give the hops by the words that they attribute; what somebody did not say is not among them."""
    stated = (hop for hop in hops if hop.stance is not Stance.NO_ANSWER)
    return Places((part, hop) for hop in stated for part in hop.content)


def _hands_on(hop: Attribution) -> bool:
    statement = hop.kind is not AttributionKind.ATTITUDE and hop.stance is not Stance.NO_ANSWER
    return statement and hop.rule.endswith(_STATEMENTS)


def _around(hop: Attribution, places: Places[Attribution]) -> NodeId | None:
    """Give the hop with the least content that holds this hop's cue and content."""
    core = [*hop.cue, *hop.content]
    near = [other for other in places.at(core[0]) if other is not hop and _size(other) > _size(hop)]
    outer = [other for other in near if all(_holds(other, span) for span in core)]
    return min(outer, key=lambda other: (_size(other), other.id)).id if outer else None


def innermost(span: Span, hops: Iterable[Attribution]) -> Attribution | None:
    """Give the hop with the least content that holds at least half of `span`; None where none does."""
    behind = [hop for hop in hops if 2 * max((_shared(span, part) for part in hop.content), default=0) >= _length(span)]
    return min(behind, key=lambda hop: (_size(hop), hop.id), default=None)


def _holds(hop: Attribution, span: Span) -> bool:
    return any(part.contains(span) for part in hop.content)


def _size(hop: Attribution) -> int:
    return sum(_length(part) for part in hop.content)


def _length(span: Span) -> int:
    return span.end - span.start


def _shared(one: Span, other: Span) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))
