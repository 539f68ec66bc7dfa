"""The packet: what another checker needs, the same bytes each time."""

import csv
import io
import re
from datetime import UTC, datetime
from decimal import Decimal
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import pyoxigraph as ox
import pytest
from pyoxigraph import DefaultGraph, Quad

from averment import iris
from averment.citations.verification import stored, verification_quads, verify
from averment.errors import InputError
from averment.evidence import Act, Calculation, How, Offer, SourceKind, add, bring, calculate, place_of
from averment.ingest import ingest
from averment.model import Extraction
from averment.packet import files_of, write_folder
from averment.review import Status, Step, decide, reviewed
from averment.sources import Metadata
from averment.store import Store
from averment.validate import load_shapes, validate_files
from averment.vocabulary import SDO

NOON = datetime(2021, 5, 8, 12, tzinfo=UTC)
AUDIT = "The audit of 2020.\n\nThe city paid 214 times. It paid Ann Brandt on 3 May.\n"


@pytest.fixture
def store(extraction: Extraction, other_extraction: Extraction, tmp_path: Path) -> Store:
    """Two articles, one claim of the first reviewed, with evidence, and verified."""
    store = Store()
    ingest(store, [extraction, other_extraction])
    source = iris.source(extraction.source)
    claim = iris.within(source, extraction.claims[0].id)
    path = tmp_path / "audit.txt"
    path.write_text(AUDIT, encoding="utf-8")
    brought = bring(store.view(), str(path), Metadata(title="Audit <2020> & more"))
    place = place_of(brought, "The city paid 214 times")
    act = Act(by="Kim Vale", at=NOON)
    offer = Offer(claim=claim, how=How.SUPPORTS, source=brought, span=place, kind=SourceKind.PRIMARY, act=act)
    link = add(store, offer)
    made = Calculation(
        claim=claim.value,
        formula="<lines 3 and 7>",
        expected=Decimal("1250.50"),
        result=Decimal("1250.50"),
        used=(link.passage,),
        act=act,
    )
    calculate(store, made, [link])
    article = next(one for one in stored(store.view()) if one.iri == source)
    run = verify(store.view(), article, extraction.source)
    with store.writer() as writer:
        writer.change(add=verification_quads(run, "Bo Lind", NOON))
    decide(store, {claim: Step(status=Status.ACCEPTED, by="Kim Vale", at=NOON, note="<b>seen</b>")})
    return store


def files(store: Store, status: Status | None = None) -> dict[str, bytes]:
    return files_of(store.view(), [one for one in reviewed(store.view()) if status in (None, one.status)])


def test_rebuilt_it_is_the_same_bytes(store: Store) -> None:
    first = files(store)
    other = Store()
    with other.writer() as writer:
        for quad in sorted(store.view().all_quads(), key=str, reverse=True):
            writer.change(add=[quad])
    assert files(other) == first


def test_the_page_has_everything_and_nothing_that_runs(store: Store, extraction: Extraction) -> None:
    page = files(store, Status.ACCEPTED)["packet.html"].decode()
    source, claim = extraction.source, extraction.claims[0]
    for told in (
        claim.span.of(source.text),
        source.sha256,
        source.file_sha256,
        f"characters {claim.span.start} to {claim.span.end}",
        sha256(claim.span.of(source.text).encode()).hexdigest(),
        "Ostport Wire reports",
        "Audit &lt;2020&gt; &amp; more",
        "The city paid 214 times",
        "put forward by Kim Vale, 2021-05-08T12:00:00Z",
        ", primary source",
        "1250.5 is claimed, 1250.5 came out: &lt;lines 3 and 7&gt;",
        "accepted by Kim Vale, 2021-05-08 12:00 UTC: &lt;b&gt;seen&lt;/b&gt;",
        "exact</span>, by Bo Lind",
        'href="https://wire.example/ostport?a=1&amp;b=2"',
    ):
        assert told in page, told
    assert "We did not lobby" not in page.replace(claim.span.of(source.text), "").split("<mark>")[1].split("</mark>")[0]
    tags: list[tuple[str, dict[str, str | None]]] = []
    reader = HTMLParser(convert_charrefs=True)
    reader.handle_starttag = lambda tag, attributes: tags.append((tag, dict(attributes)))  # type: ignore[method-assign]
    reader.feed(page)
    assert {tag for tag, _ in tags}.isdisjoint({"script", "img", "iframe", "link", "object", "b"})
    assert all(re.match(r"https?://|#", str(a["href"])) for tag, a in tags if tag == "a")


