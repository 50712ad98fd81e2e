"""How much is read: of one file, of all archives. Limits hold while data is read, whatever headers say."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

CHUNK = 1 << 16
"""Bytes that are read at once."""

_MB = 1_000_000


class SourceError(Exception):
    """A source cannot be read as a whole; the text says which and why."""


class TooLargeError(Exception):
    """One file is larger than is allowed."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The most bytes of a text and of another file, of all files of archives, the most files, the densest packing."""

    text: int = 10 * _MB
    other: int = 100 * _MB
    total: int = 2000 * _MB
    files: int = 200_000
    ratio: int = 1000
    ratio_from: int = _MB


class Budget:
    """What the archives of an import may still hold. Each overrun raises `SourceError`."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.bytes = 0
        self.files = 0

    def count_file(self) -> None:
        """Count a name of an archive."""
        self.files += 1
        if self.files > self.limits.files:
            raise SourceError(f"it holds more than {self.limits.files:,} files")

    def count(self, size: int) -> None:
        """Count bytes that were unpacked."""
        self.bytes += size
        if self.bytes > self.limits.total:
            raise SourceError(f"it holds more than {self.limits.total // _MB:,} MB")

    def check_ratio(self, name: str, unpacked: int, packed: int) -> None:
        """Refuse a file that is packed so densely that it can only be meant to fill a disk."""
        if unpacked > self.limits.ratio_from and unpacked > self.limits.ratio * packed:
            raise SourceError(f"{name!r} is packed more than {self.limits.ratio:,} to 1, as bombs are")


class Kept(NamedTuple):
    """Where a spool holds a file."""

    start: int
    size: int


class Spool:
    """The files of archives, unpacked one after another into a file without a name, which goes with the process."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - it is closed by `close`
        self._end = 0

    def keep(self, chunks: Iterable[bytes], limit: int) -> Kept:
        """Keep a file. Raises `TooLargeError`, and keeps nothing, where it has over `limit` bytes."""
        self._file.seek(self._end)
        size = 0
        for chunk in chunks:
            size += len(chunk)
            if size > limit:
                raise TooLargeError
            self._file.write(chunk)
        kept = Kept(self._end, size)
        self._end += size
        return kept

    def get(self, place: Kept) -> bytes:
        """Return a file that was kept."""
        self._file.seek(place.start)
        return self._file.read(place.size)

    def close(self) -> None:
        """Give the room back."""
        self._file.close()


def checked(name: str, chunks: Iterable[tuple[bytes, int]], budget: Budget) -> Iterator[bytes]:
    """Yield the chunks of a file, which come with the packed bytes that all have taken so far, within the limits."""
    unpacked = 0
    for chunk, packed in chunks:
        unpacked += len(chunk)
        budget.count(len(chunk))
        budget.check_ratio(name, unpacked, packed)
        yield chunk
