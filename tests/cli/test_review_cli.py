"""`averment review`, `evidence` and `packet`, and the policy that holds them together."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from averment.cli import averment
from averment.errors import AvermentError
from averment.store.view import query_text

TEXT = "The city of Ostport paid $5 million in 2019. Mayor Jo Lind said that nobody was hurt.\n"


def run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(averment, [*map(str, arguments)])
    if isinstance(result.exception, AvermentError):
        raise result.exception
    return result.exit_code, result.stdout


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store with one article; every verb uses it."""
    path = tmp_path / "article.txt"
    path.write_text(TEXT, encoding="utf-8")
    monkeypatch.setenv("AVERMENT_STORE", str(tmp_path / "store"))
    assert run("ingest", path, "--publisher", "Ostport Wire", "--archived", "https://archive.example/1")[0] == 0
    return tmp_path


def claims(*arguments: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run("review", "list", "--json", *arguments)[1])
    return found


def payment() -> str:
    return str(next(claim["name"] for claim in claims("--status", "all") if "$5 million" in claim["words"]))


@pytest.mark.usefixtures("store")
def test_a_claim_is_accepted_and_asserted() -> None:
    ask = "ASK { ?city av:paid ?payout . ?payout a av:Payout }"
    assert run("query", ask)[1] == "no\n"
    status, shown = run("review", "accept", payment(), "--by", "Kim Vale", "--note", "seen the ledger")
    assert (status, shown) == (0, "accepted: “The city of Ostport paid $5 million in 2019”\n")
    assert run("query", ask)[1] == "yes\n"
    (accepted,) = claims("--status", "accepted")
    assert accepted["steps"][0] | {"at": ""} == {
        "decided": "accepted",
        "by": "Kim Vale",
        "at": "",
        "note": "seen the ledger",
        "correction": None,
        "anonymity": None,
        "rating": None,
    }
    assert "accepted by Kim Vale" in run("review", "list", "--status", "accepted")[1]
    run("review", "reopen", payment(), "--by", "Kim Vale")
    assert run("query", ask)[1] == "no\n"


@pytest.mark.usefixtures("store")
def test_a_claim_is_corrected_in_words() -> None:
    run("review", "correct", payment(), "--by", "Kim Vale", "--text", "The city paid about $5 million")
    assert claims("--status", "corrected")[0]["steps"][0]["correction"] == "The city paid about $5 million"


@pytest.mark.usefixtures("store")
def test_who_decides_is_never_guessed() -> None:
    for verb in ("accept", "reject", "correct", "reopen"):
        assert run("review", verb, payment())[0] == 2
    assert run("evidence", "add", payment(), "--supports", "x", "--passage", "y")[0] == 2


def test_the_table_goes_out_and_comes_back(store: Path) -> None:
    table = store / "claims.csv"
    run("review", "export", "-o", table)
    edited = table.read_text(encoding="utf-8-sig").replace(",open,", ",rejected,")
    table.write_text(edited, encoding="utf-8")
    assert run("review", "import", table, "--by", "Kim Vale")[0] == 0
    assert {claim["status"] for claim in claims("--status", "all")} == {"rejected"}
    table.write_text(edited.replace("rejected", "agreed"), encoding="utf-8")
    with pytest.raises(AvermentError, match="line 2: 'agreed' is no status") as caught:
        run("review", "import", table, "--by", "Kim Vale")
    assert str(table) in str(caught.value.path)  # type: ignore[attr-defined]


def test_an_accepted_claim_whose_words_change_breaks_the_policy(store: Path) -> None:
    run("review", "accept", payment(), "--by", "Kim Vale")
    run("verify", store / "article.txt", "--by", "Kim Vale")
    assert run("validate")[0] == 0
    newer = store / "newer.txt"
    newer.write_text(TEXT.replace("$5", "$6"), encoding="utf-8")
    iri = claims("--status", "accepted")[0]["article"]
    assert run("verify", newer, "--source", iri, "--by", "Kim Vale")[0] == 1
    status, shown = run("validate")
    assert status == 1
    assert "accepted-words-stand" in shown
    changed = run("query", query_text("questions/changed-accepted"))[1]
    assert "“5” became “6” (number)" in changed
    run("review", "reopen", payment(), "--by", "Kim Vale")
    assert run("validate")[0] == 0
    with pytest.raises(AvermentError, match="altered-critical when they were last verified"):
        run("review", "accept", payment(), "--by", "Kim Vale")


def test_a_source_that_is_not_to_be_had_is_a_warning(store: Path) -> None:
    """Whoever verifies one article of several has said nothing about the words of the others."""
    other = store / "other.txt"
    other.write_text("Nothing was paid in Westport, Ann Brandt said.\n", encoding="utf-8")
    run("ingest", other)
    run("review", "accept", payment(), "--by", "Kim Vale")
    assert run("verify", other, "--by", "Kim Vale")[0] == 1
    status, shown = run("validate")
    assert status == 0
    assert "accepted-source-is-available" in shown


