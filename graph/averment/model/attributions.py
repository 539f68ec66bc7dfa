"""Who said it: one hop at a time."""

from dataclasses import dataclass
from enum import StrEnum

from averment.model.passages import NodeId, Span

__all__ = ["Attribution", "AttributionKind", "Stance"]


class AttributionKind(StrEnum):
    """In what way somebody stands behind the content."""

    SPEECH = "speech"
    DOCUMENT = "document"
    ATTITUDE = "attitude"
    PUBLISHER = "publisher"


class Stance(StrEnum):
    """What a speaker does with the content."""

    STATES = "states"
    DENIES = "denies"
    NO_ANSWER = "no-answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """One hop of who said it. All spans may be absent but the content, and that too for the publisher's own voice."""

    kind: AttributionKind
    source: tuple[Span, ...] = ()
    cue: tuple[Span, ...] = ()
    content: tuple[Span, ...] = ()
    speaker: NodeId | None = None
    medium: NodeId | None = None
    stance: Stance = Stance.STATES
    hedges: tuple[Span, ...] = ()
    within: NodeId | None = None
    """The hop around this one; None for the outermost."""
    rule: str

    @property
    def id(self) -> NodeId:
        """Identify the hop by its cue and content, which no other hop of the article shares."""
        if self.kind is AttributionKind.PUBLISHER:
            return "attribution/publisher"
        spans = [*self.cue[:1], *self.content[:1]]
        return "attribution/" + "_".join(str(span) for span in spans)
