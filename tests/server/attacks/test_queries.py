"""Queries that mean harm: they overflow parsers, take memory and time, and ask others. All are told what is wrong."""

import json
import threading
import time
from typing import Any

import pytest

DEEP = 2_200
CROSS = " ".join(f"?s{n} ?p{n} ?o{n} ." for n in range(5))
ALL = "?s ?p ?o"


def nested(before: str, middle: str, after: str, times: int = DEEP) -> str:
    return before * times + middle + after * times


PARSERS = {
    "braces": nested("{", "", "}"),
    "braces, not closed": "SELECT * " + "{" * DEEP,
    "groups": f"SELECT * {{ {nested('{', ALL, '}')} }}",
    "parentheses": f"SELECT * {{ {ALL} FILTER {nested('(', '1', ')')} }}",
    "collections": f"SELECT * {{ ?s ?p {nested('(', '1', ')')} }}",
    "blank nodes": f"SELECT * {{ {nested('[ ?p ', '1', ' ]')} }}",
    "unions": f"SELECT * {{ {{ {ALL} }} " + f"UNION {{ {ALL} }} " * DEEP + "}",
    "optionals": "SELECT * { " + f"OPTIONAL {{ {ALL} }} " * DEEP + "}",
    "optionals within each other": f"SELECT * {{ {nested(f'OPTIONAL {{ {ALL} ', '', '}')} }}",
    "negations": f"SELECT * {{ {ALL} FILTER({'!' * DEEP}?o) }}",
    "sums": f"SELECT * {{ {ALL} FILTER(1{'+1' * DEEP} > 0) }}",
    "signs": f"SELECT * {{ {ALL} FILTER({'-' * DEEP}1 > 0) }}",
    "disjunctions": f"SELECT * {{ {ALL} FILTER(?o{'||?o' * DEEP}) }}",
    "conjunctions": f"SELECT * {{ {ALL} FILTER(?o{'&&?o' * DEEP}) }}",
    "bindings": "SELECT * { " + " ".join(f"BIND({n} AS ?v{n})" for n in range(DEEP)) + " }",
    "bindings that use each other": "SELECT * { BIND(1 AS ?v0) "
    + " ".join(f"BIND(?v{n} + 1 AS ?v{n + 1})" for n in range(DEEP))
    + " }",
    "paths in a row": f"SELECT * {{ ?s a:n{'/a:n' * DEEP} ?o }}",
    "paths to choose from": f"SELECT * {{ ?s a:n{'|a:n' * DEEP} ?o }}",
    "paths within each other": f"PREFIX a: <a:> SELECT * {{ ?s {nested('(', 'a:n', ')*')} ?o }}",
    "paths the other way": f"PREFIX a: <a:> SELECT * {{ ?s {'^' * DEEP}a:n ?o }}",
    "stars": f"PREFIX a: <a:> SELECT * {{ ?s a:n{'*' * DEEP} ?o }}",
    "selections within each other": f"SELECT * {{ {nested('{ SELECT * { ', ALL, ' } }')} }}",
    "EXISTS within each other": f"SELECT * {{ {nested('FILTER EXISTS { ', ALL, ' }')} }}",
    "NOT EXISTS within each other": f"SELECT * {{ {nested('FILTER NOT EXISTS { ', ALL, ' }')} }}",
    "functions within each other": f"SELECT * {{ {ALL} FILTER({nested('STR(', '?o', ')')} = '') }}",
    "conditions within each other": f"SELECT * {{ {ALL} FILTER({nested('IF(true, 1, ', '1', ')')} = 1) }}",
    "MINUS": "SELECT * { " + f"MINUS {{ {ALL} }} " * DEEP + "}",
    "triples within each other": f"SELECT * {{ {nested('<<', '?s ?p ?o', '?p ?o>>')} ?p ?o }}",
    "graphs within each other": f"SELECT * {{ {nested('GRAPH ?g { ', ALL, ' }')} }}",
    "comparisons in a row": "SELECT * { " + f"{ALL} FILTER(?o = 1) " * DEEP + "}",
}


