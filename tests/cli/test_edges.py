"""What goes wrong at the command line, in shells and on terminals: one sentence, never a traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from averment.cli import averment as command
from averment.cli.options import counted, one_line, printable

ARTICLE = "Mayor Jo Lind said that Ostport\x1b[2J paid $5 million to Kim Vale in 2019."


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an article, a store of it, and an empty folder."""
    path = tmp_path_factory.mktemp("edges")
    (path / "empty").mkdir()
    (path / "a.txt").write_text(ARTICLE)
    run("ingest", path / "a.txt", "--store", path / "store")
    return path


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(command, [str(a) for a in arguments], catch_exceptions=False, standalone_mode=False)


def shell(script: str, folder: Path, *, data: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run a line of shell in the folder, where `averment` is the command."""
    line = f'averment() {{ "{sys.executable}" -m averment "$@"; }}; {script}'
    environment = os.environ | {"AVERMENT_STORE": str(folder / "store")}
    call = ["/bin/bash", "-c", line]
    return subprocess.run(call, cwd=folder, env=environment, input=data, capture_output=True, check=False)


@pytest.mark.parametrize(
    ("script", "words"),
    [
        (r"averment extract a.txt --title $'a\xffb'", "--title"),
        (r"averment extract a.txt --author $'a\xffb'", "--author"),
        (r"averment extract a.txt --address $'https://a/\xff'", "--address"),
        ("averment extract a.txt --published '2021-05-07 nonsense'", "--published"),
        ("averment extract a.txt empty/../a.txt --title T", "--title names one article, and there are 2 files"),
        ("averment ingest a.txt empty/../a.txt --address https://a.example/", "--address names one article"),
        ("averment query --seconds nan 'ASK {}'", "--seconds"),
        ("averment query --seconds inf 'ASK {}'", "--seconds"),
        ("averment query --seconds 1e300 'ASK {}'", "--seconds"),
        ("averment query empty", "empty: it is a folder"),
        (r"averment query $'ASK { ?s ?p \'\xff\' }'", "the query: it is not UTF-8"),
        (r"printf 'ASK {}\xff' | averment query -", "standard input: it is not UTF-8"),
        ("averment query - <&-", "standard input: it is closed"),
        ("averment extract - <&-", "standard input: it is closed"),
        ("averment info >&-", "standard output is closed"),
        ("averment info > /dev/full", "the output cannot be written: no space left on device"),
        ("averment export --format nquads > /dev/full", "the output cannot be written"),
        ("averment validate nofile", "nofile: no such file"),
        (r"averment extract $'no\x1b[2Jfile'", "no�[2Jfile: there is no such file"),
    ],
)
def test_one_sentence_and_status_2(folder: Path, script: str, words: str) -> None:
    done = shell(script, folder)
    told = done.stderr.decode()
    assert words in told
    assert done.returncode == 2
    assert "Traceback" not in told
    assert "\x1b" not in told


def test_files_that_the_shell_makes_are_read(folder: Path) -> None:
    assert shell("averment extract <(cat a.txt)", folder).returncode == 0
    assert shell("averment query <(echo 'ASK {}')", folder).stdout == b"yes\n"
    assert b"Nothing wrong" in shell("averment validate -", folder, data=b"<a:a> <a:b> <a:c> .").stdout


def test_whoever_has_heard_enough_is_no_error(folder: Path) -> None:
    assert shell("averment export --format nquads | true", folder).stderr == b""


def test_a_file_with_a_name_that_is_no_text_is_read(folder: Path) -> None:
    done = shell(r"cp a.txt $'\xff.txt'; averment extract --json $'\xff.txt' && averment extract $'\xff.txt'", folder)
    assert done.returncode == 0
    assert b'"file": "?.txt"' in done.stdout


def test_articles_do_not_steer_a_terminal(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(f"# Mayor\x1b]0;x\x07 pays\n\n{ARTICLE}")
    outputs = [run("extract", tmp_path / "a.md"), run("ingest", tmp_path / "a.md", "--store", tmp_path / "store")]
    for done in [*outputs, run("extract", folder / "a.txt")]:
        assert "�" in done.output
        assert not {"\x1b", "\x07"} & set(done.output)


def test_blank_words_are_not_given(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# Title\n\nThe mayor said so.")
    assert run("extract", tmp_path / "a.md", "--title", "  ", "--author", " ").output.startswith("Title\n")


def test_a_triple_in_an_answer_is_shown(folder: Path) -> None:
    query = "SELECT ?t { BIND(TRIPLE(<a:a>, rdf:type, 'x') AS ?t) }"
    assert "<<( a:a rdf:type x )>>" in run("query", query, "--store", folder / "store").output


def test_an_empty_query_is_not_a_folder(folder: Path) -> None:
    done = shell("averment query ''", folder)
    assert done.returncode == 2
    assert b"folder" not in done.stderr


def test_numbers_have_their_nouns() -> None:
    assert [counted(n, "claim") for n in (0, 1, 2_000)] == ["0 claims", "1 claim", "2,000 claims"]


def test_text_for_people_cannot_steer() -> None:
    assert printable("a\tb\n\x1b\u202e") == "a b\n��"
    assert one_line(" a\n\x1bb ") == "a �b"
