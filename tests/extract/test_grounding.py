"""Proposals held against the text: the same words are found, other words never, and nothing is lost silently."""

import re
import unicodedata
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from averment import triples
from averment.extract.grounding import grounded
from averment.extract.proposals import Dropped, Grounded, ProposedClaim, ProposedSpeaker
from averment.extract.verbatim import Words
from averment.ingest import ingest
from averment.model import AttributionKind, DocumentKind, EntityKind, Polarity, Quotation, Source, Span, Stance
from averment.store import Store
from averment.validate import load_shapes, validate_view

TEXT = (
    "“We did not lobby Senator Ann Brandt,” Mayor Jo Lind wrote, the Harbour Gazette reported.\n"
    "The city paid $1.5 million in 2019, the emails show. It reportedly paid Kim Vale’s non-violent cousin nothing.\n"
    "She said that the council had voted. She said that the Gazette can’t count.\n"
    "CLICK HERE for our newsletter\n"
)


def source(text: str = TEXT, publisher: str | None = "Ostport Wire") -> Source:
    digest = sha256(text.encode()).hexdigest()
    return Source(text=text, sha256=digest, file_sha256=digest, media_type="text/plain", publisher=publisher)


def claim(words: str, context: str | None = None, polarity: Polarity = Polarity.AFFIRMED) -> ProposedClaim:
    return ProposedClaim(words=words, context=context, polarity=polarity)


def said(
    words: str,
    speaker: str,
    cue: str | None = None,
    name: str | None = None,
    context: str | None = None,
) -> ProposedClaim:
    by = ProposedSpeaker(words=speaker, name=name, kind=EntityKind.PERSON, cue=cue)
    return ProposedClaim(words=words, context=context, speaker=by)


def ground(*proposed: ProposedClaim) -> Grounded:
    return grounded(source(), proposed)


def words_of(done: Grounded) -> list[str]:
    return [one.span.of(done.extraction.source.text) for one in done.extraction.claims]


def reasons(*proposed: ProposedClaim) -> list[str]:
    done = ground(*proposed)
    assert not done.extraction.claims
    return [one.reason for one in done.dropped]


# ---- What is found, and what is not -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("proposed", "found"),
    [
        ("The city  paid\n$1.5 million", "The city paid $1.5 million"),
        ("The city paid $ 1.5 million", "The city paid $1.5 million"),
        ('"We did not lobby Senator Ann Brandt,"', "“We did not lobby Senator Ann Brandt,”"),
        ("«We did not lobby", "“We did not lobby"),
        ("''We did not lobby", "“We did not lobby"),
        ("Kim Vale's non\u2011violent cousin", "Kim Vale’s non-violent cousin"),
        ("Kim Vale", "Kim Vale"),
        ("coun\u00adcil", "council"),
    ],
)
def test_words_are_found_in_another_spelling_of_marks_and_spaces(proposed: str, found: str) -> None:
    assert [span.of(TEXT) for span in Words(TEXT).occurrences(proposed)] == [found]


@pytest.mark.parametrize(
    "proposed",
    [
        "paid $5 million",
        "paid $15 million",
        "paid $1.5 billion",
        "paid $1.5",
        "paid €1.5 million",
        "paid 1.5 million",
        "in 2018",
        "in 201",
        "The city paid not $1.5 million",
        "We did lobby Senator",
        "We lobby Senator",
        "It paid Kim Vale’s",
        "It allegedly paid Kim",
        "the city paid",
        "he council had voted",
        "the council had vote",
        "violent cousin",
        "the Gazette can",
        "We did not … Ann Brandt",
        "",
        " \n",
        "…",
        ",”",
    ],
)
def test_other_words_are_never_found(proposed: str) -> None:
    assert Words(TEXT).occurrences(proposed) == ()


@pytest.mark.parametrize(
    ("text", "proposed"),
    [
        ("It cost 1 500 000 euros.", "500 000 euros"),
        ("It cost 1\u202f500 euros.", "500 euros"),
        ("It cost C$5 million.", "$5 million"),
        ("It fell by −5 percent.", "5 percent"),
        ("It fell by 5 percent.", "by 5"),
        ("It cost .5 million euros.", "5 million euros"),
        ("It took twenty-five years.", "five years"),
        ("It took five million years.", "It took five"),
        ("It took five million years.", "million years"),
        ("The score was 10² points.", "The score was 102 points"),
        ("The road is 5½ miles long.", "The road is 5 miles long"),
        ("It is 5' long.", 'It is 5" long'),
        ("from 2009-2019", "from 2009"),
    ],
)
def test_a_number_is_whole_or_not_there(text: str, proposed: str) -> None:
    assert Words(text).occurrences(proposed) == ()