@pytest.mark.parametrize("name", PARSERS)
def test_what_would_overflow_a_parser_is_refused(server: Any, name: str) -> None:
    """By the gate, before any parser has it."""
    assert server.query(PARSERS[name]).problem["status"] in {400, 413, 422}
    assert b"Traceback" not in server.page(PARSERS[name]).body


@pytest.mark.parametrize(
    ("length", "kind"), [(49_000, "a-"), (49_000, "a."), (49_000, "'"), (49_000, '"""'), (49_000, "<a"), (49_000, "a")]
)
@pytest.mark.parametrize("end", ["", ":", "\\"])
def test_the_gate_itself_does_not_take_long(server: Any, length: int, kind: str, end: str) -> None:
    """Whatever of the same stands in a row; so it answers others meanwhile."""
    text = (kind * length)[:length] + end
    asked = [threading.Thread(target=server.query, args=(text,)) for _ in range(4)]
    for one in asked:
        one.start()
    for one in asked:
        one.join()
    assert server.query(text).problem["status"] in {400, 422}


MEMORY = {
    "texts that double": "SELECT ?v30 { BIND('0123456789' AS ?v0) "
    + " ".join(f"BIND(CONCAT(?v{n}, ?v{n}) AS ?v{n + 1})" for n in range(30))
    + " }",
    "one text of all": f"SELECT (GROUP_CONCAT(?o1; separator=';') AS ?x) {{ {CROSS} }}",
    "everything in order": f"SELECT * {{ {CROSS} }} ORDER BY ?o4 ?o3",
    "everything once": f"SELECT DISTINCT * {{ {CROSS} }}",
    "everything in groups": f"SELECT ?o1 ?o2 ?o3 (COUNT(*) AS ?n) {{ {CROSS} }} GROUP BY ?o1 ?o2 ?o3",
    "texts that are replaced by more": "SELECT ?v9 { BIND('aaaaaaaaaaaaaaaaaaaa' AS ?v0) "
    + " ".join(f"BIND(REPLACE(?v{n}, 'a', 'aaaaaaaaaaaaaaaaaaaa') AS ?v{n + 1})" for n in range(9))
    + " }",
    "texts that are encoded": "SELECT ?v30 { BIND('%%%%%%%%%%' AS ?v0) "
    + " ".join(f"BIND(ENCODE_FOR_URI(?v{n}) AS ?v{n + 1})" for n in range(30))
    + " }",
    "a pattern that is large": "ASK { FILTER REGEX('a', '((a{1,1000}){1,1000}){1,1000}') }",
    "a graph that is large": f"CONSTRUCT {{ ?s1 ?p2 ?o3 }} WHERE {{ {CROSS} }}",
    "numbers that grow": "SELECT ?v60 { BIND(99999999999999999999 AS ?v0) "
    + " ".join(f"BIND(?v{n} * ?v{n} AS ?v{n + 1})" for n in range(60))
    + " }",
    "two sides that are joined": "SELECT (COUNT(*) AS ?n) { { SELECT ?s { ?s ?p ?o . ?a ?b ?c } } "
    "{ SELECT ?s { ?s ?p ?o . ?a ?b ?c } } }",
}
TIME = {
    "a cross product": f"SELECT (COUNT(*) AS ?n) {{ {CROSS} }}",
    "one with a filter": f"SELECT * {{ {CROSS} FILTER(?o1 = ?o2 && ?o3 = 'none') }}",
    "a pattern for many texts": f"SELECT * {{ {CROSS} FILTER REGEX(STR(?o1), '(a|a)*(a|a)*(a|a)*b$') }}",
    "paths around a circle": "SELECT (COUNT(*) AS ?n) { ?a (<a:next>*)/(<a:next>*) ?b . ?b <a:next>* ?c }",
    "paths both ways": "SELECT (COUNT(*) AS ?n) { ?a (<a:next>|^<a:next>)* ?b . ?c (<a:next>|^<a:next>)+ ?d }",
    "paths that are anything else": "SELECT (COUNT(*) AS ?n) { ?a !(<a:x>)* ?b . ?c !(<a:y>)+ ?d }",
    "EXISTS for everything": "SELECT * { ?s ?p ?o FILTER EXISTS { ?a ?b ?c FILTER EXISTS { ?d ?e ?f "
    "FILTER(?a = ?f && ?c = ?s) } FILTER(?o = ?b) } }",
    "MINUS with nothing in common": f"SELECT * {{ {CROSS} MINUS {{ ?s0 ?p1 ?o2 . ?a ?b ?c FILTER(?c = 1) }} }}",
    "OPTIONAL of everything": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o "
    + "".join(f"OPTIONAL {{ ?a{n} ?b{n} ?c{n} }} " for n in range(5))
    + "}",
    "VALUES by VALUES": "SELECT (COUNT(*) AS ?n) { "
    + " ".join(f"VALUES ?v{n} {{ {' '.join(map(str, range(300)))} }}" for n in range(5))
    + " }",
    "DESCRIBE of everything": f"DESCRIBE * {{ {CROSS} }}",
}


