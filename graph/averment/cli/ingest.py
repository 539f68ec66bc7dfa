"""`averment ingest`: articles into the store."""

from pathlib import Path
from typing import Any

import click
from pyoxigraph import NamedNode

from averment.cli.extract import extractor_option, read_with
from averment.cli.options import (
    as_json_option,
    counted,
    files_argument,
    keep_text_option,
    metadata_options,
    one_line,
    print_json,
    progress,
    read_all,
    store_option,
)
from averment.errors import InputError
from averment.ingest import Ingested
from averment.ingest import ingest as write
from averment.sources import find_files
from averment.store import Store

__all__ = ["ingest", "ingest_files"]


@click.command()
@files_argument
@metadata_options
@extractor_option
@keep_text_option
@store_option
@click.option("--replace", is_flag=True, help="Replace what is stored of an article by what is read now.")
@click.option("--revises", metavar="IRI", help="The stored article of which this one is a newer version; both stay.")
@as_json_option
def ingest(
    files: tuple[Path, ...],
    store: Store,
    extractor: str,
    revises: str | None,
    *,
    replace: bool,
    keep_text: bool,
    as_json: bool,
    **given: Any,
) -> None:
    """Read articles and add their claims to the store, all of them or none.

    FILE is text, Markdown or HTML, a folder of such files, or - for standard input. Ingesting an article twice adds
    nothing.

    \b
    Example:
      averment ingest article.txt --publisher "The Gazette" --published 2021-05-07
      curl -s https://example.org/article | averment ingest -
    """
    done = ingest_files(
        store,
        find_files(files),
        replace=replace,
        revises=revises,
        extractor=extractor,
        keep_text=keep_text,
        **given,
    )
    if as_json:
        print_json([_as_json(one) for one in done])
        return
    for one in done:
        click.echo(describe(one))


def ingest_files(
    store: Store,
    paths: list[Path],
    *,
    replace: bool = False,
    revises: str | None = None,
    extractor: str = "rules",
    keep_text: bool = True,
    **given: Any,
) -> list[Ingested]:
    """Read the files and write what they hold; `given` are the values of `metadata_options`.

    Raises InputError where `revises` is no IRI.
    """
    older = _iri(revises) if revises is not None else None
    sources = read_all(paths, **given)
    with progress(read_with(extractor, sources), len(sources), "reading") as extractions:
        return write(store, list(extractions), replace=replace, revises=older, keep_text=keep_text)


def _iri(written: str) -> NamedNode:
    try:
        return NamedNode(written)
    except ValueError as error:
        raise InputError(f"--revises wants the IRI of an article, and {written!r} is none") from error


def describe(one: Ingested) -> str:
    """Give a line for people: what became of an article, and how much was read from it."""
    extraction = one.extraction
    counts = ", ".join(
        counted(number, noun)
        for number, noun in (
            (len(extraction.claims), "claim"),
            (len(extraction.attributions) - 1, "attribution"),
            (len(extraction.payouts), "payout"),
        )
    )
    also = f"; the same words as {', '.join(other.value for other in one.same_words)}" if one.same_words else ""
    return f"{one.outcome.value}: {one_line(extraction.source.label)} ({counts}){also}"


def _as_json(one: Ingested) -> dict[str, Any]:
    return {
        "iri": one.iri.value,
        "title": one.extraction.source.title,
        "outcome": one.outcome.value,
        "claims": len(one.extraction.claims),
        "attributions": len(one.extraction.attributions) - 1,
        "payouts": len(one.extraction.payouts),
        "same_words": [other.value for other in one.same_words],
    }
