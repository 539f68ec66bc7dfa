"""The pictures of README, drawn from the demonstration case.

usage: make pictures, or: python tests/pictures.py
"""

from importlib.resources import as_file, files
from pathlib import Path
from typing import NamedTuple

from averment.exports import Wanted, network, view_called
from averment.exports.svg import to_svg
from averment.extract.pipeline import extract_all
from averment.ingest import ingest
from averment.sources import find_files, read
from averment.store import Store, View

__all__ = ["FOLDER", "PICTURES", "drawn"]

FOLDER = Path(__file__).parents[1] / ".github"


class Picture(NamedTuple):
    """What a picture shows."""

    view: str
    article: str | None = None


ARTICLE = "The mayor, the e-mails and qualified immunity, as Fox News had it"

PICTURES = {
    "graph.svg": Picture("relations", ARTICLE),
    "who-says-what.svg": Picture("who-says-what", "The same e-mails, as Breitbart had it"),
    "money.svg": Picture("money"),
    "sources.svg": Picture("sources"),
}
"""By the name of the file."""


def drawn(view: View, name: str) -> bytes:
    """Draw one of them from a store that holds the case."""
    wanted = PICTURES[name]
    return b"".join(to_svg(network(view, view_called(wanted.view), Wanted(article=wanted.article))))


def main() -> None:
    store = Store()
    with as_file(files("averment").joinpath("cases", "chicago")) as folder:
        ingest(store, list(extract_all([read(path) for path in find_files([folder])])))
    for name in PICTURES:
        (FOLDER / name).write_bytes(drawn(store.view(), name))


if __name__ == "__main__":
    main()