def test_unicode_form_does_not_matter_and_offsets_are_those_of_the_text_as_stored() -> None:
    text = "\U0001d11e Zoe\u0308 paid Rene\u0301 \U0001f469\u200d\U0001f467 in Málaga, 각."
    (span,) = Words(text).occurrences("Zoë paid René")
    assert span.of(text) == "Zoe\u0308 paid Rene\u0301"
    (other,) = Words(text).occurrences(unicodedata.normalize("NFD", "Málaga, 각"))
    assert other.of(text) == "Málaga, 각"
    assert Words(text).occurrences("Zoe") == ()


# ---- Which place, and by whom -------------------------------------------------------------------------------------


def test_words_at_several_places_need_a_context() -> None:
    assert reasons(claim("paid")) == ["ambiguous: it stands at several places, and no context tells which is meant"]
    assert reasons(claim("paid", "is not in there paid")) == reasons(claim("paid"))
    assert words_of(ground(claim("paid", "paid $1.5 million"))) == ["paid"]


def test_what_is_dropped_is_reported_and_the_rest_is_kept() -> None:
    done = ground(claim("The city paid $5 million"), claim("The city paid $1.5 million in 2019"))
    assert done.dropped == (Dropped("The city paid $5 million", "not in the text"),)
    assert words_of(done) == ["The city paid $1.5 million in 2019"]


@pytest.mark.parametrize(
    ("proposed", "reason"),
    [
        (claim("lobby Senator Ann Brandt"), "cut off after “not”, which changes what is said"),
        (claim("count"), "cut off after “can't”, which changes what is said"),
        (claim("paid Kim Vale’s non-violent cousin"), "cut off after “reportedly”, which changes what is said"),
        (claim("for our newsletter"), "in a line that is no part of the article"),
        (claim("The city paid", polarity=Polarity.NEGATED), "proposed as a denial, and no word of it denies"),
        (said("The city paid", "Max Roth"), "its speaker “Max Roth” is not in the text"),
        (said("The city paid", "Mayor Jo Lind"), "its speaker “Mayor Jo Lind” is not near the claim"),
        (said("The city paid", "the emails", "said"), "its cue “said” is not near the claim"),
        (said("The city paid", "the emails", name="Max Roth"), "its speaker’s name “Max Roth” is not in the text"),
        (
            said("the council had voted", "She"),
            "its speaker “She” is ambiguous: it stands at several places, and no context tells which is meant",
        ),
    ],
)
def test_a_claim_with_anything_that_is_not_so_is_dropped_whole(proposed: ProposedClaim, reason: str) -> None:
    assert reasons(proposed) == [reason]


def test_the_same_words_are_one_claim_and_not_two_readings() -> None:
    one, other = claim("The city paid $1.5 million"), said("The city paid $1.5 million", "the emails", "show")
    done = ground(one, one, other)
    assert words_of(done) == ["The city paid $1.5 million"]
    assert done.dropped == (Dropped(one.words, "proposed already, otherwise understood"),)


def test_a_pronoun_stands_for_the_name_that_is_given_and_for_nobody_without_one() -> None:
    context = "She said that the council had voted"
    named, unnamed = (
        ground(said("the council had voted", "She", "said", name, context)).extraction for name in ("Jo Lind", None)
    )
    assert named.attributions[1].speaker == "entity/jo-lind"
    assert [span.of(TEXT) for span in named.entities[0].mentions] == ["Jo Lind"]
    assert unnamed.attributions[1].speaker is None
    assert [span.of(TEXT) for span in unnamed.attributions[1].source] == ["She"]


def test_the_publisher_has_no_speaker_beside_it() -> None:
    with pytest.raises(ValueError, match="publisher"):
        ProposedSpeaker(words="We", kind=EntityKind.OUTLET, attribution=AttributionKind.PUBLISHER)


# ---- What becomes of it -------------------------------------------------------------------------------------------

