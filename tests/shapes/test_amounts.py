"""The number of an amount against its words: every common way of writing is understood, and no other is judged."""

from pathlib import Path

import pytest

from averment.validate import ENGINES, load_shapes, validate_files

SHAPES = load_shapes()
AMOUNT = """
@prefix av: <https://w3id.org/averment#> .
@prefix avs: <https://w3id.org/averment/schemes#> .
@prefix sdo: <https://schema.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<https://example.org/1> a sdo:MonetaryAmount ;
    av:asWritten "{written}" ;
    av:comparator avs:comparator-{comparator} ;
    sdo:{number} "{value}"^^xsd:decimal .
"""


def _is_wrong(folder: Path, engine: str, **said: str) -> bool:
    (folder / "amount.ttl").write_text(AMOUNT.format(**said), encoding="utf-8")
    results = validate_files([folder / "amount.ttl"], SHAPES, engine=engine).results
    return "amount-number-as-written" in {result.constraint for result in results}


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("written", "comparator", "number", "value"),
    [
        ("$11,000", "exactly", "value", "11000"),
        ("$1,250.50", "exactly", "value", "1250.5"),
        ("$2 million", "exactly", "value", "2000000"),
        ("about $2.5 Billion", "about", "value", "2500000000"),
        ("more than £500 million", "more-than", "minValue", "500000000"),
        ("at most €3 trillion", "at-most", "maxValue", "3000000000000"),
        ("¥40 thousand", "exactly", "value", "40000"),
    ],
)
def test_a_number_that_is_not_the_one_written_is_found(
    tmp_path: Path, engine: str, written: str, comparator: str, number: str, value: str
) -> None:
    said = {"written": written, "comparator": comparator, "number": number}
    assert not _is_wrong(tmp_path, engine, **said, value=value)
    assert _is_wrong(tmp_path, engine, **said, value=value + "1")


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    "written",
    [
        "1.500 euros",
        "€1.500",
        "$1.5bn",
        "$5 crore",
        "half a million dollars",
        "$1,00,000",
        "$1 million to $2 million",
        "two million dollars",
        "$2-million",
        "$1,250.505",
    ],
)
def test_what_may_be_read_in_several_ways_is_not_judged(tmp_path: Path, engine: str, written: str) -> None:
    assert not _is_wrong(tmp_path, engine, written=written, comparator="exactly", number="value", value="7")