@pytest.mark.parametrize("name", [*MEMORY, *TIME])
def test_what_takes_too_much_is_stopped(server: Any, name: str) -> None:
    """And whoever asked is told in which respect; never part of an answer, and never an answer that is no answer."""
    answer = server.query({**MEMORY, **TIME}[name])
    if answer.status == 200:  # the engine gives up on numbers and texts that are too large, which is a value
        assert len(answer.body) < 1 << 20
        json.loads(answer.body)
    else:
        assert answer.problem["status"] in {413, 422, 503, 504}


def test_many_of_them_at_once_leave_a_place_for_pages(server: Any) -> None:
    """And none is left at work when they have been told."""
    statuses: list[int] = []
    asked = [
        threading.Thread(target=lambda text=text: statuses.append(server.query(text).status))
        for text in [*TIME.values(), *MEMORY.values()][:15]
    ]
    for one in asked:
        one.start()
    assert server.send("GET", "/healthz").status == 200
    for one in asked:
        one.join()
    assert set(statuses) <= {200, 413, 422, 503, 504}
    assert len(statuses) == len(asked)


def test_whoever_hangs_up_is_not_worked_for(server: Any) -> None:
    """At least not for longer than a query may take."""
    text = TIME["a cross product"].encode()
    kind = b"Content-Type: application/sparql-query"
    head = b"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\n" + kind + b"\r\nContent-Length: %d\r\n\r\n"
    for _ in range(20):
        with server.connect() as connection:
            connection.sendall(head % len(text) + text)
    deadline = time.monotonic() + 20
    while not server.answers():
        assert time.monotonic() < deadline


FLOODS = {
    "rows": "SELECT * { ?s ?p ?o . ?a ?b ?c }",
    "columns": f"SELECT {' '.join(f'(?o AS ?c{n})' for n in range(290))} {{ ?s ?p ?o }}",
    "statements": "CONSTRUCT { ?s ?p ?c } WHERE { ?s ?p ?o . ?a ?b ?c }",
    "one text": 'SELECT (GROUP_CONCAT(CONCAT(STR(?o), STR(?c)); separator=\'""""\') AS ?x) { ?s ?p ?o . ?a a ?c }',
}


@pytest.mark.parametrize("name", FLOODS)
@pytest.mark.parametrize("format_", ["json", "xml", "csv", "tsv", "spreadsheet", "turtle", "jsonld", "rdfxml"])
def test_an_answer_that_is_too_large_is_none(server: Any, name: str, format_: str) -> None:
    """Rather than one that lacks what is beyond the limit; the status says so."""
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = server.send("POST", "/sparql", f"format={format_}&query={FLOODS[name].replace('+', '%2B')}", kind)
    assert answer.problem["status"] in {406, 413, 504, 503}


def test_a_page_that_does_not_show_everything_says_so(server: Any) -> None:
    """Whether it is for the rows or for the columns."""
    shown = server.page("SELECT * { ?s ?p ?o }").body.decode()
    assert "cut short: only the first 1,000 are shown" in shown


