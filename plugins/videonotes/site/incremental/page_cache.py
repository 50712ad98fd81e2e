"""Finished pages, kept for the next build: what each read of the site, and the files that it wrote.

A page is kept with the items it read and their digest. It is used again where they still have that
digest. What is kept of a page has a checksum, and so have the contents of its files.
"""

from __future__ import annotations

import json
import logging
import os
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import zstandard

from .database import drop_database, is_damage, open_reader, shrink, writing
from .digests import digest_of, hash_of

log = logging.getLogger("mkdocs.plugins.videonotes")

_TABLE = """CREATE TABLE IF NOT EXISTS pages (
    path TEXT PRIMARY KEY, digest BLOB, items TEXT, facts TEXT, data BLOB, sum BLOB) WITHOUT ROWID"""
_COMPRESSOR = zstandard.ZstdCompressor(level=1)
_BATCH = 32_000_000
"""Bytes that are kept in memory before they are written."""


@dataclass(frozen=True, slots=True)
class CachedPage:
    """A page as it is kept. `files` are the paths of its files from the root of the site, with their hashes; `items`
    are packed (`dependencies.pack_items`).

    `anchors` and `links` are what MkDocs validates: the ids on the page, the anchors it links to by path. `text` is the
    hash of what search reads, `""` where it reads nothing; `data` that of the packed contents of the files.
    """

    path: str
    digest: bytes
    items: str
    anchors: tuple[str, ...]
    links: tuple[tuple[str, dict[str, str]], ...]
    files: tuple[tuple[str, str], ...]
    text: str
    data: str = ""


Row = tuple[str, bytes, str, str, bytes, bytes]


def _unpack(kind: bytes, path: bytes, digest: bytes, items: bytes, facts: bytes, checksum: bytes) -> CachedPage | None:
    """Return a page of a row; `None` where that is not as it was written, or would write outside of the site."""
    try:
        if digest_of(kind, path, digest, items, facts) != checksum:
            return None
        anchors, links, files, text, data = json.loads(facts)
        if any(os.path.isabs(name) or ".." in name.replace(os.sep, "/").split("/") for name, _ in files):
            return None
        known = tuple(anchors), tuple(map(tuple, links)), tuple(map(tuple, files))
        return CachedPage(path.decode(), digest, items.decode(), *known, text, data)
    except (ValueError, TypeError):
        return None


class PageCache:
    """The kept pages of one kind of site (built or served). Every process that reads has a connection of its own."""

    def __init__(self, folder: Path, kind: str) -> None:
        self.path = folder / f"pages-{kind}.sqlite"
        self.kind = kind.encode()
        self._owner = os.getpid()
        self._reader: tuple[int, sqlite3.Connection | None] = 0, None
        self._rows: list[Row] = []
        self._size = 0
        self._writes = True
        self._damage = ""

    def find(self, paths: Sequence[str]) -> dict[str, CachedPage]:
        """Return the pages that are kept under some paths. What is damaged is not there."""
        marks = ",".join("?" * len(paths))
        query = f"SELECT path, digest, items, facts, sum FROM pages WHERE path IN ({marks})"  # noqa: S608 - marks alone
        pages = [_unpack(self.kind, *row) for row in self._select(query, paths)]
        if None in pages:
            self._tell("a page is damaged")
        return {cached.path: cached for cached in pages if cached}

    def contents(self, page: CachedPage) -> list[bytes] | None:
        """Return the contents of the files of a page; `None` where they are not what was written."""
        rows = self._select("SELECT data FROM pages WHERE path = ?", [page.path])
        data = rows[0][0] if rows else None
        if not isinstance(data, bytes) or hash_of(data) != page.data:
            return None
        sizes, _, rest = zstandard.decompress(data).partition(b"\n")
        found, start = [], 0
        for size in map(int, sizes.split()):
            found.append(rest[start : start + size])
            start += size
        return found

    def pack(self, page: CachedPage, contents: Iterable[bytes]) -> Row:
        """Return a row of the cache: a page and the contents of its files."""
        blocks = list(contents)
        sizes = " ".join(str(len(block)) for block in blocks).encode()
        data = _COMPRESSOR.compress(sizes + b"\n" + b"".join(blocks))
        known = [page.anchors, page.links, page.files, page.text, hash_of(data)]
        facts = json.dumps(known, ensure_ascii=False, separators=(",", ":"))
        checksum = digest_of(self.kind, page.path.encode(), page.digest, page.items.encode(), facts.encode())
        return page.path, page.digest, page.items, facts, data, checksum

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
            self._put(rows, paths)
        except (sqlite3.Error, OSError) as error:
            log.info("The cache %s was not written: %s.", self.path, error)
            self._writes = False
            if is_damage(error):
                drop_database(self.path)

    def _put(self, rows: list[Row], paths: set[str] | None) -> None:
        if self._damage:
            drop_database(self.path)
            self._damage = ""
        with writing(self.path) as connection:
            connection.execute(_TABLE)
            connection.executemany("INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?, ?, ?)", rows)
            if paths is not None:
                known = {path.decode(errors="replace") for (path,) in connection.execute("SELECT path FROM pages")}
                connection.executemany("DELETE FROM pages WHERE path = ?", ((path,) for path in known - paths))
                connection.commit()
                shrink(connection)

    def _select(self, query: str, parameters: Sequence[str]) -> list[Any]:
        try:
            process, connection = self._reader
            if process != os.getpid():
                connection = open_reader(self.path)
                self._reader = os.getpid(), connection
            return connection.execute(query, parameters).fetchall() if connection else []
        except (sqlite3.Error, OSError) as error:
            self._reader = os.getpid(), None
            self._tell(str(error))
            return []

    def _tell(self, damage: str) -> None:
        """Note that the cache is damaged, and tell it once: the processes that find it out too are many."""
        if not self._damage and os.getpid() == self._owner:
            log.info("The cache %s cannot be read (%s): it is made anew.", self.path, damage)
            self._damage = damage

    def forget(self) -> None:
        """Keep none of the pages: what they were made of is not what it was when they were begun."""
        self.close()
        drop_database(self.path)
        self._rows, self._writes = [], False

    def close(self) -> None:
        """Close the connection that this process reads with, until it reads again."""
        process, connection = self._reader
        if connection is not None and process == os.getpid():
            connection.close()
        self._reader = 0, None
