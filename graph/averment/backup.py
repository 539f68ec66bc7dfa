"""Copies of a store that can be trusted: made while it is in use, and read whole before anybody relies on them.

A backup is a folder, or a tar file, with a published snapshot's files and `manifest.json`: each file's SHA-256, the
number of quads, and a digest of what they say. That is the sum of the SHA-256 of every line of their N-Quads, modulo
2^256: it depends on no order, so that a store of any size is read once and kept nowhere. Tokens and the log of writes
belong to a server, not to the data, and are left out.

https://www.w3.org/TR/n-quads/
"""

import json
import secrets
import shutil
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from hashlib import file_digest, sha256
from pathlib import Path

import pyoxigraph as ox

from averment.errors import InputError, StoreError
from averment.store import Store
from averment.store.disk import disk_error, sync
from averment.store.writer import ENGINE_ERRORS

__all__ = ["Manifest", "back_up", "restore"]

_MANIFEST = "manifest.json"
_DATA = "data"
_ENDING = ".tar"
_PIECE = 1 << 20
_MANIFEST_BYTES = 64 << 20
_TRIES = 5
"""Times that a snapshot is copied, should somebody publish several others meanwhile."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is in a backup."""

    generation: int
    """Of the snapshot that was copied."""
    quads: int
    digest: str
    """Of the quads, as the module says, in hexadecimal."""
    files: dict[str, str]
    """The SHA-256 of each file, by its name."""


def back_up(store: Store, target: Path) -> Manifest:
    """Copy the newest snapshot into a folder that is not there yet, or a file that ends in `.tar`.

    The copy is read whole before it gets its name. Raises InputError where there is something of that name, StoreError
    where the store cannot be read or the disk has no room.
    """
    if target.exists():
        raise InputError("there is something of that name already; a backup replaces nothing", target)
    with _beside(target) as made:
        generation = _copy_newest(store, made / _DATA)
        manifest = Manifest(generation, *_scan(made / _DATA), files=_digests(made / _DATA))
        (made / _MANIFEST).write_text(json.dumps(asdict(manifest), indent=1) + "\n", encoding="utf-8")
        for file in (made / _MANIFEST, *(made / _DATA).iterdir(), made / _DATA, made):
            sync(file)
        if target.suffix == _ENDING:
            _pack(made, target)
        else:
            made.rename(target)
        sync(target.parent)
    return manifest


