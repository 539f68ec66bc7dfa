"""`averment export`: the graph in the formats of others."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from averment.cli.interchange import PARTS, losses_option, tell_losses, wishes_options
from averment.cli.options import (
    as_json_option,
    counted,
    keep_text_option,
    print_json,
    store_option,
    write_streamed,
    write_whole,
)
from averment.errors import InputError
from averment.store import Store, View
from averment.triples.withheld import without_text

if TYPE_CHECKING:
    from averment.exports import ExportFormat

__all__ = ["export"]


@click.command()
@store_option
@click.option("--format", "form", help="One of those that --list names; default: by the ending of the file.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    help="A file, or - for standard output.",
)
@click.option(
    "--dataset",
    "folder",
    type=click.Path(path_type=Path),
    help="A new folder for the graph in all RDF formats, with its description and checksums.",
)
@wishes_options
@losses_option
@click.option("--list", "show", is_flag=True, help="List the formats.")
@keep_text_option
@as_json_option
def export(
    store: Store,
    form: str | None,
    output: Path | None,
    folder: Path | None,
    losses: Path | None,
    *,
    show: bool,
    keep_text: bool,
    as_json: bool,
    **wishes: Any,
) -> None:
    """Write the whole graph as RDF, a part of it in the formats of others, or a picture.

    The same store gives the same bytes. A file is written whole or not at all.

    \b
    Example:
      averment export -o graph.trig
      averment export --format nquads | gzip > graph.nq.gz
      averment export --dataset published
      averment export -o ours.claimreview.json --publisher-name "The Desk" --publisher-url https://desk.example
      averment export -o ours.annotations.json --units utf-16 --losses lost.json
    """
    from averment.exports import FORMATS  # noqa: PLC0415 - networkx takes a moment that --help need not

    if show:
        listed = [{"name": f.name, "ending": f.ending, "holds": f.holds} for f in FORMATS]
        if as_json:
            print_json(listed)
        else:
            click.echo("\n".join(f"{f['name']:10} .{f['ending']:8} {f['holds']}" for f in listed))
        return
    if folder is not None:
        _write_dataset(store.view() if keep_text else _withheld(store.view()), folder, as_json=as_json)
        return
    wanted = form or (output.name if output is not None and str(output) != "-" else "")
    chosen = next((f for f in FORMATS if _is_named(wanted, f)), None)
    if chosen is None:
        names = ", ".join(f.name for f in FORMATS)
        raise InputError(f"no export format is called {wanted!r}; name one with --format: {names}")
    view = store.view() if keep_text else _withheld(store.view())
    if chosen.name in PARTS:
        content, lost = PARTS[chosen.name](view, wishes)
        write_whole(output, content)
        tell_losses(lost, losses)
    elif chosen.stream is not None:
        write_streamed(output, partial(chosen.stream, view))
    else:
        write_whole(output, chosen.write(view))
    if chosen.holds.startswith("the bookkeeping"):
        click.echo(f"note: {chosen.name} holds {chosen.holds}; trig and nquads hold everything", err=True)


def _is_named(wanted: str, format_: "ExportFormat") -> bool:
    """Say whether a format is meant, by its name, its ending, or the name of a file that ends so."""
    return wanted.lower() in {format_.name, format_.ending} or wanted.lower().endswith(f".{format_.ending}")


def _write_dataset(view: View, folder: Path, *, as_json: bool) -> None:
    from averment.exports.dataset import write_dataset  # noqa: PLC0415 - as above

    counts = write_dataset(view, folder)
    if as_json:
        print_json({"folder": str(folder), "quads": counts.quads, "triples": counts.triples})
    else:
        click.echo(f"{folder}: {counted(counts.quads, 'quad')}, described in dataset.ttl")


def _withheld(view: View) -> View:
    """Give a view of the same graph without the words of its sources."""
    published = Store()
    with published.writer() as writer:
        writer.change(add=without_text(view.all_quads()))
    return published.view()
