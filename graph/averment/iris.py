"""Every IRI of averment's data is minted here, from content alone: no counter, clock, random number or blank node.

A source's IRI comes from the digest of its text with its address and publisher, so that a wire story printed by two
outlets is two sources. Everything read from a source has an IRI below the source's: `<source>/claim/120-190`. What is
said of two sources' entities has an IRI of its own, from theirs.
"""

from hashlib import sha256

from pyoxigraph import NamedNode

from averment.model import NodeId, Source, Span

__all__ = [
    "BASE",
    "EVIDENCE",
    "IDENTITIES",
    "agent",
    "annotation",
    "calculation",
    "check",
    "claim_review",
    "decision",
    "evidence",
    "evidence_step",
    "extraction",
    "identity",
    "passage",
    "position_selector",
    "quote_selector",
    "rating",
    "review_step",
    "software",
    "source",
    "verdict",
    "verification",
    "within",
]

BASE = "https://w3id.org/averment/id/"
"""What every IRI of data begins with; the server shows what is known of `BASE + path` at `/id/path`."""

IDENTITIES = f"{BASE}identity/"
"""What the IRI of every identity link begins with; the rest of it is the link's id."""

EVIDENCE = f"{BASE}evidence/"
"""What the IRI of every evidence link begins with; the rest of it is the link's id."""

_DIGEST_LENGTH = 32
"""Hexadecimal digits kept of a digest: 128 bits, so that nobody can make two sources share an IRI."""


def source(source: Source) -> NamedNode:
    """Mint the IRI of a source from its text's digest, its address and its publisher."""
    return NamedNode(f"{BASE}source/{_digest(source.sha256, source.address or '', source.publisher or '')}")


def within(source: NamedNode, node: NodeId) -> NamedNode:
    """Mint the IRI of a thing read from `source`, such as its `claim/120-190`."""
    return NamedNode(f"{source.value}/{node}")


def passage(source: NamedNode, span: Span) -> NamedNode:
    """Mint the IRI of the words at `span`."""
    return within(source, f"passage/{span}")


def position_selector(source: NamedNode, span: Span) -> NamedNode:
    """Mint the IRI of the selector that finds a passage by its offsets."""
    return within(source, f"passage/{span}/position")


def quote_selector(source: NamedNode, span: Span) -> NamedNode:
    """Mint the IRI of the selector that finds a passage by its words and those around them."""
    return within(source, f"passage/{span}/quote")


def extraction(source: NamedNode) -> NamedNode:
    """Mint the IRI of the activity that read `source`."""
    return within(source, "extraction")


def software(version: str) -> NamedNode:
    """Mint the IRI of averment itself at a version."""
    return NamedNode(f"{BASE}software/averment-{version}")


def identity(one: NamedNode, other: NamedNode) -> NamedNode:
    """Mint the IRI of the link between two entities, whichever comes first."""
    return NamedNode(IDENTITIES + _digest(*sorted((one.value, other.value))))


def decision(link: NamedNode, *content: str) -> NamedNode:
    """Mint the IRI of a decision about `link` from all that was decided: what, by whom, when and with which note."""
    return NamedNode(f"{link.value}/decision/{_digest(*content)}")


def verification(source: NamedNode, *content: str) -> NamedNode:
    """Mint the IRI of a run that verified `source` from all that makes it: the text's digest, by whom, when."""
    return NamedNode(f"{source.value}/verification/{_digest(*content)}")


def check(verification: NamedNode, span: Span) -> NamedNode:
    """Mint the IRI of what a run found of the words at `span`."""
    return NamedNode(f"{verification.value}/check/{span}")


def review_step(claim: NamedNode, *content: str) -> NamedNode:
    """Mint the IRI of a step of the review of `claim` from all that makes it: what, by whom, when, in which words."""
    return NamedNode(f"{claim.value}/review/{_digest(*content)}")


def verdict(step: NamedNode) -> NamedNode:
    """Mint the IRI of the verdict that a step of a review came to."""
    return NamedNode(f"{step.value}/verdict")


def rating(review: NamedNode) -> NamedNode:
    """Mint the IRI of the rating that a verdict or a review gives."""
    return NamedNode(f"{review.value}/rating")


def claim_review(*content: str) -> NamedNode:
    """Mint the IRI of a review that others have published from all that is known of it."""
    return NamedNode(f"{BASE}review/{_digest(*content)}")


def annotation(*content: str) -> NamedNode:
    """Mint the IRI of an annotation that was brought from all that makes it."""
    return NamedNode(f"{BASE}annotation/{_digest(*content)}")


def evidence(*content: str) -> NamedNode:
    """Mint the IRI of an evidence link from all that makes it: claim, passage, for or against, by whom, when."""
    return NamedNode(EVIDENCE + _digest(*content))


def evidence_step(link: NamedNode, what: str) -> NamedNode:
    """Mint the IRI of what was done with an evidence link; each thing is done once."""
    return NamedNode(f"{link.value}/{what}")


def calculation(claim: NamedNode, *content: str) -> NamedNode:
    """Mint the IRI of a calculation of a figure of `claim` from all that makes it: how, from what, by whom, when."""
    return NamedNode(f"{claim.value}/calculation/{_digest(*content)}")


def agent(name: str) -> NamedNode:
    """Mint the IRI of somebody who decides, known by name only."""
    return NamedNode(f"{BASE}agent/{_digest(name)}")


def _digest(*parts: str) -> str:
    return sha256("\x00".join(parts).encode()).hexdigest()[:_DIGEST_LENGTH]
