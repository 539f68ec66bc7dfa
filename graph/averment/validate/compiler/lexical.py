"""Whether a literal is written as its datatype demands, as a SPARQL expression.

https://www.w3.org/TR/shacl/#DatatypeConstraintComponent asks for it where SPARQL knows the datatype. A regular
expression is surer than a cast where the store's numbers end before XML Schema's do.
"""

import pyoxigraph as ox

from averment.vocabulary import XSD

__all__ = ["INTEGERS", "PATTERNS", "RANGES", "well_formed"]

INTEGERS = "^[+-]?[0-9]+$"
_DECIMAL = r"([0-9]+(\.[0-9]*)?|\.[0-9]+)"
_DOUBLE = rf"^([+-]?{_DECIMAL}([eE][+-]?[0-9]+)?|[+-]?INF|NaN)$"

PATTERNS = {
    "boolean": "^(true|false|0|1)$",
    "decimal": rf"^[+-]?{_DECIMAL}$",
    "double": _DOUBLE,
    "float": _DOUBLE,
    "hexBinary": "^([0-9a-fA-F]{2})*$",
    "integer": INTEGERS,
    "negativeInteger": "^-0*[1-9][0-9]*$",
    "nonNegativeInteger": r"^([+]?[0-9]+|-0+)$",
    "nonPositiveInteger": r"^(-[0-9]+|[+]?0+)$",
    "positiveInteger": r"^[+]?0*[1-9][0-9]*$",
}

_CASTS = {"date", "dateTime", "time", "duration", "dayTimeDuration", "yearMonthDuration"}

_BITS = {"byte": 8, "short": 16, "int": 32, "long": 64}
RANGES = {name: (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) for name, bits in _BITS.items()} | {
    f"unsigned{name.capitalize()}": (0, 2**bits - 1) for name, bits in _BITS.items()
}


def well_formed(datatype: str, value: str) -> str:
    """Give the expression for `value`, a literal of that datatype, being written as one; an error means it is not."""
    if not datatype.startswith(XSD.iri):
        return "true"
    name = datatype.removeprefix(XSD.iri)
    written = f"STR({value})"
    if name in PATTERNS:
        return f"REGEX({written}, {ox.Literal(PATTERNS[name])})"
    if name in _CASTS:
        return f'STR(<{datatype}>({written})) != ""'
    if name in RANGES:
        least, greatest = RANGES[name]
        number = f"{XSD.decimal}({written})"
        return f"REGEX({written}, {ox.Literal(INTEGERS)}) && {number} >= {least}.0 && {number} <= {greatest}.0"
    return "true"
