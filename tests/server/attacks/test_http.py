"""Requests that are no requests, or far too much of one; connections that are held open or left."""

import gzip
import time
from contextlib import ExitStack, suppress
from typing import Any

import pytest

ASK = "/sparql?query=ASK%7B%7D"
HOST = b"Host: 127.0.0.1\r\n"


def statuses(heard: bytes) -> list[int]:
    """Give the status of each answer in what was heard."""
    lines = [line for line in heard.split(b"\r\n") if line.startswith(b"HTTP/1.")]
    return [int(line.split()[1]) for line in lines]


def post(more: bytes, body: bytes, path: bytes = b"/sparql") -> bytes:
    return b"POST " + path + b" HTTP/1.1\r\n" + HOST + more + b"\r\n" + body


FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"
SMUGGLED = b"GET /smuggled HTTP/1.1\r\n" + HOST + b"\r\n"

SMUGGLING = {
    "two lengths": post(FORM + b"Content-Length: 0\r\nContent-Length: 50\r\n", SMUGGLED),
    "two lengths in one": post(FORM + b"Content-Length: 0, 50\r\n", SMUGGLED),
    "a length and pieces": post(FORM + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n", b"0\r\n\r\n" + SMUGGLED),
    "pieces and a length": post(FORM + b"Transfer-Encoding: chunked\r\nContent-Length: 4\r\n", b"0\r\n\r\n" + SMUGGLED),
    "pieces, called otherwise": post(FORM + b"Transfer-Encoding: xchunked\r\nContent-Length: 0\r\n", SMUGGLED),
    "pieces, with a blank": post(FORM + b"Transfer-Encoding : chunked\r\nContent-Length: 0\r\n", SMUGGLED),
    "pieces, in two lines": post(FORM + b"Transfer-Encoding:\r\n chunked\r\nContent-Length: 0\r\n", SMUGGLED),
    "a length that is signed": post(FORM + b"Content-Length: +0\r\n", SMUGGLED),
    "a length below nothing": post(FORM + b"Content-Length: -1\r\n", SMUGGLED),
    "a length in other digits": post(FORM + "Content-Length: ٣\r\n".encode(), SMUGGLED),
    "a length in sixteens": post(FORM + b"Content-Length: 0x10\r\n", SMUGGLED),
    "a length with an underline": post(FORM + b"Content-Length: 1_0\r\n", SMUGGLED),
    "a piece of a length that is none": post(FORM + b"Transfer-Encoding: chunked\r\n", b"zz\r\n\r\n" + SMUGGLED),
    "a piece of a signed length": post(FORM + b"Transfer-Encoding: chunked\r\n", b"-1\r\n\r\n" + SMUGGLED),
    "a piece of a huge length": post(FORM + b"Transfer-Encoding: chunked\r\n", b"f" * 40 + b"\r\n\r\n" + SMUGGLED),
    "a piece longer than it says": post(FORM + b"Transfer-Encoding: chunked\r\n", b"1\r\naaaa\r\n0\r\n\r\n"),
}


@pytest.mark.parametrize("name", SMUGGLING)
def test_nothing_is_smuggled(server: Any, name: str) -> None:
    """Where a body could end in two places, the connection ends, or what follows is answered like any request."""
    heard = server.say(SMUGGLING[name])
    found = statuses(heard)
    assert not set(found) & {200, 201, 204, 500}
    assert found == [] or found[0] in {400, 411, 413, 415, 422, 501}


LINES = {
    "no request": b"\r\n\r\n",
    "no words": b"GET\r\n\r\n",
    "no version": b"GET /healthz\r\n\r\n",
    "another version": b"GET /healthz HTTP/9.9\r\n" + HOST + b"\r\n",
    "another protocol": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 200,
    "the newer protocol": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "no host": b"GET /healthz HTTP/1.1\r\n\r\n",
    "two hosts": b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\n\r\n",
    "a header that is none": b"GET /healthz HTTP/1.1\r\n" + HOST + b"nothing\r\n\r\n",
    "a header without a name": b"GET /healthz HTTP/1.1\r\n" + HOST + b": x\r\n\r\n",
    "a zero in a header": b"GET /healthz HTTP/1.1\r\n" + HOST + b"X: a\x00b\r\n\r\n",
    "a line's end in a header": b"GET /healthz HTTP/1.1\r\n" + HOST + b"X: a\rb\r\n\r\n",
    "lines that end otherwise": b"GET /healthz HTTP/1.1\n" + HOST.replace(b"\r", b"") + b"\n",
    "a header that is long": b"GET /healthz HTTP/1.1\r\n" + HOST + b"X: " + b"a" * 1_000_000 + b"\r\n\r\n",
    "many headers": b"GET /healthz HTTP/1.1\r\n" + HOST + b"X: a\r\n" * 100_000 + b"\r\n",
    "a long address": b"GET /" + b"a" * 1_000_000 + b" HTTP/1.1\r\n" + HOST + b"\r\n",
    "a long method": b"G" * 100_000 + b" / HTTP/1.1\r\n" + HOST + b"\r\n",
    "another's address": b"GET http://evil.example/healthz HTTP/1.1\r\n" + HOST + b"\r\n",
    "a way through": b"CONNECT evil.example:80 HTTP/1.1\r\n" + HOST + b"\r\n",
    "a trace": b"TRACE / HTTP/1.1\r\n" + HOST + b"\r\n",
    "an expectation": post(FORM + b"Content-Length: 12\r\nExpect: the-best\r\n", b"query=ASK%7B"),
    "another protocol asked for": b"GET / HTTP/1.1\r\n" + HOST + b"Upgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
    "bytes beyond ASCII": b"GET /\xff\xfe HTTP/1.1\r\n" + HOST + b"X: \xff\r\n\r\n",
}


@pytest.mark.parametrize("name", LINES)
def test_what_is_no_request_does_no_harm(server: Any, name: str) -> None:
    """It is refused, or answered like any, and never a defect."""
    heard = server.say(LINES[name])
    assert not [status for status in statuses(heard) if status == 500]
    assert b"Traceback" not in heard


MANY = {
    "accepted formats": ("Accept", ",".join(f"a/b{n};q=0.{n % 10}" for n in range(10_000))),
    "accepted formats of no kind": ("Accept", "," * 60_000),
    "accepted formats with parameters": ("Accept", "text/turtle" + ";a=b" * 15_000),
    "accepted quotation marks": ("Accept", 'a/b;c="' + "\\" * 50_000),
    "tags": ("If-None-Match", ",".join(f'"{n}"' for n in range(8_000))),
    "tags that do not end": ("If-None-Match", '"' * 50_000),
    "a type with parameters": ("Content-Type", "text/turtle" + "; a=b" * 12_000),
    "a type with quotation marks": ("Content-Type", 'text/turtle; a="' + '\\"' * 25_000),
    "a type that continues": ("Content-Type", "".join(f"a/b; a*{n}=b" for n in range(4_000))),
    "a token": ("Authorization", "Bearer " + "a" * 60_000),
    "a token of another kind": ("Authorization", "Digest " + "a=b," * 15_000),
    "cookies": ("Cookie", "a=b;" * 15_000),
    "a host": ("Host", "a" * 60_000),
    "a host with colons": ("Host", ":" * 60_000),
    "ranges": ("Range", "bytes=" + "0-1," * 15_000),
    "hops": ("X-Forwarded-For", "1.1.1.1," * 8_000),
}


@pytest.mark.parametrize("name", MANY)
def test_a_header_with_a_great_many_parts_is_soon_read(server: Any, name: str) -> None:
    """Where it is read at all; others are answered in time."""
    header, value = MANY[name]
    for method, path, body in (("GET", ASK, None), ("GET", "/", None), ("POST", "/sparql", b"ASK{}")):
        kind = {"Content-Type": "application/sparql-query"}
        answer = server.send(method, path, body, {**kind, header: value})
        assert answer.status in {200, 400, 401, 406, 413, 415, 421, 431}


INJECTED = "x\r\nSet-Cookie: a=b\r\n\r\n<script>"


@pytest.mark.parametrize(
    "path",
    [
        "/sparql?query=ASK%7B%7D&format=CODE",
        "/sparql?query=ASK%7B%7D&default-graph-uri=CODE",
        "/sparql?query=ASK%7B%7D&union=CODE",
        "/sparql?query=CODE",
        "/graphs?graph=CODE",
        "/graphs?graph=a:b&format=CODE",
        "/graphs/CODE",
        "/id/CODE",
        "/id/CODE.ttl",
        "/static/CODE",
        "/CODE",
        "/.well-known/CODE",
    ],
)
def test_nothing_that_is_sent_becomes_a_header(server: Any, path: str) -> None:
    """Neither encoded once nor twice."""
    for code in (
        "x%0d%0aSet-Cookie:%20a=b%0d%0a%0d%0a%3Cscript%3E",
        "x%250d%250aSet-Cookie:%20a=b",
        "%E5%98%8D%E5%98%8ASet-Cookie:a=b",
    ):
        for method in ("GET", "PUT"):
            answer = server.send(method, path.replace("CODE", code), headers=server.token)
            assert "set-cookie" not in answer.headers
            assert answer.status != 500
            assert b"<script>" not in answer.body or answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/..%2fapp.py",
        "/static/%2e%2e/%2e%2e/app.py",
        "/static/..%5capp.py",
        "/static//etc/passwd",
        "/static/%2fetc%2fpasswd",
        "/static/%00",
        "/static/style.css%00.html",
        "/static/./../templates/base.html",
        "/static/....//app.py",
        "/id/../../../etc/passwd",
        "/id/..%2f..%2fetc%2fpasswd",
        "/id/%2e%2e.ttl",
        "/id//etc/passwd",
        "/id/" + "../" * 500,
        "/graphs/../../etc/passwd",
        "/.well-known/../static/../app.py",
        "//evil.example/",
        "/\\evil.example",
        "/%09/evil.example",
        "/store/tokens.json",
        "/tokens.json",
        "/.git/config",
        "/writes.jsonl",
    ],
)
def test_no_file_and_no_other_site_is_to_be_had_by_a_path(server: Any, path: str) -> None:
    """Only what has an address here."""
    answer = server.send("GET", path, headers={"Accept": "text/html"})
    assert answer.status in {301, 308, 400, 404, 405, 406}
    assert not answer.headers.get("location", "/").startswith(("//", "http://evil", "/\\"))
    for secret in (b"root:", b"import ", b"{%", b"blake", b"digest"):
        assert secret not in answer.body


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd", "gzip, gzip", "GZIP", "x-gzip", "unknown"])
def test_nothing_is_unpacked(server: Any, encoding: str) -> None:
    """A little can hold more than there is memory for."""
    bomb = gzip.compress(b"#" * (64 << 20))
    for path, kind in (("/sparql", "application/sparql-query"), ("/graphs?graph=a:put", "text/turtle")):
        headers = {**server.token, "Content-Encoding": encoding, "Content-Type": kind}
        assert server.send("POST", path, bomb, headers).problem["status"] == 415
    headers = {"Transfer-Encoding": f"{encoding}, chunked", "Content-Type": "application/sparql-query"}
    heard = server.say(post(b"".join(f"{k}: {v}\r\n".encode() for k, v in headers.items()), b"0\r\n\r\n"))
    assert not set(statuses(heard)) & {200, 500}