def test_evidence_is_put_forward_and_taken_back(store: Path) -> None:
    audit = store / "audit.txt"
    audit.write_text("The city paid 214 times.\n", encoding="utf-8")
    given = ("--passage", "paid 214 times", "--by", "Kim Vale", "--title", "Audit")
    (link,) = json.loads(run("evidence", "add", payment(), "--disputes", audit, *given, "--json")[1])
    assert (link["how"], link["words"], link["source_name"]) == ("disputes", "paid 214 times", "Audit")
    assert "“paid 214 times” (Audit)" in run("evidence", "list", payment())[1]
    run("evidence", "remove", link["id"][:8], "--by", "Bo Lind")
    assert json.loads(run("evidence", "list", "--json")[1]) == []
    assert json.loads(run("evidence", "list", "--all", "--json")[1])[0]["removed"]["by"] == "Bo Lind"
    assert run("validate")[0] == 0
    assert run("evidence", "add", payment(), "--supports", audit, "--disputes", audit, *given)[0] == 2


def asked_for() -> set[str]:
    report = json.loads(run("validate", "--json")[1])
    assert report["conforms"], "a policy warns, and forbids nothing"
    return {result["constraint"] for result in report["results"]}


def test_what_a_policy_asks_for_can_be_put_on_record(store: Path) -> None:
    """Evidence beside the article, a primary source, and how the figure was worked out."""
    ledger = store / "ledger.txt"
    ledger.write_text("Paid to A: $2 million.\nPaid to B: $3 million.\n", encoding="utf-8")
    run("review", "accept", payment(), "--by", "Kim Vale")
    assert asked_for() == {"accepted-has-evidence"}
    given = (
        "evidence",
        "add",
        payment(),
        "--supports",
        ledger,
        "--by",
        "Kim Vale",
        "--title",
        "Ledger",
        "--json",
        "--passage",
    )
    (link,) = json.loads(run(*given, "Paid to A: $2 million")[1])
    assert link["kind"] is None
    assert asked_for() == {"accepted-evidence-suffices", "accepted-figure-is-calculated"}
    (other,) = json.loads(run(*given, "Paid to B: $3 million", "--primary")[1])
    assert other["kind"] == "primary"
    assert "(Ledger, primary)" in run("evidence", "list")[1]
    assert asked_for() == {"accepted-figure-is-calculated"}
    figures = ("--formula", "2 + 3", "--expected", "5,000,000", "--result", "5,000,000", "--by", "Kim Vale")
    sources = ("--from", link["id"][:8], "--from", other["id"][:8])
    status, shown = run("evidence", "calculate", payment(), *figures, *sources)
    assert (status, shown.splitlines()[0]) == (0, f"{payment()}  5,000,000 is claimed, 5,000,000 came out")
    assert asked_for() == set()
    (made,) = json.loads(run("evidence", "calculations", payment(), "--json")[1])
    assert (made["formula"], made["expected"], len(made["used"]), made["by"]) == ("2 + 3", "5000000", 2, "Kim Vale")


@pytest.mark.parametrize("number", ["five", "1e400", "", "NaN", "1.2.3", "9" * 30])
@pytest.mark.usefixtures("store")
def test_a_figure_that_is_no_number_is_refused(number: str) -> None:
    figures = ("--formula", "x", "--expected", number, "--result", "5", "--from", "x", "--by", "Kim Vale")
    assert run("evidence", "calculate", payment(), *figures)[0] == 2


def test_why_somebody_is_not_named_can_be_put_on_record(store: Path) -> None:
    text = "A spokeswoman said that the city of Ostport paid nothing.\n"
    (store / "other.txt").write_text(text, encoding="utf-8")
    run("ingest", store / "other.txt", "--publisher", "Ostport Wire")
    said = next(claim["name"] for claim in claims("--status", "all") if "paid nothing" in claim["words"])
    run("review", "accept", said, "--by", "Kim Vale")
    assert "accepted-anonymity-has-reason" in asked_for()
    run("review", "reopen", said, "--by", "Kim Vale")
    run("review", "accept", said, "--by", "Kim Vale", "--anonymous-because", "she would lose her post")
    assert "accepted-anonymity-has-reason" not in asked_for()
    assert "(not named because: she would lose her post)" in run("review", "list", "--status", "accepted")[1]
    (claim,) = claims("--status", "accepted")
    assert claim["steps"][-1]["anonymity"] == "she would lose her post"


def test_what_is_put_forward_is_verified_too(store: Path) -> None:
    audit = store / "audit.txt"
    audit.write_text("The city paid 214 times.\n", encoding="utf-8")
    run("evidence", "add", payment(), "--supports", audit, "--passage", "paid 214 times", "--by", "Kim Vale")
    assert run("verify", store / "article.txt", audit)[0] == 0


def test_a_packet_is_written(store: Path) -> None:
    folder = store / "packet"
    told = json.loads(run("packet", "-o", folder, "--json")[1])
    assert set(told["files"]) == {path.name for path in folder.iterdir()}
    assert "https://archive.example/1" in (folder / "packet.html").read_text(encoding="utf-8")
    with pytest.raises(AvermentError, match="no claim is accepted"):
        run("packet", "--status", "accepted", "-o", folder)
    one = store / "one"
    assert run("packet", payment(), "-o", one)[0] == 0
    assert (one / "packet.html").read_text(encoding="utf-8").count("<mark>") == 1


def test_a_graph_without_words_is_exported(store: Path) -> None:
    published = store / "public.trig"
    run("export", "--no-keep-text", "-o", published)
    assert "paid $5 million" not in published.read_text(encoding="utf-8")
    assert run("validate", published)[0] == 0
