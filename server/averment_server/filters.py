"""What templates may call: links and names. Escaping is Jinja's, for every value, everywhere."""

from flask import Flask

from averment import __version__
from averment_server import links, money, names

__all__ = ["register"]


def register(app: Flask) -> None:
    """Make the filters known to an application's templates."""
    app.jinja_env.filters.update(
        compact=links.compact,
        page=links.page_of,
        short=links.short,
        term=names.term_name,
        understood=money.understood,
        web=links.web_address,
    )
    app.jinja_env.globals.update(version=__version__)
