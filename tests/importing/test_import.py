"""Importing notes: what comes in, where it goes, and what hostile archives cannot do. Every archive is a real one."""

from __future__ import annotations

import io
import os
import tarfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from tests.conftest import note, stamp
from videonotes.commands import main
from videonotes.verify import verify_site

NOTE = note(f"Text {stamp('00:01:02')}", title="How dough rises")
Import = Callable[..., int]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Import:
    """Return a function that imports into `docs` of an empty folder, which is the working one."""
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: main(["import", *map(str, arguments), "--to", "docs"])


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    for path, text in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return folder


def zipped(path: Path, files: list[tuple[str, str | bytes]]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files:
            archive.writestr(name, text)
    return path


def tarred(path: Path, members: list[tuple[tarfile.TarInfo, bytes]], mode: str = "w:xz") -> Path:
    with tarfile.open(path, mode) as archive:  # type: ignore[call-overload]
        for member, data in members:
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return path


def imported(docs: Path = Path("docs")) -> dict[str, bytes]:
    return {file.relative_to(docs).as_posix(): file.read_bytes() for file in sorted(docs.rglob("*")) if file.is_file()}


def test_a_folder_keeps_its_channels_and_bytes(run: Import, tmp_path: Path) -> None:
    files = {
        "cooking/bread.md": NOTE.replace("\n", "\r\n"),
        "cooking/crumb.png": b"\x89PNG",
        "deep/er/x.md": "See [[bread]].",
    }
    source = write(
        tmp_path / "notes", {**files, "cooking/readme.txt": "Nothing of a note.", "x.exe": b"MZ", ".git/a.md": NOTE}
    )
    assert run(source) == 0
    assert imported() == {path: text if isinstance(text, bytes) else text.encode() for path, text in files.items()}


def test_twice_changes_nothing(run: Import, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = write(tmp_path / "notes", {f"c/n{number}.md": NOTE for number in range(20)})
    run(source)
    times = {file: file.stat().st_mtime_ns for file in Path("docs").rglob("*")}
    capsys.readouterr()
    assert run(source) == 0
    assert {file: file.stat().st_mtime_ns for file in Path("docs").rglob("*")} == times
    assert "Unchanged:" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "text", "path"),
    [
        ("000_f4126b9f2da6e7b4.txt", f"From: [[cooking]] <br/>\n\n{NOTE}", "cooking/how_dough_rises.md"),
        ("000_f4126b9f2da6e7b4.txt", NOTE + "\nFrom: [[cooking]]\n", "cooking/how_dough_rises.md"),
        ("my_note.md", NOTE, "notes/my_note.md"),
        ("f4126b9f2da6e7b4", NOTE, "notes/how_dough_rises.md"),
    ],
)
def test_loose_texts_get_a_channel_and_a_name(run: Import, tmp_path: Path, name: str, text: str, path: str) -> None:
    head, _, rest = text.partition("---\n")
    source = write(tmp_path / "loose", {name: f"---\n{rest.partition('---')[0]}---\n{head}{rest.partition('---')[2]}"})
    assert run(source / name) == 0
    assert list(imported()) == [path]


@pytest.mark.parametrize(
    ("conflict", "code", "expected"),
    [
        ("skip", 0, {"c/a.md": b"mine"}),
        ("replace", 0, {"c/a.md": NOTE.encode()}),
        ("rename", 0, {"c/a.md": b"mine", "c/a_1.md": NOTE.encode()}),
    ],
)
def test_conflicts(run: Import, tmp_path: Path, conflict: str, code: int, expected: dict[str, bytes]) -> None:
    write(tmp_path / "docs", {"c/a.md": "mine"})
    source = write(tmp_path / "notes", {"c/a.md": NOTE})
    assert run(source, "--on-conflict", conflict) == code
    assert imported() == expected
    run(source, "--on-conflict", conflict)
    assert imported() == expected


