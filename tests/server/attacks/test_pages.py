"""Pages that show what others wrote, in a real browser: no script of theirs runs, and nothing is asked of anybody."""

import csv
import io
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from pyoxigraph import DefaultGraph, RdfFormat, serialize

from averment import triples
from averment.model import Extraction
from averment.vocabulary import PREFIXES

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)

RUNS = "document.documentElement.setAttribute('owned','yes');new Image().src='CANARY/ran'"
ATTACKS = (
    f"<script>{RUNS}</script>",
    f'"><img src=x onerror="{RUNS}">',
    f"'><svg onload={RUNS}>",
    f"</textarea><script>{RUNS}</script>",
    f"</title><script>{RUNS}</script>",
    f"</pre></style><script>{RUNS}</script>",
    "<img src=CANARY/image><link rel=stylesheet href=CANARY/style><iframe src=CANARY/frame></iframe>",
    "<meta http-equiv=refresh content='0;url=CANARY/moved'><base href=CANARY/>",
    "<form action=CANARY/form><button autofocus onfocus=submit()>",
    "{{ 7 * 7 }}{% include '/etc/passwd' %}${7*7}#{7*7}",
    "<!--><script src=CANARY/script></script>",
    "\u2028\u2029</script><script>" + RUNS + "</script>",
    "javascript:" + RUNS,
    "data:text/html,<script>" + RUNS + "</script>",
    "=HYPERLINK('CANARY/cell')",
    "+cmd|'/c calc'!A1",
)
ADDRESSES = (
    "javascript:document.documentElement.setAttribute('owned','yes')",
    "JaVaScRiPt:alert(1)",
    "data:text/html,%3Cscript%3Ealert(1)%3C/script%3E",
    "vbscript:alert(1)",
    "file:///etc/passwd",
    "blob:https://evil.example/x",
    "https://evil.example/'onmouseover='alert(1)",
)


class _Links(HTMLParser):
    """Notes where a page leads, what it has of active elements, and of attributes that run."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.tags: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            assert not name.startswith("on"), (tag, name)
            if name in {"href", "src", "action", "formaction", "data", "srcset"}:
                self.found.append(value or "")


@pytest.fixture
def browser(tmp_path: Path) -> Any:
    """Give what opens an address in a browser, and gives the page as it is when its scripts have run."""
    if BROWSER is None:
        pytest.skip("no Chromium is installed")

    def opened(address: str) -> str:
        options = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"]
        quiet = [
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-extensions",
        ]
        home = [f"--user-data-dir={tmp_path}/browser", "--virtual-time-budget=2000", "--dump-dom"]
        done = subprocess.run(
            [str(BROWSER), *options, *quiet, *home, address], capture_output=True, timeout=60, check=False
        )
        return done.stdout.decode("utf-8", "replace")

    return opened


@pytest.fixture
def pages(server: Any, canary: Any, hostile: Extraction, about_hostile: str) -> list[str]:
    """The addresses of pages that show attacks, in every place where others' words go."""
    texts = [attack.replace("CANARY", canary.address) for attack in ATTACKS]
    literals = " ".join(_quoted(text) for text in texts)
    labels, addresses = ", ".join(map(_quoted, texts)), ", ".join(f"<{address}>" for address in ADDRESSES)
    prefixes = "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in ("rdfs", "sdo"))
    stated = f"<https://w3id.org/averment/id/attacked> a <a:Thing> ; rdfs:label {labels} ; sdo:headline {labels} ; "
    told = f"sdo:url {addresses} ; rdfs:seeAlso {addresses} ; sdo:name {labels} .\n"
    article = [quad.triple for quad in triples.quads(hostile) if quad.graph_name == DefaultGraph()]
    read = serialize(article, format=RdfFormat.TURTLE)
    assert read
    kind = {**server.token, "Content-Type": "text/turtle"}
    answer = server.send("POST", "/graphs?default", (prefixes + stated + told).encode() + read, kind)
    assert answer.status in {200, 204}, answer
    below = ["", "/claim/0-101", "/entity/brunn", "/entity/jo-lind", "/attribution/publisher"]
    paths = ["/id/attacked", "/articles", "/", "/organizations", *(about_hostile + path for path in below)]
    everything = " ".join(texts)
    queries = [
        f"SELECT * {{ VALUES ?x {{ {literals} }} }}",
        f"SELECT * {{ VALUES ?x {{ {' '.join(f'<{address}>' for address in ADDRESSES)} }} }}",
        f"CONSTRUCT {{ <a:a> <a:b> ?x }} {{ VALUES ?x {{ {literals} }} }}",
        everything,
        f"SELECT * {{ ?{everything}",
        f"SELECT * {{ ?x <{texts[0]}> 1 }}",
    ]
    paths += [f"/sparql?format=html&query={quote(query)}" for query in queries]
    paths += [f"/{quote(texts[0], safe='')}", f"/id/{quote(texts[1], safe='')}", f"/graphs/{quote(texts[0], safe='')}"]
    paths += [
        f"/sparql?format={quote(texts[0])}&query=ASK%7B%7D",
        f"/sparql?query=ASK%7B%7D&format=html&union={quote(texts[1])}",
    ]
    return paths


