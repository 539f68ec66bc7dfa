"""What a request gets: whichever way it takes, however slow, large or odd it is."""

import json
import re
import signal
import time
from typing import Any
from urllib.parse import quote

from flask.testing import FlaskClient

from averment_server.answers import SECURITY
from averment_server.problems import MEANINGS

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n0 ?o }"


def asked(query: str) -> str:
    return f"/sparql?query={quote(query)}"


LONG = "ASK { VALUES ?x { " + "<a:b> " * 2_000 + "} }"

"""It is read elsewhere."""

REQUESTS = [
    (asked(LONG), {}),
    (asked(LONG), {"Accept": "text/html"}),
    (asked(LONG), {"Accept": "image/png"}),
    (asked(LONG) + "&format=csv&update=x", {}),
    (asked(LONG + "}"), {}),
    (asked("a-" * 10_000), {}),
    (asked("{" * 10_000), {"Accept": "text/html"}),
    (asked("ASK {}"), {}),
    (asked("ASK {}") + "&format=csv", {}),
    (asked("SELECT ?s { ?s ?p ?o } ORDER BY ?s LIMIT 3"), {"Accept": "text/csv"}),
    (asked("SELECT ?s { ?s ?p ?o } ORDER BY ?s LIMIT 3") + "&union=1", {"Accept": "text/tab-separated-values"}),
    (asked("CONSTRUCT { ?s a ?o } { ?s a ?o }"), {"Accept": "text/turtle;q=0.5, application/n-triples"}),
    (asked("CONSTRUCT { ?s a ?o } { ?s a ?o }"), {"Accept": "text/csv"}),
    (asked("ASK {"), {}),
    (asked("ASK { SERVICE <http://127.0.0.1:9/> { } }"), {}),
    (asked("ASK {}"), {"Accept": "image/png"}),
    (asked("ASK {}"), {"Host": "evil.example"}),
    (asked("ASK {}") + "&format=nothing", {}),
    (asked("ASK {}") + "&default-graph-uri=relative", {}),
    (asked("ASK {}") + "&default-graph-uri=a:b", {}),
    (asked("ASK {}") + "&update=x", {}),
    (asked("SELECT ?s { ?s ?p ?o } ORDER BY ?s LIMIT 3"), {"Accept": "text/html"}),
    (asked("CONSTRUCT { ?s a ?o } { ?s a ?o }") + "&format=html&union=1", {}),
    (asked("SELECT ?s {\n ?s"), {"Accept": "text/html"}),
    (asked("SELECT ?s { ?s ?p '=1' }") + "&format=spreadsheet", {}),
    (asked("CONSTRUCT { ?s a ?o } { ?s a ?o }") + "&format=spreadsheet", {}),
    ("/sparql", {}),
    ("/", {"Accept": "text/html"}),
    ("/nothing", {}),
    ("/.well-known/void", {}),
    ("/static/style.css", {}),
]


def test_a_file_of_the_dataset_comes_whole_and_once(served: Any, client: FlaskClient) -> None:
    """With the headers that Flask gives; who has it is not sent it again, and where it lies is not told."""
    with client.get("/dataset/graph.nq") as expected:
        answer = served.ask("/dataset/graph.nq")
        assert (answer.status, answer.text) == (200, expected.text)
        for name in ("ETag", "Content-Type", "Content-Length", "Content-Disposition", *SECURITY):
            assert answer.headers[name] == expected.headers[name]
    assert "X-Sendfile" not in answer.headers
    known = served.ask("/dataset/graph.nq", If_None_Match=answer.headers["ETag"])
    assert (known.status, known.text, known.headers["ETag"]) == (304, "", answer.headers["ETag"])
    head = served.ask("/dataset/graph.nq", "HEAD")
    assert (head.status, head.text, head.headers["ETag"]) == (200, "", answer.headers["ETag"])
    served.process.send_signal(signal.SIGTERM)
    served.process.wait(30)
    told = {(line["method"], line["status"]): line["bytes"] for line in served.lines() if line["route"] == "/dataset"}
    assert told["GET", 200] == int(answer.headers["Content-Length"])


def test_the_short_way_answers_as_flask_does(served: Any, client: FlaskClient) -> None:
    """Status, headers and body, whichever of the two ways a request takes; also when it is asked again."""
    for path, headers in [*REQUESTS, *REQUESTS[:4]]:
        host = {"Host": headers.get("Host", f"127.0.0.1:{served.port}")}
        one = served.ask(path, **{**headers, **host})
        other = client.get(path, headers={**headers, **host})
        assert (path, one.status, without_limits(one.text)) == (path, other.status_code, without_limits(other.text))
        other.close()
        ours = {name.lower(): value for name, value in one.getheaders()}
        assert int(ours["content-length"]) == len(one.text.encode())
        ours["content-length"] = other.headers["Content-Length"]
        for name in ("date", "server", "x-request-id"):
            ours.pop(name)
        theirs = {name.lower(): value for name, value in other.headers.items()}
        for changing in ("last-modified", "date"):
            ours.pop(changing, None)
            theirs.pop(changing, None)
        assert (path, ours) == (path, theirs)


