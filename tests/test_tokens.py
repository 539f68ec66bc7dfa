"""Tokens: shown once, kept as hashes that nobody else can read, and worthless when they are revoked."""

import json
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from averment import tokens
from averment.cli import averment as command
from averment.errors import InputError, StoreError
from averment.store import Store

AT = datetime(2021, 5, 7, 10, tzinfo=UTC)


def run(*arguments: str) -> str:
    return CliRunner().invoke(command, list(arguments), catch_exceptions=False, standalone_mode=False).stdout


def test_a_token_names_its_holder_and_nothing_else_does(filled_store: Store) -> None:
    """Neither a part of it nor nothing at all."""
    shown = tokens.create(filled_store, "desk", AT)
    assert tokens.holder(filled_store, shown) == "desk"
    for other in ("", shown[:-1], shown + "x", shown.upper(), "é\udcff", tokens.tokens(filled_store)[0].digest):
        assert tokens.holder(filled_store, other) is None


def test_two_tokens_are_never_the_same(filled_store: Store) -> None:
    """Each has 256 random bits."""
    shown = {tokens.create(filled_store, str(number), AT) for number in range(20)}
    assert len(shown) == 20
    assert min(map(len, shown)) >= 43


def test_the_file_holds_no_token_and_is_its_owners_alone(filled_store: Store) -> None:
    """Whoever reads it, or a copy of the folder, cannot write."""
    shown = tokens.create(filled_store, "desk", AT)
    assert filled_store.folder
    path = filled_store.folder / "tokens.json"
    assert shown not in path.read_text()
    assert shown.partition("_")[2] not in path.read_text()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert not list(filled_store.folder.glob(".tokens*"))


def test_the_same_token_has_another_hash_under_another_key() -> None:
    """A list of hashes that was made once is of no use."""
    assert tokens._digest("00" * 32, "averment_x") != tokens._digest("01" * 32, "averment_x")  # noqa: SLF001


def test_a_revoked_token_is_worthless_and_the_others_are_not(filled_store: Store) -> None:
    """At once: the file is read for each write."""
    one, other = (tokens.create(filled_store, name, AT) for name in ("one", "other"))
    tokens.revoke(filled_store, "one")
    assert tokens.holder(filled_store, one) is None
    assert tokens.holder(filled_store, other) == "other"
    assert [token.name for token in tokens.tokens(filled_store)] == ["other"]
    with pytest.raises(InputError, match="no token is called one"):
        tokens.revoke(filled_store, "one")


def test_a_name_is_given_once(filled_store: Store) -> None:
    """The log of writes would not tell the two apart."""
    tokens.create(filled_store, "desk", AT)
    with pytest.raises(InputError, match="already"):
        tokens.create(filled_store, "desk", AT)


def test_a_damaged_file_lets_nobody_write(filled_store: Store) -> None:
    """And says so, instead of being taken for an empty one."""
    shown = tokens.create(filled_store, "desk", AT)
    assert filled_store.folder
    for content in ("{", "[]", '{"key": "zz", "tokens": [{"name": "desk"}]}'):
        (filled_store.folder / "tokens.json").write_text(content)
        with pytest.raises(StoreError, match="tokens cannot be read"):
            tokens.holder(filled_store, shown)
        with pytest.raises(StoreError):
            tokens.create(filled_store, "more", AT)


def test_without_a_store_there_is_nothing_to_write_to(tmp_path: Path) -> None:
    """A mistyped folder is not made."""
    with pytest.raises(StoreError, match="averment ingest"):
        tokens.create(Store(tmp_path / "none"), "desk", AT)
    assert not (tmp_path / "none").exists()


def test_the_command_line_makes_lists_and_revokes(filled_store: Store) -> None:
    """The token alone is on standard output, so that it can be piped; the list never has it."""
    folder = str(filled_store.folder)
    shown = run("token", "create", "desk", "--store", folder, "--at", "2021-05-07T10:00:00Z").strip()
    assert tokens.holder(filled_store, shown) == "desk"
    assert run("token", "list", "--store", folder) == "2021-05-07 10:00  desk\n"
    assert json.loads(run("token", "list", "--store", folder, "--json")) == [
        {"name": "desk", "created": "2021-05-07T10:00:00+00:00"}
    ]
    run("token", "revoke", "desk", "--store", folder)
    assert tokens.holder(filled_store, shown) is None
    assert json.loads(run("token", "create", "desk", "--store", folder, "--json"))["name"] == "desk"


@pytest.mark.parametrize("name", ["", " ", "a\x1b[31m", "x" * 65])
def test_a_name_that_cannot_be_shown_is_refused(filled_store: Store, name: str) -> None:
    """It stands in logs and on terminals."""
    result = CliRunner().invoke(command, ["token", "create", name, "--store", str(filled_store.folder)])
    assert result.exit_code == 2
    assert tokens.tokens(filled_store) == []
