"""What exports and imports of parts have in common: whose they are, how offsets count, and what is lost."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from averment.addresses import parse_address
from averment.citations.offsets import Unit
from averment.cli.options import given_words, json_text, one_line, write_whole
from averment.errors import InputError

if TYPE_CHECKING:
    from averment.losses import Losses
    from averment.store import View

__all__ = ["PARTS", "losses_option", "tell_losses", "units_option", "wishes_options"]

_SHOWN = 5
"""Kinds of losses that are named on standard error; the file has all."""

units_option = click.option(
    "--units",
    "unit",
    type=click.Choice([unit.value for unit in Unit]),
    default=Unit.CODE_POINTS.value,
    show_default=True,
    help="What the offsets of annotations count; browsers count UTF-16 units.",
)

losses_option = click.option(
    "--losses",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    help="A file for the report of what is not carried, as JSON.",
)


def _address(_context: click.Context, parameter: click.Parameter, given: str | None) -> str | None:
    try:
        return parse_address(given) if given is not None else None
    except InputError as error:
        raise click.BadParameter(str(error), param=parameter) from None


def wishes_options(command: Any) -> Any:
    """Add what can be said of reviews and annotations that are exported."""
    for option in (
        units_option,
        click.option("--pages", callback=_address, help="Where pages of claims are served; default: --publisher-url."),
        click.option("--publisher-url", callback=_address, help="The address of the newsroom."),
        click.option("--publisher-name", callback=given_words, help="The newsroom whose reviews are exported."),
    ):
        command = option(command)
    return command


_Part = Callable[["View", dict[str, Any]], tuple[bytes, "Losses"]]


def _reviews(view: "View", given: dict[str, Any]) -> tuple[bytes, "Losses"]:
    from averment.claimreviews import Publisher  # noqa: PLC0415 - only who exports needs it

    if not (given["publisher_name"] and given["publisher_url"]):
        raise InputError("say whose reviews they are, with --publisher-name and --publisher-url")
    publisher = Publisher(given["publisher_name"], given["publisher_url"], given["pages"])
    return _part("claimreview", view, publisher=publisher)


def _annotations(view: "View", given: dict[str, Any]) -> tuple[bytes, "Losses"]:
    return _part("annotations", view, unit=Unit(given["unit"]))


def _part(name: str, view: "View", **wishes: Any) -> tuple[bytes, "Losses"]:
    from averment.exports.interchange import INTERCHANGE, Wishes  # noqa: PLC0415 - as above

    return next(part for part in INTERCHANGE if part.name == name).write(view, Wishes(**wishes))


PARTS: dict[str, _Part] = {"claimreview": _reviews, "annotations": _annotations}
"""Formats that carry a part of a store."""


def tell_losses(losses: "Losses", file: Path | None) -> None:
    """Say on standard error what was not carried, the most frequent first, and write all of it to a file as JSON."""
    from averment.losses import ranked, report  # noqa: PLC0415 - as above

    if file is not None:
        write_whole(file, (json_text(report(losses)) + "\n").encode())
    if found := ranked(losses):
        named = "; ".join(f"{times:,} {one_line(name)[:80]}" for name, times in found[:_SHOWN])
        more = f"; and {len(found) - _SHOWN:,} kinds more" if len(found) > _SHOWN else ""
        click.echo(f"not carried: {sum(losses.values()):,} values: {named}{more}", err=True)