@pytest.mark.parametrize(
    "kind",
    ["", "text/css", "text/html", "multipart/form-data", "multipart/form-data; boundary=", "a", "/", "application/json",
     "application/sparql-query; charset=utf-7", "application/sparql-query; charset=utf-16", "\x80"],
)  # fmt: skip
def test_a_body_of_another_type_is_not_read(server: Any, kind: str) -> None:
    """Also where there is none."""
    for body in (b"", b"ASK{}", b"--\r\n" * 10_000):
        for path in ("/sparql", "/graphs?graph=a:put"):
            answer = server.send("POST", path, body, {**server.token, "Content-Type": kind})
            assert answer.problem["status"] in {400, 413, 415}


def test_a_body_that_is_too_large_is_refused(server: Any) -> None:
    """Whether its length is known beforehand or not, and before it has all been sent."""
    kind = b"Content-Type: application/sparql-query\r\n"
    heard = server.say(post(kind + b"Content-Length: 99999999999\r\n", b"#" * 100_000))
    assert statuses(heard)[:1] == [413]
    pieces = (b"8000\r\n" + b"#" * 0x8000 + b"\r\n") * 200
    heard = server.say(post(kind + b"Transfer-Encoding: chunked\r\n", pieces + b"0\r\n\r\n"))
    assert statuses(heard)[:1] in ([413], [])
    small = server.say(post(kind + b"Transfer-Encoding: chunked\r\nConnection: close\r\n", b"5\r\nASK{}\r\n0\r\n\r\n"))
    assert statuses(small) == [200]


