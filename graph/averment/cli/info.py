"""`averment info`: what the store holds."""

import click

from averment import __version__
from averment.cli.options import as_json_option, counted, one_line, print_json, store_option
from averment.store import Store

__all__ = ["info"]


@click.command()
@store_option
@as_json_option
def info(store: Store, *, as_json: bool) -> None:
    """Say what the store holds: articles, claims, people, documents, payouts.

    \b
    Example:
      averment info --store .averment
    """
    view = store.view()
    (row,) = view.rows("info")
    counts = {name: int(value.value) if value is not None else 0 for name, value in row.items()}
    if as_json:
        print_json(
            {
                "averment": __version__,
                "store": str(store.folder),
                "generation": store.generation,
                "quads": len(view),
                **counts,
            }
        )
        return
    size = f"{counted(len(view), 'quad')}, {counted(store.generation, 'write')}"
    click.echo(f"{one_line(str(store.folder))}: {size}, read by averment {__version__}")
    for name, count in counts.items():
        click.echo(f"  {count:8,}  {name}")
