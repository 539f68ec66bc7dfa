"""`averment import`: what another store, or others, have written."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from pyoxigraph import Quad

from averment.citations.offsets import Unit
from averment.cli.interchange import losses_option, tell_losses, units_option
from averment.cli.options import as_json_option, counted, files_argument, print_json, store_option
from averment.errors import InputError
from averment.imports.kinds import Kind, kind_of_ending, kind_of_json
from averment.store import Store

if TYPE_CHECKING:
    from averment.losses import Losses

__all__ = ["import_"]


@click.command("import")
@files_argument
@click.option(
    "--format",
    "form",
    type=click.Choice([kind.value for kind in Kind]),
    help="What the files hold; default: told by what is in them.",
)
@units_option
@losses_option
@store_option
@as_json_option
def import_(
    files: tuple[Path, ...], form: str | None, unit: str, losses: Path | None, store: Store, *, as_json: bool
) -> None:
    """Take in RDF that averment has dumped, reviews of claims, or annotations, all files or none.

    Reviews by others, in JSON-LD or in pages that have some, are kept as theirs: no claim of ours changes. Annotations
    become notes on the words of stored articles, where these are found. What is there already adds nothing; a dump that
    disagrees with the store is refused. Nothing that a file names is fetched.

    \b
    Example:
      averment import graph.nq
      averment import factcheck.html --losses lost.json
      averment import notes.annotations.json --units utf-16
    """
    given = _Files(files, Kind(form) if form else None)
    if len(given.kinds) > 1:
        names = ", ".join(sorted(kind.value for kind in given.kinds))
        raise InputError(f"the files hold different things ({names}); import one kind at a time")
    (kind,) = given.kinds
    if kind is Kind.RDF:
        done = _rdf(store, given.paths)
    elif kind is Kind.CLAIM_REVIEW:
        done, lost = _reviews(store, given.values)
        tell_losses(lost, losses)
    else:
        done, lost = _annotations(store, given.values, Unit(unit))
        tell_losses(lost, losses)
    if as_json:
        print_json({"format": kind.value, **done})
    else:
        click.echo("; ".join(_told(name, number) for name, number in done.items()))


def _told(name: str, number: int) -> str:
    """Tell a count whose name begins with what is counted: `quads_added`."""
    noun, _, rest = name.partition("_")
    return f"{counted(number, noun.removesuffix('s'))} {rest.replace('_', ' ')}"


class _Files:
    """Files with what they hold; JSON is read once, to be told and to be imported."""

    def __init__(self, paths: Iterable[Path], kind: Kind | None) -> None:
        self.paths = list(paths)
        self.values: list[Any] = []
        self.kinds: set[Kind] = set()
        for path in self.paths:
            self._take(path, kind or kind_of_ending(path))

    def _take(self, path: Path, kind: Kind | None) -> None:
        from averment.imports.json_files import read_json  # noqa: PLC0415 - only who imports needs it

        if kind is Kind.RDF:
            self.kinds.add(kind)
            return
        values = read_json(path)
        self.values += values
        found = kind or kind_of_json(values[0])
        if found is Kind.RDF and path.suffix.lower() == ".json":
            raise InputError("it has no review of a claim and no annotation; a dump should be called .jsonld", path)
        self.kinds.add(found)


def _rdf(store: Store, paths: list[Path]) -> dict[str, int]:
    from averment.imports.rdf import import_rdf  # noqa: PLC0415 - as above

    done = import_rdf(store, paths)
    return {"quads_added": done.added, "quads_known_before": done.known}


def _reviews(store: Store, values: list[Any]) -> tuple[dict[str, int], "Losses"]:
    from averment.claimreviews import read_reviews, review_quads  # noqa: PLC0415 - as above
    from averment.losses import Losses  # noqa: PLC0415

    found, lost = [], Losses()
    for value in values:
        reviews, missing = read_reviews(value)
        found += reviews
        lost += missing
    added = _add(store, [quad for review in found for quad in review_quads(review)])
    return {"reviews_of_others": len(found), "quads_added": added}, lost


def _annotations(store: Store, values: list[Any], unit: Unit) -> tuple[dict[str, int], "Losses"]:
    from averment.annotations import bring_notes  # noqa: PLC0415 - as above

    brought = bring_notes(store.view(), values, unit)
    added = _add(store, brought.quads)
    outcomes = {f"annotations_{outcome.value}": times for outcome, times in sorted(brought.outcomes.items())}
    done = {
        **outcomes,
        "annotations_of_unknown_sources": brought.unknown,
        "annotations_of_ours": brought.own,
        "quads_added": added,
    }
    return done, brought.losses


def _add(store: Store, quads: list[Quad]) -> int:
    """Add quads in one change; those that are there already are none."""
    with store.writer() as writer:
        fresh = [quad for quad in dict.fromkeys(quads) if quad not in writer.view.engine]
        if fresh:
            writer.change(add=fresh)
    return len(fresh)
