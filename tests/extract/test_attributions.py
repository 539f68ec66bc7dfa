"""Who says what, by the many ways in which news articles put it."""

from collections.abc import Callable
from typing import Any

import pytest

from averment.model import AttributionKind, Stance

Reader = Callable[[str], Any]


@pytest.mark.parametrize(
    ("text", "speaker", "cue", "content"),
    [
        # The clause or the subject stands apart from the verb.
        ("In May, Jo Lind told a meeting of residents that few people understood the fees.",
         "entity/jo-lind", "told", "that few people understood the fees"),
        ("Jo Lind tweeted in the early hours that the vote was rigged.",
         "entity/jo-lind", "tweeted", "that the vote was rigged"),
        ("Jo Lind said after the hearing she would not pay the fine.",
         "entity/jo-lind", "said", "she would not pay the fine"),
        ("Olga Lind, the mayor, called the claims “wrong and dangerous”.",
         "entity/olga-lind", "called", "the claims “wrong and dangerous”"),
        ("Said Lind: “We will not pay.”", "entity/lind", "Said", "“We will not pay.”"),
        # Words that only say how it was said belong to the cue.
        ("Jo Lind went on to explain that the fund was empty.",
         "entity/jo-lind", "went on to explain", "that the fund was empty"),
        ("Jo Lind appeared to suggest that the vote was rigged.",
         "entity/jo-lind", "appeared to suggest", "that the vote was rigged"),
        # Comparisons.
        ("As Jo Lind noted, the city paid twice.", "entity/jo-lind", "noted", "the city paid twice"),
        ("The fund was empty, as Jo Lind had said.", "entity/jo-lind", "had said", "The fund was empty"),
        # What one is to do, accused of, or shown.
        ("Jo Lind told the officers at the rally to go home.", "entity/jo-lind", "told", "to go home"),
        ("The council accused the mayor of lying.", "entity/council", "accused", "the mayor of lying"),
        ("The records show payments to two officers.", "document/records", "show", "payments to two officers"),
        # Phrases.
        ("According to Jo Lind, the mayor, the move reeks of fear.",
         "entity/jo-lind", "According to", "the move reeks of fear"),
        ("The city paid twice, according to Jo Lind, who runs the water office in Ostport.",
         "entity/jo-lind", "according to", "The city paid twice"),
    ],
)  # fmt: skip
def test_a_speaker_a_cue_and_the_words(read: Reader, text: str, speaker: str, cue: str, content: str) -> None:
    found = read(text)
    hop = found.said(content)
    assert (hop.speaker, found.words(hop.cue), found.words(hop.content)) == (speaker, [cue], [content])


def test_a_quotation_before_the_tag_is_all_that_was_said(read: Reader) -> None:
    found = read("“You should resign,” Jo Lind told Kim Vale, after he admitted he had lied.")
    assert found.words(found.said("You should").content) == ["“You should resign,”"]


def test_a_quotation_goes_on_after_what_the_writer_adds(read: Reader) -> None:
    found = read("“It is over,” Jo Lind said, noting that the fund was empty. “We will not pay again.”")
    assert found.words(found.said("It is over").content) == ["“It is over,”", "“We will not pay again.”"]


def test_a_quotation_that_a_caption_interrupts_is_one_speakers(read: Reader) -> None:
    found = read("Jo Lind said: “The fund is empty.\n\nJo Lind at the harbour in May\n\n“We will not pay.”")
    assert found.said("The fund is empty").speaker == found.said("We will not pay").speaker == "entity/jo-lind"


def test_excerpts_are_their_authors(read: Reader) -> None:
    found = read("Jo Lind’s letter has advice. Here is a sample:\n\nOn fees:\n\n“Pay them early and pay them in full.”")
    assert found.said("Pay them early").speaker == "entity/jo-lind"


@pytest.mark.parametrize("headline", ["Jo Lind: City will not pay the officers", "Poll: Voters oppose the new fees"])
def test_a_headline_with_its_speaker(read: Reader, headline: str) -> None:
    source, _, content = headline.partition(": ")
    found = read(f"{headline}\nMayor Jo Lind spoke in Ostport.")
    hop = found.said(content)
    assert (found.words(hop.source), hop.rule) == ([source], "headline")


