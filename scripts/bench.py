"""Time and memory of building a folder of notes: MkDocs and Material alone ("plain"), and videonotes.

The runs alternate, since machines drift; each figure is the median. Plain uses the same Markdown
extensions of Python-Markdown, no search, and leaves links and timestamps as they are.
"""

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

EXTENSIONS = [
    "admonition",
    "attr_list",
    "footnotes",
    "tables",
    "toc",
    "pymdownx.details",
    "pymdownx.highlight",
    "pymdownx.mark",
    "pymdownx.superfences",
    "pymdownx.tasklist",
    "pymdownx.tilde",
]


def configuration(kind: str, docs: Path, site: Path) -> str:
    """Return a mkdocs.yml."""
    common = {"site_name": kind, "docs_dir": str(docs), "site_dir": str(site)}
    if kind == "videonotes":
        return json.dumps({**common, "theme": "material", "plugins": ["videonotes"]})
    theme = {"name": "material", "font": False}
    nav = {"nav": ["index.md"], "not_in_nav": "/*/\n", "plugins": [], "markdown_extensions": EXTENSIONS}
    return json.dumps({**common, "theme": theme, **nav})


def build(folder: Path, kind: str) -> tuple[float, int]:
    """Build once; return the seconds, and the peak memory of the process in MiB."""
    shutil.rmtree(folder / kind, ignore_errors=True)
    config = folder / f"{kind}.yml"
    config.write_text(configuration(kind, folder / "docs", folder / kind), encoding="utf-8")
    code = (
        "import resource, sys; from mkdocs.__main__ import cli\n"
        "try: cli(['build', '-q', '-f', sys.argv[1]])\n"
        "finally: print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    start = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", code, str(config)], capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - start
    if done.returncode:
        sys.exit(f"The {kind} build failed:\n{done.stderr[-2000:]}")
    return seconds, int(done.stdout.split()[-1]) // (1024 * 1024 if sys.platform == "darwin" else 1024)


def main() -> None:
    """Run the comparison and print it as a table and as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("notes", type=Path, help="a folder of channels, or one channel")
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        target = folder / "docs"
        if any(options.notes.glob("*.md")):
            target /= options.notes.resolve().name
        shutil.copytree(options.notes, target)
        (folder / "docs/index.md").write_text("# Home\n", encoding="utf-8")
        count = sum(1 for _ in (folder / "docs").rglob("*.md")) - 1
        times: dict[str, list[float]] = {"plain": [], "videonotes": []}
        memory: dict[str, list[int]] = {"plain": [], "videonotes": []}
        for _ in range(options.runs):
            for kind, found in times.items():
                seconds, peak = build(folder, kind)
                found.append(seconds)
                memory[kind].append(peak)
        size = sum(file.stat().st_size for file in (folder / "videonotes").rglob("*") if file.is_file())
    median = {kind: statistics.median(found) for kind, found in times.items()}
    print(f"{count:,} notes, {options.runs} runs each, alternating")
    print("| build | seconds | ms a note | peak MiB |\n|---|---|---|---|")
    for kind, seconds in median.items():
        print(f"| {kind} | {seconds:.1f} | {seconds / count * 1000:.1f} | {max(memory[kind])} |")
    ratio = median["videonotes"] / median["plain"]
    print(f"videonotes / plain: {ratio:.2f}; its site: {size / 1e6:.0f} MB, {size / count / 1000:.0f} kB a note")
    print(json.dumps({"notes": count, "seconds": times, "peak MiB": memory, "ratio": round(ratio, 3)}))


if __name__ == "__main__":
    main()
