"""Queries that ask another server, in every spelling known to work with some engine."""

import pytest

ELSEWHERE = "<http://127.0.0.1:1/>"

SERVICES = {
    "plain": f"SELECT * {{ SERVICE {ELSEWHERE} {{ ?s ?p ?o }} }}",
    "lower case": f"SELECT * {{ service {ELSEWHERE} {{ ?s ?p ?o }} }}",
    "escaped": f"SELECT * {{ \\u0053ERVICE {ELSEWHERE} {{ ?s ?p ?o }} }}",
    "long escape": f"SELECT * {{ S\\U00000045RVICE {ELSEWHERE} {{ ?s ?p ?o }} }}",
    "silent": f"SELECT * {{ SERVICE SILENT {ELSEWHERE} {{ ?s ?p ?o }} }}",
    "glued to SILENT": f"SELECT * {{ SERVICESILENT{ELSEWHERE}{{ ?s ?p ?o }} }}",
    "glued to a prefix": f"PREFIX ex:{ELSEWHERE} SELECT * {{ SERVICEex:a {{ ?s ?p ?o }} }}",
    "glued to the empty prefix": f"PREFIX :{ELSEWHERE} SELECT * {{ SERVICE:a{{ ?s ?p ?o }} }}",
    "behind a number": f"SELECT * {{ ?s ?p 1SERVICE{ELSEWHERE}{{ ?s ?p ?o }} }}",
    "behind a number, with a prefix": f"PREFIX ex:{ELSEWHERE} SELECT * {{ ?s ?p 1SERVICEex:a{{ ?s ?p ?o }} }}",
    "behind true": f"SELECT * {{ ?s ?p trueSERVICE{ELSEWHERE}{{ ?s ?p ?o }} }}",
    "with a variable": "SELECT * { ?x a ?y SERVICE?x{ ?s ?p ?o } }",
    "in EXISTS": f"SELECT * {{ BIND(1<EXISTS{{SERVICE{ELSEWHERE}{{?a ?b ?c}}}} AS ?x) }}",
    "behind an escaped backslash": f'SELECT * {{ VALUES ?x {{"\\u005C"}} SERVICE {ELSEWHERE} {{}} VALUES ?y {{" "}} }}',
    "behind a comparison like an IRI": f"SELECT * {{ FILTER(?a<'x>y') SERVICE {ELSEWHERE} {{}} FILTER('a'='b') }}",
    "behind a comment like an IRI": f"SELECT * {{ FILTER(?a<1#> '''\n) SERVICE {ELSEWHERE} {{}} #'''\n }}",
    "in what a bad escape makes no string": f'SELECT * {{ VALUES ?x {{ """a" }} SERVICE {ELSEWHERE} {{}} #\\q"""\n }}',
    "in what half an escape makes no string": f'ASK {{ VALUES ?x {{ """a" }} SERVICE {ELSEWHERE} {{}} #\\u12"""\n }}',
}


@pytest.fixture(params=SERVICES.values(), ids=SERVICES.keys())
def service_query(request: pytest.FixtureRequest) -> str:
    """One after the other."""
    return str(request.param)


@pytest.fixture
def service_queries() -> list[str]:
    """All of them."""
    return list(SERVICES.values())