@pytest.mark.parametrize("headline", ["The Latest: Mayor Jo Lind speaks", "Lind v Vale: a long dispute ends"])
def test_what_stands_before_a_colon_need_not_speak(read: Reader, headline: str) -> None:
    found = read(f"{headline}\nMayor Jo Lind spoke in Ostport.")
    assert not [hop for hop in found.extraction.attributions if hop.rule == "headline"]


# ---- What was not said ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("Jo Lind declined to comment on the case.", "declined to comment on"),
        ("Jo Lind did not respond to questions.", "did not respond"),
        ("Jo Lind could not be reached for comment.", "could not be reached for comment"),
        ("Jo Lind was not immediately available for comment.", "was not immediately available for comment"),
        ("The agency had no comment.", "had no comment"),
        ("The police refused to answer questions.", "refused to answer"),
        ("Jo Lind refused to say how much the city paid.", "refused to say"),
        ("The department did not say whether the officers were paid.", "did not say"),
        ("Jo Lind never said that the city would pay $3 million.", "never said"),
        ("Jo Lind did not deny that the city paid.", "did not deny"),
    ],
)
def test_silence_is_a_stance_and_its_object_is_no_claim(read: Reader, text: str, cue: str) -> None:
    found = read(text)
    (hop,) = [hop for hop in found.extraction.attributions if hop.kind is not AttributionKind.PUBLISHER]
    assert (hop.stance, found.words(hop.cue)) == (Stance.NO_ANSWER, [cue])
    assert found.claims() == [text.removesuffix(".")]
    assert found.speakers(text.removesuffix(".")) == []


# ---- Whom words stand for --------------------------------------------------------------------------------------------


def test_a_pronoun_is_a_guess_with_those_whom_it_may_be(read: Reader) -> None:
    found = read("Mayor Jo Lind met Senator Kim Vale. She said that the city had paid.")
    (she,) = found.extraction.anaphors
    assert (she.span.of(found.text), she.rule) == ("She", "pronoun")
    assert [one.entity for one in she.candidates] == ["entity/jo-lind", "entity/kim-vale"]
    assert all(0 < one.confidence <= 1 for one in she.candidates)
    assert sum(one.confidence for one in she.candidates) <= 1
    assert found.said("the city had paid").speaker == "entity/jo-lind"


def test_a_guess_with_one_candidate_is_still_a_guess(read: Reader) -> None:
    (she,) = read("Mayor Jo Lind lost. She slept.").extraction.anaphors
    (only,) = she.candidates
    assert only.confidence < 1


def test_a_role_stands_for_whom_the_article_gives_it(read: Reader) -> None:
    found = read("Jo Lind, a yoga teacher, met Kim Vale, a nurse. The yoga teacher said the city had paid.")
    assert found.said("the city had paid").speaker == "entity/jo-lind"
    assert [one.rule for one in found.extraction.anaphors] == ["role"]


def test_somebody_without_a_name_can_be_meant_and_can_speak(read: Reader) -> None:
    found = read("Senator Max Roth voted. Officers shot at a man and his dog.")
    (his,) = found.extraction.anaphors
    assert his.candidates[0].entity == "entity/man"
    found = read("Mayor Ann Duggan spoke. A spokeswoman for the governor denied it. “That is untrue,” she said.")
    assert found.said("That is untrue").speaker == "entity/spokeswoman-for-the-governor"
    assert "it" not in found.claims()


def test_who_is_somebody_and_not_what_was_named_last(read: Reader) -> None:
    found = read("Three people familiar with the matter, who spoke in private, said the city paid.")
    assert "Three people familiar with the matter, who spoke in private" in found.claims()


@pytest.mark.parametrize(
    "text", ["Weaver’s attorney spoke. Marcus Weaver lost.", "Smith, 42, told police he was paid."]
)
def test_an_age_a_lawyer_or_a_first_name_makes_a_person(read: Reader, text: str) -> None:
    kinds = {entity.label: entity.kind.value for entity in read(text).extraction.entities}
    assert {kinds.get("Marcus Weaver"), kinds.get("Smith")} == {"person", None}


def test_who_is_told_to_pay_pays(read: Reader) -> None:
    found = read("A federal judge ordered the city of Ostport to pay Kim Vale $1.2 million.")
    (payout,) = found.extraction.payouts
    assert (payout.payer, payout.payee) == ("entity/city-of-ostport", "entity/kim-vale")
