"""What is read from whole texts: who says what, what is claimed, who is named; and what holds of any text."""

from datetime import date
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from averment import triples
from averment.extract.as_json import as_json
from averment.extract.pipeline import extract, extract_all
from averment.model import (
    Attribution,
    Claim,
    EntityKind,
    Extraction,
    Modality,
    Polarity,
    Quotation,
    Relation,
    Source,
    Stance,
)

FOLDER = Path(str(files("averment"))) / "cases" / "chicago"


def source(text: str, publisher: str | None = "Ostport Wire") -> Source:
    digest = sha256(text.encode()).hexdigest()
    return Source(
        text=text,
        sha256=digest,
        file_sha256=digest,
        media_type="text/plain",
        publisher=publisher,
        published=date(2021, 5, 7),
    )


def read(text: str) -> Extraction:
    return extract(source(text))


def said(extraction: Extraction, words: str) -> Attribution:
    """Give the innermost attribution whose content has these words."""
    text = extraction.source.text
    found = [hop for hop in extraction.attributions for span in hop.content if words in span.of(text)]
    return min(found, key=lambda hop: sum(span.end - span.start for span in hop.content))


def claim(extraction: Extraction, words: str) -> Claim:
    """Give the shortest claim that has these words."""
    found = [c for c in extraction.claims if words in c.span.of(extraction.source.text)]
    return min(found, key=lambda c: c.span.end - c.span.start)


def speakers(extraction: Extraction, words: str) -> list[str | None]:
    return [hop.speaker for hop in extraction.chain(claim(extraction, words))]


@pytest.mark.parametrize(
    ("text", "words", "speaker", "cue"),
    [
        ("Mayor Jo Lind said that the city had paid.", "the city had paid", "entity/jo-lind", "said"),
        ("The city had paid in full, said Mayor Jo Lind.", "The city had paid", "entity/jo-lind", "said"),
        ("“The city has paid every cent,” Mayor Jo Lind said.", "The city has paid", "entity/jo-lind", "said"),
        ("According to Mayor Jo Lind, the city had paid.", "the city had paid", "entity/jo-lind", "According to"),
        ("Mayor Jo Lind lost. She claimed that the city had paid.", "the city had paid", "entity/jo-lind", "claimed"),
        ("The emails show that the city had paid.", "the city had paid", "document/emails", "show"),
    ],
)  # fmt: skip
def test_who_says_what_is_found_in_any_order(text: str, words: str, speaker: str, cue: str) -> None:
    extraction = read(text)
    hop = said(extraction, words)
    assert hop.speaker == speaker
    assert [span.of(text) for span in hop.cue] == [cue]


def test_an_interrupted_quotation_has_two_spans() -> None:
    text = "“We paid them in May,” Mayor Jo Lind said. “We will not pay again.”"
    hop = said(read(text), "We paid")
    assert [span.of(text) for span in hop.content] == ["“We paid them in May,”", "“We will not pay again.”"]


def test_a_quotation_on_several_sentences_is_whole() -> None:
    text = "“We paid them. It is over,” Mayor Jo Lind said."
    assert said(read(text), "We paid").content[0].of(text) == "“We paid them. It is over,”"


def test_a_report_of_a_report_is_a_chain() -> None:
    extraction = read("The emails say that the city had paid, the Harbour Gazette reported.")
    assert speakers(extraction, "the city had paid") == [
        "entity/ostport-wire",
        "entity/harbour-gazette",
        "document/emails",
    ]


def test_what_nobody_else_says_the_publisher_says() -> None:
    extraction = read("The city of Ostport paid $5 million in 2019.")
    (only,) = extraction.claims
    assert only.quotation is Quotation.NONE
    assert speakers(extraction, "paid") == ["entity/ostport-wire"]


def test_attributed_words_without_a_verb_are_a_claim() -> None:
    extraction = read("“A shameful waste of public money,” Mayor Jo Lind said.")
    (only,) = extraction.claims
    assert only.span.of(extraction.source.text) == "A shameful waste of public money"
    assert speakers(extraction, "A shameful waste")[-1] == "entity/jo-lind"


def test_no_answer_is_a_stance() -> None:
    text = "Jo Lind won. Lind’s office did not respond to a request for comment."
    (hop,) = [h for h in read(text).attributions if h.stance is Stance.NO_ANSWER]
    assert hop.speaker == "entity/jo-linds-office"
    assert hop.content == ()


def test_negation_and_modality_are_told() -> None:
    extraction = read("The city of Ostport did not pay the family. The council could block the reform bill.")
    assert claim(extraction, "did not pay").polarity is Polarity.NEGATED
    assert claim(extraction, "could block").modality is Modality.POSSIBLE
    assert not claim(extraction, "could block").statements


def test_a_hedge_stays_with_its_claim() -> None:
    text = "Officers allegedly ransacked a home."
    (only,) = read(text).claims
    assert [span.of(text) for span in only.hedges] == ["allegedly"]


def test_an_advertising_line_gives_nothing() -> None:
    text = "Jo Lind won the election.\nCLICK HERE TO GET THE OSTPORT WIRE APP\nShe thanked her voters."
    extraction = read(text)
    advert = text.index("CLICK")
    line = range(advert, advert + len("CLICK HERE TO GET THE OSTPORT WIRE APP"))
    spans = [c.span for c in extraction.claims] + [m for e in extraction.entities for m in e.mentions]
    assert spans
    assert not [span for span in spans if span.start in line]


