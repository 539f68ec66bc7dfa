"""`averment diff`."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from averment.cli import averment

TEXT = "The city of Ostport paid $5 million in 2019. Mayor Jo Lind said that nobody was hurt.\n"


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    old, new = tmp_path / "old.txt", tmp_path / "new.txt"
    old.write_text(TEXT, encoding="utf-8")
    new.write_text(TEXT, encoding="utf-8")
    return old, new


def run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(averment, ["diff", *map(str, arguments)])
    return result.exit_code, result.stdout


def test_the_same_article_has_no_claim_touched(files: tuple[Path, Path]) -> None:
    assert run(*files) == (0, "2 claims, 0 of them touched\n")


def test_a_changed_figure_is_shown_word_by_word(files: tuple[Path, Path]) -> None:
    files[1].write_text(TEXT.replace("$5", "$6"), encoding="utf-8")
    status, shown = run(*files)
    assert status == 1
    assert shown == (
        "altered-critical: “The city of Ostport paid $5 million in 2019”\n  “5” became “6” (number)\n"
        "2 claims, 1 of them touched\n"
    )


def test_another_speaker_leaves_the_words_and_changes_the_chain(files: tuple[Path, Path]) -> None:
    files[1].write_text(TEXT.replace("Jo Lind", "Kim Vale"), encoding="utf-8")
    status, shown = run("--json", *files)
    (paid, hurt) = json.loads(shown)["claims"]
    assert status == 1
    assert (paid["outcome"], paid["chain"]) == ("exact", "sound")
    assert (hurt["outcome"], hurt["chain"]) == ("moved", "changed")
    assert hurt["behind"][0]["outcome"] == "altered-critical"
    assert TEXT.replace("Jo Lind", "Kim Vale")[hurt["new_start"] : hurt["new_end"]] == hurt["text"]