def without_limits(page: str) -> str:
    """Give a page without what its server's limits are; the two have others."""
    return re.sub(r"A query may take \d+ seconds and give \d+ MiB", "", page)


def test_whoever_has_an_answer_is_told_so(served: Any) -> None:
    tag = served.ask(asked("ASK {}")).getheader("ETag")
    assert tag
    again = served.ask(asked("ASK {}"), If_None_Match=f'"other", {tag}')
    assert (again.status, again.text, again.getheader("ETag")) == (304, "", tag)


def test_every_answer_has_the_headers_and_none_tells_a_version(served: Any) -> None:
    """Refusals of the front included."""
    too_large = b"x" * 70_000
    answers = [
        served.ask(asked("ASK {}")),
        served.ask(asked("ASK {")),
        served.ask("/nothing"),
        served.ask("/sparql", "POST", too_large),
        served.ask("/", "TRACE"),
    ]
    assert [answer.status for answer in answers] == [200, 400, 404, 413, 405]
    for answer in answers:
        assert {name: answer.getheader(name) for name in SECURITY} == SECURITY
        assert answer.getheader("Server") == "averment"
        assert not re.search(r"granian|werkzeug|flask|python", str(answer.getheaders()), re.IGNORECASE)


def test_a_request_id_is_passed_on_only_if_it_is_harmless(served: Any) -> None:
    assert served.ask("/healthz", X_Request_Id="desk-7.a_b").getheader("X-Request-Id") == "desk-7.a_b"
    for bad in ("a b", '"}{', "x" * 65, ""):
        made = served.ask("/healthz", X_Request_Id=bad).getheader("X-Request-Id")
        assert made
        assert made != bad
        assert re.fullmatch(r"[0-9a-f]+-[0-9a-f]+", made)


def test_half_a_request_is_given_up_and_holds_up_nobody(served: Any) -> None:
    """Heads that never end are closed; bodies that never end are answered 408; both while others are served."""
    heads = [served.raw(b"GET / HTTP/1.1\r\nHost: 127") for _ in range(150)]
    bodies = [
        served.raw(b"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\nquery") for _ in range(50)
    ]
    assert served.ask("/healthz").status == 200
    assert served.ask(asked("ASK {}")).status == 200
    assert heads[-1].recv(100) == b""
    assert bodies[-1].recv(1000).startswith(b"HTTP/1.1 408")
    for connection in (*heads, *bodies):
        connection.close()


def test_what_is_too_large_is_refused_before_it_has_come(served: Any) -> None:
    """By what it says of its length, and by counting where it says nothing."""
    said = served.raw(b"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9000000000\r\n\r\nx")
    assert said.recv(1000).startswith(b"HTTP/1.1 413")
    counted = served.raw(b"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n")
    counted.sendall(b"FFFF\r\n" + b"x" * 0xFFFF + b"\r\n" + b"2\r\nxx\r\n")
    assert counted.recv(1000).startswith(b"HTTP/1.1 413")


def test_headers_that_are_long_are_not_read(served: Any) -> None:
    """One that says what the client has already need not be; without it, the answer is sent again."""
    for name in ("Accept", "Content_Type"):
        told = served.ask("/sparql", "POST", b"ASK {}", **{name: "application/sparql-query" + ";a=b" * 1_000})
        assert (told.status, json.loads(told.text)["title"]) == (413, MEANINGS[413].title)
    tag = served.ask(asked("ASK {}")).headers["ETag"]
    assert served.ask(asked("ASK {}"), If_None_Match=f"{'a,' * 2_000}{tag}").status == 200
    assert served.ask(asked("ASK {}"), If_None_Match=f"a,{tag}").status == 304


def test_a_part_of_a_file_comes_whole_and_no_date_is_too_late(served: Any) -> None:
    """A server need not send parts, and a date that is none is not one."""
    whole, part = served.ask("/static/style.css"), served.ask("/static/style.css", Range="bytes=0-10")
    assert (part.status, part.text) == (200, whole.text)
    assert served.ask("/context.jsonld", If_Modified_Since="Mon, 01 Jan 99999999999 00:00:00 GMT").status == 200


def test_one_client_may_be_held_to_a_number_of_requests_at_a_time(serving: Any) -> None:
    """429 is for whoever asks too much, 503 for everybody; how a page looks may be asked, and later all else."""
    with serving(more="per_client = 1\n") as served:
        assert [served.ask(asked("ASK {}")).status for _ in range(3)] == [200] * 3
        at_work = served.raw(f"GET {asked(ENDLESS)} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        time.sleep(0.3)
        told = served.ask(asked("ASK {}"))
        assert (told.status, json.loads(told.text)["title"]) == (429, MEANINGS[429].title)
        assert int(told.headers["Retry-After"]) > 0
        page = served.ask("/about", Accept="text/html")
        assert (page.status, "at work already" in page.text) == (429, True)
        assert served.ask("/static/style.css").status == 200
        assert at_work.recv(1000).startswith(b"HTTP/1.1 504")
        assert served.ask("/about").status == 200