EMAILS = ProposedSpeaker(words="the emails", kind=DocumentKind.EMAIL, cue="show", attribution=AttributionKind.DOCUMENT)
GAZETTE = ProposedSpeaker(words="the Harbour Gazette", kind=EntityKind.OUTLET, cue="reported")
LIND = ProposedSpeaker(words="Mayor Jo Lind", name="Jo Lind", kind=EntityKind.PERSON, cue="wrote", stance=Stance.DENIES)
PROPOSAL = (
    ProposedClaim(words="The city paid $1.5 million in 2019", speaker=EMAILS),
    ProposedClaim(words="We did not lobby Senator Ann Brandt", speaker=LIND, polarity=Polarity.NEGATED),
    ProposedClaim(words='"We did not lobby Senator Ann Brandt," Mayor Jo Lind wrote', speaker=GAZETTE),
    ProposedClaim(words="It reportedly paid"),
)


def test_claims_have_chains_quotations_hedges_and_mentions() -> None:
    extraction = grounded(source(), PROPOSAL, "reader").extraction
    reported, lobbied, paid, hedged = extraction.claims
    assert [hop.speaker for hop in extraction.chain(lobbied)] == [
        "entity/ostport-wire",
        "entity/the-harbour-gazette",
        "entity/jo-lind",
    ]
    assert (lobbied.quotation, lobbied.polarity) == (Quotation.DIRECT, Polarity.NEGATED)
    assert reported.quotation is Quotation.MIXED
    assert paid.quotation is Quotation.INDIRECT
    amount, time = extraction.amounts[0], extraction.intervals[0]
    assert (amount.span.of(TEXT), time.edtf) == ("$1.5 million", "2019")
    assert paid.mentions == (amount.id, time.id)
    assert [span.of(TEXT) for span in hedged.hedges] == ["reportedly"]
    assert [hop.id for hop in extraction.chain(hedged)] == ["attribution/publisher"]
    assert {one.rule for one in extraction.claims} == {"reader-proposed"}


def test_a_feeling_that_another_speaker_tells_of_is_no_hop_and_its_claim_is_dropped() -> None:
    text = "Mayor Jo Lind said that Kim Vale wanted to leave the council."
    vale = ProposedSpeaker(words="Kim Vale", kind=EntityKind.PERSON, cue="wanted", attribution=AttributionKind.ATTITUDE)
    outer = said("Kim Vale wanted to leave the council", "Mayor Jo Lind", "said")
    done = grounded(source(text), [outer, ProposedClaim(words="to leave the council", speaker=vale)])
    assert words_of(done) == ["Kim Vale wanted to leave the council"]
    assert done.dropped == (Dropped("to leave the council", "what its speaker feels is told by another speaker"),)