def test_the_table_has_a_row_a_claim(store: Store) -> None:
    rows = list(csv.DictReader(io.StringIO(files(store)["claims.csv"].decode("utf-8-sig"), newline="")))
    assert len(rows) == 4
    (accepted,) = (row for row in rows if row["status"] == "accepted")
    assert accepted["chain"] == "Ostport Wire reports"
    assert (
        accepted["evidence for"] == "“The city paid 214 times” (Audit <2020> & more, primary; put forward by Kim Vale)"
    )
    assert accepted["calculations"] == "1250.5 claimed, 1250.5 by <lines 3 and 7>, Kim Vale, 2021-05-08T12:00:00Z"
    assert accepted["checks"] == "exact, Bo Lind, 2021-05-08T12:00:00Z"


def test_the_graph_is_sound_and_has_no_text_of_a_source(store: Store, tmp_path: Path, extraction: Extraction) -> None:
    path = tmp_path / "packet.trig"
    path.write_bytes(files(store, Status.ACCEPTED)["packet.trig"])
    assert validate_files([path], load_shapes()).results == ()
    quads = list(ox.parse(path=str(path)))
    claims = {quad.subject for quad in quads if quad.object == SDO.Claim}
    assert claims == {iris.within(iris.source(extraction.source), extraction.claims[0].id)}
    assert SDO.articleBody not in {quad.predicate for quad in quads}
    assert AUDIT not in {quad.object.value for quad in quads if isinstance(quad.object, ox.Literal)}
    assert set(quads) <= set(store.view().all_quads())


def test_the_digests_are_those_of_the_files(store: Store) -> None:
    made = files(store)
    sums = dict(line.split("  ")[::-1] for line in made.pop("SHA256SUMS").decode().splitlines())
    assert sums == {name: sha256(data).hexdigest() for name, data in made.items()}


def test_a_link_that_a_browser_would_run_is_none(store: Store) -> None:
    article = next(source for source in store.view().sources())
    bad = Quad(article, SDO.archivedAt, ox.Literal("javascript:alert(1)"), DefaultGraph())
    with store.writer() as writer:
        writer.change(add=[bad])
    page = files(store)["packet.html"].decode()
    assert "javascript:alert(1)" in page
    assert 'href="javascript' not in page


def test_a_folder_is_replaced_whole_and_only_if_it_is_a_packet(tmp_path: Path) -> None:
    folder = tmp_path / "packet"
    write_folder(folder, {"a": b"1", "SHA256SUMS": b""})
    write_folder(folder, {"a": b"2", "SHA256SUMS": b""})
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {"a": b"2", "SHA256SUMS": b""}
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    for taken in (folder, folder / "a"):
        with pytest.raises(InputError, match="name another folder"):
            write_folder(taken, {"a": b"3", "SHA256SUMS": b""})
    assert (folder / "a").read_bytes() == b"2"
    assert {path.name for path in tmp_path.iterdir()} == {"packet"}


def test_a_link_to_a_folder_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "target").mkdir()
    link = tmp_path / "link"
    link.symlink_to("target")
    for content in (b"1", b"2"):
        write_folder(link, {"a": content, "SHA256SUMS": b""})
        assert link.is_symlink()
        assert (tmp_path / "target" / "a").read_bytes() == content
    assert {path.name for path in tmp_path.iterdir()} == {"target", "link"}


def test_the_root_is_no_folder_for_a_packet() -> None:
    with pytest.raises(InputError, match="name another folder"):
        write_folder(Path("/"), {"a": b"1"})
