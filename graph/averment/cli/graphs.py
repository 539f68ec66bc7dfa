"""What exports of views have in common: which view, what of it, and what the format loses."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from averment.cli.options import known, write_whole
from averment.sources.metadata import parse_date

if TYPE_CHECKING:
    from averment.exports import GraphFormat
    from averment.store import View

__all__ = ["VIEW_OPTIONS", "view_options", "write_graph"]

VIEW_OPTIONS = ("view", "article", "person", "since", "until", "status")
"""As a command is handed them; each None where it is not given."""


def view_options(command: Any) -> Any:
    """Add what can be said of a view that is exported."""
    for option in (
        click.option("--status", help="Only claims that are open, accepted, rejected or corrected."),
        click.option("--to", "until", callback=known(parse_date), help="Only articles of this day or earlier."),
        click.option("--from", "since", callback=known(parse_date), help="Only articles of this day or later."),
        click.option("--person", help="Only claims of or about somebody or something, by name or IRI."),
        click.option("--article", help="Only this article: its IRI, address, title, or the first digits of its id."),
        click.option("--view", metavar="NAME", help="What to show in a graph or picture; default: who-says-what."),
    ):
        command = option(command)
    return command


def write_graph(form: "GraphFormat", store: "View", output: Path | None, chosen: dict[str, Any]) -> None:
    """Write a view of a store, with what `view_options` gave, and count on standard error what the format loses."""
    from averment.exports import VIEWS, Wanted, network, view_called  # noqa: PLC0415 - networkx takes a moment

    wanted = Wanted(**{name: chosen[name] for name in VIEW_OPTIONS if name != "view"})
    shown = view_called(chosen["view"]) if chosen["view"] is not None else VIEWS[0]
    graph = network(store, shown, wanted)
    write_whole(output, form.write(graph))
    for words, count in form.losses(graph).items():
        click.echo(f"note: {form.name}: {words} ({count:,})", err=True)
