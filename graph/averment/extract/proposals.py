"""What an extractor other than the rules may propose: quotations, who says them, and nothing that has to be believed.

An extractor copies words and gives no offsets; `averment.extract.grounding` finds them, or drops them with a reason.
"""

from collections.abc import Callable
from dataclasses import dataclass

from averment.model import AttributionKind, DocumentKind, EntityKind, Extraction, Modality, Polarity, Source, Stance

__all__ = ["Dropped", "Extractor", "Grounded", "Proposal", "ProposedClaim", "ProposedSpeaker"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedSpeaker:
    """Who is said to say it. All words are the article's, copied."""

    words: str
    """Who it is where it is said: `Mayor Jo Lind`, `she`, `the emails`."""
    name: str | None = None
    """The name, as the article has it somewhere, of whom the words stand for; None where they name them themselves."""
    kind: EntityKind | DocumentKind
    cue: str | None = None
    """The words that hand the claim on: `said`, `according to`."""
    attribution: AttributionKind = AttributionKind.SPEECH
    stance: Stance = Stance.STATES

    def __post_init__(self) -> None:
        """Refuse a speaker in the publisher's own voice, which has none."""
        if self.attribution is AttributionKind.PUBLISHER:
            raise ValueError("a claim in the publisher's own voice is proposed without a speaker")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedClaim:
    """A claim in the article's words, copied; offsets are found, not given."""

    words: str
    context: str | None = None
    """A longer quotation around them that is there once; wanted where words, speaker or cue occur several times."""
    speaker: ProposedSpeaker | None = None
    """None where the article speaks itself."""
    polarity: Polarity = Polarity.AFFIRMED
    modality: Modality = Modality.ACTUAL


Proposal = tuple[ProposedClaim, ...]
Extractor = Callable[[Source], Proposal]
"""What a package offers under the entry points `averment.extractors`."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """Words that were proposed and not taken, with the reason."""

    words: str
    reason: str


@dataclass(frozen=True, slots=True)
class Grounded:
    """What of a proposal is in the text, and what is not."""

    extraction: Extraction
    dropped: tuple[Dropped, ...] = ()
