"""What people have put on record of a claim, and claims whose words are not kept, on their pages."""

from datetime import UTC, datetime
from decimal import Decimal

from flask.testing import FlaskClient
from pyoxigraph import NamedNode

from averment import iris
from averment.annotations import bring_notes
from averment.evidence import Act, Calculation, How, Offer, SourceKind, add, bring, calculate, remove
from averment.ingest import ingest
from averment.model import Extraction, Span
from averment.review import Rating, Status, Step, decide
from averment.sources import Metadata
from averment.store import Store

FIRST, SECOND = datetime(2021, 5, 8, 10, tzinfo=UTC), datetime(2021, 5, 9, 10, tzinfo=UTC)


def claim_of(extraction: Extraction) -> NamedNode:
    return iris.within(iris.source(extraction.source), extraction.claims[0].id)


def test_review_and_evidence_are_shown_as_text(
    store: Store, client: FlaskClient, extraction: Extraction, hostile: Extraction, about: str
) -> None:
    claim = claim_of(extraction)
    source = bring(store.view(), iris.source(hostile.source).value, Metadata())
    act = Act(by="Kim Vale", at=FIRST, note="<b>seen</b>")
    link = add(store, Offer(claim=claim, how=How.DISPUTES, source=source, span=Span(0, 12), act=act))
    remove(store, [link.digits], Act(by="Bo Lind", at=SECOND))
    decide(store, {claim: Step(status=Status.CORRECTED, by="Kim Vale", at=FIRST, correction="<i>about</i> $1,250")})
    shown = client.get(f"{about}/{extraction.claims[0].id}").text
    assert "<strong>corrected</strong> by Kim Vale, 2021-05-08 10:00 UTC: “&lt;i&gt;about&lt;/i&gt; $1,250”" in shown
    assert "put forward by Kim Vale, 2021-05-08 10:00 UTC: &lt;b&gt;seen&lt;/b&gt;" in shown
    assert "removed by Bo Lind, 2021-05-09 10:00 UTC" in shown
    assert ">corrected</span>" in client.get(about).text


def test_what_a_policy_asks_for_is_shown(
    store: Store, client: FlaskClient, extraction: Extraction, hostile: Extraction, about: str
) -> None:
    """The kind of a source, a calculation, and why somebody is not named."""
    claim, act = claim_of(extraction), Act(by="Kim Vale", at=FIRST)
    source = bring(store.view(), iris.source(hostile.source).value, Metadata())
    offer = Offer(claim=claim, how=How.SUPPORTS, source=source, span=Span(0, 12), kind=SourceKind.SECONDARY, act=act)
    link = add(store, offer)
    numbers = {"expected": Decimal(1250), "result": Decimal("1250.5")}
    made = Calculation(claim=claim.value, formula="<i>a + b</i>", used=(link.passage,), act=act, **numbers)
    calculate(store, made, [link])
    decide(store, {claim: Step(status=Status.ACCEPTED, by="Kim Vale", at=FIRST, anonymity="<b>her post</b>")})
    shown = client.get(f"{about}/{extraction.claims[0].id}").text
    assert ", secondary source <span" in shown
    assert "Worked out as <strong>1250.5</strong>, claimed as 1250: &lt;i&gt;a + b&lt;/i&gt;" in shown
    assert "The speaker is not named because: &lt;b&gt;her post&lt;/b&gt;" in shown


def test_a_verdict_and_the_notes_of_others_are_shown(
    store: Store, client: FlaskClient, extraction: Extraction, about: str
) -> None:
    """A note is shown with the claims whose words it is on, and with no other."""
    step = Step(status=Status.REJECTED, by="Kim Vale", at=FIRST, rating=Rating.MOSTLY_FALSE)
    decide(store, {claim_of(extraction): step})
    words = extraction.claims[0].span.of(extraction.source.text)
    note = {
        "type": "Annotation",
        "creator": "<b>Ada</b>",
        "created": "2021-06-02T10:00:00Z",
        "bodyValue": "<i>So?</i>",
        "target": {
            "source": iris.source(extraction.source).value,
            "selector": {"type": "TextQuoteSelector", "exact": words},
        },
    }
    with store.writer() as writer:
        writer.change(add=bring_notes(writer.view, [note]).quads)
    shown = client.get(f"{about}/{extraction.claims[0].id}").text
    assert "rated <strong>Mostly false</strong>" in shown
    assert ": &lt;i&gt;So?&lt;/i&gt; <span" in shown
    assert "by &lt;b&gt;Ada&lt;/b&gt;, 2021-06-02 10:00 UTC" in shown


def test_what_nobody_has_worked_on_says_so(client: FlaskClient, extraction: Extraction, about: str) -> None:
    shown = client.get(f"{about}/{extraction.claims[0].id}").text
    for told in ("Nobody has reviewed", "No evidence has been put forward", "No verification of its words"):
        assert told in shown


def test_a_claim_whose_words_are_not_kept_has_its_place(
    store: Store, client: FlaskClient, extraction: Extraction, about: str
) -> None:
    ingest(store, [extraction], replace=True, keep_text=False)
    claim = extraction.claims[0]
    shown = client.get(f"{about}/{claim.id}").text
    assert f"<h1>Characters {claim.span.start} to {claim.span.end}</h1>" in shown
    assert "The words are not kept in this graph" in shown
    assert "The text is not kept in this graph" in client.get(about).text
