"""The command line: one module a verb. Every verb has a help text with an example, and `--json` where it prints.

Exit status: 0 when all is well, 1 when something that was asked for is not so (a violation was found), 2 on bad input.
"""

import sys
from importlib.metadata import entry_points

import click

from averment import __version__
from averment.cli.case import case
from averment.cli.export import export
from averment.cli.extract import extract
from averment.cli.identity import identity
from averment.cli.info import info
from averment.cli.ingest import ingest
from averment.cli.query import query
from averment.cli.validate import validate
from averment.errors import AvermentError

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


for _verb in (extract, ingest, validate, query, export, info, identity, case):
    averment.add_command(_verb)


def main() -> None:
    """Run a verb; an error that a person can mend is one sentence on standard error and exit status 2."""
    try:
        sys.exit(averment.main(standalone_mode=False))
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        click.echo("stopped", err=True)
        sys.exit(130)
    except AvermentError as error:
        click.echo(f"averment: {error}", err=True)
        sys.exit(2)
    except BrokenPipeError:
        sys.stderr.close()  # whoever read our output has heard enough
        sys.exit(0)
