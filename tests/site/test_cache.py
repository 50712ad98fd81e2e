"""The cache: the same site with and without it, whatever happened to its file."""

from __future__ import annotations

import os
import pickle
import shutil
import sqlite3
from collections.abc import Iterable
from pathlib import Path

import pytest
import zstandard

from tests.conftest import Build, Site, note, stamp
from videonotes.site import sources
from videonotes.site.incremental import digests
from videonotes.site.incremental.digests import digest_of, fingerprint
from videonotes.site.incremental.scan_cache import Cache

FILES = {
    "c/c.md": "# Hub\n\n[[a]]",
    "c/a.md": note(f"See [[b | it]] {stamp('00:00:05')}.\n\n## Part\n\nText.", title="A"),
    "c/b.md": note("Back to [[a]], [[gone]].", title="B"),
    "guide.md": "# Guide",
}


def read(site: Site) -> dict[str, bytes]:
    return {
        file.relative_to(site.folder).as_posix(): file.read_bytes()
        for file in site.folder.rglob("*")
        if file.is_file() and "search/text" not in file.as_posix() and file.name != "videonotes.json"
    }


@pytest.fixture
def scanned(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the paths of the files that are scanned from now on."""
    paths: list[str] = []
    real = sources.scan

    def scan(path: str, text: str) -> object:
        paths.append(path)
        return real(path, text)

    monkeypatch.setattr(sources, "scan", scan)
    return paths


def file_of(tmp_path: Path) -> Path:
    return tmp_path / ".cache/videonotes/cache.sqlite"


def test_only_what_changed_is_scanned_again(build: Build, scanned: list[str], tmp_path: Path) -> None:
    first = read(build(FILES))
    assert sorted(scanned) == ["c/a.md", "c/b.md", "c/c.md", "guide.md"]
    scanned.clear()
    assert read(build(FILES)) == first
    assert scanned == []
    changed = {**FILES, "c/b.md": note("Back to [[a]] no more.", title="B")}
    cached = read(build(changed))
    assert scanned == ["c/b.md"]
    file_of(tmp_path).unlink()
    assert read(build(changed)) == cached


def test_what_no_build_uses_is_dropped(build: Build, tmp_path: Path) -> None:
    build(FILES)
    site = build({**FILES, "c/b.md": note("Other.", title="B")})
    with sqlite3.connect(file_of(tmp_path)) as connection:
        assert connection.execute("SELECT count(*) FROM records").fetchone() == (5,)
    (site.docs / "c/b.md").unlink()
    build({})
    with sqlite3.connect(file_of(tmp_path)) as connection:
        assert connection.execute("SELECT count(*) FROM records").fetchone() == (4,)


@pytest.mark.parametrize(
    "damage", [b"", b"no database", b"SQLite format 3\0" + bytes(200)], ids=["empty", "text", "torn"]
)
def test_a_damaged_cache_is_made_anew(build: Build, tmp_path: Path, damage: bytes) -> None:
    first = read(build(FILES))
    file_of(tmp_path).write_bytes(damage)
    site = build(FILES)
    assert read(site) == first
    assert len([line for line in site.messages if "The cache" in line]) <= 1
    assert read(build(FILES)) == first
    with sqlite3.connect(file_of(tmp_path)) as connection:
        assert connection.execute("SELECT count(*) FROM records").fetchone() == (5,)


def test_a_torn_record_is_not_trusted(build: Build, tmp_path: Path) -> None:
    first = read(build(FILES))
    with sqlite3.connect(file_of(tmp_path)) as connection:
        connection.execute("UPDATE records SET data = substr(data, 1, 40)")
    site = build(FILES)
    assert site.said("cannot be read")
    assert read(site) == first


class Evil:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return Path.touch, (Path("evil"),)  # type: ignore[return-value]


def test_a_foreign_record_runs_no_code(build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    build(FILES)
    with sqlite3.connect(file_of(tmp_path)) as connection:
        connection.execute("UPDATE records SET data = ?", (pickle.dumps(Evil()),))
    site = build(FILES)
    assert site.said("cannot be read")
    assert not (tmp_path / "evil").exists()


def test_keys_depend_on_content_and_programs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert digest_of(b"ab", b"c") != digest_of(b"a", b"bc")
    before = fingerprint("core", "PyYAML")
    assert before == fingerprint("core", "PyYAML") != fingerprint("core", "lxml")
    assert fingerprint("core", "no such package") == fingerprint("core")
    monkeypatch.setattr(digests, "PACKAGE", tmp_path)
    (tmp_path / "core").mkdir()
    (tmp_path / "core/scan.py").write_text("other")
    fingerprint.cache_clear()
    assert fingerprint("core", "PyYAML") != before
    fingerprint.cache_clear()


def test_a_folder_that_cannot_be_written_costs_only_time(build: Build, tmp_path: Path) -> None:
    (tmp_path / ".cache").write_text("a file is in the way")
    site = build(FILES)
    assert site.said("is not used")
    assert not site.said("The full text is not searched")
    assert "c/a/index.html" in site.pages()
    (tmp_path / ".cache").unlink()
    assert read(build(FILES)) == read(site)


def rebuilt(build: Build, tmp_path: Path, files: dict[str, str], changes: dict[str, str]) -> list[str]:
    """Build, change files, build again; return the pages that changed, which are those of a clean build."""
    first = read(build(files))
    site = build({**files, **changes})
    cached = read(site)
    assert not site.said("0 reused")
    for file in (tmp_path / ".cache/videonotes").glob("*.sqlite"):
        file.unlink()
    assert read(build({**files, **changes})) == cached
    return [path for path in cached if path.endswith(".html") and first.get(path) != cached[path]]


SIBLINGS = {
    "c/a.md": note("Of [[b]].", title="A"),
    "c/b.md": note("Text.", title="B"),
    "c/d.md": note(f"Said {stamp('00:00:05')} of [[nothing]].", title="D"),
    "e/e.md": "# E\n",
    "e/f.md": note("Far away.", title="F", video="fNk_zzaMoSs"),
}


@pytest.mark.parametrize(
    ("changes", "page"),
    [
        ({"e/f.md": note("To [[d]] and [[d]].", title="F", video="fNk_zzaMoSs"),
          "e/g.md": note("To [[d]].", title="G", video="fNk_zzaMoSs")}, "c/a/index.html"),
        ({"videos.yml": "qNPPoj1qUG0: {title: A talk}\n"}, "c/a/index.html"),
        ({"videos.yml": "qNPPoj1qUG0: {duration: 3}\n"}, "c/d/index.html"),
        ({"e/f.md": note("Wants [[nothing]].", title="F", video="fNk_zzaMoSs")}, "c/d/index.html"),
        ({"e/nothing.md": note("It is.", title="Nothing", video="fNk_zzaMoSs")}, "c/d/index.html"),
        ({"c/b.md": note("Text.", title="Called otherwise")}, "c/a/index.html"),
        ({"c/c.md": "# The channel\n"}, "c/a/index.html"),
        ({"e/f.md": note("Far [[a]].", title="F", video="fNk_zzaMoSs")}, "c/a/index.html"),
    ],
    ids=["order of siblings", "title of the video", "length of the video", "a stub", "a wanted note", "title", "hub", "backlink"],
)  # fmt: skip
def test_a_page_that_depends_on_others_is_made_anew(
    build: Build, tmp_path: Path, changes: dict[str, str], page: str
) -> None:
    assert page in rebuilt(build, tmp_path, SIBLINGS, changes)


@pytest.mark.parametrize(
    "damage", [b"", b"no database", b"SQLite format 3\0" + bytes(200)], ids=["empty", "text", "torn"]
)
def test_damaged_pages_are_made_anew(build: Build, tmp_path: Path, damage: bytes) -> None:
    first = read(build(FILES))
    file = tmp_path / ".cache/videonotes/pages-built.sqlite"
    file.write_bytes(damage)
    assert read(build(FILES)) == first
    site = build(FILES)
    assert read(site) == first
    assert site.said("2 pages rendered")  # the home and the guide


def test_a_page_whose_bytes_were_changed_is_not_trusted(build: Build, tmp_path: Path) -> None:
    site = build(FILES)
    first = read(site)
    with sqlite3.connect(tmp_path / ".cache/videonotes/pages-built.sqlite") as connection:
        data = zstandard.compress(b"5\nwrong")
        connection.execute("UPDATE pages SET data = ? WHERE path = 'c/a.md'", (data,))
    (site.folder / "c/a/index.html").write_text("torn")
    assert read(build(FILES)) == first


def test_the_site_comes_back_from_the_cache_alone(build: Build, tmp_path: Path) -> None:
    site = build(FILES)
    first = read(site)
    shutil.rmtree(site.folder)
    for file in site.docs.rglob("*.md"):
        os.utime(file, (1, 1))
    site = build(FILES)
    assert read(site) == first
    assert site.said("2 pages rendered")  # the home and the guide


def test_a_template_of_the_maintainer_is_an_input(build: Build, tmp_path: Path) -> None:
    theme = {"name": "material", "custom_dir": str(tmp_path / "over")}
    (tmp_path / "over/partials").mkdir(parents=True)
    (tmp_path / "over/partials/copyright.html").write_text("by me")
    site = build(FILES, theme=theme)
    assert "by me" in site.read("c/a/index.html")
    (tmp_path / "over/partials/copyright.html").write_text("by others")
    assert "by others" in build(FILES, theme=theme).read("c/a/index.html")


@pytest.mark.parametrize("outside", ["../evil.html", "/tmp/videonotes-evil.html"])
def test_a_foreign_page_is_not_written_outside_of_the_site(build: Build, tmp_path: Path, outside: str) -> None:
    site = build(FILES)
    first = read(site)
    with sqlite3.connect(tmp_path / ".cache/videonotes/pages-built.sqlite") as connection:
        [facts] = connection.execute("SELECT facts FROM pages WHERE path = 'c/a.md'").fetchone()
        connection.execute(
            "UPDATE pages SET facts = ? WHERE path = 'c/a.md'", (facts.replace("c/a/index.html", outside),)
        )
    shutil.rmtree(site.folder)
    assert read(build(FILES)) == first
    assert not (site.folder / outside).exists()


@pytest.mark.parametrize("meanwhile", [b"", FILES["c/b.md"].encode()[:40]], ids=["empty", "half"])
def test_notes_that_are_written_again_while_a_build_runs_poison_nothing(
    build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, meanwhile: bytes
) -> None:
    first = read(build(FILES))
    shutil.rmtree(tmp_path / ".cache")
    real = Cache.read

    def spoil(self: Cache, keys: Iterable[bytes]) -> dict[bytes, object]:
        for path in ("c/a.md", "c/b.md"):
            (tmp_path / "docs" / path).write_bytes(meanwhile)
        return real(self, keys)

    monkeypatch.setattr(Cache, "read", spoil)
    assert read(build(FILES)) == first
    monkeypatch.setattr(Cache, "read", real)
    assert read(build(FILES)) == first


def test_a_note_that_leads_nowhere_is_left_out(build: Build, tmp_path: Path) -> None:
    (tmp_path / "docs/c").mkdir(parents=True)
    (tmp_path / "docs/c/gone.md").symlink_to(tmp_path / "nowhere.md")
    site = build(FILES)
    assert site.said("c/gone.md is gone: it is left out")
    assert "c/gone/index.html" not in site.pages()
