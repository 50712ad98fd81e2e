"""Archives are untrusted: what they say is not believed, and nothing gets out of the target."""

from __future__ import annotations

import io
import lzma
import os
import random
import stat
import struct
import tarfile
import zipfile
from pathlib import Path

import pytest

from videonotes.importing import archives, limits

from .conftest import Bench, note

BAD_NAMES = [
    "../out.md",
    "a/../../out.md",
    "/out.md",
    "C:/out.md",
    "c:out.md",
    "a\\out.md",
    "..\\out.md",
    "a/\x01/x.md",
]
UTF8 = 0x800


def files_around(bench: Bench) -> set[str]:
    return {path.name for path in bench.folder.iterdir()} | {path.name for path in bench.folder.parent.iterdir()}


@pytest.mark.parametrize("name", BAD_NAMES)
@pytest.mark.parametrize("kind", ["zip", "tar"])
def test_no_name_leads_out(bench: Bench, name: str, kind: str) -> None:
    members = [(name, note()), ("c/good.md", note("Good"))]
    source = bench.zip(*members) if kind == "zip" else bench.tar(*members)
    before = files_around(bench)
    assert bench.run(source) == 1
    assert list(bench.found()) == ["c/good.md"]
    assert files_around(bench) == before | {"docs"}
    assert "could not be imported" in bench.err
    assert "\x01" not in bench.err


@pytest.mark.parametrize("name", ["a.tar", "a.tar.gz", "a.tar.xz"])
def test_tars_of_all_kinds(bench: Bench, name: str) -> None:
    long = "c/" + "long_" * 30 + "name.md"
    members = [("./c/one.md", note()), (long, note("Two", "x" * 300_000)), ("c/é.png", b"\x89PNG"), ("c/run.exe", "x")]
    assert bench.run(bench.tar(*members, name=name)) == 0
    assert bench.found() == {"c/one.md": note(), long: note("Two", "x" * 300_000), "c/é.png": b"\x89PNG"}
    assert bench.count("files of other kinds") == 1


def test_links_and_devices_of_tars_are_left_out(bench: Bench) -> None:
    (bench.folder / "secret.md").write_bytes(note("Secret"))
    members: list[tuple[str | tarfile.TarInfo, bytes]] = [("c/good.md", note())]
    kinds = [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE]
    for number, kind in enumerate(kinds):
        info = tarfile.TarInfo(f"c/{number}.md")
        info.type, info.linkname = kind, "../../secret.md"
        members.append((info, b""))
    folder = tarfile.TarInfo("up")
    folder.type, folder.linkname = tarfile.SYMTYPE, "../.."
    assert bench.run(bench.tar(*members, (folder, b""), ("up/evil.md", note("Evil")))) == 0
    assert list(bench.found()) == ["c/good.md", "up/evil.md"]
    assert bench.count("links, devices and the like") == len(kinds) + 1


def test_links_of_zips_are_left_out(bench: Bench) -> None:
    info = zipfile.ZipInfo("c/link.md")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    assert bench.run(bench.zip((info, "/etc/passwd"), ("c/good.md", note()))) == 0
    assert list(bench.found()) == ["c/good.md"]
    assert bench.count("links, devices and the like") == 1


@pytest.mark.parametrize("kind", ["zip", "tar.gz", "tar.xz"])
@pytest.mark.parametrize("name", ["c/bomb.png", "c/bomb.bin"])
def test_bombs_are_refused(bench: Bench, kind: str, name: str) -> None:
    if kind == "zip" and name.endswith("bin"):
        pytest.skip("what is left out of a zip is not unpacked")
    members = [("c/good.md", note()), (name, bytes(30_000_000))]
    source = bench.zip(*members) if kind == "zip" else bench.tar(*members, name=f"a.{kind}")
    assert bench.run(source) == 2
    assert "as bombs are" in bench.err
    assert len(bench.err.splitlines()) == 1
    assert not bench.target.exists()


def test_large_files_are_refused_one_by_one(bench: Bench) -> None:
    large = random.Random(1).randbytes(300_000)
    members = [("c/large.png", large), ("c/large.md", note("L", large.hex())), ("c/good.md", note())]
    for source in (bench.zip(*members), bench.tar(*members)):
        assert bench.run(source, "--max-size", "0.2") == 1
        assert list(bench.found()) == ["c/good.md"]
        assert bench.err.count("it has more than 0.2 MB") == 2


