"""Reading short texts, and asking what was read in the words of the text."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

import pytest

from averment.extract.pipeline import extract
from averment.model import Attribution, Claim, Extraction, NodeId, Source, Span


@dataclass(frozen=True)
class Read:
    """What was read from a text."""

    extraction: Extraction

    @property
    def text(self) -> str:
        """The text that was read."""
        return self.extraction.source.text

    def words(self, spans: tuple[Span, ...]) -> list[str]:
        """Give the words of spans."""
        return [span.of(self.text) for span in spans]

    def said(self, words: str) -> Attribution:
        """Give the innermost attribution whose content has these words."""
        found = [hop for hop in self.extraction.attributions if any(words in part for part in self.words(hop.content))]
        return min(found, key=lambda hop: sum(span.end - span.start for span in hop.content))

    def claim(self, words: str) -> Claim:
        """Give the shortest claim that has these words."""
        found = [claim for claim in self.extraction.claims if words in claim.span.of(self.text)]
        return min(found, key=lambda claim: claim.span.end - claim.span.start)

    def claims(self) -> list[str]:
        """Give the words of every claim."""
        return [claim.span.of(self.text) for claim in self.extraction.claims]

    def speakers(self, words: str) -> list[NodeId | None]:
        """Give who is behind a claim, outermost first, without the publisher."""
        return [hop.speaker for hop in self.extraction.chain(self.claim(words))][1:]


@pytest.fixture(scope="session")
def read() -> Callable[[str], Read]:
    """Read a text as an article of the Ostport Wire."""

    def reading(text: str) -> Read:
        digest = sha256(text.encode()).hexdigest()
        source = Source(
            text=text,
            sha256=digest,
            file_sha256=digest,
            media_type="text/plain",
            publisher="Ostport Wire",
            published=date(2021, 5, 7),
        )
        return Read(extract(source))

    return reading
