"""Pages to read, print and send: one file each, with no script and nothing from elsewhere, in one look."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

__all__ = ["page"]


def page(package: str, template: str, *, filters: Mapping[str, Callable[..., Any]], **values: Any) -> bytes:
    """Give a page made of a template of a package; it may include `style.css`.

    All values are escaped. The filter `web` tells an address that may be linked to.
    """
    pages = Environment(
        loader=ChoiceLoader([PackageLoader(package, "."), PackageLoader("averment.paper", ".")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pages.filters |= {"web": _is_web, **filters}
    return pages.get_template(template).render(**values).encode("utf-8", errors="replace")


def _is_web(address: str | None) -> bool:
    """Say whether something may be linked to: nothing but the web, whatever a graph says."""
    try:
        return bool(address) and urlsplit(str(address)).scheme in {"http", "https"}
    except ValueError:
        return False
