"""Times as RDF has them."""

from datetime import UTC, datetime

__all__ = ["instant"]


def instant(at: datetime) -> str:
    """Give a time as xsd:dateTime in UTC, in the form that the store keeps.

    >>> instant(datetime.fromisoformat("2021-05-07T10:00:00.120+02:00"))
    '2021-05-07T08:00:00.12Z'
    """
    text = at.astimezone(UTC).replace(tzinfo=None).isoformat()
    return f"{text.rstrip('0') if '.' in text else text}Z"
