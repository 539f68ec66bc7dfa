"""An extraction as JSON: what `averment extract --json` prints, one object an article.

Offsets are Unicode code points into the text as stored, end exclusive. `chain` and `inside` are indexes into
`attributions`; the publisher's own voice, which is around every chain, is left out of both.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from averment.model import (
    Amount,
    Anaphor,
    Attribution,
    AttributionKind,
    Claim,
    Extraction,
    Interval,
    NodeId,
    Payout,
    Span,
)

__all__ = ["as_json"]


def as_json(extraction: Extraction, file: str | None = None) -> dict[str, Any]:
    """Give the extraction as values that `json.dumps` takes; `file` is the name under which it was read."""
    source = extraction.source
    hops = [hop for hop in extraction.attributions if hop.kind is not AttributionKind.PUBLISHER]
    place = {hop.id: number for number, hop in enumerate(hops)}
    return {
        **({"file": file} if file is not None else {}),
        "source": {
            "sha256": source.sha256,
            "length": len(source.text),
            "file_sha256": source.file_sha256,
            "title": source.title,
            "publisher": source.publisher,
            "authors": list(source.authors),
            "published": _plain(source.published),
            "address": source.address,
        },
        "entities": [
            *(
                {
                    "id": _handle(entity.id),
                    "type": entity.kind.value,
                    "label": entity.label,
                    "mentions": _pairs(entity.mentions),
                    "described_as": [span.of(source.text) for span in entity.described_as],
                    "rule": entity.rule,
                }
                for entity in extraction.entities
            ),
            *(
                {
                    "id": document.id,
                    "type": "document",
                    "kind": document.kind.value,
                    "label": document.label,
                    "mentions": _pairs(document.mentions),
                    "rule": document.rule,
                }
                for document in extraction.documents
            ),
        ],
        "anaphors": [_anaphor(anaphor, source.text) for anaphor in extraction.anaphors],
        "attributions": [_attribution(hop, place) for hop in hops],
        "claims": [_claim(extraction, claim, place) for claim in extraction.claims],
        "payouts": [_payout(extraction, payout) for payout in extraction.payouts],
    }


def _anaphor(anaphor: Anaphor, text: str) -> dict[str, Any]:
    return {
        "start": anaphor.span.start,
        "end": anaphor.span.end,
        "text": anaphor.span.of(text),
        "candidates": [
            {"entity": _handle(one.entity), "confidence": _plain(one.confidence)} for one in anaphor.candidates
        ],
        "rule": anaphor.rule,
    }


def _attribution(hop: Attribution, place: dict[NodeId, int]) -> dict[str, Any]:
    return {
        "source": _pairs(hop.source),
        "cue": _pairs(hop.cue),
        "content": _pairs(hop.content),
        "speaker": _handle(hop.speaker),
        "medium": hop.medium,
        "kind": hop.kind.value,
        "stance": hop.stance.value,
        "hedges": _pairs(hop.hedges),
        "inside": place.get(hop.within or ""),
        "rule": hop.rule,
    }


def _claim(extraction: Extraction, claim: Claim, place: dict[NodeId, int]) -> dict[str, Any]:
    text = extraction.source.text
    mentioned = set(claim.mentions)
    return {
        "start": claim.span.start,
        "end": claim.span.end,
        "text": claim.span.of(text),
        "chain": [place[hop.id] for hop in extraction.chain(claim) if hop.id in place],
        "quote": claim.quotation.value,
        "polarity": claim.polarity.value,
        "modality": claim.modality.value,
        "hedges": _pairs(claim.hedges),
        "about": [_handle(node) for node in claim.mentions if node.startswith(("entity/", "document/"))],
        "amounts": [_amount(amount, text) for amount in extraction.amounts if amount.id in mentioned],
        "dates": [_interval(time, text) for time in extraction.intervals if time.id in mentioned],
        "statements": [[_handle(s.subject), s.relation.value, _handle(s.object)] for s in claim.statements],
        "rule": claim.rule,
    }


def _payout(extraction: Extraction, payout: Payout) -> dict[str, Any]:
    text = extraction.source.text
    amount = next(amount for amount in extraction.amounts if amount.id == payout.amount)
    incident = payout.incident
    return {
        "start": payout.span.start,
        "end": payout.span.end,
        "amount": _amount(amount, text),
        "payer": _handle(payout.payer),
        "payee": _handle(payout.payee),
        "for": incident.span.of(text) if incident else None,
        "listed_in": payout.listed_in,
        "alleged": payout.alleged,
        "rule": payout.rule,
    }


def _amount(amount: Amount, text: str) -> dict[str, Any]:
    return {
        "start": amount.span.start,
        "end": amount.span.end,
        "text": amount.span.of(text),
        "currency": amount.currency,
        "comparator": amount.comparator.value,
        "value": _plain(amount.value),
        "min": _plain(amount.minimum),
        "max": _plain(amount.maximum),
    }


def _interval(time: Interval, text: str) -> dict[str, Any]:
    return {
        "start": time.span.start,
        "end": time.span.end,
        "text": time.span.of(text),
        "edtf": time.edtf,
        "resolved_against": _plain(time.resolved_against),
    }


def _plain(value: Decimal | date | None) -> int | float | str | None:
    """Give a number as JSON has it, and a day as ISO 8601 writes it."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if value is not None else None


def _handle(node: NodeId | None) -> str | None:
    """Give an entity's readable name; other things keep their kind before it."""
    return node.removeprefix("entity/") if node is not None else None


def _pairs(spans: tuple[Span, ...]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]