def test_a_form_with_a_great_many_fields_is_refused(server: Any) -> None:
    """Of the address as well."""
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert server.send("POST", "/sparql", "a=b&" * 100_000, form).problem["status"] == 400
    assert server.send("GET", "/sparql?" + "a&" * 5_000).problem["status"] == 400


def test_a_hundred_clients_that_send_slowly_keep_nobody_waiting(server: Any) -> None:
    """Each has sent half of a request, and a little more now and then."""
    with ExitStack() as open_:
        slow = [open_.enter_context(server.connect()) for _ in range(100)]
        for number, connection in enumerate(slow):
            connection.sendall((b"GET / HTTP/1.1\r\nX: ", post(FORM + b"Content-Length: 90\r\n", b"qu"))[number % 2])
        for _ in range(5):
            for connection in slow:
                with suppress(OSError):
                    connection.sendall(b"a")
            assert server.answers()


def test_two_hundred_connections_that_say_nothing_keep_nobody_waiting(server: Any) -> None:
    """Nor do those that have asked, and listen to nothing."""
    with ExitStack() as open_:
        for number in range(200):
            connection = open_.enter_context(server.connect())
            if number % 4 == 0:
                connection.sendall(b"GET /about HTTP/1.1\r\n" + HOST + b"\r\n")
        assert server.answers()
        assert server.send("GET", "/").status == 200


