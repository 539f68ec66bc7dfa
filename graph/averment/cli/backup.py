"""`averment backup` and `averment restore`: copies of a store, read whole before anybody relies on them."""

from pathlib import Path

import click

from averment import backup as copies
from averment.cli.options import DEFAULT_STORE, counted, one_line
from averment.store import Store

__all__ = ["backup", "restore"]

_folder = click.option(
    "--store",
    "folder",
    type=click.Path(path_type=Path),
    default=DEFAULT_STORE,
    envvar="AVERMENT_STORE",
    show_default=True,
    show_envvar=True,
    help="The folder that holds the store.",
)


@click.command()
@click.argument("target", type=click.Path(path_type=Path), metavar="FOLDER_OR_FILE.tar")
@_folder
def backup(target: Path, folder: Path) -> None:
    """Copy the store as it is, also while it is served and written to, and read the copy whole.

    Tokens and the log of writes are not in it.

    \b
    Example:
      averment backup /backups/monday.tar
    """
    made = copies.back_up(Store(folder), target)
    click.echo(f"{one_line(str(target))}: {counted(made.quads, 'quad')}, read whole; SHA-256 sum {made.digest}")


@click.command()
@click.argument("source", type=click.Path(path_type=Path, exists=True), metavar="FOLDER_OR_FILE.tar")
@_folder
def restore(source: Path, folder: Path) -> None:
    """Make a store of a backup, in an empty folder, and read it whole: all of it is there, or nothing.

    \b
    Example:
      averment restore /backups/monday.tar --store .averment
    """
    made = copies.restore(source, folder)
    click.echo(f"{one_line(str(folder))}: {counted(made.quads, 'quad')}, read whole; SHA-256 sum {made.digest}")
