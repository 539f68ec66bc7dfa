"""`averment verify`: whether the words that the graph rests on are still there."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from averment.cli.diff import finding_as_json, finding_as_text
from averment.cli.options import (
    as_json_option,
    at_option,
    counted,
    given_words,
    one_line,
    print_json,
    progress,
    store_option,
)
from averment.errors import InputError
from averment.model import Source
from averment.sources import find_files
from averment.store import Store

if TYPE_CHECKING:
    from averment.citations.verification import Stored, Verification

__all__ = ["verify"]


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True), metavar="FILE...")
@store_option
@click.option("--source", "iri", metavar="IRI", help="The article that the one FILE is a copy of.")
@click.option("--by", callback=given_words, help="Who verifies; with it the outcomes are recorded in the store.")
@at_option
@as_json_option
def verify(
    files: tuple[Path, ...], store: Store, iri: str | None, by: str | None, at: datetime, *, as_json: bool
) -> None:
    """Look for the passages of the store's articles in copies of them: the files they came from, or newer ones.

    FILE is matched with the article that has its text or its address. Every passage is exact, moved, reformatted,
    altered, altered-critical, ambiguous or missing; for an article without a FILE it is source-unavailable.

    Exit status: 0 when every passage still stands in the same words, 1 when one does not, 2 on bad input.

    \b
    Example:
      averment verify article.txt
      averment verify --by "Kim Vale" articles/
    """
    from averment.citations.verification import stored, unavailable, verification_quads  # noqa: PLC0415
    from averment.citations.verification import verify as compare  # noqa: PLC0415

    view = store.view()
    copies = _copies(find_files(files), stored(view), iri)
    with progress(copies, len(copies), "verifying") as pairs:
        runs = [compare(view, article, copy) if copy else unavailable(view, article) for article, copy in pairs]
    if by is not None:
        with store.writer() as writer:
            writer.change(add=[quad for run in runs for quad in verification_quads(run, by, at)])
    if as_json:
        print_json({"sources": [_as_json(run) for run in runs]})
    else:
        for run in runs:
            click.echo(_as_text(run))
    if not all(run.is_sound for run in runs):
        raise click.exceptions.Exit(1)


def _copies(paths: list[Path], articles: "list[Stored]", iri: str | None) -> "list[tuple[Stored, Source | None]]":
    """Pair each article with the file that is a copy of it, or with None; raise InputError for a file of none."""
    from averment.citations.documents import read_source  # noqa: PLC0415
    from averment.citations.verification import which  # noqa: PLC0415

    if iri is not None:
        if len(paths) != 1:
            raise InputError(f"--source names one article, and there are {len(paths):,} files")
        named = [article for article in articles if article.iri.value == iri]
        if not named:
            raise InputError(f"the store has no article {iri}")
        return [(named[0], read_source(paths[0])[0])]
    found: dict[str, Source] = {}
    for path in paths:
        copy = read_source(path)[0]
        try:
            mine = {article.iri.value: copy for article in which(copy, articles)}
        except InputError as error:
            raise InputError(str(error), path) from error
        if not mine.keys().isdisjoint(found):
            raise InputError("another file given is a copy of the same article; verify them one at a time", path)
        found |= mine
    return [(article, found.get(article.iri.value)) for article in articles]


def _as_text(run: "Verification") -> str:
    outcomes = [check.finding.outcome for check in run.checks]
    counts = [f"{outcomes.count(one):,} {one.value}" for one in dict.fromkeys(sorted(outcomes))]
    lines = [f"{one_line(run.source.label)}: {counted(len(outcomes), 'passage')}, {', '.join(counts)}"]
    if run.sha256 is not None:
        unsound = [c.finding for c in run.checks if c.carries and not c.finding.outcome.is_sound]
        lines += [f"  {line}" for f in unsound for line in finding_as_text(f, run.source.text).splitlines()]
    return "\n".join(lines)


def _as_json(run: "Verification") -> dict[str, Any]:
    return {
        "source": run.source.iri.value,
        "label": run.source.label,
        "sha256": run.sha256,
        "passages": [
            {
                "passage": check.passage.value,
                "carries": check.carries,
                **finding_as_json(check.finding, run.source.text),
            }
            for check in run.checks
        ],
    }
