"""`averment validate`: the graph held against the shapes."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from averment.cli.options import progress_reporter, store_option
from averment.store import Store

if TYPE_CHECKING:
    from averment.validate import Shapes

__all__ = ["validate"]


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, allow_dash=True), metavar="[FILE]...")
@store_option
@click.option(
    "--shapes", "extra", type=click.Path(path_type=Path), help="A file or folder of further shapes, in Turtle."
)
@click.option("--no-own-shapes", "alone", is_flag=True, help="Leave out averment's own shapes: those of --shapes only.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "turtle"]),
    default="text",
    show_default=True,
    help="How the report is written; turtle is a sh:ValidationReport.",
)
@click.option(
    "--engine",
    type=click.Choice(["compiled", "direct", "pyshacl"]),
    default="compiled",
    show_default=True,
    help="What does the work: queries made of the shapes, or slowly each node by itself, or pySHACL, the reference.",
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
def validate(
    files: tuple[Path, ...], store: Store, extra: Path | None, form: str, engine: str, *, alone: bool, as_json: bool
) -> None:
    """Hold the store, or RDF files, against the shapes, and say what is wrong and what to do about it.

    FILE is RDF in the format that its ending names; the format of - for standard input is told by what it holds.

    Exit status: 0 when nothing is violated, 1 when something is, 2 when the input cannot be read.

    \b
    Example:
      averment validate
      averment validate graph.ttl --format json
    """
    from averment.validate import RENDERERS, load_shapes, validate_files, validate_view  # noqa: PLC0415 - slow to load

    shapes = load_shapes(extra, own=not alone)
    _say_what_is_slow(shapes, engine)
    if files:
        report = validate_files(files, shapes, engine=engine)
    else:
        with progress_reporter("validating") as reached:
            report = validate_view(store.view(), shapes, reached, engine=engine)
    for note in report.notes:
        click.echo(note, err=True)
    form = "json" if as_json else form
    colour = form == "text" and sys.stdout.isatty()
    click.echo(RENDERERS[form](report, colour=True) if colour else RENDERERS[form](report), nl=False)
    if not report.conforms:
        raise click.exceptions.Exit(1)


def _say_what_is_slow(shapes: "Shapes", engine: str) -> None:
    """Name the shapes that do not go into queries, and that are held against one node after the other."""
    for refused in shapes.plan.refused if engine == "compiled" else ():
        click.echo(f"{refused.node} is checked node by node, which is slower: {refused.reason}", err=True)
