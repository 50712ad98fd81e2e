"""Reading archives, which are untrusted: nothing that their headers say is believed, and no link or device is made."""

from __future__ import annotations

import lzma
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, cast

from .haul import Haul, Left
from .limits import CHUNK, Budget, SourceError, Spool, checked
from .progress import Bar
from .tapes import Tape

_TARS = {".tar": "", ".tar.gz": "gz", ".tgz": "gz", ".tar.xz": "xz", ".txz": "xz"}
_BROKEN = (
    *(tarfile.TarError, zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError),
    *(ValueError, RecursionError, NotImplementedError, LookupError, OverflowError, RuntimeError),
)
"""What the readers of Python raise for archives that are not what they should be."""

_UTF8 = 0x800
_ENCRYPTED = 0x1 | 0x40 | 0x2000
_MOST_NAMES = 64 << 20
"""Bytes of the list of names of a zip."""


def is_archive(path: Path) -> bool:
    """Return whether a file is an archive by its name."""
    return path.name.lower().endswith((".zip", *_TARS))


def read_archive(path: Path, haul: Haul, spool: Spool, budget: Budget) -> None:
    """Read all of an archive into the spool. Raises `SourceError` where it is broken, encrypted or too much."""
    name = path.name.lower()
    try:
        with path.open("rb") as file:
            if name.endswith(".zip"):
                _Zip(file, haul, spool, budget).read(path)
            else:
                packing = next(kind for end, kind in _TARS.items() if name.endswith(end))
                _read_tar(file, packing, path, _Taking(haul, spool, budget))
    except SourceError as error:
        raise SourceError(f"{path}: {error}") from None
    except _BROKEN as error:
        raise SourceError(
            f"{path}: the archive is broken ({str(error).splitlines()[0] if str(error) else 'it ends too early'})"
        ) from None
    except OSError as error:
        raise SourceError(f"{path}: {error.strerror or 'the archive is broken'}") from None


class _Taking:
    """Takes files of an archive into the haul."""

    def __init__(self, haul: Haul, spool: Spool, budget: Budget) -> None:
        self.haul, self.spool, self.budget = haul, spool, budget

    def __call__(self, name: str, chunks: Callable[[], Iterator[tuple[bytes, int]]]) -> None:
        def fetch(limit: int) -> tuple[int, Callable[[Any], bytes], Any]:
            kept = self.spool.keep(checked(name, chunks(), self.budget), limit)
            return kept.size, self.spool.get, kept

        self.haul.offer(name, fetch)


class _Counted:
    """A file that counts what is read of it."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.count = 0
        self.seek, self.tell = file.seek, file.tell

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(min(size, _MOST_NAMES + 1) if size >= 0 else _MOST_NAMES + 1)
        if len(data) > _MOST_NAMES:
            raise SourceError("its list of names is too long")
        self.count += len(data)
        return data

    def seekable(self) -> bool:
        return True


class _Zip:
    def __init__(self, file: BinaryIO, haul: Haul, spool: Spool, budget: Budget) -> None:
        self.file = _Counted(file)
        self.take = _Taking(haul, spool, budget)
        self.haul, self.budget = haul, budget

    def read(self, path: Path) -> None:
        with zipfile.ZipFile(cast("BinaryIO", self.file)) as archive:
            members = archive.infolist()
            with Bar(f"Reading {path.name}", len(members)) as bar:
                for member in members:
                    self.member(archive, member)
                    bar.move(1)

    def member(self, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
        self.budget.count_file()
        name = _name(member)
        kind = stat.S_IFMT(member.external_attr >> 16)
        if member.flag_bits & _ENCRYPTED:
            raise SourceError("the archive is encrypted")
        if member.is_dir() or name.endswith("/"):
            self.haul.see(name)
        elif kind not in (0, stat.S_IFREG):
            self.haul.left[Left.LINK] += 1
        elif member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            self.haul.fail(name, "it is packed in a way that is not read")
        else:
            self.take(name, lambda: self.chunks(archive, member))

    def chunks(self, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[tuple[bytes, int]]:
        size = 0
        with archive.open(member) as file:
            start = self.file.count
            while chunk := file.read(CHUNK):
                size += len(chunk)
                yield chunk, self.file.count - start
        if size != member.file_size:
            raise EOFError


def _name(member: zipfile.ZipInfo) -> str:
    """Return the name of a file, which some programs write in UTF-8 without saying so."""
    name = member.orig_filename
    if not member.flag_bits & _UTF8 and not name.isascii():
        try:
            return name.encode("cp437").decode("utf-8")
        except UnicodeError:
            pass
    return name


def _read_tar(file: BinaryIO, packing: str, path: Path, take: _Taking) -> None:
    tape = Tape(file, packing, take.budget)
    at = 0
    with (
        tarfile.TarFile(fileobj=cast("BinaryIO", tape), encoding="utf-8", errors="surrogateescape") as archive,
        Bar(f"Reading {path.name}", path.stat().st_size) as bar,
    ):
        member = archive.next()
        while member:
            take.budget.count_file()
            end = archive.offset
            _take_member(member, tape, take)
            if end < tape.tell():
                raise tarfile.ReadError("its headers lie")
            for _ in checked(member.name, tape.chunks(end), take.budget):
                pass
            bar.move(file.tell() - at)
            at = file.tell()
            tape.expect_header()
            try:
                member = tarfile.TarInfo.fromtarfile(archive)
            except tarfile.EOFHeaderError:  # type: ignore[attr-defined]
                member = None


def _take_member(member: tarfile.TarInfo, tape: Tape, take: _Taking) -> None:
    if member.isdir():
        take.haul.see(member.name)
    elif not member.isreg() or member.issparse():
        take.haul.left[Left.LINK] += 1
    else:
        end = member.offset_data + member.size
        take(member.name, lambda: tape.chunks(end))
