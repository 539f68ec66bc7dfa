"""The gate: what is refused by its text alone, and what is not, however it is written."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from averment.errors import QueryError, QueryLengthError, QueryLimitError
from averment.store import gate
from averment.store.gate import TextLimits, check

READABLE = [
    "",
    "this is not SPARQL, which is for the parser to say",
    'SELECT ?service { ?service ?p "SERVICE" ; ?q \'LOAD\', """DROP ALL""", \'\'\'it\'s "SERVICE" \'\'\'@en-service }',
    "SELECT * { ?s <http://example.org/SERVICE#load'> ?o } # SERVICE <a:b> {}",
    "SELECT * { ?s ex:SERVICE ?o ; service:load $LOAD . _:service ?p ?o }",
    "SELECT * { GRAPH service:x { ?s ?p ?o } }",
    "SELECT * { ?s ?p 'Zo\\u00EB', \"a\\\\b\", 'it\\'s' FILTER(?a < 3 && ?b > 2 || ?c<=4) }",
    "SELECT * { ?s ex:o\\'clock 'a' . ?s ex:p ' SERVICE ' }",
]

names = st.sampled_from(["SERVICE", "LOAD", "insert", "Drop", "CLEAR", "\\u00e9", "plain words"])


def test_no_spelling_of_service_passes(service_query: str) -> None:
    with pytest.raises(QueryError):
        check(service_query)


@pytest.mark.parametrize("query", READABLE)
def test_keywords_within_other_tokens_pass(query: str) -> None:
    check(query)


@pytest.mark.parametrize(
    "verb", ["INSERT DATA { }", "delete where { }", "LOAD <a:b>", "CLEAR ALL", "WITH <a:b> DELETE {}"]
)
def test_updates_are_refused_by_name(verb: str) -> None:
    with pytest.raises(QueryError, match="would change data"):
        check(verb)


@given(st.lists(names), names)
def test_what_stands_in_strings_and_comments_is_no_keyword(strings: list[str], comment: str) -> None:
    values = " ".join(f'"{string}" \'{string}\' """{string}"""' for string in strings)
    check(f"SELECT * {{ VALUES ?x {{ {values} }} }} # {comment}")


@given(st.text(alphabet="abc \n\t.;,", max_size=20), st.sampled_from(["SERVICE", "Service", "sErViCe"]))
def test_service_is_found_behind_anything_harmless(before: str, keyword: str) -> None:
    with pytest.raises(QueryError, match="another server"):
        check(f"{before} {keyword} <http://a.example/> {{ }}")


@given(st.text(alphabet="\"'<>#\\{}()[]?:_@.,;!&|^*/+-=\n uUSERVIC0aé", max_size=200))
def test_any_text_is_passed_or_refused_with_one_line(text: str) -> None:
    """Nothing else comes out of the gate, whatever goes in."""
    with suppress(QueryError):
        check(text)


@given(st.integers(1, 30), st.sampled_from(["{}", "()", "[]"]))
def test_depth_is_counted_exactly(depth: int, pair: str) -> None:
    opening, closing = pair
    limits = TextLimits(nesting=depth)
    check(opening * depth + closing * depth, limits)
    with pytest.raises(QueryLimitError, match="deep"):
        check(opening * (depth + 1) + closing * (depth + 1), limits)


@pytest.mark.parametrize(
    "piece", ["!", "+", "|| ?x", "UNION {}", "BIND(1 AS ?x)", "OPTIONAL {}", "^", "/ ex:p", "MINUS {}"]
)
def test_chains_of_operators_are_cut_off(piece: str) -> None:
    with pytest.raises(QueryLimitError, match="operators"):
        check(f"SELECT * {{ {piece * 301} }}")


def test_brackets_and_operators_in_strings_do_not_count() -> None:
    check(f"SELECT * {{ ?s ?p '{'{' * 500}', \"{'!' * 500}\" }}")


def test_length_is_counted_in_characters() -> None:
    limits = TextLimits(length=40)
    check("é" * 40, limits)
    with pytest.raises(QueryLengthError, match="41 characters"):
        check("é" * 41, limits)


def test_a_long_hostile_text_is_read_once() -> None:
    """No repetition in the tokens' expression runs away on quotation marks or brackets that never close."""
    for text in ('"' * 50_000, "'''" + "\\a" * 24_000, "<" * 50_000, "<a" + ":" * 49_000, "\\u00" * 12_000):
        with suppress(QueryError):
            check(text)


_WORDS = ("SELECT", "service", "ſERVICE", "With", "in", "load", " ", "\n", "<a:b>", "<http://x/#'>", "<'x>")
_PIECES = st.sampled_from([*_WORDS, *"'\"#\\&|-{}(]?:/<@a3."])


@given(st.lists(_PIECES, max_size=40).map("".join), st.integers(0, 40), st.integers(0, 9), st.integers(0, 200))
def test_what_is_seen_to_be_harmless_is_never_refused(text: str, operators: int, nesting: int, length: int) -> None:
    """The short look is as strict as the long one."""
    limits = TextLimits(length=length, pieces=length, operators=operators, nesting=nesting)
    if gate._is_harmless(text, limits):  # noqa: SLF001 - the long look, without the short one
        tokens = gate.read(text, limits)
        gate.check_operators(tokens, limits.operators)
        gate._refuse_updates(text, tokens)  # noqa: SLF001
        gate.asks_others(tokens)


def test_most_queries_are_seen_to_be_harmless() -> None:
    """Those of bibliographies, with comments and IRIs that have a sharp sign."""
    query = "SELECT ?p { <http://example.org/a#b> ?p ?o FILTER(?o > 3 && !BOUND(?x)) } # 7"
    assert gate._is_harmless(query, TextLimits())  # noqa: SLF001
