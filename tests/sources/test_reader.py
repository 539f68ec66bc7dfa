"""Reading files: what is kept of them, and what is refused with which words."""

import os
import sys
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from averment.addresses import parse_address
from averment.errors import InputError
from averment.sources import STDIN, Metadata, find_files, read
from averment.sources.metadata import parse_date, parse_words, split_front_matter
from averment.sources.tags import without_tags

MARKDOWN = """---
title: "Ostport: the bill"
publisher: Ostport Wire
published: 2021-05-07
author: Kim Vale, Bo Arp
address: https://wire.example/a?b=1
note: Restated in other words.
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
    assert source.note == "Restated in other words."
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
        ("Grüße".encode("utf-16"), "UTF-16,"),
        ("\ufeffGrüße".encode("utf-16-be"), "UTF-16,"),
        ("\ufeffGrüße".encode("utf-32-le"), "UTF-32,"),
        ("\ufeffGrüße".encode("utf-32-be"), "UTF-32,"),
        ("Grüße von “hier”, mit vielen Wörtern".encode("utf-16-le"), "UTF-16LE,"),
        ("Grüße".encode("utf-16-be"), "UTF-16BE,"),
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


@pytest.mark.parametrize(
    "written",
    ["7 May 2021", "2021-13-01", "", "2021", "2021-05-07 nonsense", "2021-W18-5", "2021-05-07T10:00", "٢٠٢١-٠٥-٠٧"],
)
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


def test_front_matter_may_follow_a_mark_of_byte_order() -> None:
    metadata, rest = split_front_matter("\ufeff---\ntitle: T\ndate: 2021-05-07T10:00:00+02:00\n---\nText")
    assert (metadata.title, metadata.published, rest) == ("T", date(2021, 5, 7), "Text")


def test_front_matter_of_blanks_says_nothing() -> None:
    assert split_front_matter('---\ntitle: "  "\npublisher: " "\n---\n')[0] == Metadata()


def test_front_matter_with_a_date_that_is_none_is_refused() -> None:
    with pytest.raises(InputError, match="2021-05-07"):
        split_front_matter("---\ndate: 2021-05-07 nonsense\n---\n")


@pytest.mark.parametrize("read_it", [parse_words, parse_address])
def test_bytes_that_are_no_letters_are_refused(read_it: Callable[[str], object]) -> None:
    with pytest.raises(InputError, match=r"not (UTF-8|an address)"):
        read_it("https://a/\udcff")


def test_words_of_blanks_are_none() -> None:
    assert (parse_words(" \t "), parse_words(" a ")) == (None, "a")


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("<div>Mayor Jane Doe said hi.</div>\n", "Mayor Jane Doe said hi.\n"),
        ("<div>\nMayor <b>Jane</b>\nDoe<br>said &amp; left.\n</div>", "Mayor Jane Doe\nsaid & left.\n"),
        ("a<br>b <i>c</i>d <!-- e --> f", "a b cd  f\n"),
        ("# T<script>alert(1)</script>\n", "T\n"),
        ("<style>p {}</style>\n\ntext\n", "text\n"),
        ("<![CDATA[x]]>\n\ntext", "text\n"),
        ("<div>a < b && c</div>", "a < b && c\n"),
        ("`1 < 2` and <b>x</b> &lt;b&gt;", "1 < 2 and x <b>\n"),
        ("```sh\none\n  two\n```\n\n    three\n", "one\n  two\nthree\n"),
        ("| Who | Paid |\n|---|---|\n| Ostport | $5 *million* |\n", "Who, Paid\nOstport, $5 million\n"),
    ],
)
def test_markdown_keeps_the_words_of_html_code_and_tables(tmp_path: Path, markdown: str, text: str) -> None:
    (tmp_path / "a.md").write_text(f"{markdown}\n\nend")
    assert read(tmp_path / "a.md").text == text + "end\n"


@pytest.mark.parametrize(
    ("markdown", "title"),
    [
        ("# T<script>alert(1)</script>\n", "T"),
        ("\ufeff# T\n", "T"),
        ("<!-- c -->\n# T\n", "T"),
        ("text\n\n# T\n", None),
        ("## T\n", None),
        ("T", None),
    ],
)
def test_the_title_is_the_heading_that_a_text_begins_with(tmp_path: Path, markdown: str, title: str | None) -> None:
    (tmp_path / "a.md").write_text(markdown)
    assert read(tmp_path / "a.md").title == title


@given(st.text(alphabet="<>!/[]-&;#x3 abscriptdiv\n\"='?", max_size=200))
def test_no_markup_makes_the_parser_fall(markup: str) -> None:
    """Whatever stands in a page, it has a text, which is no longer than the page."""
    assert len(without_tags(markup, "")) <= len(markup)


@pytest.mark.parametrize("part", ["<a ", "<!--", "<a b='", "</", "<?", "<a b='x>", "<!"])
def test_tags_that_never_end_do_not_hold_it_up(part: str) -> None:
    assert len(without_tags(part * 50_000)) <= len(part) * 50_000


def test_a_pipe_is_a_file(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert find_files([pipe]) == [pipe]
    writer = Thread(target=pipe.write_text, args=("The mayor said so.",))
    writer.start()
    assert read(pipe).text == "The mayor said so."
    writer.join()


def test_standard_input_that_is_closed_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(InputError, match=r"^standard input: it is closed"):
        read(STDIN)