def test_names_that_differ_in_case_alone_are_a_conflict(run: Import, tmp_path: Path) -> None:
    source = zipped(tmp_path / "a.zip", [("c/Bread.md", NOTE), ("c/bread.md", NOTE + "x"), ("C/rye.md", NOTE)])
    assert run(source, "--on-conflict", "rename") == 0
    assert len({path.lower() for path in imported()}) == len(imported()) == 3


def test_a_dry_run_changes_nothing(run: Import, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(write(tmp_path / "notes", {"c/a.md": NOTE}), "--dry-run") == 0
    assert not Path("docs").exists()
    assert "c/a.md" in capsys.readouterr().out


def test_a_vault_comes_without_its_settings_and_templates(run: Import, tmp_path: Path) -> None:
    files = {
        ".obsidian/app.json": "{}",
        ".obsidian/templates.json": '{"folder": "Meta/Templates"}',
        ".obsidian/plugins/templater-obsidian/data.json": '{"templates_folder": "Snippets"}',
        ".trash/old.md": NOTE,
        "Meta/Templates/Video.md": NOTE,
        "Snippets/x.md": NOTE,
        "Cooking/Bread & Rye.md": NOTE,
        "Cooking/attachments/crumb.png": b"\x89PNG",
        "Cooking/plan.canvas": "{}",
        "Daily/2024-05-31.md": "See [[Bread & Rye]].",
    }
    kept = {"Cooking/Bread & Rye.md", "Cooking/attachments/crumb.png", "Daily/2024-05-31.md"}
    assert run(write(tmp_path / "Vault", files)) == 0
    assert set(imported()) == kept
    assert run(zipped(tmp_path / "vault.zip", [(f"Vault/{path}", text) for path, text in files.items()])) == 0
    assert set(imported()) == kept


EVIL = [
    "../evil.md",
    "/etc/evil.md",
    "c/../../evil.md",
    "C:\\evil.md",
    "c\\..\\..\\evil.md",
    "..",
    "c/\x00.md",
    "c/" + "a" * 300 + "/../../../evil.md",
]


@pytest.mark.parametrize("name", EVIL)
@pytest.mark.parametrize("kind", ["zip", "tar"])
def test_no_path_leaves_the_target(run: Import, tmp_path: Path, name: str, kind: str) -> None:
    if kind == "zip":
        source = zipped(tmp_path / "a.zip", [("c/good.md", NOTE), (name, NOTE)])
    else:
        source = tarred(tmp_path / "a.tar.xz", [(tarfile.TarInfo(path), NOTE.encode()) for path in ("c/good.md", name)])
    run(source)
    outside = {file for file in tmp_path.rglob("*evil*") if not file.is_relative_to(tmp_path / "docs")}
    assert outside == set()
    assert not Path("/etc/evil.md").exists()
    assert "c/good.md" in imported()


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE])
def test_links_and_devices_are_left_out(run: Import, tmp_path: Path, kind: bytes) -> None:
    link = tarfile.TarInfo("c/link.md")
    link.type, link.linkname = kind, "/etc/passwd"
    run(tarred(tmp_path / "a.tar.xz", [(link, b""), (tarfile.TarInfo("c/good.md"), NOTE.encode())]))
    assert list(imported()) == ["c/good.md"]


def test_a_link_in_a_zip_is_none(run: Import, tmp_path: Path) -> None:
    info = zipfile.ZipInfo("c/link.md")
    info.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(info, "/etc/passwd")
        archive.writestr("c/good.md", NOTE)
    run(tmp_path / "a.zip")
    assert list(imported()) == ["c/good.md"]


def test_nothing_is_written_through_a_link_in_the_target(run: Import, tmp_path: Path) -> None:
    outside = write(tmp_path / "outside", {"a.md": "mine"})
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/c").symlink_to(outside)
    assert run(write(tmp_path / "notes", {"c/a.md": NOTE, "d/b.md": NOTE}), "--on-conflict", "replace") == 1
    assert (outside / "a.md").read_text() == "mine"
    assert (tmp_path / "docs/d/b.md").read_text() == NOTE


