"""Finished pages, kept for the next build: what each read of the site, and the files that it wrote.

A page is kept with the items it read and their digest. It is used again where they still have that
digest. Its files are checked against their hashes when they are taken from the cache.
"""

from __future__ import annotations

import json
import logging
import os
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import zstandard

from .cache import BUSY, drop_database, hash_of, shrink

log = logging.getLogger("mkdocs.plugins.videonotes")

_TABLE = """CREATE TABLE IF NOT EXISTS pages (
    path TEXT PRIMARY KEY, digest BLOB, items TEXT, facts TEXT, data BLOB) WITHOUT ROWID"""
_COMPRESSOR = zstandard.ZstdCompressor(level=1)
_BATCH = 32_000_000
"""Bytes that are kept in memory before they are written."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A page as it is kept. `files` are the paths of its files from the root of the site, with their hashes; `items`
    are packed (`watch.pack_items`).

    `anchors` and `links` are what MkDocs validates: the ids on the page, the anchors it links to by path. `text` is the
    hash of what search reads, `""` where it reads nothing.
    """

    path: str
    digest: bytes
    items: str
    anchors: tuple[str, ...]
    links: tuple[tuple[str, dict[str, str]], ...]
    files: tuple[tuple[str, str], ...]
    text: str


Row = tuple[str, bytes, str, str, bytes]


def pack_page(page: Kept, contents: Iterable[bytes]) -> Row:
    """Return a row of the cache: a page and the contents of its files."""
    facts = json.dumps([page.anchors, page.links, page.files, page.text], ensure_ascii=False, separators=(",", ":"))
    blocks = list(contents)
    sizes = " ".join(str(len(block)) for block in blocks).encode()
    return page.path, page.digest, page.items, facts, _COMPRESSOR.compress(sizes + b"\n" + b"".join(blocks))


def _unpack(path: str, digest: bytes, items: str, data: str) -> Kept | None:
    """Return a page of a row; `None` where that has another form, or would write outside of the site."""
    try:
        anchors, links, files, text = json.loads(data)
        if any(os.path.isabs(name) or ".." in name.replace(os.sep, "/").split("/") for name, _ in files):
            return None
        return Kept(path, digest, items, tuple(anchors), tuple(map(tuple, links)), tuple(map(tuple, files)), text)
    except (ValueError, TypeError):
        return None


class PageCache:
    """The kept pages of one kind of site (built or served). Every process that reads has a connection of its own."""

    def __init__(self, folder: Path, kind: str) -> None:
        self.path = folder / f"pages-{kind}.sqlite"
        self._reader: tuple[int, sqlite3.Connection | None] = 0, None
        self._rows: list[Row] = []
        self._size = 0
        self._writes = True

    def find(self, paths: Sequence[str]) -> dict[str, Kept]:
        """Return the pages that are kept under some paths. What is damaged is not there."""
        marks = ",".join("?" * len(paths))
        rows = self._select(
            f"SELECT path, digest, items, facts FROM pages WHERE path IN ({marks})",  # noqa: S608 - marks alone
            paths,
        )
        return {kept.path: kept for row in rows if (kept := _unpack(*row))}

    def contents(self, page: Kept) -> list[bytes] | None:
        """Return the contents of the files of a page; `None` where they are not what was written."""
        rows = self._select("SELECT data FROM pages WHERE path = ?", [page.path])
        try:
            sizes, _, rest = zstandard.decompress(rows[0][0]).partition(b"\n") if rows else (b"", b"", b"")
            found, start = [], 0
            for size in map(int, sizes.split()):
                found.append(rest[start : start + size])
                start += size
        except (zstandard.ZstdError, ValueError, TypeError):
            return None
        return found if [hash_of(data) for data in found] == [name for _, name in page.files] else None

    def keep(self, row: Row) -> None:
        """Keep a page; it is written with others."""
        self._rows.append(row)
        self._size += len(row[4])
        if self._size > _BATCH:
            self._write()

    def end(self, paths: Iterable[str]) -> int:
        """Write what is left, drop all pages but those at `paths`; return the bytes of the cache."""
        self.close()
        self._write(set(paths))
        return self.path.stat().st_size if self.path.exists() else 0

    def _write(self, paths: set[str] | None = None) -> None:
        rows, self._rows, self._size = self._rows, [], 0
        if not self._writes or (not rows and not self.path.exists()):
            return
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            try:
                self._put(rows, paths)
            except sqlite3.OperationalError:
                raise
            except sqlite3.DatabaseError:  # it is damaged
                drop_database(self.path)
                self._put(rows, paths)
        except (sqlite3.Error, OSError) as error:
            log.info("The cache %s was not written: %s.", self.path, error)
            self._writes = False

    def _put(self, rows: list[Row], paths: set[str] | None) -> None:
        with closing(sqlite3.connect(self.path, timeout=BUSY)) as connection:
            # What a loss of power may do to the file is found by the hashes.
            connection.execute("PRAGMA synchronous = OFF")
            with connection:
                connection.execute(_TABLE)
                connection.executemany("INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?, ?)", rows)
                if paths is not None:
                    known = {path for (path,) in connection.execute("SELECT path FROM pages")}
                    connection.executemany("DELETE FROM pages WHERE path = ?", ((path,) for path in known - paths))
            if paths is not None:
                shrink(connection)

    def _select(self, query: str, parameters: Sequence[str]) -> list[Any]:
        process, connection = self._reader
        if process != os.getpid():
            connection = self._open()
            self._reader = os.getpid(), connection
        if connection is None:
            return []
        try:
            return connection.execute(query, parameters).fetchall()
        except sqlite3.Error as error:
            if "no such table" not in str(error):
                log.info("The cache %s cannot be read (%s): it is made anew.", self.path, error)
            self._reader = os.getpid(), None
            return []

    def _open(self) -> sqlite3.Connection | None:
        try:
            return sqlite3.connect(f"file:{self.path}?mode=ro", uri=True, timeout=BUSY) if self.path.exists() else None
        except sqlite3.Error:
            return None

    def close(self) -> None:
        """Close the connection that this process reads with, until it reads again."""
        process, connection = self._reader
        if connection is not None and process == os.getpid():
            connection.close()
        self._reader = 0, None
