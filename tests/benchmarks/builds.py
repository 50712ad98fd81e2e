"""Time, memory and downloads of a site of notes beside MkDocs and Material ("plain").

Builds alternate, since machines drift: plain, a clean build, one where nothing changed, one after an edit, one on a
fresh checkout with the cache restored. Each figure is the median. "Pages" is a build without the phase "search".
"""

import argparse
import json
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from .configuration import configuration
from .reader import reader_costs
from .synthetic import write_notes

EDIT = '\nAn edit [[of the bench]] <a class="yt-timestamp" data-t="00:00:{:02}">[00:00:{:02}]</a>.\n'
UNSTABLE = re.compile(r"videonotes\.json$|/pagefind-entry\.json$|\.pf_(meta|filter)$")
"""What differs between two builds of the same: times, and the order in which Pagefind numbers its filters."""


def memory_of(process: int) -> int:
    """Return the memory in bytes of a process and those it began, shared pages once, Pagefind's left out (Linux)."""
    total = 0
    for found in [process, *children(process)]:
        try:
            name = Path(f"/proc/{found}/comm").read_text("utf-8").strip()
            rollup = Path(f"/proc/{found}/smaps_rollup").read_text("utf-8")
        except OSError:
            continue
        if not name.startswith("pagefind"):
            total += 1024 * int(re.search(r"^Pss:\s+(\d+)", rollup, re.MULTILINE)[1])  # type: ignore[index]
    return total


def children(process: int) -> list[int]:
    """Return the numbers of the processes below one (Linux)."""
    found = []
    for path in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            own = [int(number) for number in path.read_text("utf-8").split()]
        except OSError:
            continue
        for number in own:
            found += [number, *children(number)]
    return found


def run(folder: Path, kind: str) -> dict[str, Any]:
    """Build once; return the seconds, the peak memory, and what the build tells of itself."""
    config = folder / f"{kind}.yml"
    config.write_text(configuration(kind, folder / "docs", folder / kind), encoding="utf-8")
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(config)])
    peak = 0
    while process.returncode is None:
        asked = time.perf_counter()
        peak = max(peak, memory_of(process.pid))
        # Linux counts all pages of each process for it, which takes longer the more there are.
        with suppress(subprocess.TimeoutExpired):
            process.wait(max(0.1, 50 * (time.perf_counter() - asked)))
    found: dict[str, Any] = {"seconds": time.perf_counter() - start, "MiB": peak >> 20}
    if process.returncode:
        sys.exit(f"The {kind} build failed.")
    if kind == "videonotes":
        build = json.loads((folder / kind / "videonotes.json").read_text("utf-8"))["build"]
        found |= {"pages": found["seconds"] - build["seconds"].get("search", 0), "build": build}
    return found


def clean(folder: Path, *names: str) -> None:
    """Put folders away.

    They are deleted at the end of the bench: ext4 makes files slowly where others were deleted minutes before, whose
    inodes it passes by one after another, which no build on a new machine meets.
    """
    for name in names:
        if (folder / name).exists():
            (folder / name).rename(Path(tempfile.mkdtemp(prefix="away-", dir=folder)) / name)


