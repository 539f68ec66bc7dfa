"""What templates may call: links and names. Escaping is Jinja's, for every value, everywhere."""

import re

from flask import Flask

from averment import __version__
from averment_server import links, money, names

__all__ = ["moment", "register", "visible"]


_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def visible(value: object) -> object:
    r"""Put � for every control character of a text, line breaks and tabs aside: offsets stay the same.

    >>> visible("a\x07b")
    'a�b'
    """
    if not isinstance(value, str) or not _CONTROLS.search(value):
        return value
    return type(value)(_CONTROLS.sub("�", value))


def moment(at: str) -> str:
    """Give a time to the minute, as people read it.

    >>> moment("2021-05-07T10:00:12.5Z")
    '2021-05-07 10:00 UTC'
    """
    return f"{at[:16].replace('T', ' ')} UTC" if at.endswith("Z") else at


def register(app: Flask) -> None:
    """Make the filters known to an application's templates."""
    app.jinja_env.filters.update(
        compact=links.compact,
        moment=moment,
        page=links.page_of,
        short=links.short,
        term=names.term_name,
        understood=money.understood,
        web=links.web_address,
    )
    app.jinja_env.finalize = visible
    app.jinja_env.globals.update(version=__version__)
