"""Two versions of an article: which of the old one's claims are touched, and how. So a stealth edit is found."""

from dataclasses import dataclass

from averment.citations.outcomes import Finding
from averment.citations.revision import Revision
from averment.model import Claim, Extraction

__all__ = ["Difference", "differences"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What became of a claim: of its words, and of the words that name its speakers and mark what they say."""

    claim: Claim
    finding: Finding
    behind: tuple[Finding, ...]
    """Of the sources and cues of its chain, the outermost first."""

    @property
    def chain_is_sound(self) -> bool:
        """Whether it is still attributed in the same words."""
        return all(finding.outcome.is_sound for finding in self.behind)

    @property
    def is_sound(self) -> bool:
        """Whether the claim still stands as it stood: its words, and who is behind them."""
        return self.finding.outcome.is_sound and self.chain_is_sound


def differences(extraction: Extraction, new: str) -> tuple[Difference, ...]:
    """Say what became of every claim of an article in the new text."""
    revision = Revision(extraction.source.text, new)
    return tuple(_difference(extraction, claim, revision) for claim in extraction.claims)


def _difference(extraction: Extraction, claim: Claim, revision: Revision) -> Difference:
    spans = [span for hop in extraction.chain(claim) for span in (*hop.source, *hop.cue)]
    return Difference(
        claim=claim,
        finding=revision.finding(claim.span),
        behind=tuple(revision.finding(span) for span in spans if not claim.span.contains(span)),
    )
