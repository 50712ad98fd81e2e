"""What is kept of the full text: a folder for each bundle. Its index counts only as what was noted at its end.

Pagefind writes where it likes and does not say when a disk is full. So its files are looked over before they are
noted with their hashes, and have to hold these when the site gets them.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from mkdocs import utils

from ..incremental.digests import hash_of
from ..incremental.files import holds, is_inside, put_file, read_file, remove
from .pagefind import SearchError

PAGES, INDEX, KNOWN = "pages", "index", "known.json"
"""What the folder of a bundle in the cache holds: its pages, Pagefind's index of them, what is known of both."""

_BLOCK = 4096
"""Bytes of a block of a disk. A file that is as long as some blocks was cut where the disk was full."""

_GZIP = b"\x1f\x8b"


class DamagedError(Exception):
    """What is kept is not what was noted."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a finished index: the `key` of its pages, the `programs` that made it, the ids of the results by
    their URLs, the hashes of its files by their paths in it.
    """

    key: str = ""
    programs: str = ""
    ids: dict[str, str] | None = None
    files: dict[str, str] | None = None


def read_known(folder: Path) -> Known:
    """Return what is known of the index of a bundle; nothing where it is not finished."""
    try:
        found = json.loads(read_file(f"{folder}/{KNOWN}", own=True) or b"")
        checksum = found.pop("sum")
        known = Known(**found)
        if checksum == _sum(known) and all(map(is_inside, known.files or ())):
            return known
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        pass
    return Known()


def write_known(folder: Path, known: Known) -> None:
    """Note what is known of an index, which is finished then. Raises `OSError`."""
    put_file(f"{folder}/{KNOWN}", json.dumps({**asdict(known), "sum": _sum(known)}).encode())


def _sum(known: Known) -> str:
    return hash_of(json.dumps(asdict(known)).encode())


def unfinish(folder: Path, *, stay: str) -> None:
    """Make an index ready to be made again: nothing is known of it, and nothing in it but what is whole in `stay`."""
    hashes = read_known(folder).files or {}
    (folder / KNOWN).unlink(missing_ok=True)
    for part in (folder / INDEX).glob("*"):
        if part.name != stay:
            remove(part)
            continue
        for path in part.glob("*"):
            if not holds(str(path), hashes.get(f"{stay}/{path.name}", ""), own=True):
                remove(path)


def check_index(index: Path) -> None:
    """Look over the files that Pagefind wrote. Raises `SearchError` where one is not whole."""
    for path in paths_in(index):
        content = read_file(path, own=True)
        if content is None or not _is_whole(content):
            raise SearchError(f"Pagefind wrote {os.path.basename(path)} in part. The disk may be full")


def hash_index(index: Path) -> dict[str, str]:
    """Return the hashes of the files of an index by their paths in it. Raises `SearchError` where one is gone."""
    found = {}
    for path in sorted(paths_in(index)):
        content = read_file(path, own=True)
        if content is None:
            raise SearchError(f"{os.path.basename(path)} cannot be read")
        found[path[len(str(index)) + 1 :]] = hash_of(content)
    return found


def _is_whole(content: bytes) -> bool:
    """Return whether a file of an index is whole: packed ones tell, others by their length."""
    if not content.startswith(_GZIP):
        return len(content) % _BLOCK > 0
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        unpacker.decompress(content)
    except zlib.error:
        return False
    return unpacker.eof


def place_index(folder: Path, target: Path) -> tuple[dict[str, str], list[str]]:
    """Write the index of a bundle into `target`; return the ids of its results by their URLs, the paths of its files.

    Raises `DamagedError` where the index is not what was noted.
    """
    known, index = read_known(folder), folder / INDEX
    placed = []
    # What names the other files comes last.
    for name, hashed in sorted((known.files or {}).items(), key=lambda item: (item[0] == "pagefind-entry.json", item)):
        path = os.path.abspath(target / name)
        placed.append(path)
        if holds(path, hashed):
            continue
        content = read_file(f"{index}/{name}", own=True)
        if content is None or hash_of(content) != hashed:
            raise DamagedError(f"{folder.name}/{INDEX}/{name}")
        utils.write_file(content, path)
    if not placed:
        raise DamagedError(f"{folder.name}/{KNOWN}")
    return known.ids or {}, placed


def drop_others(folder: Path, used: Iterable[str]) -> None:
    """Remove the files of a folder that are not at one of the paths `used` in it."""
    kept = {os.path.join(folder, path) for path in used}
    for path in paths_in(folder):
        if path not in kept:
            os.unlink(path)


def make_folders(store: Path, bundles: Iterable[str]) -> None:
    """Have the folders of bundles in `store`, and nothing else. Raises `OSError`."""
    used = set(bundles)
    for path in (store, *(store / name / part for name in sorted(used) for part in ("", PAGES, INDEX))):
        if not path.is_dir():
            remove(path)
            path.mkdir(parents=True)
    for path in store.iterdir():
        if path.name not in used:
            remove(path)


def paths_in(folder: Path) -> Iterator[str]:
    """Yield the paths of the files in a folder and those within it."""
    for inside, _, names in os.walk(folder):
        yield from (os.path.join(inside, name) for name in names)
