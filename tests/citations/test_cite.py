"""Quotations of a draft held against source documents."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from averment.citations.documents import SourceText, find_documents, read_document
from averment.citations.documents.voices import Voice
from averment.citations.drafts import Citation, Verdict, cite
from averment.citations.drafts.editing import segments
from averment.errors import InputError
from averment.extract.pipeline import extract
from averment.model import Extraction, Source, Span
from averment.sources import read

Judge = Callable[[str], Citation]


def read_text(text: str) -> Extraction:
    digest = sha256(text.encode()).hexdigest()
    return extract(Source(text=text, sha256=digest, file_sha256=digest, media_type="text/plain"))


def read_file(path: Path) -> Extraction:
    return extract(read(path))


@pytest.fixture(scope="session")
def judge(documents: Path) -> Judge:
    """Judge the one quotation of a draft."""
    texts = [read_document(path, read_file) for path in find_documents(documents)]

    def one(draft: str) -> Citation:
        (found,) = cite(read_text(draft), texts)
        return found

    return one


@pytest.mark.parametrize(
    ("draft", "verdict"),
    [
        ("Mayor Jo Lind said: “we will pay $5 million to the family in two years.”", Verdict.EXACT),
        ("Lind said: “It is a sad day.”", Verdict.EXACT),
        ("Lind said: “we will pay ... to the family in two years.”", Verdict.EXACT),
        ("Lind said: “we will pay […] to the family in two years.”", Verdict.EXACT),
        ("Lind said: “We do not believe that [they] acted wrongly.”", Verdict.EXACT),
        ("Lind said: “[W]e will pay $5 million to the family [sic].”", Verdict.EXACT),
        ("Lind said: “we  will pay $5 million to\tthe family.”", Verdict.REFORMATTED),
        ("Lind said: “we will give $5 million to the family in two years.”", Verdict.ALTERED),
        ("Lind said: “we will pay $6 million to the family in two years.”", Verdict.ALTERED_CRITICAL),
        ("Lind said: “We believe that the officers acted wrongly in this case.”", Verdict.ALTERED_CRITICAL),
        ("Lind said: “we will pay to the family in two years.”", Verdict.ALTERED_CRITICAL),
        ("“the officers acted wrongly in this case,” Lind said.", Verdict.TRUNCATED),
        ("Lind said: “Nobody was hurt in the fire. It is a sad day.”", Verdict.SPLICED),
        ("Lind said: “Nobody was hurt ... It is a sad day.”", Verdict.SPLICED),
        ("Lind said: “We do not believe that the officers acted wrongly. It is a sad day.”", Verdict.SPLICED),
        ("“The council never saw the report,” Jo Lind said.", Verdict.MISATTRIBUTED),
        ("Lind said: “We [do] believe that the officers acted wrongly in this case.”", Verdict.TRUNCATED),
        ("“The council never saw the report,” John Vale said.", Verdict.MISATTRIBUTED),
        ("“We will resign tomorrow morning,” Lind said.", Verdict.FABRICATED),
        ("Max Roth wrote: “I would rather settle before the vote in March.”", Verdict.EXACT),
        ("Jo Lind wrote: “Please prepare a list of all payments since 2009.”", Verdict.REFORMATTED),
        ("Max Roth wrote: “Please prepare a list of all payments since 2009.”", Verdict.MISATTRIBUTED),
        ("Ann Brandt wrote: “Nobody has counted them so far.”", Verdict.EXACT),
    ],
)
def test_a_quotation_is_what_it_is(judge: Judge, draft: str, verdict: Verdict) -> None:
    found = judge(draft)
    assert found.verdict is verdict, found
    assert (found.document is None) == (verdict is Verdict.FABRICATED)
    assert found.why


def judged(document: str, draft: str, *voices: Voice) -> Verdict:
    """Judge the one quotation of a draft against one text."""
    (found,) = cite(read_text(draft), [SourceText("document", document, voices)])
    return found.verdict


@pytest.mark.parametrize(
    ("document", "quotation"),
    [
        ("They paid about five million dollars.", "They paid about five"),
        ("Non-smokers pay less than others.", "smokers pay less than others"),
        ("It was -3 degrees that day.", "3 degrees that day"),
        ("It was minus 3 degrees that day.", "3 degrees that day"),
        ("It was 3 degrees that day.", "−3 degrees that day"),
        ("It cost €5 for each man.", "5 for each man"),
        ("It grew by 2.5 million.", "It grew by 2.5"),
        ("It grew by 5%.", "It grew by 5"),
        ("It rose by 5–10 men.", "It rose by 5"),
        ("It took us two and a half years.", "It took us two"),
        ("We saw twenty-five men there.", "five men there"),
        ("We saw two hundred and five men there.", "five men there"),
        ("More than 500 men were there.", "500 men were there"),
        ("Some .5 percent of us left.", "5 percent of us left"),
        ("It is five percent of all.", "percent of all"),
        ("We had long-\nterm plans for it.", "term plans for it"),
        ("We pay 5 million every year.", "We pay ... 5 ... every year"),
        ("The former mayor paid them all.", "mayor paid them all"),
        ("Some officers lied to us.", "officers lied to us"),
        ("The officers lied to us sometimes.", "The officers lied to us"),
    ],
)
def test_a_word_or_number_that_was_cut_is_another(document: str, quotation: str) -> None:
    """What is one thing with the first or last quoted word cannot be left out."""
    assert judged(document, f"Lind said: “{quotation}”") is Verdict.ALTERED_CRITICAL


@pytest.mark.parametrize(
    ("document", "draft"),
    [
        ("In 2009 500 people left us.", "Lind said: “500 people left us.”"),
        ("It was −3 degrees that day.", "Lind said: “−3 degrees that day.”"),
        ("The men — smokers all of them — left.", "Lind said: “smokers all of them.”"),
        ("We left in 2009. Five men stayed.", "Lind said: “We left in 2009.”"),
        ("“We left there in 2009” he said.", "Lind said: “We left there in 2009.”"),
        ("Some officers lied to us.", "Lind said that some “officers lied to us.”"),
        ("We saw more than five men there.", "Lind saw more than “five men there.”"),
        ("They listened to five men there.", "Lind listened to “five men there.”"),
    ],
)
def test_a_number_that_is_whole_may_begin_and_end_a_quotation(document: str, draft: str) -> None:
    """Years, dashes and the draft's own words beside a number are no part of what was left out."""
    assert judged(document, draft) is Verdict.EXACT


