"""What a verb that writes says of the rules: what its change has broken, and how much it has mended."""

import os
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from averment.validate.upkeep import Upkeep

__all__ = ["SHAPES_VARIABLE", "Following"]

SHAPES_VARIABLE = "AVERMENT_SHAPES"
"""The environment variable that names a newsroom's own rules, for every verb."""


class Following:
    """Keeps the results in a store up to date, from the first change on, and tells people what came of it."""

    @cached_property
    def upkeep(self) -> "Upkeep":
        """Who follows the store."""
        from averment.validate import load_shapes  # noqa: PLC0415 - slow to load, and only writers need it
        from averment.validate.upkeep import Upkeep  # noqa: PLC0415

        extra = os.environ.get(SHAPES_VARIABLE)
        return Upkeep(lambda: load_shapes(Path(extra) if extra else None))

    def __call__(self) -> "Upkeep":
        """Give it to the store when something is to be written."""
        return self.upkeep

    def tell(self) -> None:
        """Say on standard error what is wrong now and was not before, and how much is no longer wrong."""
        for news in self.upkeep.news if "upkeep" in vars(self) else ():
            if news.come.results:
                from averment.validate.render.context import Context  # noqa: PLC0415
                from averment.validate.render.text import as_text  # noqa: PLC0415

                click.echo(as_text(news.come, Context()), err=True, nl=False)
            if news.gone:
                click.echo(f"No longer wrong: {news.gone:,}.", err=True)
