"""Seconds that `videonotes check` takes, and what it finds.

    scripts/bench check FOLDER [--runs N]

Cold: without a cache; warm: where nothing has changed; edited: after an edit of one note; diff: all that `--fix` would change.
Each figure is the median.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from .builds import edited, prepare
from .configuration import configuration


def check(folder: Path, *arguments: str) -> tuple[float, str]:
    """Run a check in a folder; return its seconds and what it printed."""
    command = [sys.executable, "-m", "videonotes", "check", "--fail-on", "never", *arguments]
    start = time.perf_counter()
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    return time.perf_counter() - start, done.stdout


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(prog="scripts/bench check", description=__doc__)
    parser.add_argument("notes", type=Path, help="a folder of channels, or one channel")
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args(arguments)
    took: dict[str, list[float]] = {"cold": [], "warm": [], "edited": [], "diff": []}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        count = prepare(options.notes, folder)
        text = configuration("videonotes", folder / "docs", folder / "site")
        (folder / "mkdocs.yml").write_text(text, encoding="utf-8")
        for turn in range(options.runs):
            shutil.rmtree(folder / ".cache", ignore_errors=True)
            took["cold"].append(check(folder)[0])
            took["warm"].append(check(folder)[0])
            edited(folder, turn)
            took["edited"].append(check(folder)[0])
            took["diff"].append(check(folder, "--diff")[0])
        counts = json.loads(check(folder, "--format", "json")[1])["counts"]
    print(f"{count:,} notes, {options.runs} runs")
    for name, seconds in took.items():
        print(f"{statistics.median(seconds):7.2f} s  {name}")
    for code, number in sorted(counts.items(), key=lambda item: -item[1]):
        print(f"{number:9,}  {code}")


if __name__ == "__main__":
    main()
