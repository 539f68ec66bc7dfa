"""`averment token`: who may write to the store over the network."""

from datetime import datetime

import click

from averment import tokens
from averment.cli.options import as_json_option, at_option, given_words, one_line, print_json, store_option
from averment.store import Store

__all__ = ["token"]

_LONGEST = 64
"""Characters of a name."""


def _given_name(context: click.Context, parameter: click.Parameter, text: str) -> str:
    name = given_words(context, parameter, text)
    if name is None or len(name) > _LONGEST:
        raise click.BadParameter(f"a name has at most {_LONGEST} characters", param=parameter)
    return name


_name_argument = click.argument("name", callback=_given_name)


@click.group()
def token() -> None:
    """Say who may write to a store that is served. Without a token, a server only reads.

    \b
    Example:
      averment token create desk
      averment token list
      averment token revoke desk
    """


@token.command()
@_name_argument
@at_option
@store_option
@as_json_option
def create(name: str, at: datetime, store: Store, *, as_json: bool) -> None:
    """Make a token and print it. It is shown this once; what is kept is a hash of it.

    NAME is whom or what it is for; the log of writes names it. Whoever sends the token as `Authorization: Bearer ...`
    may change everything in the store.

    \b
    Example:
      averment token create desk --store .averment
    """
    shown = tokens.create(store, name, at)
    if as_json:
        print_json({"name": name, "token": shown})
        return
    click.echo(shown)
    click.echo(f"keep it: it is not shown again. It ends with: averment token revoke {name!r}", err=True)


@token.command("list")
@store_option
@as_json_option
def list_tokens(store: Store, *, as_json: bool) -> None:
    """List the tokens by name, with the time at which each was made.

    \b
    Example:
      averment token list --json
    """
    store.snapshot()
    known = tokens.tokens(store)
    if as_json:
        print_json([{"name": known_.name, "created": known_.created.isoformat()} for known_ in known])
        return
    for known_ in known:
        click.echo(f"{known_.created:%Y-%m-%d %H:%M}  {one_line(known_.name)}")
    if not known:
        click.echo("there are no tokens; nobody may write", err=True)


@token.command()
@_name_argument
@store_option
@as_json_option
def revoke(name: str, store: Store, *, as_json: bool) -> None:
    """Make a token worthless, at once, also for servers that are running.

    \b
    Example:
      averment token revoke desk
    """
    tokens.revoke(store, name)
    if as_json:
        print_json({"revoked": name})
        return
    click.echo(f"the token called {one_line(name)} is worth nothing any more", err=True)