def restore(source: Path, folder: Path) -> Manifest:
    """Make a store of a backup, in a folder that is empty or not there: whole, or nothing.

    What is restored is read whole before it gets its name. Raises InputError for what is no backup or damaged, or a
    folder that holds something, and StoreError where the disk has no room.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError("this is no empty folder; a backup is restored into one, or into none", folder)
    with _beside(folder) as made:
        manifest = _unpack(source, made) if source.is_file() else _copied(source, made)
        if _digests(made / _DATA) != manifest.files:
            raise InputError("the backup is damaged: a file in it is not what was copied", source)
        try:
            with Store(made).writer():
                pass  # opening publishes what has never been published
            found = _scan(Store(made).snapshot())
        except StoreError as error:
            raise InputError("the backup is damaged: it cannot be read", source) from error
        if found != (manifest.quads, manifest.digest):
            raise InputError("the backup is damaged: it does not hold what was copied", source)
        with suppress(FileNotFoundError):
            folder.rmdir()
        made.rename(folder)
        sync(folder.parent)
    return manifest


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """Give a fresh folder beside a target, and remove it unless it was renamed."""
    made = target.absolute().parent / f".{target.name}-{secrets.token_hex(4)}"
    try:
        made.mkdir(parents=True)
        yield made
    except OSError as error:
        raise disk_error(f"{target}: it cannot be written: {error.strerror or error}") from error
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _copy_newest(store: Store, to: Path) -> int:
    """Copy the newest snapshot, none of whose files ever changes, and give its number."""
    for _ in range(_TRIES):
        snapshot = store.snapshot()
        try:
            shutil.copytree(snapshot, to, ignore=shutil.ignore_patterns("LOCK", "LOG*"))
        except (shutil.Error, FileNotFoundError):
            if snapshot.exists():
                raise
            shutil.rmtree(to, ignore_errors=True)
        else:
            return int(snapshot.name)
    raise StoreError(f"{store.folder}: others write faster than a snapshot is copied; try again")


def _scan(data: Path) -> tuple[int, str]:
    """Read every quad of a snapshot, and give their number and their digest; raise StoreError for damage."""
    count, digest = 0, 0
    try:
        for quad in ox.Store.read_only(str(data)):
            count += 1
            digest += int.from_bytes(sha256(f"{quad} .\n".encode()).digest())
    except ENGINE_ERRORS as error:
        raise StoreError(f"{data}: the copy cannot be read whole; the store may be damaged ({error})") from error
    return count, f"{digest % (1 << 256):064x}"


def _digests(data: Path) -> dict[str, str]:
    digests = {}
    for file in sorted(data.iterdir()):
        if file.name != "LOCK" and not file.name.startswith("LOG"):
            with file.open("rb") as content:
                digests[file.name] = file_digest(content, "sha256").hexdigest()
    return digests


def _pack(made: Path, target: Path) -> None:
    """Put a backup into a tar file, which gets its name when it is whole."""
    half = made / "backup"
    with tarfile.open(half, "w") as tar:
        for name in (_MANIFEST, *(f"{_DATA}/{file.name}" for file in sorted((made / _DATA).iterdir()))):
            tar.add(made / name, name)
    sync(half)
    half.rename(target)


def _copied(source: Path, made: Path) -> Manifest:
    """Copy a backup's folder: its manifest, and the files that the manifest has."""
    try:
        with (source / _MANIFEST).open("rb") as file:
            manifest = _read(file.read(_MANIFEST_BYTES))
        (made / _DATA).mkdir()
        for name in manifest.files:
            shutil.copyfile(source / _DATA / name, made / _DATA / name, follow_symlinks=False)
    except (FileNotFoundError, NotADirectoryError, ValueError, RecursionError) as error:
        raise _no_backup(source) from error
    return manifest


def _unpack(source: Path, made: Path) -> Manifest:
    """Take the manifest, which comes first, and its files out of a tar file; anything else in it is an error."""
    (made / _DATA).mkdir()
    manifest = None
    try:
        with tarfile.open(source, "r:") as tar:
            for member in tar:
                content = tar.extractfile(member) if member.isreg() else None
                if content is None:
                    raise ValueError(member.name)  # noqa: TRY301 - told as one sentence below
                if manifest is None and member.name == _MANIFEST:
                    manifest = _read(content.read(_MANIFEST_BYTES))
                    continue
                folder, _, name = member.name.partition("/")
                if manifest is None or folder != _DATA or name not in manifest.files:
                    raise ValueError(member.name)  # noqa: TRY301
                with (made / _DATA / name).open("wb") as file:
                    shutil.copyfileobj(content, file, _PIECE)
    except (tarfile.TarError, ValueError, EOFError, RecursionError) as error:
        raise _no_backup(source) from error
    if manifest is None:
        raise _no_backup(source)
    return manifest


def _read(text: bytes) -> Manifest:
    """Read a manifest; raise ValueError for what is none, or names files elsewhere."""
    given = json.loads(text)
    if not isinstance(given, dict) or set(given) != {"generation", "quads", "digest", "files"}:
        raise ValueError("no manifest")
    manifest = Manifest(**given)
    if not isinstance(manifest.files, dict) or any(Path(name).name != name for name in manifest.files):
        raise ValueError("no manifest")
    return manifest


def _no_backup(source: Path) -> InputError:
    return InputError("this is no backup of averment's, or not all of one", source)
