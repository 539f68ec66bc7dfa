"""`averment extract --explain`, and extractors that other packages offer, as people use them."""

import json
from collections.abc import Callable
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from averment.cli import averment as command
from averment.cli.extract import read_with
from averment.errors import InputError
from averment.extract import extractors
from averment.extract.proposals import Proposal, ProposedClaim, ProposedSpeaker
from averment.model import EntityKind, Source

ARTICLE = "The city of Ostport paid $5 million in 2019, Mayor Jo Lind said.\n\nThe council did not vote.\x1b[2J\n"


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(command, [str(a) for a in arguments], catch_exceptions=False, standalone_mode=False)


def propose(_source: Source) -> Proposal:
    """Propose one claim that is there and one that is not."""
    lind = ProposedSpeaker(words="Mayor Jo Lind", kind=EntityKind.PERSON, cue="said")
    return (
        ProposedClaim(words="The city of Ostport paid $5 million", speaker=lind),
        ProposedClaim(words="The council voted\x1b[2J"),
    )


@pytest.fixture
def offer(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Offer extractors, as an installed package does."""

    def offered(*named: tuple[str, str]) -> None:
        entries = [EntryPoint(name, value, extractors.GROUP) for name, value in named]
        monkeypatch.setattr(extractors, "entry_points", lambda group: [e for e in entries if e.group == group])
        monkeypatch.setattr(EntryPoint, "load", _load)

    return offered


def _load(entry: EntryPoint) -> object:
    if entry.attr not in globals():
        raise AttributeError(f"nothing here is called {entry.attr}")
    return globals()[entry.attr]


def test_an_article_is_explained_without_anything_that_steers_the_terminal(article: Path) -> None:
    output = run("extract", "--explain", article, "--publisher", "Ostport Wire").output
    assert "{$5 million}" in output
    assert "claim 1    Ostport Wire → a Jo Lind" in output
    assert "vote" in output
    assert "\x1b" not in output


def test_an_explanation_is_not_json(article: Path) -> None:
    with pytest.raises(InputError, match="--explain"):
        run("extract", "--explain", "--json", article)


@pytest.mark.parametrize("verb", ["extract", "ingest"])
def test_an_extractor_that_nobody_offers_is_one_sentence_with_those_that_there_are(
    article: Path, tmp_path: Path, offer: Callable[..., None], verb: str
) -> None:
    offer(("reader", "here:propose"), ("Not A Name", "here:propose"))
    store = ("--store", tmp_path / "store") if verb == "ingest" else ()
    with pytest.raises(InputError, match=r"^no extractor is called 'nobody'; installed: reader, rules$"):
        run(verb, "--with", "nobody", article, *store)
    assert not (tmp_path / "store").exists()


def test_an_extractor_that_cannot_be_loaded_is_one_sentence(article: Path, offer: Callable[..., None]) -> None:
    offer(("broken", "here:missing"))
    with pytest.raises(InputError, match="'broken' cannot be loaded: nothing here is called missing"):
        run("extract", "--with", "broken", article)


def test_what_an_extractor_proposes_is_kept_where_it_is_in_the_text_and_reported_where_not(
    article: Path, offer: Callable[..., None]
) -> None:
    offer(("reader", "here:propose"))
    done = run("extract", "--with", "reader", "--json", article)
    content = json.loads(done.stdout)
    assert [(c["text"], c["rule"]) for c in content["claims"]] == [
        ("The city of Ostport paid $5 million", "reader-proposed")
    ]
    assert done.stderr == "dropped “The council voted�[2J”: not in the text\n"


def test_what_an_extractor_proposes_can_be_stored_and_is_valid(
    article: Path, tmp_path: Path, offer: Callable[..., None]
) -> None:
    offer(("reader", "here:propose"))
    store = ("--store", tmp_path / "store")
    assert "(1 claim, 1 attribution, 0 payouts)" in run("ingest", "--with", "reader", article, *store).output
    report = json.loads(run("validate", "--json", *store).output)
    assert report["conforms"] is True


def test_rules_read_where_nothing_else_is_asked_for(article: Path) -> None:
    assert run("extract", article).output == run("extract", "--with", "rules", article).output
    assert list(read_with("rules", [])) == []
