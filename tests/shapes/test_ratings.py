"""A rating's label and number agree as ontology/schemes.ttl has it, on other scales as far as they can be compared."""

from pathlib import Path

import pytest
import rdflib
from rdflib import SKOS, URIRef

from averment.resources import turtle_files
from averment.validate import ENGINES, load_shapes, validate_files
from averment.vocabulary import SCHEMES_IRI

SHAPES = load_shapes()
SCHEMES = rdflib.Graph().parse(next(path for path in turtle_files("ontology") if path.stem == "schemes"))
LABELS = {
    str(SCHEMES.value(concept, SKOS.prefLabel)): int(str(SCHEMES.value(concept, SKOS.notation)))
    for concept in SCHEMES.subjects(SKOS.inScheme, URIRef(SCHEMES_IRI + "rating"))
}


def _broken(folder: Path, ratings: list[str], engine: str = "compiled") -> dict[str, str]:
    """Give what is wrong with ratings, by the end of the IRI that each was given: its place in the list."""
    said = "".join(f"<https://checkers.example/{at}> a sdo:Rating ; {it} .\n" for at, it in enumerate(ratings))
    (folder / "ratings.ttl").write_text(f"@prefix sdo: <https://schema.org/> .\n{said}", encoding="utf-8")
    results = validate_files([folder / "ratings.ttl"], SHAPES, engine=engine).results
    return {result.focus.value.rpartition("/")[2]: result.constraint for result in results}


@pytest.mark.parametrize("engine", ENGINES)
def test_on_the_scale_of_the_scheme_each_label_has_its_number(tmp_path: Path, engine: str) -> None:
    """Where the ends of the scale are not given, schema.org has them at 1 and 5."""
    assert sorted(LABELS.values()) == [1, 2, 3, 4, 5]
    pairs = [(label, number) for label in LABELS for number in range(1, 6)]
    for scale in ("", "; sdo:worstRating 1 ; sdo:bestRating 5", '; sdo:worstRating "1" ; sdo:bestRating "5"'):
        ratings = [f'sdo:alternateName "{label}" ; sdo:ratingValue {number} {scale}' for label, number in pairs]
        wrong = {str(at) for at, (label, number) in enumerate(pairs) if LABELS[label] != number}
        assert _broken(tmp_path, ratings, engine) == dict.fromkeys(wrong, "rating-label-fits-number")


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("label", "number", "worst", "best", "fits"),
    [
        ("True", 1, 1, 6, False),
        ("TRUE", 6, 1, 6, True),
        ("Mostly true", 5, 1, 6, True),
        ("half true", 4, 1, 6, True),
        ("Half true", 6, 1, 6, False),
        ("Mostly false", 3, 1, 6, True),
        ("False", 2, 1, 6, True),
        ("False", 5, 1, 6, False),
        ("Pants on fire", 6, 1, 6, True),
        ("True", 3, 3, 3, True),
    ],
)
def test_on_another_scale_true_is_above_the_middle(
    tmp_path: Path, label: str, number: int, worst: int, best: int, *, fits: bool, engine: str
) -> None:
    """A scale of a single number tells nothing, and other labels than those of the scheme are not judged."""
    scale = f"sdo:worstRating {worst} ; sdo:bestRating {best}"
    found = _broken(tmp_path, [f'sdo:alternateName "{label}"@en ; sdo:ratingValue {number} ; {scale}'], engine)
    assert found == ({} if fits else {"0": "rating-label-fits-number"})


@pytest.mark.parametrize("engine", ENGINES)
def test_the_best_rating_is_the_highest_number(tmp_path: Path, engine: str) -> None:
    """schema.org has it so; a scale that runs downwards has its ends exchanged."""
    scale = 'sdo:alternateName "Outdated" ; sdo:worstRating 5 ; sdo:bestRating 1'
    assert _broken(tmp_path, [f"sdo:ratingValue 2 ; {scale}"], engine) == {"0": "rating-number-in-scale"}
