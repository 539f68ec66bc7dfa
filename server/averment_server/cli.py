"""`averment serve`: the front end on this machine."""

import errno
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from averment.errors import AvermentError
from averment.store import Store
from averment.tokens import tokens
from averment_server.configuration import Configuration, read
from averment_server.processes import Service, run
from averment_server.settings import Settings
from averment_server.sites import LOOPBACK

__all__ = ["serve"]


@click.command()
@click.option(
    "--store",
    "folder",
    type=click.Path(path_type=Path),
    default=".averment",
    envvar="AVERMENT_STORE",
    show_default=True,
    show_envvar=True,
    help="The folder that holds the store.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Its port; 0 takes a free one."
)
@click.option(
    "--allow-host",
    "allowed",
    metavar="NAME",
    multiple=True,
    help="Answer to this name too; can be given more than once. Without it: on this machine's own addresses only to "
    "127.0.0.1, localhost and [::1], elsewhere to any name.",
)
@click.option("--cors", is_flag=True, help="Let scripts of any web site read the data.")
@click.option(
    "--union", is_flag=True, help="Take what claims say for asserted in queries that do not say; the answers say so."
)
@click.option(
    "--per-client",
    "each",
    metavar="NUMBER",
    type=click.IntRange(min=1),
    help="Requests that one address may have at work at a time in each process; default: any number.",
)
@click.option(
    "--config",
    "file",
    type=click.Path(path_type=Path, dir_okay=False),
    envvar="AVERMENT_CONFIG",
    show_envvar=True,
    help="A TOML file of limits, and of the address that others have; the names are on the page at /about.",
)
@click.option("--log/--no-log", default=True, show_default=True, help="Write a line of JSON for each request.")
def serve(  # noqa: PLR0913, PLR0917 - a verb has as many options as people need
    folder: Path,
    host: str,
    port: int,
    allowed: tuple[str, ...],
    each: int | None,
    file: Path | None,
    *,
    cors: bool,
    union: bool,
    log: bool,
) -> None:
    """Serve the store: pages for people, SPARQL for programs at /sparql, graphs at /graphs.

    Everybody may read; to write takes a token, which `averment token create NAME` makes.
    """
    try:
        limits = Configuration() if file is None else read(file)
        Store(folder).snapshot()
        known = tokens(Store(folder))
    except AvermentError as error:
        raise _Failure(str(error)) from error
    settings = Settings(
        hosts=_hosts(host, (*allowed, *([limits.site.host] if limits.site.host else []))),
        cors=cors,
        union=union,
        each=each or limits.server.per_client or None,
        writes=limits.write,
        server=limits.server,
        dataset=limits.dataset,
        site=limits.site,
    )
    if _in_address(host) not in LOOPBACK and not known:
        click.echo("others can reach this address, and read everything; nobody can write without a token", err=True)
    with _reserved(host, port) as number:
        address = f"http://{_in_address(host)}:{number}/"
        said = f"averment serves {address} and SPARQL at {address}sparql; stop it with Ctrl-C"
        service = Service(
            folder=folder, host=_number_of(host), port=number, settings=settings, limits=limits.query, log=log
        )
        run(service, lambda: click.echo(said))


def _hosts(host: str, allowed: tuple[str, ...]) -> frozenset[str] | None:
    """Give the names to answer to, None for any: on an address that others reach, its names are not known here."""
    shown = _in_address(host)
    if shown not in LOOPBACK and not allowed:
        return None
    return LOOPBACK | {shown, *(_in_address(name) for name in allowed)}


def _in_address(host: str) -> str:
    """Give a host as it stands in an address: IPv6 in brackets."""
    return f"[{host}]" if ":" in host and not host.startswith("[") else host


@contextmanager
def _reserved(host: str, port: int) -> Iterator[int]:
    """Give the number of a port that nobody listens on, and keep it for the server's processes, which then share it."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as kept:
        try:
            if port:
                socket.create_server((host, port), family=family).close()
            kept.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
            kept.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            kept.bind((host, port))
        except (OSError, UnicodeError) as error:
            raise _Failure(_refusal(host, port, error)) from error
        yield kept.getsockname()[1]


def _number_of(host: str) -> str:
    """Give the address that a name of this machine stands for."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return str(socket.getaddrinfo(host, None, family)[0][4][0])


def _refusal(host: str, port: int, error: OSError | UnicodeError) -> str:
    """Say why an address cannot be listened on: a name that is not found has no number, or one below zero."""
    number = error.errno or 0 if isinstance(error, OSError) else 0
    if number <= 0 or number == errno.EADDRNOTAVAIL:
        return f"{host} is not an address of this machine; name another --host"
    return f"{_in_address(host)}:{port} cannot be listened on ({os.strerror(number)}); name another --port"


class _Failure(click.ClickException):
    """Ends the command with the status that says: not as you asked."""

    exit_code = 2
