"""The cache: what a build found out of the notes, for the next one. One SQLite file, keyed by hashes of contents.

Records are pickled and may hold nothing but the records of `core`, so that a foreign file can run no code. A cache
that is damaged is dropped with one line and made anew; what other versions wrote has other keys.
"""

from __future__ import annotations

import logging
import pickle
import sqlite3
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from functools import lru_cache
from hashlib import blake2b
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from io import BytesIO
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig

log = logging.getLogger("mkdocs.plugins.videonotes")

PACKAGE = Path(__file__).parent.parent
BUSY = 60
"""Seconds for which a build waits for another one that writes the same cache."""

_ASKED = 500
"""Keys of one query."""


def cache_folder(config: MkDocsConfig) -> Path:
    """Return the folder beside `mkdocs.yml` that holds the cache and scratch files. It need not exist."""
    base = Path(config.config_file_path).parent if config.config_file_path else Path(config.site_dir).parent
    return base / ".cache" / "videonotes"


@lru_cache
def fingerprint(programs: str, *packages: str) -> bytes:
    """Return a hash of what makes a record: Python, `programs` (a file or folder of this package), other packages."""
    digest = blake2b(f"{sys.version_info[:2]}".encode(), digest_size=16)
    for name in packages:
        try:
            digest.update(f"{name}=={version(name)}".encode())
        except PackageNotFoundError:
            continue
    root = PACKAGE / programs
    for file in sorted(root.rglob("*.py")) if root.is_dir() else [root]:
        digest.update(file.relative_to(PACKAGE).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.digest()


def digest_of(*parts: bytes) -> bytes:
    """Return a key: the hash of `parts`, the first of them a fingerprint."""
    digest = blake2b(digest_size=16)
    for part in parts:
        digest.update(len(part).to_bytes(8) + part)
    return digest.digest()


def hash_of(data: bytes) -> str:
    """Return the hash by which the contents of a file are known."""
    return blake2b(data, digest_size=16).hexdigest()


class Cache:
    """Records by their keys. What a build neither read nor wrote is dropped when it ends."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "cache.sqlite"
        self.used: set[bytes] = set()

    def read(self, keys: Iterable[bytes]) -> dict[bytes, Any]:
        """Return the records that are there."""
        wanted = list(dict.fromkeys(keys))
        if not self.path.exists():
            return {}
        found: dict[bytes, Any] = {}
        try:
            with closing(self._connect()) as connection:
                for rows in _parts(wanted):
                    marks = ",".join("?" * len(rows))
                    query = f"SELECT key, data FROM records WHERE key IN ({marks})"  # noqa: S608 - marks alone
                    for key, data in connection.execute(query, rows):
                        found[key] = unpack(data)
        except Exception as error:  # noqa: BLE001 - bytes that are no pickle may raise anything
            log.info("The cache %s cannot be read (%s): it is made anew.", self.path, error)
            drop_database(self.path)
            return {}
        self.used.update(found)
        return found

    def write(self, records: Mapping[bytes, bytes], *, last: bool = True) -> None:
        """Keep packed records; with the `last` ones, drop those that this build did not use."""
        self.used.update(records)
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with closing(self._connect()) as connection, connection:
                connection.execute("CREATE TABLE IF NOT EXISTS records (key BLOB PRIMARY KEY, data BLOB) WITHOUT ROWID")
                connection.executemany("INSERT OR REPLACE INTO records VALUES (?, ?)", records.items())
                if last:
                    known = {key for (key,) in connection.execute("SELECT key FROM records")}
                    connection.executemany("DELETE FROM records WHERE key = ?", ((key,) for key in known - self.used))
                    connection.commit()
                    shrink(connection)
        except (sqlite3.Error, OSError) as error:
            log.info("The cache %s was not written: %s.", self.path, error)
            if isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError):
                drop_database(self.path)

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(self.path, timeout=BUSY)


def drop_database(path: Path) -> None:
    """Remove an SQLite file and what SQLite keeps beside it."""
    for suffix in ("", "-journal", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def shrink(connection: sqlite3.Connection) -> None:
    """Give the room of what was dropped back, once it is half of the file."""
    free, total = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("freelist_count", "page_count"))
    if free * 2 > total:
        connection.execute("VACUUM")


def pack(record: Any) -> bytes:
    """Return the bytes of a record."""
    return pickle.dumps(record, pickle.HIGHEST_PROTOCOL)


def unpack(data: bytes) -> Any:
    """Return the record of `pack`. Raises `pickle.UnpicklingError`, or anything else, for what is none."""
    return _Records(BytesIO(data)).load()


class _Records(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        return _record(module, name)


@lru_cache
def _record(module: str, name: str) -> type:
    """Return a class of records. Raises `pickle.UnpicklingError` for anything else."""
    if module.startswith("videonotes.core.") and "." not in name:
        found = getattr(import_module(module), name)
        if isinstance(found, type) and found.__module__ == module:
            return found
    raise pickle.UnpicklingError(f"it holds {module}.{name}")


def _parts(keys: list[bytes]) -> Iterator[list[bytes]]:
    for start in range(0, len(keys), _ASKED):
        yield keys[start : start + _ASKED]
