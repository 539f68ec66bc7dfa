"""What tests share: a small article read by hand, with every kind of thing that can be read from one."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from averment import triples
from averment.model import (
    Action,
    Amount,
    Anaphor,
    Attribution,
    AttributionKind,
    Candidate,
    Claim,
    Comparator,
    Document,
    DocumentKind,
    Entity,
    EntityKind,
    Extraction,
    Incident,
    Interval,
    Payout,
    Polarity,
    Quotation,
    Relation,
    Source,
    Span,
    Statement,
)
from averment.store import Store

# How long an example takes says nothing about whether it is right.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

TEXT = (
    "A spreadsheet obtained by the Harbour Gazette lists a $1,250.50 payout by the city of Ostport "
    "over a 2014 arrest.\n"
    "“We did not lobby Senator Ann Brandt,” Mayor Jo Lind wrote in an email, the newspaper reported.\n"
)
"""About an invented city."""


def span(words: str, after: int = 0) -> Span:
    """Find `words` in TEXT, from `after` on."""
    start = TEXT.index(words, after)
    return Span(start, start + len(words))


@pytest.fixture
def source() -> Source:
    """The article, as it would be read from a file."""
    digest = sha256(TEXT.encode()).hexdigest()
    return Source(
        text=TEXT,
        sha256=digest,
        file_sha256=digest,
        media_type="text/plain",
        title="Payouts <in> Ostport & beyond",
        publisher="Ostport Wire",
        authors=("Kim Vale",),
        published=date(2021, 5, 7),
        address="https://wire.example/ostport?a=1&b=2",
    )


@pytest.fixture
def extraction(source: Source) -> Extraction:
    """What the article holds: two claims, one with a payout, one a denial said by a mayor in an e-mail."""
    gazette = Entity(
        name="harbour-gazette",
        kind=EntityKind.OUTLET,
        label="Harbour Gazette",
        mentions=(span("Harbour Gazette"), span("the newspaper")),
        rule="outlet-name",
    )
    wire = Entity(name="ostport-wire", kind=EntityKind.OUTLET, label="Ostport Wire", mentions=(), rule="publisher")
    city = Entity(
        name="city-of-ostport",
        kind=EntityKind.ORGANIZATION,
        label="the city of Ostport",
        mentions=(span("the city of Ostport"),),
        rule="city",
    )
    brandt = Entity(
        name="ann-brandt",
        kind=EntityKind.PERSON,
        label="Ann Brandt",
        mentions=(span("Ann Brandt"),),
        described_as=(span("Senator"),),
        rule="title-name",
    )
    lind = Entity(
        name="jo-lind",
        kind=EntityKind.PERSON,
        label="Jo Lind",
        mentions=(span("Jo Lind"), span("We")),
        described_as=(span("Mayor"),),
        rule="title-name",
    )
    we = Anaphor(
        span=span("We"),
        candidates=(
            Candidate(entity=lind.id, confidence=Decimal("0.75")),
            Candidate(entity=brandt.id, confidence=Decimal("0.0625")),
        ),
        rule="pronoun",
    )
    sheet = Document(
        name="spreadsheet",
        kind=DocumentKind.SPREADSHEET,
        label="A spreadsheet",
        mentions=(span("A spreadsheet"),),
        rule="document-noun",
    )
    email = Document(
        name="email", kind=DocumentKind.EMAIL, label="an email", mentions=(span("an email"),), rule="document-noun"
    )
    amount = Amount(
        span=span("$1,250.50"),
        currency="USD",
        comparator=Comparator.EXACTLY,
        value=Decimal("1250.50"),
        rule="currency-number",
    )
    year = Interval(span=span("2014"), edtf="2014", begin="2014", end="2014", rule="year")
    publisher = Attribution(kind=AttributionKind.PUBLISHER, speaker=wire.id, rule="publisher")
    paper = Attribution(
        kind=AttributionKind.SPEECH,
        source=(span("the newspaper"),),
        cue=(span("reported"),),
        content=(span(TEXT.splitlines()[1].removesuffix(", the newspaper reported.")),),
        speaker=gazette.id,
        within=publisher.id,
        rule="reporting-verb",
    )
    wrote = Attribution(
        kind=AttributionKind.SPEECH,
        source=(span("Mayor Jo Lind"),),
        cue=(span("wrote"),),
        content=(span("“We did not lobby Senator Ann Brandt,”"),),
        speaker=lind.id,
        medium=email.id,
        within=paper.id,
        rule="direct-quotation",
    )
    payout = Payout(
        span=span("a $1,250.50 payout"),
        amount=amount.id,
        payer=city.id,
        incident=Incident(span=span("a 2014 arrest"), times=(year.id,)),
        listed_in=sheet.id,
        rule="payout-noun",
    )
    listing = Claim(
        span=span(TEXT.splitlines()[0].removesuffix(".")),
        attribution=publisher.id,
        mentions=(sheet.id, gazette.id, amount.id, city.id, year.id),
        actions=(Action(span=span("lists"), verb="list", agents=(sheet.id,), amounts=(amount.id,)),),
        statements=(Statement(gazette.id, Relation.OBTAINED, sheet.id),),
        payouts=(payout.id,),
        rule="main-clause",
    )
    denial = Claim(
        span=span("We did not lobby Senator Ann Brandt"),
        attribution=wrote.id,
        quotation=Quotation.DIRECT,
        polarity=Polarity.NEGATED,
        mentions=(lind.id, brandt.id),
        actions=(Action(span=span("lobby"), verb="lobby", agents=(lind.id,), objects=(brandt.id,)),),
        rule="main-clause",
    )
    return Extraction(
        source=source,
        entities=(gazette, wire, city, brandt, lind),
        anaphors=(we,),
        documents=(sheet, email),
        amounts=(amount,),
        intervals=(year,),
        attributions=(publisher, paper, wrote),
        payouts=(payout,),
        claims=(listing, denial),
        publisher=wire.id,
    )


@pytest.fixture
def filled_store(tmp_path: Path, extraction: Extraction) -> Store:
    """A store in a folder that holds the extraction."""
    store = Store(tmp_path / "store")
    with store.writer() as writer:
        writer.change(add=triples.quads(extraction))
    return store


@pytest.fixture
def other_extraction(extraction: Extraction) -> Extraction:
    """The same words, printed by another outlet: another source."""
    return replace(extraction, source=replace(extraction.source, publisher="Ostport Courier", address=None))
