"""Backups: what is copied is what was there, and damage is never restored."""

import json
import tarfile
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner

from averment.backup import back_up, restore
from averment.cli import averment
from averment.errors import AvermentError, InputError
from averment.exports.dumps import dump
from averment.store import Store, by_name
from averment.store.formats import RDF_FORMATS

NQUADS = by_name("nquads", RDF_FORMATS)


@pytest.fixture(params=["copy", "copy.tar"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Where a backup goes: a folder, or a file."""
    return tmp_path / str(request.param)


def _lines(store: Store) -> bytes:
    """Give canonical N-Quads."""
    content = BytesIO()
    dump(store.view(), NQUADS, content)
    return content.getvalue()


def test_what_is_restored_is_what_was_there(filled_store: Store, target: Path, tmp_path: Path) -> None:
    """Byte for byte in canonical N-Quads, and it can be written to."""
    made = back_up(filled_store, target)
    assert restore(target, tmp_path / "again") == made
    again = Store(tmp_path / "again")
    assert _lines(again) == _lines(filled_store)
    assert made.quads == len(again.view())
    with again.writer() as writer:
        writer.update("INSERT DATA { <a:a> <a:b> <a:c> }")
    assert len(again.view()) == made.quads + 1


def test_a_backup_is_made_while_somebody_writes(filled_store: Store, target: Path, tmp_path: Path) -> None:
    """It has what was published, and nothing of what is not yet."""
    before = len(filled_store.view())
    with filled_store.writer() as writer:
        writer.update("INSERT DATA { <a:a> <a:b> <a:c> }")
        made = back_up(filled_store, target)
        writer.update("INSERT DATA { <a:d> <a:e> <a:f> }")
    assert made.quads == before + 1
    assert restore(target, tmp_path / "again").digest == made.digest


def test_tokens_and_logs_are_not_in_it(filled_store: Store, target: Path, tmp_path: Path) -> None:
    assert filled_store.folder
    (filled_store.folder / "tokens.json").write_text("{}")
    back_up(filled_store, target)
    restore(target, tmp_path / "again")
    assert not (tmp_path / "again" / "tokens.json").exists()


@pytest.mark.parametrize("place", [0.1, 0.5, 0.9])
def test_a_flipped_byte_is_found_and_nothing_is_restored(filled_store: Store, tmp_path: Path, place: float) -> None:
    """In whichever file it is, the manifest included."""
    back_up(filled_store, tmp_path / "copy")
    files = [file for file in sorted((tmp_path / "copy").rglob("*")) if file.is_file() and file.stat().st_size]
    assert len(files) > 3
    for file in files:
        whole = file.read_bytes()
        flipped = bytearray(whole)
        flipped[int(len(whole) * place)] ^= 1
        if file.name != "manifest.json" or _means_another(whole, bytes(flipped)):
            file.write_bytes(flipped)
            with pytest.raises(InputError):
                restore(tmp_path / "copy", tmp_path / "again")
            file.write_bytes(whole)
        assert not (tmp_path / "again").exists()
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def _means_another(whole: bytes, flipped: bytes) -> bool:
    """Say whether a manifest is another one that way, its note of the generation aside."""
    try:
        told, other = json.loads(whole), json.loads(flipped)
    except ValueError:
        return True
    return bool({**told, "generation": 0} != {**other, "generation": 0})


def test_a_copy_of_a_damaged_store_is_not_made(filled_store: Store, tmp_path: Path) -> None:
    """Damage that the store itself has not noticed yet."""
    largest = max(filled_store.snapshot().glob("*.sst"), key=lambda file: file.stat().st_size)
    damaged = bytearray(largest.read_bytes())
    for place in range(0, len(damaged), 200):
        damaged[place] ^= 0xFF
    largest.write_bytes(damaged)
    with pytest.raises(AvermentError):
        back_up(Store(filled_store.folder), tmp_path / "copy")
    assert not (tmp_path / "copy").exists()


def test_nothing_that_is_there_is_replaced(filled_store: Store, target: Path, tmp_path: Path) -> None:
    back_up(filled_store, target)
    with pytest.raises(InputError, match="already"):
        back_up(filled_store, target)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "file").touch()
    with pytest.raises(InputError, match="empty"):
        restore(target, tmp_path / "full")


def test_a_file_that_leads_elsewhere_is_refused(filled_store: Store, tmp_path: Path) -> None:
    """Names with folders in them, links, and what the manifest does not have."""
    back_up(filled_store, tmp_path / "copy.tar")
    for name, kind in (("../out", tarfile.REGTYPE), ("data/../../out", tarfile.REGTYPE), ("data/x", tarfile.SYMTYPE)):
        with tarfile.open(tmp_path / "copy.tar") as whole, tarfile.open(tmp_path / "bad.tar", "w") as bad:
            for member in whole:
                bad.addfile(member, whole.extractfile(member))
            more = tarfile.TarInfo(name)
            more.type, more.linkname = kind, "/etc/passwd"
            bad.addfile(more)
        with pytest.raises(InputError, match="no backup"):
            restore(tmp_path / "bad.tar", tmp_path / "again")
        assert not (tmp_path / "out").exists()


def test_what_is_no_backup_is_said_to_be_none(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file.tar").write_bytes(b"nothing of the kind" * 100)
    for source in ("folder", "file.tar"):
        with pytest.raises(InputError, match="no backup"):
            restore(tmp_path / source, tmp_path / "again")


def test_the_verbs_say_how_much_was_read(filled_store: Store, tmp_path: Path) -> None:
    copied = CliRunner().invoke(averment, ["backup", str(tmp_path / "a.tar"), "--store", str(filled_store.folder)])
    assert (copied.exit_code, "read whole" in copied.output) == (0, True)
    again = CliRunner().invoke(averment, ["restore", str(tmp_path / "a.tar"), "--store", str(tmp_path / "b")])
    assert (again.exit_code, again.output.split(": ", 1)[1]) == (0, copied.output.split(": ", 1)[1])
