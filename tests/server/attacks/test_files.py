"""Graphs that are sent to do harm: nested without end, growing, asking others. None is written, and none kills."""

import json
from typing import Any

import pytest

DEEP = 100_000

TURTLE, XML, JSON, NTRIPLES = "text/turtle", "application/rdf+xml", "application/ld+json", "application/n-triples"


def rdf_xml(inside: str, before: str = "") -> str:
    head = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:a="a:"'
    return f"{before}<rdf:RDF {head}>{inside}</rdf:RDF>"


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
REFUSED = {
    "collections": (TURTLE, "<a:a> <a:b> " + "(" * DEEP + ")" * DEEP + " ."),
    "collections, not closed": (TURTLE, "<a:a> <a:b> " + "(" * DEEP),
    "blank nodes, not closed": (TURTLE, "<a:a> <a:b> " + "[ <a:b> " * DEEP),
    "triples within each other": (TURTLE, "<<" * DEEP + "<a:a> <a:b> <a:c>" + ">> <a:b> <a:c>" * DEEP + " ."),
    "terms within each other": (TURTLE, "<a:a> <a:b> " + "<<( <a:a> <a:b> " * DEEP + "1" + " )>>" * DEEP + " ."),
    "lists of lists": (JSON, "[" * DEEP + "]" * DEEP),
    "lists, not closed": (JSON, "[" * DEEP),
    "objects": (JSON, '{"a:b":' * DEEP + "1" + "}" * DEEP),
    "contexts": (JSON, '{"@context":' * DEEP + "1" + "}" * DEEP),
    "contexts in a list": (JSON, '{"@context":' + "[" * DEEP + "]" * DEEP + "}"),
    "graphs": (JSON, '{"@graph":[' * DEEP + "]}" * DEEP),
    "elements": (XML, rdf_xml("<rdf:Description><a:b>" * DEEP)),
    "laughs": (XML, rdf_xml("&l11;", f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]>')),
    "an entity of a file": (XML, rdf_xml("&x;", '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>')),
    "an entity of another site": (XML, rdf_xml("&x;", '<!DOCTYPE x [<!ENTITY x SYSTEM "CANARY/">]>')),
    "an entity of parameters": (XML, rdf_xml("", '<!DOCTYPE x [<!ENTITY % x SYSTEM "CANARY/"> %x;]>')),
    "a type elsewhere": (XML, rdf_xml("", '<!DOCTYPE rdf:RDF SYSTEM "CANARY/x.dtd">')),
    "a type with a comment before": (XML, rdf_xml("", '<!-- --><?x?><!DOCTYPE rdf:RDF PUBLIC "a" "CANARY/x.dtd">')),
    "a context elsewhere": (JSON, '{"@context": "CANARY/", "a": 1}'),
    "a context imported": (JSON, '{"@context": {"@import": "CANARY/", "@version": 1.1}, "a": 1}'),
    "a context among others": (JSON, '[{"@context": [{}, "CANARY/"], "a": 1}]'),
    "a context of a property": (JSON, '{"@context": {"p": {"@id": "a:p", "@context": "CANARY/"}}, "p": {"a": 1}}'),
    "a name that is none": (TURTLE, "<a:\\u0000> <a:b> 1 ."),
    "half a pair": (NTRIPLES, '<a:a> <a:b> "\\uD800" .'),
    "no end": (TURTLE, '<a:a> <a:b> """' + "a" * 100_000),
    "another graph": (TURTLE, "GRAPH <a:b> { <a:a> <a:b> 1 }"),
    "another form": (JSON, "<a:a> <a:b> 1 ."),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_graph_that_does_harm_is_not_written(server: Any, canary: Any, name: str) -> None:
    """The answer says so; what was there before is there afterwards."""
    kind, text = REFUSED[name]
    assert server.put(b"<a:a> <a:b> 'before' .", TURTLE).status in {201, 204}
    found = server.put(text.replace("CANARY", canary.address).encode(), kind).problem
    assert found["status"] in {400, 413, 422, 503, 504}
    assert "passwd" not in found["detail"]
    assert json.loads(server.query("ASK { GRAPH <a:put> { <a:a> <a:b> 'before' } }").body)["boolean"]


INCLUDED = 'xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include rdf:resource="CANARY/"'
ACCEPTED = {
    "imports": (TURTLE, "<a:a> <http://www.w3.org/2002/07/owl#imports> <CANARY/> ."),
    "see also": (TURTLE, "<a:a> <http://www.w3.org/2000/01/rdf-schema#seeAlso> <CANARY/> ."),
    "a schema": (XML, rdf_xml("", '<?xml-stylesheet href="CANARY/"?>')),
    "a schema's place": (XML, rdf_xml(f"<rdf:Description {INCLUDED}/></rdf:Description>")),
    "a base elsewhere": (TURTLE, "@base <CANARY/> . <x> <y> <z> ."),
    "prefixes": (TURTLE, "".join(f"@prefix p{n}: <CANARY/{n}> .\n" for n in range(10_000))),
    "a vocabulary": (JSON, '{"@context": {"@vocab": "CANARY/", "@base": "CANARY/"}, "@id": "x", "y": 1}'),
    "many contexts": (JSON, "[" + ",".join('{"@context": {"@vocab": "a:"}, "b": 1}' for _ in range(5_000)) + "]"),
    "nothing": (TURTLE, ""),
    "a mark at the beginning": (TURTLE, "\ufeff<a:a> <a:b> 1 ."),
    "a long text": (NTRIPLES, f'<a:a> <a:b> "{"a" * 3_000_000}" .'),
    "many blank nodes": (TURTLE, "[] <a:b> [] ." * 5_000),
}  # fmt: skip


@pytest.mark.parametrize("name", ACCEPTED)
def test_a_graph_that_names_others_is_written_and_asks_nobody(server: Any, canary: Any, name: str) -> None:
    """Its addresses are names; the fixture counts what reaches them."""
    kind, text = ACCEPTED[name]
    link = f'<{canary.address}/context>; rel="http://www.w3.org/ns/json-ld#context"'
    answer = server.put(text.replace("CANARY", canary.address).encode(), kind, Link=link)
    assert answer.status in {201, 204, 503, 504}


def test_what_is_sent_again_and_again_does_not_add_up(server: Any) -> None:
    """A form of many files is one body with one limit."""
    head = 'Content-Disposition: form-data; name="f"; filename="../../a.ttl"\r\nContent-Type: text/turtle'
    file = f"--x\r\n{head}\r\n\r\n<a:a> <a:b> 1 .\r\n"
    kind = {**server.token, "Content-Type": "multipart/form-data; boundary=x"}
    for count, statuses in ((1, {201, 204}), (2_000, {201, 204, 400, 413, 504}), (50_000, {413})):
        assert server.send("POST", "/graphs?graph=a:files", file * count + "--x--\r\n", kind).status in statuses
    assert not list(server.folder.glob("**/a.ttl"))


@pytest.mark.parametrize(
    "body", [b"", b"--x", b"--x--", b"--x\r\n", b"--x\r\n\r\n\r\n", b"--x\r\n" + b"A: b\r\n" * 50_000, b"-" * 1_000_000]
)
def test_a_form_that_is_none_is_told(server: Any, body: bytes) -> None:
    """However it ends."""
    kind = {**server.token, "Content-Type": "multipart/form-data; boundary=x"}
    assert server.send("POST", "/graphs?graph=a:files", body, kind).problem["status"] in {400, 413}
