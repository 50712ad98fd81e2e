"""Reading folders and single files. Links in them are not followed, and what is no plain file is left alone."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from .haul import Haul, Left
from .limits import TooLargeError
from .progress import Bar

_PLAINLY = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)


def read_plain(path: str, limit: int) -> bytes:
    """Return what a plain file holds. Raises `OSError`, and `TooLargeError` for more than `limit` bytes."""
    handle = os.open(path, _PLAINLY)
    with open(handle, "rb", buffering=0) as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(0, "it is no plain file")
        chunks, size = [], 0
        while chunk := file.read(min(1 << 24, limit + 1 - size)):
            chunks.append(chunk)
            size += len(chunk)
            if size > limit:
                raise TooLargeError
        return b"".join(chunks)


def _fetch(path: str) -> Callable[[int], tuple[int, Callable[[Any], bytes], Any]]:
    def fetch(limit: int) -> tuple[int, Callable[[Any], bytes], Any]:
        handle = os.open(path, _PLAINLY)
        try:
            size = os.fstat(handle).st_size
        finally:
            os.close(handle)
        if size > limit:
            raise TooLargeError
        return size, _get, (path, limit)

    return fetch


def _get(place: tuple[str, int]) -> bytes:
    return read_plain(*place)


def read_single(path: Path, haul: Haul) -> None:
    """Read a source that is one file."""
    haul.offer(path.name, _fetch(os.path.realpath(path)))


def read_folder(folder: Path, target: Path, haul: Haul) -> None:
    """Read a source that is a folder; the target may stand in it, and is left out."""
    base = os.path.realpath(folder)
    found = list(_walk(base, os.path.realpath(target), haul))
    with Bar(f"Reading {folder.name or folder}", len(found)) as bar:
        for path in found:
            haul.offer(os.path.relpath(path, base).replace(os.sep, "/"), _fetch(path))
            bar.move(1)


def _walk(base: str, target: str, haul: Haul) -> Iterator[str]:
    """Yield the files below a folder in the order of their paths, settings of vaults among them."""
    waiting = [base]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(folder) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError as error:
            haul.fail(os.path.relpath(folder, base), error.strerror or "it cannot be read")
            continue
        below = []
        for entry in entries:
            if _is_link(entry) or not (entry.is_dir(follow_symlinks=False) or entry.is_file(follow_symlinks=False)):
                haul.left[Left.LINK] += 1
            elif entry.is_file(follow_symlinks=False):
                yield entry.path
            elif entry.path == target:
                haul.left[Left.TARGET] += 1
            elif entry.name.startswith(".") or entry.name == "__MACOSX":
                haul.left[Left.HIDDEN] += 1
                if entry.name == ".obsidian":
                    yield from _settings(entry.path, base, haul)
            else:
                below.append(entry.path)
        waiting += reversed(below)


def _settings(folder: str, base: str, haul: Haul) -> Iterator[str]:
    haul.see(os.path.relpath(folder, base).replace(os.sep, "/"))
    for name in ("templates.json", os.path.join("plugins", "templater-obsidian", "data.json")):
        if os.path.isfile(path := os.path.join(folder, name)):
            haul.left[Left.HIDDEN] -= 1  # it stands in the folder that was counted
            yield path


def _is_link(entry: os.DirEntry[str]) -> bool:
    return entry.is_symlink() or bool(getattr(entry, "is_junction", bool)())
