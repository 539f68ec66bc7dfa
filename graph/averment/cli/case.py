"""`averment case`: the demonstration case, read into a store, validated, with what was found."""

from importlib.resources import as_file, files

import click

from averment.cli.ingest import describe, ingest_files
from averment.cli.options import as_json_option, counted, print_json, store_option
from averment.sources import find_files
from averment.store import Store

__all__ = ["case"]

_CASES = ("chicago",)


@click.command()
@click.argument("name", type=click.Choice(_CASES))
@store_option
@as_json_option
def case(name: str, store: Store, *, as_json: bool) -> None:
    """Read a demonstration case into the store and validate it; doing so again adds nothing.

    \b
    Example:
      averment case chicago --store .averment
    """
    from averment.validate import load_shapes, validate_view  # noqa: PLC0415 - slow to load

    with as_file(files("averment").joinpath("cases", name)) as folder:
        done = ingest_files(store, find_files([folder]))
    report = validate_view(store.view(), load_shapes())
    if as_json:
        articles = [
            {"iri": one.iri.value, "outcome": one.outcome.value, "claims": len(one.extraction.claims)} for one in done
        ]
        print_json({"case": name, "articles": articles, "conforms": report.conforms})
        return
    for one in done:
        click.echo(describe(one))
    found = ", ".join(counted(count, severity.value) for severity, count in report.counts.items() if count)
    click.echo(f"validated {counted(report.sources, 'article')}: {found or 'nothing is wrong'}")
