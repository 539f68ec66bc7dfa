"""`averment extract`: what is read from articles, without storing it."""

import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import click

from averment.cli.options import (
    as_json_option,
    files_argument,
    json_text,
    metadata_options,
    one_line,
    printable,
    progress,
    read_all,
)
from averment.errors import InputError
from averment.model import Extraction, Source
from averment.sources import find_files

__all__ = ["extract", "extractor_option", "read_with"]

_WIDEST = 110
"""Columns; longer lines are hard to read, however wide the terminal is."""

_Form = Callable[[Extraction, str], str]

extractor_option = click.option(
    "--with",
    "extractor",
    default="rules",
    show_default=True,
    metavar="NAME",
    help="Who reads: rules, or an extractor that an installed package offers.",
)


@click.command()
@files_argument
@metadata_options
@extractor_option
@click.option(
    "--explain", "explained", is_flag=True, help="Show each article with what was read where, and by which rule."
)
@as_json_option
def extract(files: tuple[Path, ...], extractor: str, *, explained: bool, as_json: bool, **given: Any) -> None:
    """Read claims, attributions, entities, amounts, dates and payouts from articles.

    FILE is text, Markdown or HTML, a folder of such files, or - for standard input. With --json, one article is one
    object, and several are one object a line, in the order given.

    \b
    Example:
      averment extract article.txt
      averment extract --explain article.txt
      averment extract --json articles/ > extracted.jsonl
    """
    if explained and as_json:
        raise InputError("--explain is for people and --json for programs; give one of them")
    form = _form(explained=explained, as_json=as_json)
    paths = find_files(files)
    sources = read_all(paths, **given)
    with progress(read_with(extractor, sources), len(sources), "reading") as extractions:
        for path, extraction in zip(paths, extractions, strict=True):
            click.echo(form(extraction, str(path)))


def read_with(extractor: str, sources: Iterable[Source]) -> Iterator[Extraction]:
    """Read sources by the extractor of that name; what it proposed and is not in the text goes to standard error.

    Raises InputError where no installed package offers the extractor.
    """
    from averment.extract.extractors import reader  # noqa: PLC0415 - spaCy takes a second that --help need not

    for grounded in reader(extractor)(sources):
        for one in grounded.dropped:
            click.echo(f"dropped “{one_line(one.words)}”: {one_line(one.reason)}", err=True)
        yield grounded.extraction


def _form(*, explained: bool, as_json: bool) -> _Form:
    """Give the form in which an extraction is printed, from itself and the name of its file."""
    from averment.extract.as_json import as_json as to_json  # noqa: PLC0415 - spaCy takes a second that --help need not
    from averment.extract.as_text import as_text  # noqa: PLC0415
    from averment.extract.explain import explain  # noqa: PLC0415

    if as_json:
        return lambda extraction, file: json_text(to_json(extraction, file), indent=None)
    if explained:
        colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
        width = min(shutil.get_terminal_size().columns, _WIDEST)
        return lambda extraction, _file: explain(extraction, colour=colour, width=width)
    return lambda extraction, file: printable(as_text(extraction, file))