def test_the_total_and_the_number_are_limited(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    members = [(f"c/{number}.md", note(f"N{number}")) for number in range(20)]
    tight = limits.Limits(files=19)
    monkeypatch.setattr("videonotes.commands.import_.Limits", lambda: tight)
    for source in (bench.zip(*members), bench.tar(*members)):
        assert bench.run(source) == 2
        assert "more than 19 files" in bench.err
    tight = limits.Limits(total=1_000)
    for source in (bench.zip(*members), bench.tar(*members)):
        assert bench.run(source) == 2
        assert "more than 0 MB" in bench.err
    assert not bench.target.exists()


def test_sizes_in_headers_of_zips_are_not_believed(bench: Bench) -> None:
    body = note("Lie", "word " * 1000)
    for said in (10, len(body) + 10, 1 << 31):
        source = bench.zip(("c/lie.md", body))
        data = bytearray(source.read_bytes())
        at = data.rindex(b"PK\x01\x02")
        data[at + 24 : at + 28] = struct.pack("<I", said)
        source.write_bytes(data)
        assert bench.run(source) == 2
        assert "the archive is broken" in bench.err
        assert not bench.target.exists()


def test_sizes_in_headers_of_tars_are_not_believed(bench: Bench) -> None:
    info = tarfile.TarInfo("c/lie.md")
    for said in (1 << 40, -5, 3_000_000):
        info.size = said
        header = info.tobuf(tarfile.GNU_FORMAT)
        (bench.folder / "lie.tar").write_bytes(header + note().ljust(1024, b"\0") + bytes(1024))
        assert bench.run(bench.folder / "lie.tar") == 2, said
        assert len(bench.err.splitlines()) == 1
        assert not bench.target.exists()


def test_headers_of_tars_cannot_fill_the_memory(bench: Bench) -> None:
    info = tarfile.TarInfo("x")
    info.type, info.size = tarfile.XHDTYPE, 1 << 33
    with lzma.open(bench.folder / "a.tar.xz", "wb") as file:
        file.write(info.tobuf(tarfile.GNU_FORMAT) + bytes(5_000_000))
    assert bench.run(bench.folder / "a.tar.xz") == 2
    assert "headers of a file in it are too long" in bench.err


def test_the_last_of_two_names_wins(bench: Bench) -> None:
    members = [("c/a.md", note("Old")), ("c/b.md", note("B")), ("./c/a.md", note("New"))]
    for source in (bench.zip(*members), bench.tar(*members)):
        assert bench.run(source) == 0
        assert bench.found() == {"c/a.md": note("New"), "c/b.md": note("B")}
        assert bench.count("names that an archive has once more: the last one counts") == 1
        assert bench.count("Skipped") == 0


def test_encrypted_archives_are_refused(bench: Bench) -> None:
    source = bench.zip(("c/a.md", note()))
    data = bytearray(source.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    source.write_bytes(data)
    assert bench.run(source) == 2
    assert bench.err == f"Error: {source}: the archive is encrypted\n"
    assert not bench.target.exists()


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.tar.gz", "a.tar.xz"])
def test_truncated_and_damaged_archives_are_refused(bench: Bench, name: str) -> None:
    words = random.Random(2).randbytes(9_000).hex()
    members = [(f"c/{number}.md", note(f"N{number}", words)) for number in range(6)]
    source = bench.zip(*members) if name == "a.zip" else bench.tar(*members, name=name)
    whole = source.read_bytes()
    for end in (0, 1, 100, 512, len(whole) // 3, len(whole) // 2, len(whole) * 4 // 5):
        source.write_bytes(whole[:end])
        assert bench.run(source) == 2, end
        assert len(bench.err.splitlines()) == 1
    if name != "a.tar":  # it has no sums
        middle = len(whole) // 2
        source.write_bytes(whole[:middle] + b"broken" + whole[middle + 6 :])
        assert bench.run(source) == 2
    assert not bench.target.exists()


def test_any_bytes_end_in_one_of_the_exit_codes(bench: Bench) -> None:
    chance = random.Random(3)
    members = [(f"c/{number}.md", note(f"N{number}", "x" * 99)) for number in range(4)]
    for whole in (bench.zip(*members).read_bytes(), bench.tar(*members, name="a.tar").read_bytes()):
        name = "a.zip" if whole.startswith(b"PK") else "a.tar"
        for _ in range(150):
            data = bytearray(whole)
            for _ in range(chance.randint(1, 8)):
                data[chance.randrange(len(data))] = chance.randrange(256)
            (bench.folder / name).write_bytes(data)
            assert bench.run(bench.folder / name, "--dry-run") in (0, 1, 2)


def test_a_file_packed_in_another_way_is_told(bench: Bench) -> None:
    with zipfile.ZipFile(bench.folder / "a.zip", "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("c/a.md", note())
        archive.writestr("c/b.md", note("B"), zipfile.ZIP_STORED)
    assert bench.run(bench.folder / "a.zip") == 1
    assert list(bench.found()) == ["c/b.md"]


def test_names_of_a_zip_may_be_utf8_without_saying_so(bench: Bench) -> None:
    source = bench.zip(("c/кофе.md", note()))
    data = bytearray(source.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 7), (b"PK\x01\x02", 9)):
        data[data.index(mark) + offset] &= ~(UTF8 >> 8)
    source.write_bytes(data)
    assert bench.run(source) == 0
    assert list(bench.found()) == ["c/кофе.md"]


def test_sparse_files_are_left_out(bench: Bench) -> None:
    info = tarfile.TarInfo("c/s.md")
    info.pax_headers = {"GNU.sparse.major": "1", "GNU.sparse.minor": "0", "GNU.sparse.realsize": "99999999999"}
    with tarfile.open(bench.folder / "a.tar", "w", format=tarfile.PAX_FORMAT) as archive:
        data = b"1\n0\n512\n".ljust(512, b"\0") + b"x" * 512
        info.size = len(data)
        archive.addfile(info, io.BytesIO(data))
    assert bench.run(bench.folder / "a.tar") == 0
    assert bench.found() == {}


def test_only_archives_texts_and_pictures_are_sources(bench: Bench) -> None:
    (bench.folder / "a.7z").write_bytes(b"7z")
    assert bench.run(bench.folder / "a.7z") == 2
    assert bench.run(bench.folder / "none.zip") == 2
    assert archives.is_archive(Path("A.TAR.GZ"))
    if hasattr(os, "mkfifo"):
        os.mkfifo(bench.folder / "pipe.md")
        assert bench.run(bench.folder / "pipe.md") == 2