def test_links_in_a_source_are_not_followed(run: Import, tmp_path: Path) -> None:
    source = write(tmp_path / "notes", {"c/a.md": NOTE})
    (source / "c/link.md").symlink_to("/etc/passwd")
    (source / "loop").symlink_to(source)
    run(source)
    assert list(imported()) == ["c/a.md"]


@pytest.mark.parametrize("kind", ["zip", "tar.xz", "tar.gz"])
def test_bombs_are_refused_while_they_are_read(
    run: Import, tmp_path: Path, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    zeros = b"\0" * 60_000_000
    source = tmp_path / f"bomb.{kind}"
    if kind == "zip":
        zipped(source, [("c/bomb.png", zeros)])
    else:
        tarred(source, [(tarfile.TarInfo("c/bomb.png"), zeros)], f"w:{kind[4:]}")
    assert run(source) == 2
    assert "as bombs are" in capsys.readouterr().err
    assert not Path("docs").exists()


def test_a_file_that_is_too_large_is_left_and_told(
    run: Import, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = write(tmp_path / "notes", {"c/a.md": NOTE, "c/large.md": NOTE + os.urandom(2_000_000).hex()})
    assert run(source, "--max-size", "1") == 1
    assert list(imported()) == ["c/a.md"]
    assert "c/large.md" in capsys.readouterr().err


def test_headers_that_lie_are_not_believed(run: Import, tmp_path: Path) -> None:
    source = zipped(tmp_path / "a.zip", [("c/a.md", NOTE * 50)])
    data = source.read_bytes()
    size = len((NOTE * 50).encode()).to_bytes(4, "little")
    source.write_bytes(data.replace(size, (7).to_bytes(4, "little")))
    assert run(source) == 2
    assert not Path("docs").exists()


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.tar.gz", "a.tar.xz"])
@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", os.urandom(5000)])
def test_broken_archives_are_a_line(
    run: Import, tmp_path: Path, name: str, data: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).write_bytes(data)
    code = run(tmp_path / name)
    said = capsys.readouterr()
    assert code == 2 or "Imported:         0" in said.out
    assert "Traceback" not in said.err


@pytest.mark.parametrize("kind", ["zip", "tar.xz", "tar.gz"])
def test_archives_that_are_cut_off(run: Import, tmp_path: Path, kind: str) -> None:
    members = [(f"c/n{number}.md", note(os.urandom(3000).hex())) for number in range(20)]
    source = tmp_path / f"a.{kind}"
    if kind == "zip":
        zipped(source, list(members))
    else:
        tarred(source, [(tarfile.TarInfo(name), text.encode()) for name, text in members], f"w:{kind[4:]}")
    source.write_bytes(source.read_bytes()[:-4000])
    assert run(source) == 2
    assert not Path("docs").exists()


def test_of_a_name_that_an_archive_has_twice_the_last_counts(run: Import, tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        source = zipped(tmp_path / "a.zip", [("c/a.md", NOTE), ("c/a.md", NOTE + "last")])
    run(source)
    assert imported() == {"c/a.md": (NOTE + "last").encode()}


@pytest.mark.parametrize("arguments", [["nowhere"], ["a.md", "--channel", "../x"]])
def test_what_cannot_be_done_is_said(
    run: Import, tmp_path: Path, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, {"a.md": NOTE})
    assert run(*arguments) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_what_was_imported_builds_and_is_right(run: Import, tmp_path: Path) -> None:
    run(write(tmp_path / "notes", {"cooking/bread.md": NOTE, "cooking/rye.md": note("See [[bread]].", title="Rye")}))
    (tmp_path / "mkdocs.yml").write_text("site_name: T\ntheme: material\nplugins: [videonotes]\n")
    build(load_config(str(tmp_path / "mkdocs.yml")))
    result = verify_site(tmp_path / "site")
    assert result.notes == 2
    assert result.failures == []