def edited(folder: Path, turn: int, said: str = "") -> Path:
    """Edit one note in the middle of the collection, and say `said` in it; return its path."""
    notes = sorted((folder / "docs").rglob("*.md"))
    note = notes[len(notes) // 2]
    with note.open("a", encoding="utf-8") as file:
        file.write(f"{EDIT.format(turn % 60, turn % 60)}\n{said}\n")
    return note


def files_of(site: Path) -> dict[str, int]:
    """Return the files of a site, and when they were written."""
    return {str(file): file.stat().st_mtime_ns for file in site.rglob("*") if file.is_file()}


def same(one: Path, other: Path) -> list[str]:
    """Return the paths of the files in which two sites differ."""
    names = {file.relative_to(site).as_posix() for site in (one, other) for file in site.rglob("*") if file.is_file()}

    def read(path: Path) -> bytes | None:
        return path.read_bytes() if path.is_file() else None

    return sorted(name for name in names if not UNSTABLE.search(name) and read(one / name) != read(other / name))


def cycle(folder: Path, turn: int) -> dict[str, dict[str, Any]]:
    """Build everything once in each way."""
    clean(folder, "plain", "videonotes", ".cache")
    found = {"plain": run(folder, "plain"), "clean": run(folder, "videonotes")}
    before = files_of(folder / "videonotes")
    found["nothing"] = run(folder, "videonotes")
    after = files_of(folder / "videonotes")
    rewritten = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    found["nothing"]["rewritten"] = sum(not name.endswith("videonotes.json") for name in rewritten)
    edited(folder, turn)
    found["edit"] = run(folder, "videonotes")
    clean(folder, "videonotes")
    for note in (folder / "docs").rglob("*.md"):
        os.utime(note)
    found["checkout"] = run(folder, "videonotes")
    return found


def differences(folder: Path) -> int:
    """Return in how many files the cached build differs from a clean one."""
    (folder / "videonotes").rename(folder / "cached")
    clean(folder, ".cache")
    run(folder, "videonotes")
    found = same(folder / "cached", folder / "videonotes")
    print(*(f"differs: {name}" for name in found[:10]), sep="\n", end="\n" if found else "")
    return len(found)


def serve(folder: Path, edits: int = 3) -> float:
    """Serve the notes; return the median of the seconds from a saved edit to the page that has it."""
    command = [sys.executable, "-m", "mkdocs", "serve", "-q", "--livereload", "-f", str(folder / "videonotes.yml")]
    address = "127.0.0.1:8765"
    server = subprocess.Popen([*command, "-a", address])
    took = []
    try:
        page = f"http://{address}/"
        wait(lambda: bool(fetch(page)), 600)
        for turn in range(edits):
            time.sleep(6)  # the full text of the build before is indexed meanwhile
            said = f"Served{turn}in{os.getpid()}"
            note = edited(folder, turn, said)
            path = note.relative_to(folder / "docs").with_suffix("").as_posix()
            took.append(wait(lambda path=path, said=said: said in fetch(f"{page}{path}/"), 120))
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(30)
    return statistics.median(took)


def fetch(url: str) -> str:
    """Return a page; empty while there is none."""
    try:
        with urlopen(url, timeout=5) as answer:
            text: str = answer.read().decode("utf-8", "replace")
            return text
    except (URLError, OSError):
        return ""


def wait(done: Callable[[], bool], most: float) -> float:
    """Return the seconds until `done` says so."""
    start = time.perf_counter()
    while not done():
        if time.perf_counter() - start > most:
            sys.exit("The server did not answer in time.")
        time.sleep(0.02)
    return time.perf_counter() - start


def largest_page(site: Path) -> tuple[int, str]:
    """Return the bytes and the path of the largest page, the text of a note left out."""

    def size(file: Path) -> int:
        text = file.read_text("utf-8")
        start, end = text.find('<div class="vn-text"'), text.find('<section class="vn-section"')
        end = end if end > start else text.find("</article>")
        return len(text.encode()) - (len(text[start:end].encode()) if 0 <= start < end else 0)

    return max((size(file), file.relative_to(site).as_posix()) for file in site.rglob("*.html"))


def channel_of(notes: Path, wanted: int = 1000) -> Path:
    """Return the channel with a number of notes nearest to `wanted`."""
    folders = [folder for folder in sorted(notes.iterdir()) if folder.is_dir()]
    return min(folders, key=lambda folder: abs(sum(1 for _ in folder.rglob("*.md")) - wanted))


def prepare(notes: Path, folder: Path) -> int:
    """Copy notes, or a channel of them, below `folder`; return how many there are."""
    target = folder / "docs"
    shutil.copytree(notes, target / notes.resolve().name if any(notes.glob("*.md")) else target)
    (folder / "docs/index.md").write_text("# Home\n", encoding="utf-8")
    return sum(1 for _ in (folder / "docs").rglob("*.md")) - 1


def middle(runs: list[dict[str, dict[str, Any]]], kind: str, what: str = "seconds") -> float:
    """Return the median of a figure."""
    return float(statistics.median(found[kind][what] for found in runs))


def report(count: int, runs: list[dict[str, dict[str, Any]]], last: dict[str, float]) -> dict[str, float]:
    """Print the table of builds; return its figures."""
    plain, whole = middle(runs, "plain"), middle(runs, "clean")
    print(f"\n{count:,} notes, {len(runs)} runs, alternating\n")
    print("| build | seconds | without search | / plain | / clean | MiB | rendered | reused | written |")
    print("|---|---|---|---|---|---|---|---|---|")
    print(f"| plain | {plain:.1f} | {plain:.1f} | 1.00 | | {middle(runs, 'plain', 'MiB'):.0f} | | | |")
    for kind in ("clean", "nothing", "edit", "checkout"):
        own, pages = middle(runs, kind), middle(runs, kind, "pages")
        build = runs[-1][kind]["build"]
        print(
            f"| {kind} | {own:.1f} | {pages:.1f} | {own / plain:.2f} | {own / whole:.2f} (pages {pages / whole:.2f}) "
            f"| {middle(runs, kind, 'MiB'):.0f} | {build['rendered']:,} | {build['reused']:,} | {build['written']:,} |"
        )
    figures = {
        "notes": count,
        "plain s": plain,
        "clean s": whole,
        "clean / plain": whole / plain,
        "ms a note without search": middle(runs, "clean", "pages") / count * 1000,
        "MiB": middle(runs, "clean", "MiB"),
        "edit: pages / clean": middle(runs, "edit", "pages") / whole,
        "edit: all / clean": middle(runs, "edit") / whole,
        "nothing: pages / clean": middle(runs, "nothing", "pages") / whole,
        "nothing: all / clean": middle(runs, "nothing") / whole,
        "nothing: files rewritten": max(found["nothing"]["rewritten"] for found in runs),
        "checkout: all / clean": middle(runs, "checkout") / whole,
    }
    show(figures, last)
    return figures


def show(figures: dict[str, float], last: dict[str, float]) -> None:
    """Print figures beside those of the last recorded run."""
    print("\n| figure | now | last |\n|---|---|---|")
    for name, value in figures.items():
        before = f"{last[name]:,.2f}" if name in last else ""
        print(f"| {name} | {value:,.2f} | {before} |")


def read_arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__)
    parser.add_argument("notes", type=Path, nargs="?", help="a folder of channels, or one channel")
    parser.add_argument("--synthetic", type=int, metavar="N", help="make N notes and use them")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--growth", action="store_true", help="build the channel nearest to 1,000 notes too")
    parser.add_argument("--no-serve", action="store_true", help="leave out the edits of a served site")
    parser.add_argument("--reader", action="store_true", help="measure what a reader downloads too")
    parser.add_argument("--record", type=Path, help="a JSON file: compare with it, and write the figures to it")
    return parser.parse_args()


