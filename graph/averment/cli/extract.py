"""`averment extract`: what is read from articles, without storing it."""

import json
from pathlib import Path
from typing import Any

import click

from averment.cli.options import as_json_option, files_argument, metadata, metadata_options, progress
from averment.sources import find_files, read

__all__ = ["extract"]


@click.command()
@files_argument
@metadata_options
@as_json_option
def extract(files: tuple[Path, ...], as_json: bool, **given: Any) -> None:
    """Read claims, attributions, entities, amounts, dates and payouts from articles.

    FILE is text, Markdown or HTML, a folder of such files, or - for standard input. With --json, one article is one
    object, and several are one object a line, in the order given.

    \b
    Example:
      averment extract article.txt
      averment extract --json articles/ > extracted.jsonl
    """
    from averment.extract.as_json import as_json as to_json  # noqa: PLC0415 - spaCy takes a second that --help need not
    from averment.extract.as_text import as_text  # noqa: PLC0415
    from averment.extract.pipeline import extract_all  # noqa: PLC0415

    paths = find_files(files)
    sources = [read(path, metadata(**given)) for path in paths]
    with progress(extract_all(sources), len(sources), "reading") as extractions:
        for path, extraction in zip(paths, extractions, strict=True):
            if as_json:
                click.echo(json.dumps(to_json(extraction, str(path)), ensure_ascii=False))
            else:
                click.echo(as_text(extraction, str(path)))
