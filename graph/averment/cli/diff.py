"""`averment diff`: two versions of an article, and what became of the old one's claims."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from averment.cli.options import as_json_option, counted, one_line, print_json
from averment.sources import read

if TYPE_CHECKING:
    from averment.citations import Finding
    from averment.citations.differences import Difference

__all__ = ["diff", "finding_as_json", "finding_as_text"]

_File = click.Path(path_type=Path, allow_dash=True)


@click.command()
@click.argument("old", type=_File)
@click.argument("new", type=_File)
@as_json_option
def diff(old: Path, new: Path, *, as_json: bool) -> None:
    """Say which claims of an article a newer version touches, and how.

    A claim is exact, moved, reformatted, altered, altered-critical, ambiguous or missing. Altered-critical means that a
    number, amount, unit, currency, comparator, date, negation, modal verb, name, hedge or attribution changed.

    Exit status: 0 when every claim still stands in the same words, 1 when one does not, 2 when a file cannot be read.

    \b
    Example:
      averment diff article-on-friday.html article-on-monday.html
      averment diff --json old.txt new.txt
    """
    from averment.citations.differences import differences  # noqa: PLC0415 - spaCy takes a second that --help need not
    from averment.extract.pipeline import extract  # noqa: PLC0415

    before, after = read(old), read(new)
    found = differences(extract(before), after.text)
    if as_json:
        print_json({"old": str(old), "new": str(new), "claims": [_as_json(one, before.text) for one in found]})
    else:
        touched = [one for one in found if not one.is_sound]
        for one in touched:
            click.echo(_as_text(one, before.text))
        click.echo(f"{counted(len(found), 'claim')}, {len(touched):,} of them touched")
    if not all(one.is_sound for one in found):
        raise click.exceptions.Exit(1)


def _as_json(one: "Difference", text: str) -> dict[str, Any]:
    return {
        **finding_as_json(one.finding, text),
        "chain": "sound" if one.chain_is_sound else "changed",
        "behind": [finding_as_json(finding, text) for finding in one.behind if not finding.outcome.is_sound],
    }


def finding_as_json(finding: "Finding", text: str | None) -> dict[str, Any]:
    """Give a finding as values that `json.dumps` takes, with offsets in code points; `text` is the old one, if kept."""
    found = finding.found
    return {
        "start": finding.span.start,
        "end": finding.span.end,
        "text": None if text is None else finding.span.of(text),
        "outcome": finding.outcome.value,
        "new_start": found.start if found else None,
        "new_end": found.end if found else None,
        "places": [[place.start, place.end] for place in finding.places],
        "changes": [
            {"old": change.old, "new": change.new, "critical": [kind.value for kind in change.critical]}
            for change in finding.changes
        ],
    }


def _as_text(one: "Difference", text: str) -> str:
    lines = [finding_as_text(one.finding, text)]
    lines += [f"  attribution {finding_as_text(f, text)}" for f in one.behind if not f.outcome.is_sound]
    return "\n".join(lines)


def finding_as_text(finding: "Finding", text: str | None) -> str:
    """Give a finding on a line, what changed below it, each change on a line of its own."""
    changes = [f"  {one_line(change.in_words())}" for change in finding.changes]
    span = finding.span
    words = f"characters {span.start} to {span.end}" if text is None else f"“{one_line(span.of(text))}”"
    return "\n".join([f"{finding.outcome.value}: {words}", *changes])