def test_a_table_with_a_great_many_cells_is_cut_short(server: Any) -> None:
    """Its rows are few where its columns are many, and a page is never longer than somebody would read."""
    for columns in (300, 2_000, 5_000):
        names = " ".join(f"?c{n}" for n in range(columns))
        shown = server.page(f"SELECT {names} {{ ?s a <a:Thing> }} LIMIT 90")
        assert shown.status == 200
        assert b"cut short" in shown.body
        assert len(shown.body) < 2 << 20


OTHERS = {
    "SERVICE": "SELECT * { SERVICE <CANARY/> { ?s ?p ?o } }",
    "SERVICE SILENT": "SELECT * { SERVICE SILENT <CANARY/> { ?s ?p ?o } }",
    "mixed case": "SELECT * { SeRvIcE <CANARY/> { ?s ?p ?o } }",
    "escaped": "SELECT * { \\u0053ERVICE <CANARY/> { ?s ?p ?o } }",
    "escaped longer": "SELECT * { S\\U00000045RVICE <CANARY/> { ?s ?p ?o } }",
    "escaped blank": "SELECT * { SERVICE\\u0020<CANARY/> { ?s ?p ?o } }",
    "escaped bracket": "SELECT * { SERVICE \\u003CCANARY/> { ?s ?p ?o } }",
    "without a blank": "SELECT*{SERVICE<CANARY/>{?s ?p ?o}}",
    "comment before": "SELECT * { #\nSERVICE#\n<CANARY/> { ?s ?p ?o } }",
    "comment that ends otherwise": "SELECT * { # \rSERVICE <CANARY/> { ?s ?p ?o } }",
    "comment of another line": "SELECT * { #\u2028SERVICE <CANARY/> { ?s ?p ?o }\n }",
    "a variable": "SELECT * { BIND(<CANARY/> AS ?g) SERVICE ?g { ?s ?p ?o } }",
    "a prefix": "PREFIX c: <CANARY/> SELECT * { SERVICE c:x { ?s ?p ?o } }",
    "a prefix, glued": "PREFIX c: <CANARY/> PREFIX SERVICEc: <a:> SELECT * { SERVICEc:x { ?s ?p ?o } }",
    "a base": "BASE <CANARY/> SELECT * { SERVICE <x> { ?s ?p ?o } }",
    "after a string": "SELECT * { FILTER('\\\\' = '') SERVICE <CANARY/> { ?s ?p ?o } FILTER('' = '') }",
    "after a long string": 'SELECT * { FILTER("""\\""""="") SERVICE <CANARY/> { ?s ?p ?o } }',
    "after a comparison": "SELECT * { FILTER(1<'>' ) SERVICE <CANARY/> { ?s ?p ?o } FILTER('a'>'') }",
    "between apostrophes": "SELECT * { ?a<'b>c' SERVICE <CANARY/> { ?s ?p ?o } 'd'>?e }",
    "FROM": "SELECT * FROM <CANARY/> { ?s ?p ?o }",
    "FROM NAMED": "SELECT * FROM NAMED <CANARY/> { GRAPH ?g { ?s ?p ?o } }",
    "FROM a file": "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
    "GRAPH": "SELECT * { GRAPH <CANARY/> { ?s ?p ?o } }",
    "LOAD": "LOAD <CANARY/>",
    "LOAD after a query": "SELECT * { ?s ?p ?o } ; LOAD <CANARY/>",
    "in a selection": "SELECT * { { SELECT * { SERVICE <CANARY/> { ?s ?p ?o } } } }",
    "in EXISTS": "ASK { FILTER EXISTS { SERVICE <CANARY/> { ?s ?p ?o } } }",
    "in a construction": "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <CANARY/> { ?s ?p ?o } }",
    "in a description": "DESCRIBE ?s { SERVICE <CANARY/> { ?s ?p ?o } }",
    "described": "DESCRIBE <CANARY/>",
    "a mark at the beginning": "\ufeffSELECT * { SERVICE <CANARY/> { ?s ?p ?o } }",
    "a zero": "SELECT * { SER\x00VICE <CANARY/> { ?s ?p ?o } }",
    "a letter that looks like it": "SELECT * { \u0405ERVICE <CANARY/> { ?s ?p ?o } }",
    "a letter that becomes it": "SELECT * { \u017fERVICE <CANARY/> { ?s ?p ?o } }",
    "wide letters": "SELECT * { \uff33\uff25\uff32\uff36\uff29\uff23\uff25 <CANARY/> { ?s ?p ?o } }",
    "a tag": "SELECT * { FILTER('a'@SERVICE = '') SERVICE <CANARY/> {?s ?p ?o} }",
    "behind LATERAL": "SELECT * { ?s ?p ?o LATERAL { SERVICE <CANARY/> { ?s ?p ?o } } }",
}


