"""`averment export`: the graph in the formats of others."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from averment.cli.graphs import VIEW_OPTIONS, view_options, write_graph
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
@view_options
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
@click.option("--list", "show", is_flag=True, help="List the views and the formats.")
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
    """Write the whole graph as RDF, a part of it in the formats of others, or a view of it as a graph or picture.

    The same store gives the same bytes. A file is written whole or not at all. What a format cannot hold is counted on
    standard error.

    \b
    Example:
      averment export -o graph.trig
      averment export --format nquads | gzip > graph.nq.gz
      averment export --view money -o money.svg
      averment export --person "Jo Lind" --from 2021-05-01 -o lind.gexf
      averment export --dataset published
      averment export -o ours.claimreview.json --publisher-name "The Desk" --publisher-url https://desk.example
      averment export -o ours.annotations.json --units utf-16 --losses lost.json
    """
    from averment.exports import GraphFormat, format_called  # noqa: PLC0415 - networkx takes a moment

    if show:
        _list(as_json=as_json)
        return
    if folder is not None:
        _write_dataset(store.view() if keep_text else _withheld(store.view()), folder, as_json=as_json)
        return
    chosen = format_called(form, output.name if output is not None and str(output) != "-" else "")
    view = store.view() if keep_text else _withheld(store.view())
    if isinstance(chosen, GraphFormat):
        write_graph(chosen, view, output, wishes)
        return
    if any(wishes[name] is not None for name in VIEW_OPTIONS):
        raise InputError(f"{chosen.name} has no views; a part of the graph goes into formats such as gexf or svg")
    _write(chosen, view, output, losses, wishes)


def _write(form: "ExportFormat", view: View, output: Path | None, losses: Path | None, wishes: dict[str, Any]) -> None:
    if form.name in PARTS:
        content, lost = PARTS[form.name](view, wishes)
        write_whole(output, content)
        tell_losses(lost, losses)
    elif form.stream is not None:
        write_streamed(output, partial(form.stream, view))
    else:
        write_whole(output, form.write(view))
    if form.holds.startswith("the bookkeeping"):
        click.echo(f"note: {form.name} holds {form.holds}; trig and nquads hold everything", err=True)


def _list(*, as_json: bool) -> None:
    from averment.exports import FORMATS, GRAPH_FORMATS, VIEWS  # noqa: PLC0415 - as above

    views = [{"name": view.name, "shows": view.shows} for view in VIEWS]
    whole = [{"name": f.name, "ending": f.ending, "of": "store", "holds": f.holds} for f in FORMATS]
    graphs = [
        {"name": f.name, "ending": f.ending, "of": "view", "holds": f.holds, "loses": f.loses} for f in GRAPH_FORMATS
    ]
    if as_json:
        print_json({"formats": [*whole, *graphs], "views": views})
        return
    click.echo("Formats of the whole graph, or of what others ask of it:")
    click.echo("\n".join(f"  {f['name']:12} .{f['ending']:17} {f['holds']}" for f in whole))
    click.echo("Formats of a view:")
    click.echo("\n".join(f"  {f['name']:12} .{f['ending']:17} {f['holds']}; loses {f['loses']}" for f in graphs))
    click.echo("Views:")
    click.echo("\n".join(f"  {view['name']:14} {view['shows']}" for view in views))


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
