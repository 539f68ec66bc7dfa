"""What an update may be, seen from its text, and how the graphs of a request get into it."""

from contextlib import suppress

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from averment.errors import QueryError, QueryLengthError, QueryLimitError, QueryRefusedError
from averment.store.gate import TextLimits
from averment.store.updates import Dataset, operations

LIMITS = TextLimits(length=10_000, nesting=20, operators=50)


def test_what_changes_data_passes_as_it_is() -> None:
    """Nothing but a semicolon at the end is taken away."""
    update = 'PREFIX ex: <a:>\nINSERT DATA { ex:a ex:b "SERVICE LOAD" } ;\nCLEAR GRAPH <a:load> # LOAD'
    assert operations(update, LIMITS) == update
    assert operations("DROP ALL ; # done", LIMITS) == "DROP ALL "


@pytest.mark.parametrize("update", ["", "# nothing", "PREFIX load: <a:b>", "BASE <a:b>"])
def test_an_update_without_operations_has_none(update: str) -> None:
    """The grammar allows it."""
    assert operations(update, LIMITS) == ""


@pytest.mark.parametrize(
    "update",
    [
        "LOAD <http://127.0.0.1:1/>",
        "load silent <http://127.0.0.1:1/> INTO GRAPH <a:b>",
        "LOADSILENT<http://127.0.0.1:1/>",
        "PREFIX ex: <http://127.0.0.1:1/> LOADex:a",
        "PREFIX : <http://127.0.0.1:1/> DROP ALL ;LOAD:a",
        "\\u004COAD <http://127.0.0.1:1/>",
    ],
)
def test_no_spelling_of_load_passes(update: str) -> None:
    """It would make this machine ask another."""
    with pytest.raises(QueryError):
        operations(update, LIMITS)


def test_no_spelling_of_service_passes(service_query: str) -> None:
    """Within an update it does the same as within a query."""
    pattern = service_query[service_query.index("{") :]
    prologue = service_query[: service_query.index("{")].removesuffix("SELECT * ").removesuffix("ASK ")
    with pytest.raises(QueryError):
        operations(f"{prologue} INSERT {{ <a:a> <a:b> <a:c> }} WHERE {pattern}", LIMITS)


def test_length_nesting_and_operators_are_limited() -> None:
    """Before any parser sees the text."""
    with pytest.raises(QueryLengthError, match="the update has"):
        operations("#" * 20_000, LIMITS)
    with pytest.raises(QueryLimitError, match="nests"):
        operations("INSERT DATA " + "{" * 21, LIMITS)
    with pytest.raises(QueryLimitError, match="operators"):
        operations("DELETE { ?s ?p ?o } WHERE { FILTER(" + "!" * 51 + "true) }", LIMITS)


def test_signs_of_data_are_no_operators() -> None:
    """Typed and negative values can be as many as the length allows."""
    values = " , ".join('"1"^^<a:type> , -5' for _ in range(60))
    assert operations(f"INSERT DATA {{ GRAPH <a:g> {{ <a:a> <a:b> {values} }} }}", LIMITS)


@pytest.mark.parametrize(
    ("update", "left"),
    [
        ("INSERT { GRAPH <a:out> { ?s <a:p> <a:o> } } WHERE { ?s ?p ?o }", {"<a:2> <a:p> <a:o> <a:out>"}),
        ("DELETE { GRAPH <a:g2> { ?s ?p ?o } } WHERE { ?s ?p ?o }", {"-<a:2> <a:p> 2 <a:g2>"}),
        ("INSERT { GRAPH ?g { ?s <a:p> 9 } } WHERE { GRAPH ?g { ?s ?p ?o } }", {"<a:3> <a:p> 9 <a:g3>"}),
        ("DELETE WHERE { GRAPH ?g { ?s ?p ?o } }", {"-<a:3> <a:p> 3 <a:g3>"}),
        (
            "INSERT { ?s <a:p> 0 } WHERE { { SELECT ?s WHERE { ?s ?p ?o } } } ; DELETE WHERE { GRAPH ?g { ?s ?p 3 } }",
            {"<a:2> <a:p> 0", "-<a:3> <a:p> 3 <a:g3>"},
        ),
    ],
)
def test_the_graphs_of_a_request_are_those_of_its_patterns(update: str, left: set[str]) -> None:
    """As USING and USING NAMED say it in the text."""
    store = ox.Store()
    graphs = " ".join(f"GRAPH <a:g{n}> {{ <a:{n}> <a:p> {n} }}" for n in (2, 3))
    store.update(f"INSERT DATA {{ <a:1> <a:p> 1 . {graphs} }}")
    before = _lines(store)
    dataset = Dataset(default_graphs=["a:g2"], named_graphs=["a:g3"])
    store.update(operations(update, LIMITS, dataset))
    added = _lines(store) - before
    assert added | {f"-{line}" for line in before - _lines(store)} == left


def _lines(store: ox.Store) -> set[str]:
    return {str(quad).replace('"', "").replace("^^<http://www.w3.org/2001/XMLSchema#integer>", "") for quad in store}


@pytest.mark.parametrize(
    "update",
    [
        "WITH <a:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "DELETE { ?s ?p ?o } USING <a:g> WHERE { ?s ?p ?o }",
        "DELETE { ?s ?p ?o }USING<a:g>WHERE{ ?s ?p ?o }",
        "DELETE { ?s ?p ?o }USINGex:gWHERE { ?s ?p ?o }",
    ],
)
def test_graphs_named_twice_are_refused(update: str) -> None:
    """The protocol leaves no other way: https://www.w3.org/TR/sparql11-protocol/#update-dataset."""
    with pytest.raises(QueryRefusedError, match="USING or WITH"):
        operations(update, LIMITS, Dataset(default_graphs=["a:g"]))


def test_a_graph_that_is_no_iri_is_not_written_into_the_text() -> None:
    """It could end the IRI and go on."""
    with pytest.raises(ValueError, match="IRI"):
        operations("DELETE WHERE { ?s ?p ?o }", LIMITS, Dataset(default_graphs=["a:b> WHERE {} ; DROP ALL #"]))


@given(st.text(alphabet="\"'<>#\\{}()[]?:_@.,;!&|^*/+-=\n uUSINGWHEROLAD0aé", max_size=200))
def test_any_text_is_passed_or_refused_with_one_line(text: str) -> None:
    """Nothing else comes out, whatever goes in."""
    with suppress(QueryRefusedError, QueryLimitError):
        operations(text, LIMITS, Dataset(named_graphs=["a:b"]))
