"""How hops nest: an attribution inside another's content is a hop of its own, and the publisher is around them all."""

from dataclasses import replace

from averment.model import Attribution, AttributionKind, NodeId, Span, Stance

__all__ = ["chained", "innermost"]

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
    nested = [(hop, _around(hop, attributions)) for hop in attributions]
    kept = {hop.id for hop, around in nested if around is None or _hands_on(hop)}
    hops = tuple(hop for hop in attributions if hop.id in kept)
    return (voice, *(replace(hop, within=_around(hop, hops) or voice.id) for hop in hops))


def _hands_on(hop: Attribution) -> bool:
    statement = hop.kind is not AttributionKind.ATTITUDE and hop.stance is not Stance.NO_ANSWER
    return statement and hop.rule.endswith(_STATEMENTS)


def _around(hop: Attribution, hops: tuple[Attribution, ...]) -> NodeId | None:
    """Give the hop with the least content that holds this hop's cue and content."""
    core = [*hop.cue, *hop.content]
    said = [other for other in hops if other is not hop and other.stance is not Stance.NO_ANSWER]
    outer = [other for other in said if all(_holds(other, span) for span in core) and _size(other) > _size(hop)]
    return min(outer, key=lambda other: (_size(other), other.id)).id if outer else None


def innermost(span: Span, hops: tuple[Attribution, ...]) -> Attribution:
    """Give the hop with the least content that holds at least half of `span`; the publisher where none does."""
    said = [hop for hop in hops if hop.stance is not Stance.NO_ANSWER]
    behind = [hop for hop in said if 2 * max((_shared(span, part) for part in hop.content), default=0) >= _length(span)]
    return min(behind, key=lambda hop: (_size(hop), hop.id)) if behind else hops[0]


def _holds(hop: Attribution, span: Span) -> bool:
    return any(part.contains(span) for part in hop.content)


def _size(hop: Attribution) -> int:
    return sum(_length(part) for part in hop.content)


def _length(span: Span) -> int:
    return span.end - span.start


def _shared(one: Span, other: Span) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))