@pytest.mark.parametrize("name", OTHERS)
def test_nobody_else_is_asked(server: Any, canary: Any, name: str) -> None:
    """However the wish is written; the fixture counts what reaches the address."""
    text = OTHERS[name].replace("CANARY", canary.address)
    answer = server.query(text)
    if answer.status != 200:
        assert answer.problem["status"] in {400, 422}
    assert b"root:" not in answer.body
    updated = server.update(f"INSERT {{ GRAPH <a:others> {{ <a:x> <a:y> ?o }} }} WHERE {{ {text} }}")
    if updated.status != 204:
        assert updated.problem["status"] in {400, 422}


@pytest.mark.parametrize(
    "field", ["default-graph-uri", "named-graph-uri", "using-graph-uri", "using-named-graph-uri", "graph"]
)
def test_no_graph_is_fetched(server: Any, canary: Any, field: str) -> None:
    """An address is a name here and nothing else."""
    for address in (canary.address, "file:///etc/passwd"):
        for path in (f"/sparql?query=SELECT*%7B%3Fs+%3Fp+%3Fo%7D&{field}={address}", f"/graphs?{field}={address}"):
            answer = server.send("GET", path)
            assert answer.status in {200, 400, 404}
            assert b"root:" not in answer.body


BYTES = {
    "an overlong slash": b"ASK { <a:\xc0\xaf> ?p ?o }",
    "half a pair": b"ASK { <a:\xed\xa0\x80> ?p ?o }",
    "beyond the last": b"ASK { <a:\xf5\x80\x80\x80> ?p ?o }",
    "half a character": b"ASK { ?s ?p '\xe2\x82' }",
    "another encoding": "ASK { ?s ?p ?o }".encode("utf-16"),
    "zeros": b"\x00" * 1000,
    "zeros in a string": b"ASK { ?s ?p 'a\x00b' }",
    "zeros between": b"ASK\x00{ ?s ?p ?o }",
    "control characters": bytes(range(32)),
    "no characters": bytes(range(128, 256)),
    "nothing": b"",
    "blanks": b" " * 10_000,
    "marks": b"\xef\xbb\xbf" * 3,
    "directions": "ASK { ?s ?p '\u202e\u2066' } #\u2028".encode(),
    "half an escape": b"ASK { ?s ?p '\\u12' }",
    "half a pair, escaped": b"ASK { ?s ?p '\\uD800' }",
    "beyond the last, escaped": b"ASK { ?s ?p '\\UFFFFFFFF' }",
    "an IRI of one, escaped": b"ASK { ?s ?p <a:\\uD800> }",
}


@pytest.mark.parametrize("name", BYTES)
def test_bytes_that_are_no_text_are_told_apart(server: Any, name: str) -> None:
    """They are refused, or they are what they are; nothing falls over them."""
    answer = server.query(BYTES[name])
    if answer.status != 200:
        assert answer.problem["status"] in {400, 422}


@pytest.mark.parametrize(
    "field", ["%", "%zz", "%u0041", "%00", "%ff", "%c0%af", "%ed%a0%80", "&&&&", "=", "query", ";"]
)
def test_fields_that_are_no_fields_are_told(server: Any, field: str) -> None:
    """In the address as in a form."""
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    for answer in (
        server.send("GET", f"/sparql?query={field}"),
        server.send("GET", f"/sparql?{field}=1&query=ASK%7B%7D"),
        server.send("POST", "/sparql", f"query={field}", form),
        server.send("POST", "/sparql", field * 5_000, form),
        server.send("GET", f"/graphs?graph={field}"),
    ):
        assert answer.status in {200, 400, 404, 413, 414, 503, 504}
