"""Tar archives as they come: unpacked bit by bit, read once from start to end, never more at a time than is allowed."""

from __future__ import annotations

import lzma
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO, Protocol

from .limits import CHUNK, Budget, SourceError

_PACKED = 1 << 10
"""Bytes of a packed file that are read at once: few, so that it can be told how many a file takes."""

_XZ_MEMORY = 256 << 20
"""What an xz file may ask for. `xz -9` asks for 64 MB."""

HEADERS = 1 << 18
"""The most bytes that are read for the headers of one file."""


class _Unpacker(Protocol):
    eof: bool

    @property
    def needs_input(self) -> bool: ...

    @property
    def unused_data(self) -> bytes: ...

    def decompress(self, data: bytes, max_length: int = ...) -> bytes: ...


class _Gzip:
    """What unpacks gzip, with the methods of that of xz."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(31)

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def needs_input(self) -> bool:
        return not self._inner.unconsumed_tail

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    def decompress(self, data: bytes, max_length: int = 0) -> bytes:
        return self._inner.decompress(self._inner.unconsumed_tail + data, max_length)


UNPACKERS: dict[str, Callable[[], object]] = {
    "gz": _Gzip,
    "xz": lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_XZ_MEMORY),
}


class _Unpacked:
    """A packed file that is read as what it holds."""

    def __init__(self, file: BinaryIO, new: Callable[[], _Unpacker]) -> None:
        self._file = file
        self._new = new
        self._unpacker = new()

    def read(self, size: int) -> bytes:
        """Return up to `size` bytes, none at the end. Raises `EOFError` where the end is missing."""
        data = b""
        while True:
            if self._unpacker.eof:
                data = self._unpacker.unused_data.lstrip(b"\0") or self._file.read(_PACKED).lstrip(b"\0")
                if not data:
                    return b""
                self._unpacker = self._new()
            elif self._unpacker.needs_input:
                data = self._file.read(_PACKED)
            ended = not data and self._unpacker.needs_input
            found = self._unpacker.decompress(data, size)
            if found:
                return found
            if ended and not self._unpacker.eof:
                raise EOFError
            data = b""


class Tape:
    """A tar archive that is read once, from its start to its end."""

    def __init__(self, file: BinaryIO, packing: str, budget: Budget) -> None:
        self._packed = file
        self._file = _Unpacked(file, UNPACKERS[packing]) if packing else file  # type: ignore[arg-type]
        self._at = 0
        self._budget = budget
        self._allowed = HEADERS

    def tell(self) -> int:
        """Return how much was read."""
        return self._at

    def read(self, size: int) -> bytes:
        """Return `size` bytes of headers, fewer at the end; this is what `tarfile` calls."""
        if size > self._allowed:
            raise SourceError("the headers of a file in it are too long")
        self._allowed -= size
        self._budget.count(size)
        return self._read(size)

    def expect_header(self) -> None:
        """Allow to read the headers of the next file."""
        self._allowed = HEADERS

    def _read(self, size: int) -> bytes:
        parts = []
        while size > 0 and (part := self._file.read(min(size, CHUNK))):
            parts.append(part)
            size -= len(part)
            self._at += len(part)
        return b"".join(parts)

    def chunks(self, end: int) -> Iterator[tuple[bytes, int]]:
        """Yield what stands before `end`, each chunk with the packed bytes that were read for all of them."""
        start = self._packed.tell()
        while self._at < end:
            chunk = self._read(min(CHUNK, end - self._at))
            if not chunk:
                raise EOFError
            yield chunk, self._packed.tell() - start + _PACKED
