"""A store with two articles, one of them hostile, and a client of the front end over it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from averment import iris, tokens, triples
from averment.model import (
    Amount,
    Attribution,
    AttributionKind,
    Claim,
    Comparator,
    Entity,
    EntityKind,
    Extraction,
    Incident,
    Payout,
    Source,
    Span,
)
from averment.store import Store
from averment.store.gate import TextLimits
from averment.store.guard import Limits
from averment.store.limits import WriteLimits
from averment_server.app import close, create_app
from averment_server.settings import Settings

TEXT = (
    "𝔅runn <b>paid</b> €300 to a man, more than €70 to a baker, about €20 to a cook and €5.50 to a singer.\n"
    "Jo Lind “said” & <script>alert(1)</script> that it reportedly paid thousands of dollars."
)
"""Its first character is outside the basic plane: offsets count code points."""


def span(words: str) -> Span:
    """Find `words` in TEXT."""
    start = TEXT.index(words)
    return Span(start, start + len(words))


def money(words: str, comparator: Comparator, currency: str = "EUR", **numbers: str) -> Amount:
    """Give an amount read from `words`."""
    values = {name: Decimal(number) for name, number in numbers.items()}
    return Amount(span=span(words), currency=currency, comparator=comparator, rule="currency-number", **values)


AMOUNTS = (
    money("€300", Comparator.EXACTLY, value="300"),
    money("more than €70", Comparator.MORE_THAN, minimum="70"),
    money("about €20", Comparator.ABOUT, value="20"),
    money("€5.50", Comparator.EXACTLY, value="5.50"),
    money("thousands of dollars", Comparator.VAGUE, "USD"),
)


@pytest.fixture
def hostile() -> Extraction:
    """An article whose every text is an attack, with overlapping claims and payouts of several kinds."""
    digest = sha256(TEXT.encode()).hexdigest()
    source = Source(
        text=TEXT,
        sha256=digest,
        file_sha256=digest,
        media_type="text/html",
        title="<script>alert(1)</script> & 'quotes\"",
        publisher="Evil",
        authors=('"><img src=x onerror=alert(1)>',),
        address="javascript:alert(document.domain)",
    )
    brunn = Entity(
        name="brunn",
        kind=EntityKind.ORGANIZATION,
        label='=cmd|"/c calc"!A1 <img src=x onerror=alert(2)>',
        mentions=(span("𝔅runn"),),
        described_as=(span("<b>paid</b>"),),
        rule="city",
    )
    lind = Entity(name="jo-lind", kind=EntityKind.PERSON, label="Jo Lind", mentions=(span("Jo Lind"),), rule="name")
    evil = Entity(name="evil", kind=EntityKind.OUTLET, label="Evil", mentions=(), rule="publisher")
    voice = Attribution(kind=AttributionKind.PUBLISHER, speaker=evil.id, rule="publisher")
    said = Attribution(
        kind=AttributionKind.SPEECH,
        source=(span("Jo Lind"),),
        cue=(span("“said”"),),
        content=(span("it reportedly paid thousands of dollars"),),
        speaker=lind.id,
        hedges=(span("reportedly"),),
        within=voice.id,
        rule="reporting-verb",
    )
    payouts = tuple(
        Payout(span=amount.span, amount=amount.id, payer=brunn.id, alleged=amount.span == span("€300"), rule="payout")
        for amount in AMOUNTS
    )
    payouts = (replace(payouts[0], incident=Incident(span=span("<b>paid</b>"))), *payouts[1:])
    first = span(TEXT.splitlines()[0])
    listing = Claim(
        span=first,
        attribution=voice.id,
        mentions=(brunn.id, *(amount.id for amount in AMOUNTS[:4])),
        payouts=tuple(payout.id for payout in payouts[:4]),
        rule="main-clause",
    )
    inner = replace(listing, span=Span(first.start, first.start + 25), payouts=(payouts[0].id,))
    overlapping = replace(listing, span=Span(first.start + 20, first.end), mentions=(), payouts=())
    second = replace(
        listing,
        span=span("that it reportedly paid thousands of dollars"),
        attribution=said.id,
        payouts=(payouts[4].id,),
    )
    return Extraction(
        source=source,
        entities=(brunn, lind, evil),
        amounts=AMOUNTS,
        attributions=(voice, said),
        payouts=payouts,
        claims=(listing, inner, overlapping, second),
        publisher=evil.id,
    )


@pytest.fixture
def store(tmp_path: Path, extraction: Extraction, hostile: Extraction) -> Store:
    """A store with both articles."""
    store = Store(tmp_path / "both")
    with store.writer() as writer:
        writer.change(add=[*triples.quads(extraction), *triples.quads(hostile)])
    return store


@pytest.fixture
def client(store: Store) -> Iterator[FlaskClient]:
    """A client; queries have a second, answers a quarter of a megabyte."""
    text = TextLimits(length=20_000)
    writes = WriteLimits(seconds=2.0, memory=256 << 20, body=4 << 20, patience=2.0)
    app = create_app(store, Limits(seconds=1.0, workers=2, answer=250_000, text=text), Settings(writes=writes))
    try:
        yield app.test_client()
    finally:
        close(app)


@pytest.fixture
def token(store: Store) -> dict[str, str]:
    """The header by which a client may write."""
    return {"Authorization": f"Bearer {tokens.create(store, 'desk', datetime.now(UTC))}"}


@pytest.fixture
def about(extraction: Extraction) -> str:
    """The path of the first article's page; those of its things are below it."""
    return "/id/" + iris.source(extraction.source).value.removeprefix(iris.BASE)


@pytest.fixture
def about_hostile(hostile: Extraction) -> str:
    """The path of the hostile article's page."""
    return "/id/" + iris.source(hostile.source).value.removeprefix(iris.BASE)
