"""Workers: the same bytes whatever their number, their messages, their faults. Each build is a process of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.conftest import note, stamp
from videonotes.site.incremental.background import Forked, meanwhile
from videonotes.site.incremental.pool import WorkerDiedError, in_pool

pytestmark = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="no safe fork")
HOOK = "def on_page_markdown(markdown, **named):\n    return markdown\n"
DIES = "import os\ndef on_page_content(html, page, **named):\n    if 'note17' in page.file.src_uri: os._exit(9)\n"
RAISES = (
    "def on_page_content(html, page, **named):\n    if 'note17' in page.file.src_uri: raise ValueError('of the hook')\n"
)


def write_notes(folder: Path) -> None:
    docs = folder / "docs"
    (docs / "c").mkdir(parents=True)
    for number in range(60):
        text = f"See [[note{(number * 7) % 60}]] {stamp('00:00:10')}, [[wanted {number % 5}]] and [a page](../guide.md#gone).\n\n## Part\n"
        (docs / f"c/note{number}.md").write_text(note(text, title=f"Note {number}"), "utf-8")
    (docs / "guide.md").write_text("# Guide\n\nTo [a part](c/note3.md#part), to [none](c/note4.md#nothing).\n", "utf-8")


def build(
    folder: Path, site: str, workers: int, *arguments: str, hook: str = "", **options: object
) -> subprocess.CompletedProcess[str]:
    config = {
        "site_name": "Test", "site_url": "https://x.test/", "theme": "material",
        "plugins": [{"videonotes": {"workers": workers, **options}}], "site_dir": str(folder / site),
    }  # fmt: skip
    if hook:
        (folder / "hook.py").write_text(hook)
        config["hooks"] = ["hook.py"]
    (folder / "mkdocs.yml").write_text(json.dumps(config))
    command = [sys.executable, "-m", "mkdocs", "build", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=120)


def read(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file() and "search/text" not in file.as_posix() and file.name != "videonotes.json"
    }


def warnings(said: str) -> list[str]:
    return [line for line in said.splitlines() if "Doc file" in line]


def test_the_site_and_the_messages_do_not_depend_on_the_number_of_workers(tmp_path: Path) -> None:
    write_notes(tmp_path)
    said = [build(tmp_path, f"site{workers}", workers).stderr for workers in (0, 2, 3)]
    one = read(tmp_path / "site0")
    assert len(one) > 200
    assert one == read(tmp_path / "site2") == read(tmp_path / "site3")
    assert warnings(said[0]) == warnings(said[1]) == warnings(said[2])
    assert [line for line in warnings(said[0]) if "'guide.md'" in line and "#nothing" in line]
    assert not [line for line in warnings(said[0]) if "#part" in line]


def test_a_hook_that_is_not_known_makes_the_build_sequential_and_says_so(tmp_path: Path) -> None:
    write_notes(tmp_path)
    said = build(tmp_path, "site", 2, hook=HOOK).stderr
    [line] = [line for line in said.splitlines() if "rendered in one process" in line]
    assert "hook" in line
    assert "safe_plugins" in line
    name = line.partition("in one process: ")[2].partition(" may keep")[0]
    said = build(tmp_path, "other", 2, hook=HOOK, safe_plugins=[name]).stderr
    assert "rendered in one process" not in said
    assert read(tmp_path / "site") == read(tmp_path / "other")


def test_a_worker_that_dies_is_an_error_with_names_and_no_hang(tmp_path: Path) -> None:
    write_notes(tmp_path)
    done = build(
        tmp_path, "site", 2, hook=DIES, safe_plugins=["hook.py", "hook", "/hook.py", str(tmp_path / "hook.py")]
    )
    assert done.returncode
    assert "A worker died at one of the 16 files that begin with c/" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_worker_that_dies_with_half_an_answer_sent_is_told() -> None:
    def run(task: int) -> bytes:
        if task:
            threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGKILL)).start()
        return bytes(50_000_000 if task else 1)

    answers = in_pool(range(4), 2, lambda: None, run)
    assert next(answers) == bytes(1)
    time.sleep(0.6)  # both wait for someone to read the rest
    with pytest.raises(WorkerDiedError):
        next(answers)


def test_a_scan_worker_that_dies_at_any_moment_ends_the_build(tmp_path: Path) -> None:
    write_notes(tmp_path)
    hook = (
        "import os, random, signal, threading\nfrom videonotes.site.incremental import pool\nown = pool._serve\n"
        "def serve(*arguments):\n"
        "    threading.Timer(random.uniform(0, 0.1), os.kill, (os.getpid(), signal.SIGKILL)).start()\n"
        "    own(*arguments)\n"
        "pool._serve = serve\n"
    )
    for _ in range(5):
        done = build(tmp_path, "site", 2, hook=hook)
        assert "Traceback" not in done.stderr
        assert done.returncode == 0 or "A worker died" in done.stderr


def test_what_a_worker_raises_ends_the_build(tmp_path: Path) -> None:
    write_notes(tmp_path)
    done = build(tmp_path, "site", 2, hook=RAISES, safe_plugins=["hook.py", "hook"])
    assert done.returncode
    assert "Error reading page 'c/note17.md': of the hook" in done.stderr


def test_a_number_of_workers_is_checked(tmp_path: Path) -> None:
    write_notes(tmp_path)
    assert "Expected `auto` or a number" in build(tmp_path, "site", -1).stderr


def test_a_forked_process_gives_its_result_and_ends() -> None:
    large = ["word"] * 100_000  # more than a pipe takes
    forked = Forked(lambda: [os.getpid(), large])
    forked._process.join(20)
    assert forked._process.exitcode == 0
    process, found = forked.result()
    assert process != os.getpid()
    assert found == large


def test_a_forked_process_that_dies_is_told() -> None:
    with pytest.raises(EOFError):
        Forked(lambda: os.kill(os.getpid(), signal.SIGKILL)).result()


@pytest.mark.parametrize(("method", "field"), [("begin_names", "names"), ("begin", "fault")])
def test_a_process_of_the_search_that_dies_costs_no_more(tmp_path: Path, method: str, field: str) -> None:
    write_notes(tmp_path)
    hook = (
        "import os, signal\nfrom videonotes.site.search.indexing import Indexing\nfrom videonotes.site.incremental.background import Forked\n"
        "def on_startup(**named):\n"
        f"    Indexing.{method} = lambda self: setattr(self, {field!r}, Forked(lambda: os.kill(os.getpid(), signal.SIGKILL)))\n"
    )
    done = build(tmp_path, "site", 2, hook=hook)
    assert done.returncode == 0
    assert json.loads((tmp_path / "site/search/names/index.json").read_text("utf-8"))["top"]
    assert ("the process that runs Pagefind died" in done.stderr) == (field == "fault")


def test_work_meanwhile_is_done_here_where_its_process_dies() -> None:
    parent = os.getpid()

    def work() -> str:
        if os.getpid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)
        return "done"

    assert meanwhile(work, forks=True)() == "done"
    assert meanwhile(work, forks=False)() == "done"
    assert meanwhile(lambda: os.getpid() == parent, forks=True)() is False
