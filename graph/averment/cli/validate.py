"""`averment validate`: the graph held against the shapes."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from averment.cli.options import progress_reporter, shapes_option, store_option, write_whole
from averment.errors import InputError
from averment.store import Store

if TYPE_CHECKING:
    from averment.validate import Shapes

__all__ = ["validate"]

_FORMATS = {"text": "txt", "json": "json", "csv": "csv", "html": "html", "junit": "xml", "sarif": "sarif", "ttl": "ttl"}
"""Names and endings of the formats, which load too slowly for a help text; a test holds them against the table."""


def _known(_context: click.Context, parameter: click.Parameter, form: str | None) -> str | None:
    """Read the name of a format; Turtle has two."""
    if form is None or form in _FORMATS:
        return form
    if form == "turtle":
        return "ttl"
    raise click.BadParameter(f"{form!r} is none of {', '.join(_FORMATS)}", param=parameter)


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, allow_dash=True), metavar="[FILE]...")
@store_option
@shapes_option
@click.option("--no-own-shapes", "alone", is_flag=True, help="Leave out averment's own shapes: those of --shapes only.")
@click.option(
    "--format",
    "form",
    metavar=f"[{'|'.join(_FORMATS)}]",
    callback=_known,
    help="How the report is written: text has examples, the others every result; junit and sarif are for continuous "
    "integration and code hosts, ttl is a sh:ValidationReport. Default: by the ending of the file, or text.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    help="A file for the report, written whole or not at all, or - for standard output.",
)
@click.option("--all", "everything", is_flag=True, help="Show every result in text, not only three of each rule.")
@click.option(
    "--fail-on",
    type=click.Choice(["violation", "warning", "info"]),
    default="violation",
    show_default=True,
    help="How grave a result must be for exit status 1.",
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
    files: tuple[Path, ...],
    store: Store,
    *,
    extra: Path | None,
    alone: bool,
    form: str | None,
    output: Path | None,
    fail_on: str,
    engine: str,
    everything: bool,
    as_json: bool,
) -> None:
    """Hold the store, or RDF files, against the shapes, and say what is wrong and what to do about it.

    FILE is RDF in the format that its ending names; the format of - for standard input is told by what it holds.
    What the rules are is listed by: averment shapes.

    Exit status: 0 when nothing is violated, 1 when something is (see --fail-on), 2 when the input cannot be read.

    \b
    Example:
      averment validate
      averment validate graph.ttl --format json
      averment validate -o report.html
      averment validate --fail-on warning --format junit -o report.xml
    """
    form = "json" if as_json else form or _by_ending(output)
    from averment.validate import (  # noqa: PLC0415 - slow to load
        FORMATS,
        Context,
        Severity,
        described,
        load_shapes,
        validate_files,
        validate_view,
    )

    shapes = load_shapes(extra, own=not alone)
    _say_what_is_slow(shapes, engine)
    if files:
        report = validate_files(files, shapes, engine=engine)
    else:
        with progress_reporter("validating") as reached:
            report = validate_view(store.view(), shapes, reached, engine=engine)
    for note in report.notes:
        click.echo(note, err=True)
    threshold = Severity(fail_on)
    context = Context(
        rules=tuple(described(shapes)), fail_on=threshold, colour=_in_colour(output), everything=everything
    )
    (chosen,) = (format_ for format_ in FORMATS if format_.name == form)
    write_whole(output, chosen.write(report, context))
    if report.fails(threshold):
        raise click.exceptions.Exit(1)


def _by_ending(output: Path | None) -> str:
    """Give the format that a file's name asks for: text for no file and no ending."""
    ending = "" if output is None else output.suffix.removeprefix(".").lower()
    names = {known: name for name, known in _FORMATS.items()} | {"": "text"}
    if ending not in names:
        raise InputError(f"no format of reports ends in .{ending}; name one with --format: {', '.join(_FORMATS)}")
    return names[ending]


def _in_colour(output: Path | None) -> bool:
    """Say whether a person reads the report on a terminal, and wants colours there (https://no-color.org)."""
    return (output is None or str(output) == "-") and sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def _say_what_is_slow(shapes: "Shapes", engine: str) -> None:
    """Name the shapes that do not go into queries, and that are held against one node after the other."""
    for refused in shapes.plan.refused if engine == "compiled" else ():
        click.echo(f"{refused.node} is checked node by node, which is slower: {refused.reason}", err=True)
