"""Reading files: what is kept of them, and what is refused with which words."""

from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from averment.errors import InputError
from averment.sources import Metadata, find_files, read
from averment.sources.metadata import parse_address, parse_date, split_front_matter

MARKDOWN = """---
title: "Ostport: the bill"
publisher: Ostport Wire
published: 2021-05-07
author: Kim Vale, Bo Arp
address: https://wire.example/a?b=1
---
# A *heading*

The mayor [said](https://x.example) that
it was **over**.

- one item
"""

HTML = """<!doctype html><html><head><title>Ostport pays</title>
<meta property="og:site_name" content="Ostport Wire"><meta property="article:published_time" content="2021-05-07T10:00">
</head><body><nav>Home News</nav><article><h1>Ostport pays</h1>
<p>The city of Ostport paid $5 million to settle a lawsuit over a harbour crane, its mayor said on Friday.</p>
<p>The mayor added that the city would not pay any more than that, whatever the courts decide this year.</p>
</article><script>alert(1)</script></body></html>"""


def test_plain_text_is_stored_as_it_is(tmp_path: Path) -> None:
    """Line ends, marks of byte order and trailing spaces stay, since offsets count them."""
    data = "\ufeffOne line.\r\nTwo lines.  \n".encode()
    (tmp_path / "a.txt").write_bytes(data)
    source = read(tmp_path / "a.txt")
    assert source.text == data.decode()
    assert source.sha256 == source.file_sha256 == sha256(data).hexdigest()


def test_markdown_gives_what_a_reader_sees_and_its_front_matter(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(MARKDOWN)
    source = read(tmp_path / "a.md")
    assert source.text == "A heading\nThe mayor said that it was over.\none item\n"
    assert (source.title, source.publisher, source.published) == ("Ostport: the bill", "Ostport Wire", date(2021, 5, 7))
    assert source.authors == ("Kim Vale", "Bo Arp")
    assert source.address == "https://wire.example/a?b=1"
    assert source.file_sha256 == sha256(MARKDOWN.encode()).hexdigest() != source.sha256


def test_html_gives_the_article_without_menus_and_scripts(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(HTML)
    source = read(tmp_path / "a.html")
    assert "paid $5 million to settle" in source.text
    assert "alert" not in source.text
    assert (source.title, source.publisher, source.published) == ("Ostport pays", "Ostport Wire", date(2021, 5, 7))


def test_a_page_is_known_without_its_ending(tmp_path: Path) -> None:
    (tmp_path / "page").write_text(HTML)
    assert read(tmp_path / "page").media_type == "text/html"


def test_what_is_given_goes_before_what_the_file_says(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(MARKDOWN)
    source = read(tmp_path / "a.md", Metadata(publisher="Another", published=date(2020, 1, 1)))
    assert (source.publisher, source.published, source.title) == ("Another", date(2020, 1, 1), "Ostport: the bill")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "there are no words"),
        (b" \n\t", "there are no words"),
        (b"...!?", "there are no words"),
        (b"a\x00b", "binary"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "binary"),
        ("Grüße".encode("utf-16"), "UTF-16"),
        ("first\nGr\u00fc\u00dfe".encode("latin-1"), "line 2"),
        (b"x" * 1_000_001, "1,000,001 characters"),
        (b"x" * 20_000_001, "larger than 20 MB"),
    ],
)
def test_what_cannot_be_an_article_is_refused_with_its_name(tmp_path: Path, data: bytes, words: str) -> None:
    path = tmp_path / "bad.txt"
    path.write_bytes(data)
    with pytest.raises(InputError, match=words) as refusal:
        read(path)
    assert str(refusal.value).startswith(str(path))
    assert "\n" not in str(refusal.value)


def test_a_page_without_an_article_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<html><body></body></html>")
    with pytest.raises(InputError, match="no article"):
        read(tmp_path / "a.html")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        find_files([tmp_path / "nowhere.txt"])


def test_folders_give_their_articles_in_the_order_of_names(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "c.pdf", "sub/d.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    assert [p.name for p in find_files([tmp_path])] == ["a.md", "b.txt", "d.html"]


def test_a_folder_without_articles_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no article"):
        find_files([tmp_path])


@pytest.mark.parametrize("written", ["7 May 2021", "2021-13-01", "", "2021"])
def test_a_date_is_written_one_way(written: str) -> None:
    with pytest.raises(InputError, match="2021-05-07"):
        parse_date(written)


@pytest.mark.parametrize(
    "written", ["javascript:alert(1)", "ftp://x.example/", "https://", "http://[x", "https://a b/", "//x.example"]
)
def test_an_address_is_absolute_and_of_the_web(written: str) -> None:
    with pytest.raises(InputError, match="not an address"):
        parse_address(written)


@given(st.text())
def test_splitting_front_matter_loses_nothing_but_the_fence(text: str) -> None:
    """Whatever follows the front matter is the end of the text, to the letter."""
    try:
        _, rest = split_front_matter(text)
    except InputError:
        return
    assert text.endswith(rest)


@given(st.binary(max_size=400))
def test_no_bytes_make_the_reader_fall(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    """Any file is either read, with its text intact, or refused in one sentence."""
    path = tmp_path_factory.getbasetemp() / "any.txt"
    path.write_bytes(data)
    try:
        outcome = read(path).file_sha256
    except InputError as refusal:
        outcome = str(refusal)
    assert outcome == sha256(data).hexdigest() or "\n" not in outcome
