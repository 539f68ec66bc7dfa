"""`averment cite`."""

import json
from pathlib import Path

from click.testing import CliRunner

from averment.cli import averment


def run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(averment, ["cite", *map(str, arguments)])
    return result.exit_code, result.stdout


def test_quotations_are_judged_one_by_one(tmp_path: Path) -> None:
    source, draft = tmp_path / "speech.txt", tmp_path / "draft.txt"
    source.write_text("“We paid the family $5 million,” Mayor Jo Lind said.\n", encoding="utf-8")
    draft.write_text("“We paid the family $5 million,” Mayor Jo Lind said.\n", encoding="utf-8")
    assert run(draft, "--sources", source)[0] == 0
    draft.write_text("“We paid the family $6 million,” Mayor Jo Lind said.\n", encoding="utf-8")
    status, shown = run(draft, "--sources", tmp_path / "speech.txt")
    assert status == 1
    assert shown.splitlines() == [
        "altered-critical: “We paid the family $6 million,”",
        f"  a word that bears meaning was changed in {source}",
        "  “5” became “6” (number)",
        "1 quotation, 1 of them to look at",
    ]
    (one,) = json.loads(run(draft, "--sources", source, "--json")[1])["quotations"]
    assert (one["outcome"], one["speaker"], one["found_text"]) == (
        "altered-critical", "Jo Lind", "We paid the family $5 million",
    )  # fmt: skip
