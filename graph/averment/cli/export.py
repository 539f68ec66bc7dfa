"""`averment export`: the graph in the formats of others."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from averment.cli.options import as_json_option, keep_text_option, known, print_json, store_option, write_whole
from averment.errors import InputError
from averment.sources.metadata import parse_date
from averment.store import Store, View
from averment.triples.withheld import without_text

if TYPE_CHECKING:
    from averment.exports import GraphFormat, Wanted

__all__ = ["export"]


@click.command()
@store_option
@click.option("--view", "shown", metavar="NAME", help="What to show in a graph or picture; default: who-says-what.")
@click.option("--format", "form", help="One of those that --list names; default: by the ending of the file.")
@click.option("--article", help="Only this article: its IRI, address, title, or the first digits of its id.")
@click.option("--person", help="Only claims of or about somebody or something, by name or IRI.")
@click.option("--from", "since", callback=known(parse_date), help="Only articles published on this day or later.")
@click.option("--to", "until", callback=known(parse_date), help="Only articles published on this day or earlier.")
@click.option("--status", help="Only claims that are open, accepted, rejected or corrected.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    help="A file, or - for standard output.",
)
@click.option("--list", "show", is_flag=True, help="List the views and the formats.")
@keep_text_option
@as_json_option
def export(  # noqa: PLR0917 - a verb has as many options as people need
    store: Store,
    shown: str | None,
    form: str | None,
    article: str | None,
    person: str | None,
    since: date | None,
    until: date | None,
    status: str | None,
    output: Path | None,
    *,
    show: bool,
    keep_text: bool,
    as_json: bool,
) -> None:
    """Write the whole graph as RDF, or a view of it as a picture or for other tools.

    The same store gives the same bytes. A file is written whole or not at all. What a format cannot hold is counted on
    standard error.

    \b
    Example:
      averment export -o graph.trig
      averment export --format nquads | gzip > graph.nq.gz
      averment export --view money -o money.svg
      averment export --person "Jo Lind" --from 2021-05-01 -o lind.gexf
    """
    from averment.exports import GraphFormat, Wanted, format_called  # noqa: PLC0415 - networkx takes a moment

    if show:
        _list(as_json=as_json)
        return
    wanted = Wanted(article=article, person=person, since=since, until=until, status=status)
    ending = output.suffix.removeprefix(".") if output is not None and str(output) != "-" else ""
    chosen = format_called(form, ending)
    view = store.view() if keep_text else _withheld(store.view())
    if isinstance(chosen, GraphFormat):
        _write_graph(chosen, view, shown, wanted, output)
        return
    if shown is not None or wanted != Wanted():
        raise InputError(f"{chosen.name} has the whole graph; a part of it goes into formats such as gexf or svg")
    write_whole(output, chosen.write(view))
    if chosen.holds.startswith("the bookkeeping"):
        click.echo(f"note: {chosen.name} holds {chosen.holds}; trig and nquads hold everything", err=True)


def _write_graph(form: "GraphFormat", view: View, shown: str | None, wanted: "Wanted", output: Path | None) -> None:
    from averment.exports import VIEWS, network, view_called  # noqa: PLC0415 - as above

    graph = network(view, view_called(shown) if shown is not None else VIEWS[0], wanted)
    write_whole(output, form.write(graph))
    for words, count in form.losses(graph).items():
        click.echo(f"note: {form.name}: {words} ({count:,})", err=True)


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
    click.echo("Formats of the whole graph:")
    click.echo("\n".join(f"  {f['name']:12} .{f['ending']:8} {f['holds']}" for f in whole))
    click.echo("Formats of a view:")
    click.echo("\n".join(f"  {f['name']:12} .{f['ending']:8} {f['holds']}; loses {f['loses']}" for f in graphs))
    click.echo("Views:")
    click.echo("\n".join(f"  {view['name']:14} {view['shows']}" for view in views))


def _withheld(view: View) -> View:
    """Give a view of the same graph without the words of its sources."""
    published = Store()
    with published.writer() as writer:
        writer.change(add=without_text(view.all_quads()))
    return published.view()
