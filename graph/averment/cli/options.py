"""Options and arguments that several verbs share."""

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

import click

from averment.addresses import parse_address
from averment.cli.upkeep import Following
from averment.errors import InputError
from averment.model import Source
from averment.sources import Metadata, read
from averment.sources.metadata import parse_date, parse_words
from averment.store import Store

__all__ = [
    "as_json_option",
    "at_option",
    "counted",
    "deed_options",
    "files_argument",
    "given_words",
    "json_text",
    "keep_text_option",
    "known",
    "metadata_options",
    "one_line",
    "print_json",
    "printable",
    "progress",
    "read_all",
    "shapes_option",
    "store_option",
    "write_streamed",
    "write_whole",
]

_Command = Callable[..., Any]

DEFAULT_STORE = Path(".averment")

files_argument = click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True), metavar="FILE..."
)
as_json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")


def _followed(context: click.Context, _parameter: click.Parameter, folder: Path) -> Store:
    follow = Following()
    context.call_on_close(follow.tell)
    return Store(folder, follow)


def shapes_option(command: _Command) -> _Command:
    """Add `--shapes`, and hand the command the place of further shapes as `extra`."""
    return click.option(
        "--shapes", "extra", type=click.Path(path_type=Path), help="A file or folder of further shapes, in Turtle."
    )(command)


def store_option(command: _Command) -> _Command:
    """Add `--store`, and hand the command a Store."""
    return click.option(
        "--store",
        envvar="AVERMENT_STORE",
        default=DEFAULT_STORE,
        show_default=True,
        type=click.Path(path_type=Path, file_okay=False),
        callback=_followed,
        help="The folder that holds the graph.",
    )(command)


def known(read: Callable[[str], object]) -> Callable[[click.Context, click.Parameter, str | None], object]:
    """Give a callback that reads an option's text by a function that raises InputError where it cannot."""

    def callback(_context: click.Context, parameter: click.Parameter, value: str | None) -> object:
        try:
            return read(value) if value else None
        except InputError as error:
            raise click.BadParameter(str(error), param=parameter) from None

    return callback


def _known_names(context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    read_one = known(parse_words)
    return tuple(str(name) for value in values if (name := read_one(context, parameter, value)))


def metadata_options(command: _Command) -> _Command:
    """Add what can be said of an article on the command line; it goes before what the file says of itself."""
    for option in (
        click.option("--archived", callback=known(parse_address), help="The address of an archived copy."),
        click.option("--address", callback=known(parse_address), help="Its address, https://..."),
        click.option("--published", callback=known(parse_date), help="The day of publication, 2021-05-07."),
        click.option(
            "--author", "authors", multiple=True, callback=_known_names, help="An author; may be given several times."
        ),
        click.option("--publisher", callback=known(parse_words), help="Who publishes it."),
        click.option("--title", callback=known(parse_words), help="Its title."),
    ):
        command = option(command)
    return command


def read_all(paths: list[Path], **given: Any) -> list[Source]:
    """Read files; `given` are the values of `metadata_options`.

    Raises InputError where a file cannot be read, and for several files with what only one article can have.
    """
    own = Metadata(**given)
    for name in ("title", "address", "archived"):
        if len(paths) > 1 and getattr(own, name):
            raise InputError(f"--{name} names one article, and there are {len(paths):,} files")
    return [read(path, own) for path in paths]


def keep_text_option(command: _Command) -> _Command:
    """Add `--keep-text`, and hand the command whether words may be kept beside their positions and digests."""
    return click.option(
        "--keep-text/--no-keep-text",
        default=True,
        show_default=True,
        help="Whether texts and quotes are kept, or only positions and digests, so that the graph can be published.",
    )(command)


def printable(text: str) -> str:
    """Give a text in the lines that it has, without anything that steers a terminal."""
    return "".join(c if c.isprintable() or c == "\n" else " " if c.isspace() else "�" for c in text)


def one_line(text: str) -> str:
    """Give a text on one line, without anything that steers a terminal."""
    return printable(" ".join(text.split()))


def counted(number: int, noun: str) -> str:
    """Give a number with its noun: 1 claim, 2 claims."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


@contextmanager
def progress(items: Iterable[Any], length: int, label: str) -> Iterator[Iterable[Any]]:
    """Show a progress bar on standard error for more than a few items, on a terminal only."""
    if length < 4 or not sys.stderr.isatty():
        yield items
    else:
        with click.progressbar(items, length=length, label=label, file=sys.stderr) as bar:
            yield bar


@contextmanager
def progress_reporter(label: str) -> Iterator[Callable[[int, int], None] | None]:
    """Give a callback for (done, total) that draws a progress bar on standard error; None where nobody would see it."""
    if not sys.stderr.isatty():
        yield None
        return
    with click.progressbar(length=1, label=label, file=sys.stderr) as bar:

        def reached(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        yield reached


def json_text(value: Any, *, indent: int | None = 2) -> str:
    """Give JSON with its letters as they are; what is no letter, as in the name of a file, is a question mark."""
    return json.dumps(value, ensure_ascii=False, indent=indent).encode(errors="replace").decode()


def print_json(value: Any, *, indent: int | None = 2) -> None:
    """Print JSON with its letters as they are."""
    click.echo(json_text(value, indent=indent))


def write_whole(path: Path | None, data: bytes | Iterable[bytes]) -> None:
    """Write bytes, or pieces of them, to a file, whole or not at all, or to standard output for None and `-`.

    Raises InputError where the file cannot be written.
    """
    pieces = [data] if isinstance(data, bytes) else data
    write_streamed(path, lambda file: _write_each(pieces, file))


def _write_each(pieces: Iterable[bytes], file: IO[bytes]) -> None:
    for piece in pieces:
        file.write(piece)


def write_streamed(path: Path | None, write: Callable[[IO[bytes]], object]) -> None:
    """Have something write to a file, as `write_whole` does."""
    if path is None or str(path) == "-":
        write(sys.stdout.buffer)
        sys.stdout.buffer.flush()
        return
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with draft.open("wb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        raise InputError(f"it cannot be written ({error.strerror})", path) from error
    finally:
        draft.unlink(missing_ok=True)


def given_time(_context: click.Context, parameter: click.Parameter, text: str | None) -> datetime:
    """Read a time with its zone; without one, give the time now. This is the only place that looks at the clock."""
    if text is None:
        return datetime.now(UTC)
    try:
        at = datetime.fromisoformat(text)
        if at.tzinfo is not None:
            return at.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise click.BadParameter(f"{text!r} is no time with its zone; write 2021-05-07T10:00:00Z", param=parameter)


def given_words(_context: click.Context, parameter: click.Parameter, text: str | None) -> str | None:
    """Read words for people, on one line."""
    if text is None:
        return None
    words = " ".join(text.split())
    if not words or not words.isprintable():
        raise click.BadParameter("it is empty or cannot be printed", param=parameter)
    return words


def at_option(command: _Command) -> _Command:
    """Add `--at`, and hand the command a time in UTC."""
    return click.option("--at", callback=given_time, help="When, 2021-05-07T10:00:00Z; default: now.")(command)


def deed_options(command: _Command) -> _Command:
    """Add what everything takes that somebody answers for: `--by`, `--note`, `--at`, `--store` and `--json`."""
    for option in (
        as_json_option,
        store_option,
        at_option,
        click.option("--note", callback=given_words, help="Why."),
        click.option("--by", required=True, callback=given_words, help="Who answers for it."),
    ):
        command = option(command)
    return command