TWO = "We will pay them all. Nobody was hurt in the fire, said the chief."


@pytest.mark.parametrize(
    ("quotation", "verdict"),
    [
        ("We will pay them all.", Verdict.EXACT),
        ("We will ... all.", Verdict.EXACT),
        ("pay them all. Nobody was hurt in the fire", Verdict.MISATTRIBUTED),
        ("We will pay them ... Nobody was hurt", Verdict.MISATTRIBUTED),
        ("Nobody was hurt ... We will pay", Verdict.SPLICED),
    ],
)
def test_parts_of_two_speakers_are_never_sound(quotation: str, verdict: Verdict) -> None:
    """Each part is asked whose it is, and a part across two voices is neither's."""
    voices = [Voice(Span(0, 21), "Jo Lind"), Voice(Span(22, 66), "Kim Vale")]
    assert judged(TWO, f"Lind said: “{quotation}”", *voices) is verdict
    assert judged(TWO, f"It goes on: “{quotation}”", *voices) is verdict


def test_words_handed_on_are_also_those_of_who_hands_them_on() -> None:
    """What Lind says Vale said may be quoted as what Lind said; what the writer says of both is the writer's."""
    inner = Voice(Span(TWO.index("Nobody"), 50), "Kim Vale")
    assert judged(TWO, f"Lind said: “{TWO}”", Voice(Span(0, 66), "Jo Lind"), inner) is Verdict.EXACT
    reported = "Jo Lind said the city will pay. Kim Vale said nobody was hurt."
    voices = [Voice(Span(13, 30), "Jo Lind"), Voice(Span(46, 61), "Kim Vale")]
    assert judged(reported, f"It goes on: “{reported}”", *voices) is Verdict.EXACT
    assert judged(reported, "Lind said: “the city will pay. Kim Vale said nobody was hurt.”", *voices) is (
        Verdict.MISATTRIBUTED
    )


def test_a_mark_of_omission_does_not_join_what_is_far_apart() -> None:
    """An ellipsis stands for words of one speech, not for half a document."""
    near, far = (f"We paid it. {'Rain fell. ' * many}We left it." for many in (20, 500))
    assert judged(near, "Lind said: “We paid it ... We left it.”") is Verdict.EXACT
    assert judged(far, "Lind said: “We paid it ... We left it.”") is Verdict.SPLICED


