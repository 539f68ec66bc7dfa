"""E-mail: which words of a message are whose."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from averment.citations.documents.messages import read_message

HEAD = "From: Max Roth <max@x.example>\n"
PLAIN = f"{HEAD}Content-Type: text/plain; charset=utf-8\n\n"
HTML = f"{HEAD}Content-Type: text/html; charset=utf-8\n\n"
PARTS = f'{HEAD}Content-Type: multipart/KIND; boundary="b"\n\n'


def said(message: str, words: str) -> str:
    """Give whose these words are, empty where that is not known."""
    text, voices = read_message(message.encode())
    at = text.index(words)
    return next(v.name for v in voices if v.span.start <= at and at + len(words) <= v.span.end)


FORWARDS = PLAIN + (
    "For your files.\n\n---------- Forwarded message ---------\nFrom: Kim Vale <k@x>\nDate: 3 May 2021\n"
    "Subject: Audit\n\nThe audit is late.\n\n---------- Forwarded message ---------\nFrom: Ann Brandt <a@x>\n"
    "To: Kim Vale <k@x>\n\nNobody has counted.\n\n---------- End of forwarded message ---------\nCall me.\n"
)
OUTLOOK = PLAIN + (
    "We settle.\n\n________________________________\nFrom: Kim Vale\nSent: Monday, 3 May 2021 10:30\nTo: Max Roth\n"
    "Subject: RE: Case\n\nWe never settle.\n\n-----Original Message-----\nFrom: Ann Brandt [mailto:a@x.example]\n"
    "Sent: Sunday\nTo: Kim Vale\n\nDo we settle?\n"
)
DEEP = PLAIN + (
    "Top words.\n\nOn Mon, 3 May 2021 at 10:30 AM Kim Vale <k@x.example> wrote:\n> First words.\n>\n"
    "> On Sun, 2 May 2021 at 9:00 AM Ann Brandt\n> <ann@x.example> wrote:\n>\n>> Second words.\n> Third words.\n"
    "Last words.\n"
)
OUTLOOK_HTML = HTML + (
    '<p>Mine.</p><hr><div id="divRplyFwdMsg"><b>From:</b> Kim Vale &lt;k@x&gt;<br><b>Sent:</b> Monday<br>'
    "<b>To:</b> Max Roth</div><div>Hers.</div>"
)
GMAIL = HTML + (
    '<div>Mine.</div><div class="gmail_quote"><div class="gmail_attr">On Mon, 3 May 2021 at 10:30, Kim Vale '
    '&lt;<a href="mailto:k@x">k@x</a>&gt; wrote:<br></div><blockquote>Hers.<div>On Sun, 2 May 2021, Ann Brandt wrote:'
    "</div><blockquote>Older.</blockquote></blockquote></div>"
)


@pytest.mark.parametrize(
    ("message", "words", "name"),
    [
        (FORWARDS, "For your files.", "Max Roth"),
        (FORWARDS, "The audit is late.", "Kim Vale"),
        (FORWARDS, "Nobody has counted.", "Ann Brandt"),
        (FORWARDS, "Call me.", "Max Roth"),
        (OUTLOOK, "We settle.", "Max Roth"),
        (OUTLOOK, "We never settle.", "Kim Vale"),
        (OUTLOOK, "Do we settle?", "Ann Brandt"),
        (DEEP, "Top words.", "Max Roth"),
        (DEEP, "First words.", "Kim Vale"),
        (DEEP, "Second words.", "Ann Brandt"),
        (DEEP, "Third words.", "Kim Vale"),
        (DEEP, "Last words.", "Max Roth"),
        (OUTLOOK_HTML, "Mine.", "Max Roth"),
        (OUTLOOK_HTML, "Hers.", "Kim Vale"),
        (GMAIL, "Mine.", "Max Roth"),
        (GMAIL, "Hers.", "Kim Vale"),
        (GMAIL, "Older.", "Ann Brandt"),
        (PLAIN + "Hello.\n\nAm Mo., 3. Mai 2021 um 10:30 Uhr schrieb Kim Vale <k@x>:\n> Nein.\n", "Nein.", "Kim Vale"),
        (PLAIN + "Begin forwarded message:\n\n> From: Kim Vale <k@x>\n> Subject: a\n>\n> Hers.\n", "Hers.", "Kim Vale"),
        (PLAIN + "-----Original Message-----\n\nWhose?\n", "Whose?", ""),
        (PLAIN + "As the mayor wrote:\nWe pay.\n", "We pay.", "Max Roth"),
        (PLAIN + "One.\n__________________\nTwo.\n", "Two.", "Max Roth"),
    ],
)
def test_every_stretch_goes_to_its_author(message: str, words: str, name: str) -> None:
    """Forwarded, quoted at any depth, in text or HTML: words are those of whoever is announced before them."""
    assert said(message, words) == name


def parted(kind: str, *parts: str) -> str:
    body = "".join(f"--b\n{part}\n" for part in parts)
    return PARTS.replace("KIND", kind) + body + "--b--\n"


TEXT, MARKUP = "Content-Type: text/plain\n\n", "Content-Type: text/html\n\n"
FILE = 'Content-Type: text/plain\nContent-Disposition: attachment; filename="a.txt"\n\n'


@pytest.mark.parametrize(
    ("message", "words", "name"),
    [
        (parted("mixed", TEXT + "One.", TEXT + "Two."), "Two.", "Max Roth"),
        (parted("mixed", TEXT + "One.", FILE + "The file."), "The file.", ""),
        (parted("alternative", TEXT + " ", MARKUP + "<p>Rich.</p>"), "Rich.", "Max Roth"),
        (parted("mixed", TEXT + "One.", "Content-Type: message/rfc822\n\nFrom: Ann <a@x>\n\nHers."), "Hers.", "Ann"),
        (parted("mixed", TEXT + "One.", "Content-Type: message/rfc822\n\nSubject: a\n\nWhose?"), "Whose?", ""),
        ("Content-Type: text/plain; charset=klingon\n\nWe paid.\n", "We paid.", ""),
        ('From: "\n\nWe paid them all.\n', "We paid them all.", ""),
        ("Subject: none\n\nWe paid.\n", "We paid.", ""),
    ],
)
def test_every_text_of_a_message_is_read(message: str, words: str, name: str) -> None:
    """All parts count, and what is broken is read as far as it makes sense."""
    assert said(message, words) == name


def test_the_plain_form_goes_before_the_rich_one() -> None:
    """Of two forms of one text only one is read."""
    text, _ = read_message(parted("alternative", TEXT + "Plain.", MARKUP + "<p>Rich.</p>").encode())
    assert text.split() == ["Plain."]


def test_bytes_of_another_encoding_are_read() -> None:
    """A wrong charset hides nothing."""
    text, _ = read_message(b"Content-Type: text/plain; charset=utf-8\n\nCaf\xe9 paid\n")
    assert "Café paid" in text


@given(st.lists(st.sampled_from(["From: A\n", "To: B\n", "\n", "--b\n", "> ", "On 3 May A wrote:\n", "words\n", "é"])))
def test_no_message_whatever_raises(pieces: list[str]) -> None:
    """Voices lie within the text, in order."""
    text, voices = read_message("".join(pieces).encode())
    assert all(0 <= voice.span.start < voice.span.end <= len(text) for voice in voices)
