"""Patterns inside EXISTS, put one within the other: `EXISTS { a . b }` is `EXISTS { a FILTER EXISTS { b } }`.

The store does not know which variables have a value when it looks inside EXISTS, and so may join its patterns with one
another before it looks at the node: squared time. One pattern at a time leaves it no choice.
"""

import re
from collections.abc import Iterator

__all__ = ["TOKEN", "nested"]

TOKEN = re.compile(
    r'(?:"""(?:[^"\\]|\\.|"(?!""))*"""|' + r"'''(?:[^'\\]|\\.|'(?!''))*'''|"
    r'"(?:[^"\\\n]|\\.)*"|' + r"'(?:[^'\\\n]|\\.)*')(?:@[\w-]+|\^\^(?:<[^>]*>|[\w:-]+))?|"
    r'<[^<>"{}|^`\\\s]*>|#[^\n]*|[?$]\w+|[\w:-](?:[\w.:-]*[\w:-])?|&&|\|\||[<>!]=|\S',
    re.DOTALL,
)
"""Literals, IRIs and comments as wholes, so that nothing inside them is taken for a variable or a brace."""

_CLOSING = {"(": ")", "{": "}"}

_OTHERWISE = {"optional", "union", "bind", "values", "graph", "minus", "select", "service", "{", "[", "(", "@", ")"}
"""What a group is left as it is for, where it stands among the patterns."""

_ENDS = {"."}

Triple = tuple[str, str, str]


def nested(query: str) -> str:
    """Rewrite a query so that every simple group inside EXISTS has its patterns within each other."""
    tokens = [found[0] for found in TOKEN.finditer(query) if found[0][0] != "#"]
    return _rewritten(tokens, set())


def _rewritten(tokens: list[str], known: set[str]) -> str:
    parts: list[str] = []
    at = 0
    while at < len(tokens):
        parts.append(tokens[at])
        at += 1
        if parts[-1].lower() == "exists" and at < len(tokens) and tokens[at] == "{":
            end = _end(tokens, at)
            outside = {token for token in tokens[:at] + tokens[end:] if token[0] in "?$"}
            parts.append(f"{{ {_group(tokens[at + 1 : end - 1], known | outside)} }}")
            at = end
    return _joined(parts)


def _joined(tokens: list[str]) -> str:
    """Put words together again; the store wants a function's bracket at its name."""
    return "".join(word if word == "(" else f" {word}" for word in tokens).strip()


def _end(tokens: list[str], start: int) -> int:
    """Give the place after what is opened at `start`."""
    depth = 0
    opening, closing = tokens[start], _CLOSING[tokens[start]]
    for at in range(start, len(tokens)):
        depth += (tokens[at] == opening) - (tokens[at] == closing)
        if depth == 0:
            return at + 1
    return len(tokens)


def _group(tokens: list[str], known: set[str]) -> str:
    found = _split(tokens)
    if found is None:
        return _joined(tokens)
    triples, filters = found
    here = known | {term for triple in triples for term in triple}
    inner = " ".join(_rewritten(part, here) for part in filters)
    for triple in reversed(list(_ordered(triples, known))):
        inner = f"{' '.join(triple)} {inner}" if inner.startswith("FILTER") or not inner else _step(triple, inner)
    return inner


def _step(triple: Triple, inner: str) -> str:
    return f"{' '.join(triple)} FILTER EXISTS {{ {inner} }}"


def _ordered(triples: list[Triple], known: set[str]) -> Iterator[Triple]:
    """Order triples so that each begins at what has a value by then, its subject rather than its object."""
    rest, known = list(triples), set(known)
    while rest:
        best = min(rest, key=lambda triple: (triple[0] not in known, triple[2] not in known))
        rest.remove(best)
        known |= {best[0], best[2]}
        yield best


def _split(tokens: list[str]) -> tuple[list[Triple], list[list[str]]] | None:
    """Part a group into its triples and its filters; None where there is more to it."""
    filters: list[list[str]] = []
    plain: list[str] = []
    at = 0
    while at < len(tokens):
        if tokens[at].lower() == "filter":
            end = _end_of_filter(tokens, at)
            filters.append(["FILTER", *tokens[at + 1 : end]])
            plain.append(".")
            at = end
        else:
            plain.append(tokens[at])
            at += 1
    triples = _triples(plain)
    return None if triples is None else (triples, filters)


def _end_of_filter(tokens: list[str], start: int) -> int:
    at = next((at for at in range(start, len(tokens)) if tokens[at] in _CLOSING), len(tokens) - 1)
    return _end(tokens, at) if tokens[at] in _CLOSING else len(tokens)


def _triples(tokens: list[str]) -> list[Triple] | None:
    found: list[Triple] = []
    subject = verb = ""
    for mark, part in _statements(tokens):
        words = [subject, verb, *part] if mark == "," else [subject, *part] if mark == ";" else part
        if len(words) < 3 or {word.lower() for word in part} & _OTHERWISE:
            return None
        subject, verb = words[0], "".join(words[1:-1])
        # A path of several steps would be cut in two; see `conformance.reach`.
        found.append((subject, f"({verb})|({verb})" if "/" in re.sub("<[^>]*>", "", verb) else verb, words[-1]))
    return found


def _statements(tokens: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Give what stands between full stops, semicolons and commas, each with the mark before it."""
    mark, part = ".", list[str]()
    for word in [*tokens, "."]:
        if word not in {".", ";", ","}:
            part.append(word)
            continue
        if part:
            yield mark, part
        mark, part = word if part or word in _ENDS else mark, []
