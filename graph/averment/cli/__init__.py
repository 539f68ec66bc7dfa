"""The command line: one module a verb. Every verb has a help text with an example, and `--json` where it prints.

Exit status: 0 when all is well, 1 when something that was asked for is not so (a violation was found), 2 on bad input.
"""

import os
import sys
from contextlib import suppress
from importlib.metadata import entry_points
from io import StringIO

import click

from averment import __version__
from averment.cli.backup import backup, restore
from averment.cli.case import case
from averment.cli.cite import cite
from averment.cli.diff import diff
from averment.cli.evidence import evidence
from averment.cli.export import export
from averment.cli.extract import extract
from averment.cli.identity import identity
from averment.cli.import_ import import_
from averment.cli.info import info
from averment.cli.ingest import ingest
from averment.cli.options import printable
from averment.cli.packet import packet
from averment.cli.query import query
from averment.cli.review import review
from averment.cli.shapes import shapes
from averment.cli.token import token
from averment.cli.validate import validate
from averment.cli.verify import verify
from averment.errors import AvermentError, InputError

__all__ = ["averment", "main"]

_GROUP = "averment.commands"
"""The entry points by which a package adds a verb."""


class _Verbs(click.Group):
    """The verbs of averment and those of other installed packages, which are loaded only when they are asked for."""

    def list_commands(self, context: click.Context) -> list[str]:
        """Give the names of all verbs."""
        return sorted({*super().list_commands(context), *(entry.name for entry in entry_points(group=_GROUP))})

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """Give the verb of that name, or None."""
        own = super().get_command(context, name)
        others: list[click.Command] = (
            [entry.load() for entry in entry_points(group=_GROUP, name=name)] if own is None else []
        )
        return own or next(iter(others), None)


@click.group(cls=_Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="averment")
def averment() -> None:
    """Turn news articles into a graph of their claims, each tied to its words and to who said it.

    \b
    Example:
      averment ingest article.txt --publisher "The Gazette" --published 2021-05-07
      averment validate
      averment query 'SELECT ?claim ?text { ?claim a sdo:Claim ; sdo:text ?text } LIMIT 5'
    """


for _verb in (
    extract,
    ingest,
    validate,
    shapes,
    query,
    export,
    import_,
    info,
    identity,
    case,
    diff,
    cite,
    verify,
    review,
    evidence,
    packet,
    token,
    backup,
    restore,
):
    averment.add_command(_verb)


def main() -> None:
    """Run a verb; an error that a person can mend is one sentence on standard error and exit status 2."""
    try:
        status: object = _run()
    except click.ClickException as error:
        shown = StringIO()
        error.show(shown)
        click.echo(printable(shown.getvalue()), err=True, nl=False)
        status = 2
    except (click.Abort, KeyboardInterrupt):
        click.echo("stopped", err=True)
        status = 130
    except AvermentError as error:
        status = _refused(str(error))
    except BrokenPipeError:
        _give_up_output()  # whoever read our output has heard enough
        status = 0
    except OSError as error:
        _give_up_output()
        status = _refused(
            f"{error.filename or 'the output cannot be written'}: {(error.strerror or str(error)).lower()}"
        )
    sys.exit(status)  # type: ignore[arg-type]


def _run() -> object:
    """Run a verb and give its exit status, with everything that it printed written."""
    if sys.stdout is None:
        raise InputError("standard output is closed")
    status = averment.main(standalone_mode=False)
    sys.stdout.flush()
    return status


def _refused(sentence: str) -> int:
    click.echo(f"averment: {printable(sentence)}", err=True)
    return 2


def _give_up_output() -> None:
    """Send what is still to be printed nowhere, so that Python does not fail over it again when it ends."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