def test_the_graph_of_a_grounded_proposal_conforms_to_the_shapes(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    ingest(store, [grounded(source(), PROPOSAL, "reader").extraction])
    report = validate_view(store.view(), load_shapes())
    assert report.results == ()


def test_the_order_of_a_proposal_does_not_matter() -> None:
    one, other = grounded(source(), PROPOSAL), grounded(source(), PROPOSAL[::-1])
    assert triples.quads(one.extraction) == triples.quads(other.extraction)


# ---- Of any text --------------------------------------------------------------------------------------------------

# fmt: off
WORD = st.sampled_from([
    "the", "city", "paid", "“Kim”", "‘Vale’s’", "nothing", "—", "well-known", "Zoë", "Rene\u0301", "\U0001d11e\u0301",
    "각", "\U0001f469\u200d\U0001f467", "«no»", "said,", "that.", "$5", "2019", "−3", "1.5", "million", "not",
    "reportedly", "can’t", "(so)", "U.S.", "e-mail", "\u0301x", "\u00adsoft", "(–", "''so''", "--", "5-year",
])
# fmt: on
TEXTS = st.lists(
    WORD | st.text(min_size=1, max_size=4).filter(lambda t: not re.search(r"[\s\x1c-\x1f]", t)), min_size=1, max_size=14
)
SPACES = st.sampled_from([" ", "\n", "\u00a0", "  ", "\u2009\t", "\r\n", "\u2028"])
SAME = [set('“”"„«»'), set("'’‘"), set("-‐‑–−—")]


@st.composite
def reformatted(draw: st.DrawFn, text: str) -> str:
    """Write a text otherwise: other spaces, quotation marks, dashes, another Unicode form."""
    text = unicodedata.normalize(draw(st.sampled_from(["NFC", "NFD"])), text)
    made = []
    for character in text:
        kin = next((sorted(same) for same in SAME if character in same), [character])
        made.append(draw(SPACES) if character.isspace() else draw(st.sampled_from(kin)))
    return "".join(made)


def same(one: str, other: str) -> bool:
    """Compare words as a reader does, in a way of this test's own."""
    plain = []
    for words in (one, other):
        joined = "".join(unicodedata.normalize("NFD", words).split())
        joined = re.sub("[“”„«»]|''", '"', re.sub("[’‘]", "'", re.sub("[‐‑–−—-]+", "-", joined)))
        plain.append(re.sub("[\u00ad\u200b\u200c\u200d\u2060\ufeff]", "", joined))
    return plain[0] == plain[1]


def splits_a_number(before: str, after: str) -> bool:
    """Whether two words of a text may be parts of one number, which is not to be cut."""
    return any(c.isdigit() for c in before) or before[-1] in "$€£¥₹₽₩₪₴" or after == "million"


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_any_words_of_any_text_are_found_in_any_allowed_form(data: st.DataObject) -> None:
    words = data.draw(TEXTS)
    spaces = [data.draw(SPACES) for _ in words]
    text = "".join(word + space for word, space in zip(words, spaces, strict=True))
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    assume(first == 0 or not splits_a_number(words[first - 1], words[first]))
    assume(last + 1 == len(words) or not splits_a_number(words[last], words[last + 1]))
    start = sum(len(word) + len(space) for word, space in zip(words[:first], spaces[:first], strict=True))
    end = start + sum(len(w) + len(s) for w, s in zip(words[first : last + 1], spaces[first : last + 1], strict=True))
    there = text[start : end - len(spaces[last])]
    assume(any(c.isalnum() for c in there))
    found = Words(text).occurrences(data.draw(reformatted(there)))
    assert all(same(span.of(text), there) for span in found)
    assert any(span.start >= start and span.end <= end for span in found)


CHANGES = [
    lambda words: re.sub(r"\d", lambda m: str((int(m.group()) + 1) % 10), words, count=1),
    lambda words: re.sub(r"(?<=\d)\.", "", words, count=1),
    lambda words: re.sub(r"\bnot ", "", words, count=1),
    lambda words: words.replace(" paid", " not paid", 1),
    lambda words: words.replace("can’t", "can", 1),
    lambda words: words.replace("reportedly ", "", 1),
    lambda words: words.replace(" paid", " allegedly paid", 1),
    lambda words: words.replace("million", "billion", 1),
    lambda words: words.replace("−", "", 1),
]


@settings(max_examples=300, deadline=None)
@given(st.lists(WORD, min_size=3, max_size=14), st.sampled_from(CHANGES))
def test_a_changed_figure_negation_or_hedge_is_dropped(words: list[str], change: object) -> None:
    text = " ".join(["Then", *words, "did not and can’t pay −1.5 million, and reportedly paid, then"])
    assert callable(change)
    changed = change(text)
    assert changed != text
    done = grounded(source(text), [claim(changed)])
    assert not done.extraction.claims
    assert done.dropped == (Dropped(changed, "not in the text"),)


ANY = st.text(max_size=12) | st.lists(WORD | st.sampled_from(list(" \n.")), max_size=8).map(" ".join)
PROPOSED = st.builds(
    ProposedClaim,
    words=ANY,
    context=st.none() | ANY,
    speaker=st.none()
    | st.builds(
        ProposedSpeaker,
        words=ANY,
        name=st.none() | ANY,
        kind=st.sampled_from([*EntityKind, *DocumentKind]),
        cue=st.none() | ANY,
        attribution=st.sampled_from([k for k in AttributionKind if k is not AttributionKind.PUBLISHER]),
    ),
)


@settings(max_examples=300, deadline=None)
@given(ANY, st.lists(PROPOSED, max_size=4), st.none() | ANY)
def test_whatever_is_proposed_nothing_raises_and_nothing_is_lost(
    text: str, proposal: list[ProposedClaim], publisher: str | None
) -> None:
    done = grounded(source(text.encode("utf-8", "replace").decode(), publisher), proposal)
    extraction = done.extraction
    lost = {one.words for one in done.dropped}
    kept = [p for p in proposal if p.words not in lost]
    assert all(any(same(span, p.words) for span in words_of(done)) for p in kept)
    ids = [thing.id for thing in (*extraction.entities, *extraction.documents, *extraction.attributions)]
    assert len(ids) == len(set(ids))
    assert all(hop.speaker is None or hop.speaker in ids for hop in extraction.attributions)
    assert all(extraction.chain(one)[0].id == "attribution/publisher" for one in extraction.claims)
    triples.quads(extraction)


def test_a_span_is_never_outside_the_text() -> None:
    assert Words("paid").occurrences("paid") == (Span(0, 4),)
    assert Words("").occurrences("paid") == ()
    assert Words("paid").before(Span(0, 4)) == ""
