"""The cache: what a build found out of the notes, for the next one. One SQLite file, keyed by hashes of contents.

A cache that is damaged is dropped with one line and made anew; what other versions wrote has other keys.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from .database import drop_database, is_damage, reading, shrink, writing
from .records import seal, unseal

log = logging.getLogger("mkdocs.plugins.videonotes")

_TABLE = "CREATE TABLE IF NOT EXISTS records (key BLOB PRIMARY KEY, data BLOB) WITHOUT ROWID"
_ASKED = 500
"""Keys of one query."""


class Cache:
    """Records by their keys, of the form that `is_record` knows. What a build did not use is dropped when it ends."""

    def __init__(self, folder: Path, is_record: Callable[[Any], bool], name: str = "cache.sqlite") -> None:
        self.path = folder / name
        self.is_record = is_record
        self.used: set[bytes] = set()

    def read(self, keys: Iterable[bytes]) -> dict[bytes, Any]:
        """Return the records that are there; none at all where one of them is not as it was written."""
        found: dict[bytes, Any] = {}
        try:
            with reading(self.path) as connection:
                for key, data in _select(connection, list(dict.fromkeys(keys))) if connection else ():
                    found[key] = unseal(key, data)
                    if not self.is_record(found[key]):
                        raise TypeError("a record has another form")
        except Exception as error:  # noqa: BLE001 - bytes that are no pickle may raise anything
            log.info("The cache %s cannot be read (%s): it is made anew.", self.path, error)
            drop_database(self.path)
            return {}
        self.used.update(found)
        return found

    def write(self, records: Mapping[bytes, bytes]) -> None:
        """Keep packed records."""
        self.used.update(records)

        def insert(connection: sqlite3.Connection) -> None:
            rows = ((key, seal(key, packed)) for key, packed in records.items())
            connection.executemany("INSERT OR REPLACE INTO records VALUES (?, ?)", rows)

        self._change(insert)

    def drop_unused(self) -> None:
        """Drop the records that this build neither read nor wrote."""

        def drop(connection: sqlite3.Connection) -> None:
            known = {key for (key,) in connection.execute("SELECT key FROM records")}
            connection.executemany("DELETE FROM records WHERE key = ?", ((key,) for key in known - self.used))
            connection.commit()
            shrink(connection)

        self._change(drop)

    def _change(self, change: Callable[[sqlite3.Connection], None]) -> None:
        """Change the file; where that cannot be done, say so and go on."""
        try:
            with writing(self.path) as connection:
                connection.execute(_TABLE)
                change(connection)
        except (sqlite3.Error, OSError) as error:
            log.info("The cache %s was not written: %s.", self.path, error)
            if is_damage(error):
                drop_database(self.path)


def _select(connection: sqlite3.Connection, keys: list[bytes]) -> Iterator[tuple[bytes, Any]]:
    for start in range(0, len(keys), _ASKED):
        some = keys[start : start + _ASKED]
        marks = ",".join("?" * len(some))
        yield from connection.execute(f"SELECT key, data FROM records WHERE key IN ({marks})", some)  # noqa: S608 - marks alone
