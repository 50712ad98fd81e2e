"""Writing the site: whole files, only those that change, and what is no longer made goes."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from mkdocs import utils

from tests.conftest import Build, Site, note
from tests.site.test_workers import read, write_notes

FILES = {"c/a.md": note("See [[b]].", title="A"), "c/b.md": note("Back to [[a]].", title="B"), "img/x.txt": "x"}


def times(site: Site) -> dict[str, int]:
    """Return when each file was written, but the report, which tells of times."""
    files = (file for file in site.folder.rglob("*") if file.is_file() and file.name != "videonotes.json")
    return {str(file): file.stat().st_mtime_ns for file in files}


def test_a_build_without_changes_writes_nothing(build: Build) -> None:
    first = times(build(FILES))
    site = build(FILES)
    assert times(site) == first
    assert site.said("1 pages rendered")  # the home, which is an ordinary page
    assert site.said("0 files written, 0 removed, notes ")


def test_only_the_pages_that_change_are_written(build: Build) -> None:
    first = times(build(FILES))
    site = build({**FILES, "c/a.md": note("See [[b]], twice.", title="A")})
    changed = {
        Path(path).relative_to(site.folder).as_posix() for path, at in times(site).items() if at != first.get(path)
    }
    assert "img/x.txt" not in changed
    assert "index.html" not in changed
    assert {path for path in changed if path.startswith("c/")} == {"c/a/index.html", "c/b/index.html"}


def test_what_is_no_longer_made_is_removed_but_nothing_of_others(build: Build) -> None:
    site = build(FILES)
    assert (site.folder / "c/b/index.html").exists()
    (site.folder / ".git").mkdir()
    (site.folder / ".git/config").write_text("kept")
    (site.folder / ".nojekyll").write_text("")
    (site.folder / "old/deep").mkdir(parents=True)
    (site.folder / "old/deep/page.html").write_text("stale")
    for file in site.folder.rglob("*"):
        os.utime(file, (1, 1))
    (site.docs / "c/b.md").unlink()
    build({"c/a.md": FILES["c/a.md"]})
    assert not (site.folder / "c/b").exists()
    assert not (site.folder / "old").exists()
    assert (site.folder / ".git/config").read_text() == "kept"
    assert (site.folder / ".nojekyll").exists()
    assert (site.folder / "c/a/index.html").exists()
    assert (site.folder / "img/x.txt").exists()


def test_a_folder_takes_the_place_of_a_file_and_back(build: Build) -> None:
    site = build(FILES)
    (site.folder / "img/x.txt").unlink()
    (site.folder / "img").rmdir()
    (site.folder / "img").write_text("a file of a former build")
    build(FILES)
    assert (site.folder / "img/x.txt").read_text() == "x"
    (site.folder / "img/x.txt").unlink()
    (site.folder / "img/x.txt/deep").mkdir(parents=True)
    build(FILES)
    assert (site.folder / "img/x.txt").read_text() == "x"


def test_files_of_the_cache_take_the_place_of_whatever_is_there(build: Build, tmp_path: Path) -> None:
    def results() -> list[Path]:
        return sorted((tmp_path / "site/search/text").rglob("*.pf_fragment"))

    build(FILES)
    first, second = results()
    contents = [first.read_bytes(), second.read_bytes()]
    first.unlink()
    first.symlink_to(tmp_path / "nowhere")
    second.unlink()
    second.write_bytes(b"something else")
    site = build(FILES)
    assert [file.read_bytes() for file in results()] == contents
    assert not first.is_symlink()
    assert site.said("2 files written")
    assert build(FILES).said("0 files written")


def test_mkdocs_has_its_own_functions_back(build: Build) -> None:
    own = (utils.write_file, utils.copy_file, utils.clean_directory)
    build(FILES)
    assert (utils.write_file, utils.copy_file, utils.clean_directory) == own


def start(folder: Path) -> subprocess.Popen[str]:
    config = {"site_name": "Test", "site_url": "https://x.test/", "theme": "material", "plugins": ["videonotes"]}
    (folder / "mkdocs.yml").write_text(json.dumps(config))
    command = [sys.executable, "-m", "mkdocs", "build"]
    return subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_a_build_that_is_killed_leaves_whole_pages_and_the_next_one_is_as_clean(tmp_path: Path) -> None:
    write_notes(tmp_path)
    begin = time.monotonic()
    assert start(tmp_path).wait(60) == 0
    took = time.monotonic() - begin
    clean = read(tmp_path / "site")
    assert len(clean) > 200
    chance = random.Random(7)
    text = (tmp_path / "docs/c/note9.md").read_text("utf-8")
    for turn in range(20):
        (tmp_path / "docs/c/note9.md").write_text(text + f"\nTurn {turn}.\n", "utf-8")
        build = start(tmp_path)
        time.sleep(chance.uniform(0.2, 1.0) * took)
        build.send_signal(signal.SIGKILL)
        build.communicate()
        for path, data in read(tmp_path / "site").items():
            assert not path.endswith(".html") or data.rstrip().endswith(b"</html>"), (turn, path)
    (tmp_path / "docs/c/note9.md").write_text(text, "utf-8")
    time.sleep(1.5)  # the workers of the last one end with it
    assert start(tmp_path).wait(60) == 0
    assert read(tmp_path / "site") == clean


@pytest.mark.skipif(sys.platform == "win32", reason="no flock")
def test_two_builds_at_once_wait_for_each_other(tmp_path: Path) -> None:
    write_notes(tmp_path)
    both = [start(tmp_path), start(tmp_path)]
    said = "".join(build.communicate(timeout=120)[1] for build in both)
    assert [build.returncode for build in both] == [0, 0]
    assert said.count("Another build is running in this folder") == 1
    assert "Traceback" not in said


def test_files_of_a_later_time_do_not_stay(build: Build) -> None:
    site = build(FILES)
    later = time.time() + 86_400
    for file in site.folder.rglob("*"):
        os.utime(file, (later, later))
    (site.docs / "c/b.md").unlink()
    build({"c/a.md": FILES["c/a.md"]})
    assert not (site.folder / "c/b").exists()
    assert (site.folder / "c/a/index.html").exists()


def test_what_another_plugin_writes_in_each_build_stays(build: Build, tmp_path: Path) -> None:
    hook = tmp_path / "hook.py"
    hook.write_text(
        "import os\n"
        "def on_page_context(context, config, **named):\n"
        "    open(os.path.join(config.site_dir, 'theirs.txt'), 'w').write('the same')\n"
    )
    for _ in range(2):
        site = build(FILES, hooks=[str(hook)])
        assert (site.folder / "theirs.txt").read_text() == "the same"
    assert not (build(FILES).folder / "theirs.txt").exists()
