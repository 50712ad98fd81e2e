"""Whatever is done to a cache after a build, the next build writes the bytes of a clean one, and says so in a line."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Build, Site, note, stamp
from tests.sites import read_site
from videonotes.site.incremental.records import pack
from videonotes.site.incremental.scan_cache import Cache
from videonotes.site.search.text_store import DamagedError, check_index, place_index

FILES = {
    "c/c.md": "# Hub\n\n[[a]]",
    "c/a.md": note(f"See [[b | it]] {stamp('00:00:05')}.\n\n## Part\n\nText of bread.", title="A"),
    "c/b.md": note("Back to [[a]], [[gone]].", title="B"),
    "guide.md": "# Guide\n\nWords.",
}
KINDS = (
    "*.pf_fragment", "*.pf_index", "*.pf_meta", "wasm.en.pagefind", "pagefind.js", "pagefind-worker.js",
    "pagefind-entry.json", "ranks.json", "known.json", "pages/c/a/index.html",
)  # fmt: skip
Damage = Callable[[Path], None]


def folder_of(tmp_path: Path) -> Path:
    return tmp_path / ".cache/videonotes"


def first_of(tmp_path: Path, kind: str) -> Path:
    """Return a file of a kind that the cache keeps of the full text."""
    return min((folder_of(tmp_path) / "text/en-1").rglob(kind))


def flip(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 0x20
    file.write_bytes(data)


def empty(file: Path) -> None:
    file.write_bytes(b"")


def fifo(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


def folder(file: Path) -> None:
    file.unlink()
    (file / "within").mkdir(parents=True)


def link(file: Path) -> None:
    """Put a link to a file of the same contents in its place."""
    file.rename(file.with_name("elsewhere"))
    file.symlink_to("elsewhere")


def rebuilt(build: Build, tmp_path: Path, damage: Damage, *, keep_site: bool = False) -> Site:
    """Build, do damage to the cache, build again; the site is that of a clean build, and so is the next."""
    site = build(FILES)
    clean = read_site(site.folder)
    damage(folder_of(tmp_path))
    if not keep_site:
        shutil.rmtree(site.folder)
    again = build(FILES)
    assert read_site(again.folder) == clean
    shutil.rmtree(site.folder)
    assert read_site(build(FILES).folder) == clean
    return again


@pytest.mark.parametrize("name", ["cache.sqlite", "pages-built.sqlite"])
@pytest.mark.parametrize("share", [0.0, 0.02, 0.3, 0.5, 0.7, 0.9, 0.999])
def test_a_byte_of_a_database(build: Build, tmp_path: Path, name: str, share: float) -> None:
    def damage(cache: Path) -> None:
        data = bytearray((cache / name).read_bytes())
        data[int(len(data) * share)] ^= 0x41
        (cache / name).write_bytes(data)

    rebuilt(build, tmp_path, damage)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("damage", [flip, empty, Path.unlink])
def test_a_file_of_the_full_text(build: Build, tmp_path: Path, kind: str, damage: Damage) -> None:
    rebuilt(build, tmp_path, lambda cache: damage(first_of(tmp_path, kind)))


@pytest.mark.parametrize("name", ["cache.sqlite", "pages-built.sqlite", "lock", "text.lock", "text/en-1/known.json"])
@pytest.mark.parametrize("damage", [fifo, folder, link])
@pytest.mark.skipif(sys.platform == "win32", reason="no pipes")
def test_what_is_no_plain_file(build: Build, tmp_path: Path, name: str, damage: Damage) -> None:
    site = rebuilt(build, tmp_path, lambda cache: damage(cache / name))
    assert len([line for line in site.messages if "The cache" in line]) <= 1


@pytest.mark.parametrize(
    "name", ["text", "text/en-1", "text/en-1/pages", "text/en-1/index", "text/en-1/index/fragment"]
)
def test_a_folder_that_leads_elsewhere_is_refused(build: Build, tmp_path: Path, name: str) -> None:
    outside = tmp_path / "outside"

    def damage(cache: Path) -> None:
        shutil.copytree(cache / name, outside)
        (outside / "own.html").write_text("mine")
        shutil.rmtree(cache / name)
        (cache / name).symlink_to(outside)

    rebuilt(build, tmp_path, damage)
    assert (outside / "own.html").read_text() == "mine"


def test_a_cache_that_leads_elsewhere_is_refused(build: Build, tmp_path: Path) -> None:
    def damage(cache: Path) -> None:
        cache.rename(tmp_path / "outside")
        cache.symlink_to(tmp_path / "outside")
        flip(tmp_path / "outside/cache.sqlite")

    assert rebuilt(build, tmp_path, damage).said("is not used: it is a link")


@pytest.mark.parametrize("name", ["text", "text/en-1", "text/en-1/pages", "text/en-1/index"])
def test_a_file_where_a_folder_was(build: Build, tmp_path: Path, name: str) -> None:
    def damage(cache: Path) -> None:
        shutil.rmtree(cache / name)
        (cache / name).write_text("in the way")

    rebuilt(build, tmp_path, damage)


def test_databases_in_each_others_place(build: Build, tmp_path: Path) -> None:
    def damage(cache: Path) -> None:
        one, other, between = cache / "cache.sqlite", cache / "pages-built.sqlite", cache / "between"
        one.rename(between)
        other.rename(one)
        between.rename(other)

    rebuilt(build, tmp_path, damage)


@pytest.mark.parametrize("record", [42, "text", ("a", True), None])
def test_a_record_of_another_form(build: Build, tmp_path: Path, record: object) -> None:
    def damage(cache: Path) -> None:
        with sqlite3.connect(cache / "cache.sqlite") as connection:
            keys = [key for (key,) in connection.execute("SELECT key FROM records")]
        Cache(cache, lambda found: True).write({key: pack(record) for key in keys})

    assert len(rebuilt(build, tmp_path, damage).said("cannot be read")) == 1


@pytest.mark.parametrize("value", [None, 7, "text", b""])
@pytest.mark.parametrize(
    ("name", "column"), [("cache", "records.data"), ("pages-built", "pages.facts"), ("pages-built", "pages.data")]
)
def test_a_column_of_another_type(build: Build, tmp_path: Path, name: str, column: str, value: object) -> None:
    def damage(cache: Path) -> None:
        table, _, field = column.partition(".")
        with sqlite3.connect(cache / f"{name}.sqlite") as connection:
            connection.execute(f"UPDATE {table} SET {field} = ?", (value,))

    rebuilt(build, tmp_path, damage)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives files away")
@pytest.mark.parametrize("name", ["", "cache.sqlite", "pages-built.sqlite", "text/en-1/known.json"])
def test_what_is_another_users_is_made_anew(build: Build, tmp_path: Path, name: str) -> None:
    site = rebuilt(build, tmp_path, lambda cache: os.chown(cache / name, 12345, 12345))
    assert len([line for line in site.messages if "The cache" in line]) <= 1


def test_nothing_of_the_site_is_a_file_of_the_cache(build: Build, tmp_path: Path) -> None:
    site = build(FILES)
    clean = read_site(site.folder)
    for file in site.folder.rglob("*"):
        if file.is_file():
            assert file.stat().st_nlink == 1, file
    for file in (site.folder / "search/text").rglob("*.pf_*"):
        flip(file)
    assert read_site(build(FILES).folder) == clean
    shutil.rmtree(site.folder)
    assert read_site(build(FILES).folder) == clean


def test_a_foreign_index_writes_nothing_outside(tmp_path: Path) -> None:
    known = {"key": "k", "programs": "p", "ids": {}, "files": {"../../evil.js": "0"}}
    (tmp_path / "en-1").mkdir()
    (tmp_path / "en-1/known.json").write_text(json.dumps(known))
    with pytest.raises(DamagedError):
        place_index(tmp_path / "en-1", tmp_path / "site/search")
    assert not list(tmp_path.rglob("evil.js"))


@pytest.mark.parametrize("size", [0, 4096, 30_000])
def test_an_index_that_a_full_disk_cut_is_not_finished(build: Build, tmp_path: Path, size: int) -> None:
    build(FILES)
    index = folder_of(tmp_path) / "text/en-1/index"
    check_index(index)
    for name in ("wasm.en.pagefind", *(["pagefind.js"] if size % 4096 == 0 else [])):
        data = (index / name).read_bytes()
        (index / name).write_bytes(data[:size])
        with pytest.raises(Exception, match=r"Pagefind wrote .* in part"):
            check_index(index)
        (index / name).write_bytes(data)
    check_index(index)


def test_a_template_that_is_edited_during_a_build_poisons_nothing(build: Build, tmp_path: Path) -> None:
    over = tmp_path / "over/partials"
    over.mkdir(parents=True)
    (over / "copyright.html").write_text("before")
    hook = tmp_path / "hook.py"
    hook.write_text(
        f"def on_env(env, **named):\n    open({str(over / 'copyright.html')!r}, 'w').write('after')\n    return env\n"
    )
    options = {"theme": {"name": "material", "custom_dir": str(tmp_path / "over")}, "hooks": [str(hook)]}
    build(FILES, **options)
    assert not (folder_of(tmp_path) / "pages-built.sqlite").exists()
    assert "after" in build(FILES, **options).read("c/a/index.html")
