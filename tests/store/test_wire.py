"""Frames: whatever pieces they arrive in, what comes out is what was sent."""

import socket
import threading
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from averment.store.wire import Frames, Reply, Request, framed, header_of, requests, send

TEXTS = st.text(max_size=40)


def request(query: str, snapshot: str) -> Request:
    return Request(snapshot=snapshot, query=query, results="json", rdf=None, seconds=1.0, memory=1, answer=1)


def taken(stream: bytes, cuts: list[int], kind: type[Reply] | type[Request]) -> list[Reply | Request]:
    """Give the messages in a stream that arrives in pieces."""
    frames, found = Frames(), []
    places = [0, *sorted(cut % (len(stream) + 1) for cut in cuts), len(stream)]
    for begin, end in pairwise(places):
        frames.add(stream[begin:end])
        while (message := frames.reply() if kind is Reply else frames.request()) is not None:
            found.append(message)
    return found


@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=5), st.lists(st.integers(min_value=0), max_size=10))
def test_requests_come_out_as_they_went_in(asked: list[tuple[str, str]], cuts: list[int]) -> None:
    """Also a query that no UTF-8 can hold."""
    sent = [request(f"{query}\ud800", snapshot) for query, snapshot in asked]
    stream = b"".join(framed(header_of(one), one.query) for one in sent)
    assert taken(stream, cuts, Request) == sent


@given(
    st.lists(st.builds(Reply, kind=TEXTS, message=TEXTS, body=st.binary(max_size=60)), max_size=5),
    st.lists(st.integers(min_value=0), max_size=10),
)
def test_replies_come_out_as_they_went_in(sent: list[Reply], cuts: list[int]) -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        for reply in sent:
            send(ours, reply)
        ours.shutdown(socket.SHUT_WR)
        stream = b"".join(iter(lambda: theirs.recv(1 << 16), b""))
    assert taken(stream, cuts, Reply) == sent


def test_a_guard_may_ask_before_it_has_its_answer() -> None:
    ours, theirs = socket.socketpair()
    sent = [request(f"ASK {{ }} #{n}" * n, f"snapshot {n % 3}") for n in range(200)]

    def ask() -> None:
        with ours:
            for one in sent:
                send(ours, one)

    thread = threading.Thread(target=ask)
    thread.start()
    with theirs:
        assert list(requests(theirs)) == sent
    thread.join()
