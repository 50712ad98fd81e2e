"""The SQLite files of the cache: opened where they are this user's own files and of today's form."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from .files import is_ours, remove

BUSY = 60
"""Seconds for which a build waits for another one that writes the same cache."""

FORM = 2
"""What the files hold, as SQLite's `user_version`: another number is another form."""

_BESIDE = ("", "-journal", "-wal", "-shm")
"""The endings of an SQLite file, and of those that SQLite keeps beside it."""

_PASSING = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY}
"""Errors after which a file is as good as before."""


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection | None]:
    """Yield a connection that reads the file at `path`, or `None`: there is none. Raises `sqlite3.Error`, `OSError`."""
    connection = open_reader(path)
    try:
        yield connection
    finally:
        if connection:
            connection.close()


def open_reader(path: Path) -> sqlite3.Connection | None:
    """Return what `reading` yields, for the caller to close."""
    if not _is_there(path):
        return None
    # Text that is no UTF-8 is told by its checksum: SQLite, which decodes it first, would raise.
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=BUSY)
    try:
        connection.text_factory = bytes
        if _version(connection) != FORM:
            raise sqlite3.DatabaseError("it has another form")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


@contextmanager
def writing(path: Path) -> Iterator[sqlite3.Connection]:
    """Yield a connection that writes the file at `path`, made anew where it has another form.

    What is written is there as a whole once the block ends. Raises `sqlite3.Error`, `OSError`.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if not _is_there(path):
        drop_database(path)
    with closing(sqlite3.connect(path, timeout=BUSY)) as connection:
        connection.text_factory = bytes
        connection.execute("PRAGMA synchronous = OFF")  # what a loss of power does is told by the checksums
        if _version(connection) != FORM:
            if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                raise sqlite3.DatabaseError("it has another form")
            connection.execute(f"PRAGMA user_version = {FORM}")
        with connection:
            yield connection


def _version(connection: sqlite3.Connection) -> int:
    found: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return found


def _is_there(path: Path) -> bool:
    """Return whether there is a file. Raises `OSError` where it is none, or not this user's, or one beside it."""
    found = False
    for ending in _BESIDE:
        try:
            state = os.lstat(f"{path}{ending}")
        except FileNotFoundError:
            continue
        if not stat.S_ISREG(state.st_mode):
            raise OSError("it is no plain file")
        if not is_ours(state):
            raise OSError("it is another user's")
        found = found or not ending
    return found


def is_damage(error: Exception) -> bool:
    """Return whether a file that caused `error` has to go: it would cause it again."""
    code = getattr(error, "sqlite_errorcode", None)
    return code is None or code & 0xFF not in _PASSING


def drop_database(path: Path) -> None:
    """Remove an SQLite file and what SQLite keeps beside it, as far as that may be done."""
    for ending in _BESIDE:
        with suppress(OSError):
            remove(path.with_name(path.name + ending))


def shrink(connection: sqlite3.Connection) -> None:
    """Give the room of what was dropped back, once it is half of the file."""
    free, total = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("freelist_count", "page_count"))
    if free * 2 > total:
        connection.execute("VACUUM")
