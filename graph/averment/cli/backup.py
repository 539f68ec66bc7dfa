"""`averment backup` and `averment restore`: copies of a store, read whole before anybody relies on them."""

from dataclasses import asdict
from pathlib import Path

import click

from averment import backup as copies
from averment.cli.options import DEFAULT_STORE, as_json_option, counted, one_line, print_json
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
@as_json_option
def backup(target: Path, folder: Path, *, as_json: bool) -> None:
    """Copy the store as it is, also while it is served and written to, and read the copy whole.

    Tokens and the log of writes are not in it.

    \b
    Example:
      averment backup /backups/monday.tar
    """
    _tell(copies.back_up(Store(folder), target), target, as_json=as_json)


@click.command()
@click.argument("source", type=click.Path(path_type=Path, exists=True), metavar="FOLDER_OR_FILE.tar")
@_folder
@as_json_option
def restore(source: Path, folder: Path, *, as_json: bool) -> None:
    """Make a store of a backup, in an empty folder, and read it whole: all of it is there, or nothing.

    \b
    Example:
      averment restore /backups/monday.tar --store .averment
    """
    _tell(copies.restore(source, folder), folder, as_json=as_json)


def _tell(made: copies.Manifest, place: Path, *, as_json: bool) -> None:
    if as_json:
        print_json(asdict(made))
    else:
        click.echo(f"{one_line(str(place))}: {counted(made.quads, 'quad')}, read whole; SHA-256 sum {made.digest}")
