"""As what a query is answered: what is named, or what the client likes best; data, or something for people."""

from collections.abc import Sequence
from dataclasses import dataclass

from werkzeug.exceptions import BadRequest, NotAcceptable

from averment.errors import InputError, QueryFormatError
from averment.store.for_people import SPREADSHEET, TABLE
from averment.store.formats import RDF_FORMATS, RESULT_FORMATS, Format, by_name
from averment_server import negotiate

__all__ = ["PAGE", "Choice", "choose", "format_named", "what_would_do"]

Chosen = tuple[Format, str] | None
"""A format, and the media type to call it by."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What an answer is made as, which depends on whether it is a table or RDF."""

    results: Chosen
    rdf: Chosen
    is_page: bool = False
    is_spreadsheet: bool = False


PAGE = Choice((TABLE, "text/html"), (by_name("turtle", RDF_FORMATS), "text/html"), is_page=True)
_SPREADSHEET = Choice((SPREADSHEET, SPREADSHEET.media_type), None, is_spreadsheet=True)


def choose(accept: str | None, named: str | None) -> Choice:
    """Give what is named, or else the best of what is accepted.

    Raises BadRequest where nothing has that name, NotAcceptable where nothing would do.
    """
    if named == "html" or (named is None and negotiate.prefers_html(accept, (*RESULT_FORMATS, *RDF_FORMATS))):
        return PAGE
    if named == SPREADSHEET.name:
        return _SPREADSHEET
    return Choice(*(_accepted(accept) if named is None else format_named(named)))


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
