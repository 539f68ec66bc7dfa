"""`averment cite`: the quotations of a draft held against source documents."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from averment.cli.options import as_json_option, counted, one_line, print_json, progress
from averment.sources import read

if TYPE_CHECKING:
    from averment.citations.documents import SourceText
    from averment.citations.drafts import Citation

__all__ = ["cite"]


@click.command()
@click.argument("draft", type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--sources", required=True, type=click.Path(path_type=Path), help="A folder of source documents, or one of them."
)
@as_json_option
def cite(draft: Path, sources: Path, *, as_json: bool) -> None:
    """Hold the quotations of a draft against the documents that they are taken from.

    DRAFT is text, Markdown or HTML; so are the documents, or e-mail (.eml) or PDF (with averment[pdf]). A quotation of
    three words or more is exact, reformatted, altered, altered-critical, truncated (what governs it, a negation,
    condition or hedge, was left out), spliced, misattributed or fabricated. Square brackets
    and ... are taken as journalists use them.

    Exit status: 0 when every quotation is exact or reformatted, 1 when one is not, 2 when a file cannot be read.

    \b
    Example:
      averment cite draft.md --sources interviews/
    """
    from averment.citations.documents import find_documents, read_document  # noqa: PLC0415
    from averment.citations.drafts import cite as judge  # noqa: PLC0415 - spaCy takes a second that --help need not
    from averment.extract.pipeline import extract  # noqa: PLC0415

    written = read(draft)
    paths = find_documents(sources)
    with progress(
        (read_document(path, lambda one: extract(read(one))) for path in paths), len(paths), "reading"
    ) as all_:
        documents = list(all_)
    found = list(judge(extract(written), documents))
    unsound = [one for one in found if not one.verdict.is_sound]
    if as_json:
        texts = {document.name: document for document in documents}
        print_json({"draft": str(draft), "quotations": [_as_json(one, written.text, texts) for one in found]})
    else:
        for one in found:
            click.echo(_as_text(one, written.text))
        click.echo(f"{counted(len(found), 'quotation')}, {len(unsound):,} of them to look at")
    if unsound:
        raise click.exceptions.Exit(1)


def _as_text(one: "Citation", text: str) -> str:
    where = f" in {one.document}{f', page {one.page}' if one.page else ''}" if one.document else ""
    lines = [f"{one.verdict.value}: {one_line(one.span.of(text))}", f"  {one_line(one.why + where)}"]
    return "\n".join([*lines, *(f"  {one_line(change.in_words())}" for change in one.changes)])


def _as_json(one: "Citation", text: str, documents: "dict[str, SourceText]") -> dict[str, Any]:
    found = one.found
    return {
        "start": one.span.start,
        "end": one.span.end,
        "text": one.span.of(text),
        "speaker": one.speaker,
        "outcome": one.verdict.value,
        "why": one.why,
        "document": one.document,
        "page": one.page,
        "found_start": found.start if found else None,
        "found_end": found.end if found else None,
        "found_text": found.of(documents[one.document].text) if found and one.document else None,
        "said_by": one.said_by,
        "changes": [
            {"source": change.old, "draft": change.new, "critical": [kind.value for kind in change.critical]}
            for change in one.changes
        ],
    }
