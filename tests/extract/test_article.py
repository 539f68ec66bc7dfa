"""The project's article, read by a person clause by clause: what it says must be found, and little besides."""

from pathlib import Path

import pytest

from averment.extract.pipeline import extract
from averment.model import Claim, Span
from averment.sources import read

FOLDER = Path(__file__).parents[3] / "shared" / "article"
NAME = "25deb6684077050a"
MOST_CLAIMS = 40

READING = [
    (0, 285, "she lobbied against ending it, although many want it ended"),
    (113, 230, "what the practice shields officers from"),
    (287, 326, "an outlet reviewed documents"),
    (335, 434, "documents detail the lobbying since a summer"),
    (436, 496, "she had data gathered"),
    (510, 608, "to be prepared for the budget and for the capital"),
    (676, 781, "lawmakers pushed to end it"),
    (782, 864, "a governor signed a bill"),
    (782, 923, "the bill established a task force"),
    (987, 1109, "lawsuits cost the city over half a billion"),
    (1111, 1191, "officers paid two million"),
    (1219, 1273, "she has not said much"),
    (1278, 1311, "she supported some reforms"),
    (1330, 1390, "her staff lobbied a senator's office"),
    (1392, 1476, "to convince him that it is no barrier"),
    (1479, 1576, "a push in the legislature is suggested"),
    (1625, 1672, "officers are never held to account, says the bar"),
    (1716, 1830, "she had an analysis of lawsuits drafted"),
    (1844, 1894, "to support keeping it"),
    (1931, 1991, "her office did not answer"),
    (1993, 2029, "an outlet obtained a spreadsheet"),
    (1993, 2183, "the spreadsheet details payouts in a range"),
    (2185, 2247, "a payout stems from an arrest"),
    (2342, 2455, "a payment followed an arrest and the shooting of a dog"),
    (2456, 2602, "a settlement followed the ransacking of a home"),
    (2604, 2684, "she called for transparency"),
    (2686, 2790, "she pushed for footage to be released"),
    (2775, 2860, "an officer killed him"),
]
"""Code points of what it says in so many words, with that in ours."""


@pytest.fixture(scope="module")
def claims() -> tuple[Claim, ...]:
    found = sorted(FOLDER.glob(f"*{NAME}*.txt"))
    if not found:
        pytest.skip("the article is not kept with the project, and not beside it")
    return extract(read(found[0])).claims


@pytest.mark.parametrize(("start", "end", "what"), READING, ids=[what for _, _, what in READING])
def test_what_the_article_says_is_claimed(claims: tuple[Claim, ...], start: int, end: int, what: str) -> None:
    """A claim shares at least half of the code points that it and the reading have together (Jaccard)."""
    assert max(_jaccard(claim.span, Span(start, end)) for claim in claims) >= 0.5, what


def test_it_is_not_taken_apart(claims: tuple[Claim, ...]) -> None:
    assert len(READING) <= len(claims) <= MOST_CLAIMS


def _jaccard(one: Span, other: Span) -> float:
    shared = max(0, min(one.end, other.end) - max(one.start, other.start))
    return shared / (max(one.end, other.end) - min(one.start, other.start))