@pytest.mark.parametrize(
    ("document", "quotation"),
    [
        ("If the audit is right, we will resign.", "we will resign"),
        ("We will resign, as we said in the spring, if the audit is right.", "We will resign"),
        ("“If the audit is right,” Lind said, “we will resign.”", "we will resign"),
        ("“We will resign,” Lind said, “if the audit is right.”", "We will resign"),
        ("Lind said if the audit is right, the city will pay.", "the city will pay"),
        ("Unless the court, which sits in May, agrees, the city will pay.", "the city will pay"),
        ("It is not the case, as some have said in the last few weeks, that the city paid.", "the city paid"),
        ("There is no evidence that, as he put it, the officers lied to us.", "the officers lied to us"),
        ("Nobody, Lind said, acted wrongly in this case.", "acted wrongly in this case"),
        ("Nobody, not even the mayor, thinks we lied to them.", "we lied to them"),
        ("He denied that “the officers acted wrongly.”", "the officers acted wrongly"),
        ("“The officers acted wrongly” is false, he said.", "The officers acted wrongly"),
        ("The claim that we paid them, made last week, is false.", "we paid them"),
        ("The idea that we paid them all in May and that one other in June is false.", "we paid them all"),
        ("We do not believe\nthat Officer Smith lied to us.", "Officer Smith lied to us"),
        ("We did not cheat, rob the city, or steal.", "rob the city"),
        ("We do not think the U.S. Senate lied to us.", "Senate lied to us"),
        ("I hope that we will win this.", "we will win this"),
        ("The officers lied to us, it is alleged.", "The officers lied to us"),
        ("Perhaps, he said, the officers lied to us.", "the officers lied to us"),
        ("We will pay them all, but not in this year.", "We will pay them all"),
        ("We refused to pay them all.", "pay them all"),
        ("Were the audit right, we would resign.", "we would resign"),
        ("Should the audit be right, we will resign.", "we will resign"),
        ("We will resign only when the audit is right.", "We will resign"),
        ("We will resign, as long as they pay.", "We will resign"),
        ("Never will we pay them all.", "will we pay them all"),
        ("It is a lie that the city paid them.", "the city paid them"),
        ("Few believe that the city paid them.", "the city paid them"),
        ("They were wrongly told that we paid them.", "we paid them"),
        ("The city paid them all, or so they claim.", "The city paid them all"),
        ("So-called experts paid them all.", "experts paid them all"),
        (f"We will not go {'to the north or ' * 9}help them.", "We will ... help them"),
    ],
)
def test_what_governs_the_quoted_words_is_left_out_wherever_it_stands(document: str, quotation: str) -> None:
    """A condition, negation, hedge or attitude in the same sentence counts over commas, lines and reporting clauses."""
    assert judged(document, f"Lind said: “{quotation}”") is Verdict.TRUNCATED


@pytest.mark.parametrize(
    ("document", "quotation"),
    [
        ("I do not doubt that the city paid them.", "the city paid them"),
        ("No, the officers lied to us.", "the officers lied to us"),
        ("I did not pay, he paid them all.", "he paid them all"),
        ("We will pay them and we do not regret it.", "We will pay them"),
        ("The council did not vote, but the city paid them.", "the city paid them"),
        ("The city paid them, but the council did not vote.", "The city paid them"),
        ("He asked if it was so, and we paid them all.", "we paid them all"),
        ("Although he did not come, the mayor said we paid them all.", "we paid them all"),
        ("We paid the men because we had no choice.", "We paid the men"),
        ("He did not come. We paid them all.", "We paid them all"),
        ("“I never said it.” We paid them all.", "We paid them all"),
        ("we did not know. we paid them all", "we paid them all"),
        ("We paid them all; nobody knows why.", "We paid them all"),
        ("Whether or not it rains, we will go there.", "we will go there"),
        ("A few believe that the city paid them.", "the city paid them"),
        ("He spoke as if it were so, but we paid them all.", "we paid them all"),
        ("Had they paid? The city paid them.", "The city paid them"),
        ("Mayor will not resign\nThe city paid them all", "The city paid them all"),
    ],
)
def test_what_governs_other_words_is_not_left_out(document: str, quotation: str) -> None:
    """A clause of its own is not turned by what is said of another."""
    assert judged(document, f"Lind said: “{quotation}”") is Verdict.EXACT


