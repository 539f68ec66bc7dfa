"""`averment serve`: the front end on this machine."""

import signal
import socket
from pathlib import Path
from types import FrameType
from typing import NoReturn

import click
import waitress
from flask import Flask

from averment.errors import AvermentError
from averment.store import Store
from averment_server.app import BODY_BYTES, create_app
from averment_server.ask import EXTENSION

__all__ = ["serve"]

_THREADS = 8
"""More than there are workers, so that a static file never waits for a query."""


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
def serve(folder: Path, host: str, port: int) -> None:
    """Serve the store: pages for people, SPARQL for programs at /sparql. It only reads."""
    try:
        app = create_app(Store(folder))
    except AvermentError as error:
        raise _Failure(str(error)) from error
    try:
        _listen(app, host, port)
    finally:
        app.extensions[EXTENSION].close()


def _listen(app: Flask, host: str, port: int) -> None:
    """Answer requests until somebody stops this process; requests at work are then finished first."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listening = socket.create_server((host, port), family=family)
    except OSError as error:
        raise _Failure(f"{host}:{port} cannot be listened on ({error.strerror}); name another --port") from error
    with listening:
        server = waitress.create_server(
            app, sockets=[listening], threads=_THREADS, ident=None, max_request_body_size=BODY_BYTES
        )
        signal.signal(signal.SIGTERM, _stop)
        shown = f"[{host}]" if ":" in host else host
        address = f"http://{shown}:{listening.getsockname()[1]}/"
        click.echo(f"averment serves {address} and SPARQL at {address}sparql; stop it with Ctrl-C")
        server.run()


def _stop(_signal: int, _frame: FrameType | None) -> NoReturn:
    """Make the server finish what it is at: left alone, a SIGTERM drops it."""
    raise SystemExit(0)


class _Failure(click.ClickException):
    """Ends the command with the status that says: not as you asked."""

    exit_code = 2
