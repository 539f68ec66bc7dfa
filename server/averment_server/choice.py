"""In which format a query is answered: the one that is named, or what the client likes best."""

from collections.abc import Sequence

from werkzeug.exceptions import BadRequest, NotAcceptable

from averment.errors import InputError, QueryFormatError
from averment.store.formats import RDF_FORMATS, RESULT_FORMATS, Format, by_name
from averment_server import negotiate

__all__ = ["Chosen", "format_named", "formats_for", "wants_page", "what_would_do"]

Chosen = tuple[Format, str] | None
"""A format, and the media type to call it by."""


def wants_page(accept: str | None, named: str | None) -> bool:
    """Say whether an answer is for people."""
    formats = (*RESULT_FORMATS, *RDF_FORMATS)
    return named == "html" or (named is None and negotiate.prefers_html(accept, formats))


def formats_for(accept: str | None, named: str | None) -> tuple[Chosen, Chosen]:
    """Give the formats for a table and for RDF: the one that was named, or else the best of those that are accepted.

    Raises BadRequest where none has that name, NotAcceptable where none would do.
    """
    return format_named(named) if named is not None else _accepted(accept)


def what_would_do(error: QueryFormatError, results: Format | None) -> QueryFormatError:
    """Say what an answer could be had as, where it cannot be had as `results`."""
    return QueryFormatError(f"{error}; ask for {_one_of(RESULT_FORMATS if results is None else RDF_FORMATS)}")


def _one_of(formats: Sequence[Format]) -> str:
    *others, last = (format_.media_type for format_ in formats)
    return f"{', '.join(others)} or {last}"


def format_named(name: str) -> tuple[Chosen, Chosen]:
    """Give the format of that name, in the place of those for tables or of those for RDF; raise BadRequest for none."""
    try:
        chosen = by_name(name, (*RESULT_FORMATS, *RDF_FORMATS))
    except InputError as error:
        raise BadRequest(str(error)) from error
    return ((chosen, chosen.media_type), None) if chosen in RESULT_FORMATS else (None, (chosen, chosen.media_type))


def _accepted(accept: str | None) -> tuple[Chosen, Chosen]:
    formats = negotiate.choose(accept, RESULT_FORMATS), negotiate.choose(accept, RDF_FORMATS)
    if formats == (None, None):
        offered = ", ".join(format_.media_type for format_ in (*RESULT_FORMATS, *RDF_FORMATS))
        raise NotAcceptable(f"none of the formats asked for is among {offered}")
    return formats