def main() -> None:
    """Run everything that is asked for, print it as tables and as JSON."""
    options = read_arguments()
    last = json.loads(options.record.read_text("utf-8")) if options.record and options.record.exists() else {}
    figures: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "site")
        if options.synthetic:
            write_notes(Path(name, "notes"), options.synthetic)
            options.notes = Path(name, "notes")
        count = prepare(options.notes, folder)
        runs = [cycle(folder, turn) for turn in range(options.runs)]
        figures |= report(count, runs, last)
        extra: dict[str, float] = {"files that differ from a clean build": differences(folder)}
        if options.growth:
            small = Path(name, "small")
            notes = prepare(channel_of(options.notes), small)
            own = [cycle(small, turn) for turn in range(options.runs)]
            extra["growth"] = figures["ms a note without search"] / (middle(own, "clean", "pages") / notes * 1000)
        if not options.no_serve:
            extra["serve s"] = serve(folder)
        size, largest = largest_page(folder / "videonotes")
        extra["largest page kB"] = size / 1000
        sizes = [
            file.stat().st_size
            for file in (folder / "videonotes").rglob("*")
            if file.is_file() and "/search/" not in str(file)
        ]
        extra["site without search, kB a note"] = sum(sizes) / count / 1000
        if options.reader:
            extra |= reader_costs(folder / "videonotes")
        show(extra, last)
        print(f"largest page: {largest}")
    figures |= extra
    print(json.dumps({key: round(value, 4) for key, value in figures.items()}))
    if options.record:
        options.record.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