def _quoted(text: str) -> str:
    escapes = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"})
    return f'"{text.translate(escapes)}"'


def test_a_browser_that_runs_scripts_would_show_it(browser: Any, canary: Any) -> None:
    """So that the next test can fail: here is a page with a script, and it runs."""
    before = len(canary.hits)
    assert 'owned="yes"' in browser(f"{canary.address}/control")
    assert len(canary.hits) > before


@pytest.mark.parametrize("part", range(7))
def test_no_script_runs_and_nobody_is_asked(server: Any, browser: Any, pages: list[str], part: int) -> None:
    """On any page that shows what others wrote; the fixture counts what reaches the address."""
    for path in pages[part::7]:
        page = browser(server.address + path)
        assert "<html" in page, path
        assert "owned=" not in page.partition(">")[0] + page.partition("<html")[2].partition(">")[0], path


def test_no_page_leads_to_what_would_run(server: Any, pages: list[str]) -> None:
    """Nor has an element that loads or runs anything, or a way to any other site that is not of the web."""
    for path in pages:
        answer = server.send("GET", path, headers={"Accept": "text/html"})
        assert answer.status == 200 or path not in pages[:9]
        if answer.headers["content-type"].startswith("text/html"):
            links = _Links(answer.body.decode())
            assert not links.tags & {"script", "img", "iframe", "object", "embed", "svg", "style", "base"}, path
            for address in links.found:
                assert re.match(r"/(?!/)|#|https?://", address), (path, address)
        else:
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert answer.headers["content-type"] == "application/problem+json"
        assert "'unsafe" not in answer.headers["content-security-policy"]


def test_templates_do_not_evaluate_what_others_wrote(server: Any, pages: list[str]) -> None:
    """Neither in a text nor in a query."""
    for path in pages:
        body = server.send("GET", path, headers={"Accept": "text/html"}).body
        assert b"root:" not in body
        assert b"{{ 7" in body or b"49{%" not in body


def test_no_cell_is_a_formula_and_no_file_name_is_anybodys(server: Any) -> None:
    """In what is made for spreadsheets; the protocol's own CSV has the texts as they are."""
    cells = ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "'=1", "-5", "+7.5", 'a"b', "a,=b", "a\n=b"]
    query = (
        f"SELECT ?x {{ VALUES ?x {{ {' '.join(_quoted(cell).replace(chr(9), chr(92) + 't') for cell in cells)} }} }}"
    )
    answer = server.send("GET", f"/sparql?format=spreadsheet&query={quote(query)}&filename=x%22%0d%0aA:b.exe")
    assert answer.headers["content-disposition"] == 'attachment; filename="answer-for-spreadsheets.csv"'
    rows = [row[0] for row in csv.reader(io.StringIO(answer.body.decode(), newline=""))][1:]
    assert len(rows) == len(cells)
    for row in rows:
        assert not re.match(r"[=+\-@\t\r]", row) or re.fullmatch(r"[+-]?[0-9.]+", row), row
    exact = server.send("GET", f"/sparql?format=csv&query={quote(query)}").body.decode()
    assert [row[0] for row in csv.reader(io.StringIO(exact, newline=""))][1:] == cells