def test_clients_that_take_no_answer_keep_nobody_waiting(server: Any) -> None:
    """However large it is."""
    asked = b"GET /sparql?query=SELECT*%7B%3Fs+%3Fp+%3Fo%7D HTTP/1.1\r\n" + HOST + b"\r\n"
    with ExitStack() as open_:
        for _ in range(20):
            open_.enter_context(server.connect()).sendall(asked * 20)
        assert server.answers()


def test_clients_that_leave_in_the_middle_leave_nothing_behind(server: Any) -> None:
    """At every place of a request and of its answer."""
    request = post(b"Content-Type: application/sparql-query\r\nContent-Length: 5\r\n", b"ASK{}")
    for length in range(1, len(request), 7):
        with server.connect() as connection:
            connection.sendall(request[:length])
    for _ in range(20):
        with server.connect() as connection:
            connection.sendall(request)
            connection.recv(10)
    assert server.answers()


def test_requests_one_after_the_other_on_a_connection_are_answered_in_turn(server: Any) -> None:
    """Those that are."""
    asked = b"GET /healthz HTTP/1.1\r\n" + HOST + b"\r\n"
    last = asked.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")
    assert set(statuses(server.say(asked * 20 + last))) == {200}


def test_the_answer_for_one_client_is_never_that_for_another(server: Any) -> None:
    """By format, by union, by part, by host: what is kept is found again only for the same."""
    query = "/sparql?query=SELECT*%7B%3Fs%20a%20%3Fcache%7D"
    plain = server.send("GET", query)
    assert server.send("GET", query, headers={"Accept": "text/csv"}).headers["content-type"].startswith("text/csv")
    union = server.send("GET", query + "&union=1")
    assert "averment-default-graph" in union.headers
    again = server.send("GET", query)
    assert again.body == plain.body
    assert "averment-default-graph" not in again.headers
    assert "accept" in plain.headers["vary"].lower()
    part = server.send("GET", query, headers={"Range": "bytes=0-3", "X-Forwarded-Host": "evil.example"})
    assert part.status in {200, 206, 416}
    assert server.send("GET", query).body == plain.body
    tag = plain.headers["etag"]
    assert server.send("GET", query, headers={"If-None-Match": tag}).status == 304
    assert server.send("GET", query, headers={"If-None-Match": tag, "Accept": "text/csv"}).status == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "evil.example:80", "127.0.0.1@evil.example",
     "", "[::1].evil.example", "127.0.0.1 evil.example", "127.1", "2130706433", "localhost."],
)  # fmt: skip
def test_a_name_that_is_made_to_lead_here_gets_nothing(server: Any, host: str) -> None:
    """A page of that name could read the answer."""
    for path in (ASK, "/", "/static/style.css", "/graphs?default", "/healthz"):
        heard = server.say(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        assert statuses(heard)[:1] in ([421], [400])


def test_no_answer_tells_what_it_is_made_with(server: Any) -> None:
    """Neither those of the server beneath nor those of the application."""
    for heard in (
        server.say(b"GET / HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n"),
        server.say(LINES["a header that is none"]),
    ):
        head = heard.partition(b"\r\n\r\n")[0].lower()
        for word in (b"python", b"werkzeug", b"flask", b"waitress", b"gunicorn", b"granian", b"x-powered-by"):
            assert word not in head


def test_time_is_not_taken_by_waiting(server: Any) -> None:
    """A connection that stays open after an answer is closed some day, and takes no worker."""
    with ExitStack() as open_:
        for _ in range(50):
            connection = open_.enter_context(server.connect())
            connection.sendall(b"GET /healthz HTTP/1.1\r\n" + HOST + b"\r\n")
            assert connection.recv(12) == b"HTTP/1.1 200"
        time.sleep(0.1)
        assert server.answers()