@pytest.mark.parametrize(
    ("document", "draft", "verdict"),
    [
        ("We do not believe they lied to us.", "Lind does not think that “they lied to us.”", Verdict.EXACT),
        ("Nobody acted wrongly in this case.", "Nobody, Lind said, “acted wrongly in this case.”", Verdict.EXACT),
        (
            "Nobody acted wrongly in it.",
            "The mayor was not there. Lind said: “acted wrongly in it.”",
            Verdict.TRUNCATED,
        ),
        ("Nobody acted wrongly in it.", "Lind does not deny that they “acted wrongly in it.”", Verdict.TRUNCATED),
        ("If it is right, we will resign.", "If the audit says so, Lind said, “we will resign.”", Verdict.EXACT),
        ("If it is right, we will resign.", "Lind, asked if he was ill, said: “we will resign.”", Verdict.TRUNCATED),
        ("Allegedly the officers lied to us.", "Reportedly, “the officers lied to us.”", Verdict.EXACT),
    ],
)
def test_the_draft_must_turn_the_words_as_the_document_does(document: str, draft: str, verdict: Verdict) -> None:
    """What governs the quotation in the draft is found in the same way, and held against it kind by kind."""
    assert judged(document, draft) is verdict


@pytest.mark.parametrize(
    ("quotation", "verdict"),
    [
        ("We will [not] pay them in May", Verdict.ALTERED_CRITICAL),
        ("We will [perhaps] pay them in May", Verdict.ALTERED_CRITICAL),
        ("We will pay [half of] them in May", Verdict.ALTERED_CRITICAL),
        ("We will pay them in May [if we can]", Verdict.ALTERED_CRITICAL),
        ("We will pay them [only] in May", Verdict.ALTERED_CRITICAL),
        ("We will pay them in May, Jo [Vale] said.", Verdict.ALTERED_CRITICAL),
        ("We will pay them in [June], Jo Lind said.", Verdict.ALTERED_CRITICAL),
        ("[We] will pay them in May", Verdict.EXACT),
        ("We [shall] pay them in May", Verdict.EXACT),
        ("We will pay [the two officers] in May", Verdict.EXACT),
        ("[The council] will pay them in May", Verdict.EXACT),
        ("[Vale’s men] will pay them in May", Verdict.EXACT),
        ("We will pay them [sic] in May", Verdict.EXACT),
        ("We will [of course] pay them in May", Verdict.EXACT),
        ("We will pay them in May, Jo Lind [the former mayor] said.", Verdict.EXACT),
    ],
)
def test_square_brackets_may_explain_but_not_add(quotation: str, verdict: Verdict) -> None:
    """A negation, number, hedge, bound or condition that is put in, or another name or date, is another statement."""
    assert judged("We will pay them in May, Jo Lind said.", f"It goes on: “{quotation}”") is verdict


def test_square_brackets_may_keep_what_was_left_out() -> None:
    """What the document says there may be said in brackets."""
    assert (
        judged("It did not cost us five million.", "“It did [not] cost us five [million],” he said.") is Verdict.EXACT
    )
    assert (
        judged("It did not cost us five million.", "“It did [n’t] cost us five [billion].”") is Verdict.ALTERED_CRITICAL
    )


def test_of_several_places_the_one_where_it_stands_best_counts() -> None:
    """What is denied in one place and said in another was said."""
    denied, said = "Nobody says that we paid them all.", "We paid them all."
    assert judged(f"{denied}\n{said}", "Lind said: “We paid them all.”") is Verdict.EXACT
    assert judged(f"{denied}\n" * 3, "Lind said: “We paid them all.”") is Verdict.TRUNCATED
    doubled = "We paid them. He left. We paid them, and they left us."
    assert judged(doubled, "Lind said: “We paid them ... and they left us.”") is Verdict.EXACT


@pytest.mark.parametrize("quotation", ["the " * 300, "the ... " * 50 + "the", "the a " * 1_000, "the a b " * 400])
def test_a_document_of_equal_words_is_judged_at_once(quotation: str) -> None:
    """Repeated words are looked at a bounded number of times."""
    assert judged("the a " * 50_000 + "the " * 50_000, f"Lind said: “{quotation}”")


@pytest.mark.parametrize(
    ("document", "quotation"),
    [
        ("It rained. Lind paid Kim Vale, the mayor of Ostport.", "Kim Vale paid Lind"),
        ("It rained. Kim Vale of the council sued Lind. So it was.", "Lind sued Kim Vale of the council"),
    ],
)
def test_where_two_names_changed_places_both_are_pointed_at(document: str, quotation: str) -> None:
    """What was found has every quoted word that stands there."""
    (one,) = cite(read_text(f"It goes on: “{quotation}”"), [SourceText("document", document)])
    assert one.verdict is Verdict.ALTERED_CRITICAL
    assert one.found is not None
    assert set(quotation.split()) <= set(one.found.of(document).replace(".", "").replace(",", "").split())


