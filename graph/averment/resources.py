"""Where the files of `ontology/` and `shapes/` are: inside an installed package, or beside `graph/` in a checkout."""

from pathlib import Path

from averment.errors import AvermentError

__all__ = ["context_file", "turtle_files"]

_PACKAGE = Path(__file__).resolve().parent


def turtle_files(folder: str) -> list[Path]:
    """Give the Turtle files of `ontology` or `shapes` and the folders in it, in the order of their paths.

    Raises AvermentError where the installation has lost them.
    """
    places = (_PACKAGE / "data" / folder, _PACKAGE.parents[1] / folder)
    for place in places:
        if found := sorted(place.rglob("*.ttl")):
            return found
    looked = " nor in ".join(str(place) for place in places)
    raise AvermentError(f"the Turtle files of {folder} are neither in {looked}; install averment again")


def context_file() -> Path:
    """Give the JSON-LD context, which lies beside the vocabulary; raise AvermentError where it is lost."""
    return turtle_files("ontology")[0].with_name("context.jsonld")