def test_names_of_the_same_person_are_one_entity() -> None:
    extraction = read("Mayor Jo Lind spoke. Lind, 51, is from Ostport. Ms. Lind left. She slept.")
    (person,) = [e for e in extraction.entities if e.kind is EntityKind.PERSON]
    assert person.label == "Jo Lind"
    assert [m.of(extraction.source.text) for m in person.mentions] == ["Jo Lind", "Lind", "Lind"]
    assert "Mayor" in [d.of(extraction.source.text) for d in person.described_as]


def test_an_office_and_a_staff_are_not_the_person() -> None:
    extraction = read("Sen. Ann Brandt voted. Her staff called the office of Gov. Max Roth.")
    kinds = {e.label: e.kind for e in extraction.entities}
    assert kinds["Ann Brandt’s staff"] is EntityKind.GROUP
    assert kinds["Max Roth’s office"] is EntityKind.OFFICE
    assert kinds["Ann Brandt"] is kinds["Max Roth"] is EntityKind.PERSON


def test_the_publication_is_the_outlet_named_last() -> None:
    text = "The Harbour Gazette obtained the records. The city lost, the publication reported."
    assert said(read(text), "The city lost").speaker == "entity/harbour-gazette"


def test_content_links_people_bodies_and_documents() -> None:
    extraction = read(
        "Jo Lind’s staff lobbied the office of Sen. Ann Brandt. "
        "A reform bill signed by Gov. Max Roth created a task force."
    )
    found = {(s.subject, s.relation, s.object) for c in extraction.claims for s in c.statements}
    assert ("entity/jo-linds-staff", Relation.LOBBIED, "entity/ann-brandts-office") in found
    assert ("entity/max-roth", Relation.SIGNED, "document/reform-bill") in found
    assert ("document/reform-bill", Relation.ESTABLISHED, "entity/task-force") in found


def test_a_payout_has_only_what_the_words_give() -> None:
    text = (
        "A $100,000 payment came after officers allegedly shot a dog in 2019. "
        "The city of Ostport paid $5,000 to Kim Vale."
    )
    first, second = read(text).payouts
    assert (first.payer, first.payee, first.alleged) == (None, None, True)
    assert first.incident is not None
    assert first.incident.span.of(text) == "officers allegedly shot a dog in 2019"
    assert (second.payer, second.payee, second.alleged) == ("entity/city-of-ostport", "entity/kim-vale", False)


def test_a_range_of_payouts_is_no_payout() -> None:
    assert read("A spreadsheet lists payouts from a few hundred dollars to thousands.").payouts == ()


def test_reading_many_gives_what_reading_each_gives() -> None:
    sources = [source("Jo Lind said that it was over."), source("The city of Ostport paid $5 million.")]
    assert list(extract_all(sources)) == [extract(one) for one in sources]


# fmt: off
WORDS = st.sampled_from([
    "“We", "paid", "$5 million,”", "Mayor Jo Lind", "said", ".", "\n", "\r\n", "according to", "the emails",
    "that", "She", "her", "office", "did not respond", "in May 2019", "reportedly", '"', "”", "‘", "’s",
    "\ufeff", "\u200b", "é", "\ud83d\udc69\u200d\ud83d\udc67", "é", "\u2029", "CLICK HERE",
    "the city of Ostport", "lobbied", "against", "—", "(", "]", "0", "\t", "Gazette", "the newspaper", "who",
])
# fmt: on


CASE = [path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.md"))]


def _holds(text: str) -> None:
    """No text raises; every span lies in the text, every name is unique, every reference leads somewhere."""
    extraction = read(text)
    content = as_json(extraction)
    things = [
        *extraction.entities,
        *extraction.documents,
        *extraction.amounts,
        *extraction.intervals,
        *extraction.payouts,
    ]
    names = [thing.id for thing in (*things, *extraction.attributions, *extraction.claims)]
    assert len(names) == len(set(names))
    spans = [
        tuple(span) for hop in content["attributions"] for role in ("source", "cue", "content") for span in hop[role]
    ]
    spans += [(c["start"], c["end"]) for c in content["claims"]]
    spans += [tuple(span) for entity in content["entities"] for span in entity["mentions"]]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(c["text"] == text[c["start"] : c["end"]] for c in content["claims"])
    for one in extraction.claims:
        assert extraction.chain(one)[0].id == "attribution/publisher"
        assert set(one.mentions) <= set(names)
    triples.quads(extraction)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(WORDS | st.text(max_size=6).filter(lambda t: "\x00" not in t), max_size=40), st.sampled_from(["", " "]))
def test_whatever_the_text_every_offset_is_right(words: list[str], between: str) -> None:
    _holds(between.join(words).encode("utf-8", "ignore").decode())


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from(CASE), st.integers(0), st.integers(1, 400)), min_size=1, max_size=6))
def test_articles_cut_and_joined_anywhere_are_read(cuts: list[tuple[str, int, int]]) -> None:
    _holds("".join(text[start % len(text) :][:length] for text, start, length in cuts))