@pytest.mark.parametrize("break_", ["-\n", "\u2010\n", "- \r\n  "])
def test_a_hyphen_at_the_end_of_a_line_may_be_the_word_s_own(break_: str) -> None:
    """Either spelling is the document's; a dash, or another word, is not."""
    document = f"We made long{break_}term plans for settle{break_}ments."
    assert judged(document, "Lind: “We made long-term plans for settlements.”") is Verdict.REFORMATTED
    assert judged(document, "Lind: “We made longterm plans for settle-ments.”") is Verdict.REFORMATTED
    assert judged(document, "Lind: “We made long plans for settlements.”") is Verdict.ALTERED
    assert judged("We paid -\nall of them.", "Lind: “We paidall of them.”") is not Verdict.REFORMATTED


def test_a_soft_hyphen_at_the_end_of_a_line_is_no_letter() -> None:
    """It only says where a word may be parted."""
    assert judged("We made settle\u00ad\nments.", "Lind: “We made settlements.”") is Verdict.REFORMATTED


def test_a_negation_that_the_draft_gives_itself_is_not_left_out(judge: Judge) -> None:
    assert judge("Lind does not say that “the officers acted wrongly in this case.”").verdict is Verdict.EXACT


def test_a_page_is_named_and_a_parted_word_is_joined(judge: Judge, documents: Path) -> None:
    found = judge("The audit says the city “paid 214 times in nine years and never counted settlements.”")
    assert (found.verdict, found.page, found.document) == (Verdict.REFORMATTED, 2, str(documents / "audit.pdf"))


def test_what_was_found_is_pointed_at(judge: Judge, documents: Path) -> None:
    found = judge("Lind said: “we will pay $6 million to the family in two years.”")
    text = (documents / "interview.txt").read_text(encoding="utf-8")
    assert found.found is not None
    assert found.found.of(text) == "we will pay $5 million to the family in two years"
    assert [(change.old, change.new) for change in found.changes] == [("5", "6")]


def test_words_at_a_distance_are_no_quotation() -> None:
    assert not list(cite(read_text("Lind spoke of a “sad day” in Ostport."), []))


def test_of_two_who_hand_words_on_the_inner_one_said_them(tmp_path: Path) -> None:
    path = tmp_path / "article.txt"
    words = "“The council will pay us all,” Mayor Jo Lind wrote in an email, the Harbour Gazette reported.\n"
    path.write_text(words, encoding="utf-8")
    (found,) = cite(read_text(words), [read_document(path, read_file)])
    assert (found.verdict, found.speaker, found.said_by) == (Verdict.EXACT, "Jo Lind", "Jo Lind")


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("empty.eml", b"From: a@b.example\n\n\n", "no words"),
        ("broken.pdf", b"%PDF-1.4\nnonsense", "no PDF"),
        ("text.pdf", b"Hello", "no PDF"),
    ],
)
def test_a_document_that_cannot_be_read_is_refused_by_name(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(InputError, match=words) as caught:
        read_document(path, read_file)
    assert caught.value.path == path


def test_a_message_in_html_is_read_without_its_markup(tmp_path: Path) -> None:
    path = tmp_path / "mail.eml"
    head = "From: Jo Lind <jo@ostport.example>\nContent-Type: text/html; charset=utf-8\n\n"
    path.write_text(f"{head}<style>p {{}}</style><p>We&nbsp;<b>paid</b> them all &amp; left</p>", encoding="utf-8")
    document = read_document(path, read_file)
    assert document.text.split() == ["We", "paid", "them", "all", "&", "left"]
    assert {voice.name for voice in document.voices} == {"Jo Lind"}


def test_a_folder_without_documents_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file or folder"):
        find_documents(tmp_path / "nowhere")
    with pytest.raises(InputError, match="there is no document"):
        find_documents(tmp_path)


PIECES = st.sampled_from(
    ["We", "paid", "$5", "not", "...", "…", "[sic]", "[the men]", "[", "]", "“", "”", ".", " ", "é", "\n"]
)


@given(st.lists(PIECES, max_size=25), st.lists(PIECES, max_size=25))
def test_any_quotation_and_any_document_can_be_compared(quoted: list[str], written: list[str]) -> None:
    """Nothing raises, and what is called exact or reformatted has the same words in the same order."""
    from averment.citations.drafts.placing import Placer

    parts, document = segments(" ".join(quoted)), SourceText("any", " ".join(written))
    placed = next(Placer(document.text).places(parts), None) if parts else None
    if placed is not None and not placed.changes and not placed.is_spliced:
        words = [word.key.lower() for word in Placer(document.text).text.words]
        for part, place in zip(parts, placed.ranges, strict=True):
            assert words[place.start : place.stop] == [word.key.lower() for word in part.quoted]
