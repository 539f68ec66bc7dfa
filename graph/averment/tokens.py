"""Who may write over the network: tokens, shown once and then known by their hash alone.

A token is 256 random bits, so nobody guesses one, and a slow hash would only cost time: it is for what people think up.
What is kept is a keyed BLAKE2b hash of each. The key is the file's own, so that a hash found in one file says nothing
about another. The file stands in the store's folder, readable by its owner alone.

https://www.rfc-editor.org/rfc/rfc7693
"""

import fcntl
import hmac
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path

from averment.errors import InputError, StoreError
from averment.store import Store
from averment.store.disk import disk_error, sync

__all__ = ["Token", "create", "holder", "revoke", "tokens"]

_FILE = "tokens.json"
_BEGINNING = "averment_"
"""So that programs that look for secrets in texts can know one."""

_RANDOM_BYTES = 32


@dataclass(frozen=True, slots=True)
class Token:
    """What is known of a token: its name, when it was made, and its hash."""

    name: str
    created: datetime
    digest: str


@dataclass(frozen=True, slots=True)
class _File:
    key: str
    tokens: tuple[Token, ...] = ()


def create(store: Store, name: str, at: datetime) -> str:
    """Make a token for whoever is called `name`, and give it: it cannot be shown again.

    Raises StoreError where there is no store, InputError where the name is taken.
    """
    store.snapshot()
    with _changing(_path(store)) as path:
        known = _read(path)
        if any(token.name == name for token in known.tokens):
            raise InputError(f"there is a token called {name} already; revoke it, or choose another name")
        shown = _BEGINNING + secrets.token_urlsafe(_RANDOM_BYTES)
        _write(path, _File(known.key, (*known.tokens, Token(name, at, _digest(known.key, shown)))))
    return shown


def revoke(store: Store, name: str) -> None:
    """Make the token of that name worthless from now on; raise InputError where there is none."""
    with _changing(_path(store)) as path:
        known = _read(path)
        left = tuple(token for token in known.tokens if token.name != name)
        if len(left) == len(known.tokens):
            raise InputError(f"no token is called {name}")
        _write(path, _File(known.key, left))


def tokens(store: Store) -> list[Token]:
    """Give the tokens that are worth something, in the order of their names."""
    return sorted(_read(_path(store)).tokens, key=lambda token: token.name)


def holder(store: Store, shown: str) -> str | None:
    """Give the name that a token was made for, or None. How long that takes does not tell how nearly it is one."""
    known = _read(_path(store))
    digest = _digest(known.key, shown)
    found = None
    for token in known.tokens:
        if hmac.compare_digest(token.digest.encode(), digest.encode()):
            found = token.name
    return found


def _digest(key: str, shown: str) -> str:
    return blake2b(shown.encode(errors="replace"), key=bytes.fromhex(key), digest_size=32).hexdigest()


def _path(store: Store) -> Path:
    if store.folder is None:
        raise StoreError("a store in memory has no tokens")
    return store.folder / _FILE


@contextmanager
def _changing(path: Path) -> Iterator[Path]:
    """Keep others from changing the file meanwhile."""
    try:
        folder = os.open(path.parent, os.O_RDONLY)
    except OSError as error:
        raise StoreError(f"{path.parent}: the store cannot be read ({error.strerror})") from error
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield path
    finally:
        os.close(folder)


def _read(path: Path) -> _File:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        kept = (Token(t["name"], datetime.fromisoformat(t["created"]), t["digest"]) for t in found["tokens"])
        return _File(bytes.fromhex(found["key"]).hex(), tuple(kept))
    except FileNotFoundError:
        return _File(secrets.token_hex(_RANDOM_BYTES))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(f"{path}: the file of tokens cannot be read ({error})") from error


def _write(path: Path, file: _File) -> None:
    """Replace the file whole; nobody but its owner may read it at any moment."""
    kept = [
        {"name": token.name, "created": token.created.astimezone(UTC).isoformat(), "digest": token.digest}
        for token in file.tokens
    ]
    draft = path.with_name(f".{_FILE}.{os.getpid()}")
    try:
        draft.unlink(missing_ok=True)
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as written:
            json.dump({"key": file.key, "tokens": kept}, written, indent=2)
            written.flush()
            os.fsync(written.fileno())
        draft.replace(path)
        sync(path.parent)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise disk_error(f"{path}: the file of tokens cannot be written ({error.strerror})") from error
