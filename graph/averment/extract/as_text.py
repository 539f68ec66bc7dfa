"""An extraction as lines that people read: each claim with who is behind it, then the payouts and the names."""

from collections.abc import Iterator

from averment.model import Attribution, Claim, Extraction, NodeId, Polarity

__all__ = ["as_text"]


def as_text(extraction: Extraction, file: str) -> str:
    """Give a summary of an extraction; `file` is the name under which it was read."""
    return "\n".join(_lines(extraction, file)) + "\n"


def _lines(extraction: Extraction, file: str) -> Iterator[str]:
    source = extraction.source
    yield f"{source.title or file}"
    known = [source.publisher, source.published.isoformat() if source.published else None, source.address]
    yield "  " + ", ".join([*(value for value in known if value), f"{len(source.text.split()):,} words"])
    labels = _labels(extraction)
    yield f"\nClaims ({len(extraction.claims)})"
    for claim in extraction.claims:
        yield f"  {claim.span!s:>11}  {_one_line(claim.span.of(source.text))}"
        yield f"               {_behind(extraction, claim, labels)}"
    if extraction.payouts:
        yield f"\nPayouts ({len(extraction.payouts)})"
    for payout in extraction.payouts:
        amount = next(a for a in extraction.amounts if a.id == payout.amount)
        payer = labels.get(payout.payer or "", "payer not named")
        cause = f", for {_one_line(payout.incident.span.of(source.text))}" if payout.incident else ""
        yield f"  {amount.span.of(source.text)}: {payer}{cause}{' (alleged)' if payout.alleged else ''}"
    yield f"\nNamed and described ({len(extraction.entities) + len(extraction.documents)})"
    for entity in extraction.entities:
        yield f"  {entity.kind.value:13} {entity.label} ({len(entity.mentions)})"
    for document in extraction.documents:
        yield f"  {'document':13} {document.label} ({len(document.mentions)})"


def _labels(extraction: Extraction) -> dict[NodeId, str]:
    entities = {entity.id: entity.label for entity in extraction.entities}
    return entities | {document.id: document.label for document in extraction.documents}


def _behind(extraction: Extraction, claim: Claim, labels: dict[NodeId, str]) -> str:
    hops = " → ".join(_hop(hop, labels) for hop in extraction.chain(claim))
    denied = ", denied" if claim.polarity is Polarity.NEGATED else ""
    return f"{hops} [{claim.quotation.value}{denied}]"


def _hop(hop: Attribution, labels: dict[NodeId, str]) -> str:
    name = labels.get(hop.speaker or "", "the publisher" if hop.kind.value == "publisher" else "somebody")
    return f"{name} ({labels[hop.medium]})" if hop.medium else name


def _one_line(words: str, length: int = 110) -> str:
    line = " ".join(words.split())
    return line if len(line) <= length else line[: length - 1] + "…"
