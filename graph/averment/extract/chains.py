"""How hops nest: an attribution inside another's content is a hop of its own, and the publisher is around them all."""

from dataclasses import replace

from averment.model import Attribution, AttributionKind, NodeId, Span

__all__ = ["chained", "innermost"]


def chained(attributions: tuple[Attribution, ...], publisher: NodeId | None) -> tuple[Attribution, ...]:
    """Give the publisher's own voice as the first hop, and every other hop with the one around it."""
    voice = Attribution(kind=AttributionKind.PUBLISHER, speaker=publisher, rule="publisher")
    return (voice, *(replace(hop, within=_around(hop, attributions) or voice.id) for hop in attributions))


def _around(hop: Attribution, hops: tuple[Attribution, ...]) -> NodeId | None:
    """Give the hop with the least content that holds this hop's cue and content."""
    core = [*hop.cue, *hop.content]
    outer = [
        other
        for other in hops
        if other is not hop and all(_holds(other, span) for span in core) and _size(other) > _size(hop)
    ]
    return min(outer, key=lambda other: (_size(other), other.id)).id if outer else None


def innermost(span: Span, hops: tuple[Attribution, ...]) -> Attribution:
    """Give the hop with the least content that holds at least half of `span`; the publisher where none does."""
    behind = [hop for hop in hops if 2 * max((_shared(span, part) for part in hop.content), default=0) >= _length(span)]
    return min(behind, key=lambda hop: (_size(hop), hop.id)) if behind else hops[0]


def _holds(hop: Attribution, span: Span) -> bool:
    return any(part.contains(span) for part in hop.content)


def _size(hop: Attribution) -> int:
    return sum(_length(part) for part in hop.content)


def _length(span: Span) -> int:
    return span.end - span.start


def _shared(one: Span, other: Span) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))
