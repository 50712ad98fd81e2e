"""What a site is after its cache was damaged: the same as without one, or the number of cases where it is not.

    scripts/bench damage FOLDER [--damages N] [--notes N] [--seed N]

Some notes of FOLDER are built. Then the cache is damaged, each time in another way, and they are built again, mostly
after the site was deleted. Each site is compared with that of a clean build, and so is the site of the build after it.
Disks that are short are small file systems in memory, which root alone can mount; others limit the size of files.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from tests.sites import read_site

PATIENCE = 120
"""Seconds after which a build hangs."""

KINDS = ("byte", "byte", "truncation", "deletion", "swap", "folder", "pipe", "link", "short disk", "short files")


class Project:
    """A folder with notes, and what a clean build makes of them."""

    def __init__(self, folder: Path, notes: list[Path], root: Path) -> None:
        self.folder = folder
        self.cache = folder / ".cache"
        self.pristine = folder / "pristine"
        for note in notes:
            target = folder / "docs" / note.relative_to(root)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(note, target)
        config = {
            "site_name": "Damage",
            "site_url": "https://x.test/",
            "theme": "material",
            "plugins": [{"videonotes": {"workers": 2}}],
        }
        (folder / "mkdocs.yml").write_text(json.dumps(config))

    def build(self, *, limit: int = 0) -> str:
        """Build; return `""`, or what is wrong with it: it hangs or stops."""
        command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]

        def shorten() -> None:
            if limit:
                resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

        try:
            done = subprocess.run(
                command,
                cwd=self.folder,
                capture_output=True,
                text=True,
                check=False,
                timeout=PATIENCE,
                preexec_fn=shorten,
            )
        except subprocess.TimeoutExpired:
            return "hangs"
        if "Traceback" in done.stderr:
            return "stack trace: " + done.stderr.strip().splitlines()[-1]
        return f"stops: {done.stderr.strip()[-200:]}" if done.returncode else ""

    def site(self, *, numbered: bool = True) -> dict[str, bytes]:
        return read_site(self.folder / "site", numbered=numbered)

    def drop_site(self) -> None:
        shutil.rmtree(self.folder / "site", ignore_errors=True)

    def files(self) -> list[Path]:
        """Return the kept files: those of the databases come as often as all others together."""
        found = sorted(path for path in self.cache.rglob("*") if path.is_file())
        databases = [path for path in found if path.suffix == ".sqlite"]
        return found + databases * (len(found) // max(1, len(databases)))


def damage(project: Project, kind: str, chance: random.Random) -> str:
    """Damage a kept file; return which."""
    file, other = chance.sample(sorted(set(project.files())), 2)
    file = chance.choice(project.files())
    data = file.read_bytes()
    if kind == "byte" and data:
        at = chance.randrange(len(data))
        file.write_bytes(data[:at] + bytes([data[at] ^ chance.randrange(1, 256)]) + data[at + 1 :])
    elif kind == "truncation":
        file.write_bytes(data[: chance.randrange(len(data) + 1)])
    elif kind == "swap":
        file.write_bytes(other.read_bytes())
        other.write_bytes(data)
    else:
        file.unlink()
        if kind == "folder":
            (file / "within").mkdir(parents=True)
        elif kind == "pipe":
            os.mkfifo(file)
        elif kind == "link":
            file.symlink_to(other)
    return file.relative_to(project.cache).as_posix()


def short_disk(project: Project, chance: random.Random, size: int) -> str:
    """Build onto a disk that is too small, which grows then; return what is wrong."""
    shutil.rmtree(project.cache)
    project.cache.mkdir()
    subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={chance.randrange(32, size // 1024)}k", "tmpfs", project.cache],
        check=True,
    )
    try:
        fault = compared(project, numbered=False)
        subprocess.run(["mount", "-o", f"remount,size={size * 4}", project.cache], check=True)
        return fault or compared(project, numbered=False)
    finally:
        subprocess.run(["umount", project.cache], check=True)


def short_files(project: Project, chance: random.Random, size: int) -> str:
    """Build where no file of the cache may be longer than the longest of the site; return what is wrong."""
    shutil.rmtree(project.cache)
    longest = max(map(len, CLEAN.values()))
    return compared(project, limit=chance.randrange(longest + 1, max(longest + 2, size))) or compared(project)


CLEAN: dict[str, bytes] = {}
UNNUMBERED: dict[str, bytes] = {}
"""The site of a clean build, and what of it is the same on every disk."""


def compared(project: Project, *, limit: int = 0, drop: bool = True, numbered: bool = True) -> str:
    """Build; return `""`, or what is wrong with the build or its site."""
    if drop:
        project.drop_site()
    if fault := project.build(limit=limit):
        return fault
    site, clean = project.site(numbered=numbered), CLEAN if numbered else UNNUMBERED
    differ = sorted(name for name in site.keys() | clean.keys() if site.get(name) != clean.get(name))
    return f"wrong site: {len(differ)} files, such as {differ[0]}" if differ else ""


def run(project: Project, kind: str, chance: random.Random) -> tuple[str, str]:
    """Do damage of a kind to a whole cache; return to what, and what is wrong then."""
    shutil.rmtree(project.cache, ignore_errors=True)
    shutil.copytree(project.pristine, project.cache)
    size = sum(path.stat().st_size for path in project.cache.rglob("*") if path.is_file())
    shorts: dict[str, Callable[[Project, random.Random, int], str]] = {
        "short disk": short_disk,
        "short files": short_files,
    }
    if kind in shorts:
        return "", shorts[kind](project, chance, size)
    file = damage(project, kind, chance)
    return file, compared(project, drop=chance.random() < 0.8) or compared(project)


def main() -> None:
    """Damage, build, compare, count."""
    parser = argparse.ArgumentParser(prog="scripts/bench damage", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--damages", type=int, default=200)
    parser.add_argument("--notes", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    kinds = [kind for kind in KINDS if kind != "short disk" or os.geteuid() == 0]
    notes = sorted(options.folder.rglob("*.md"))
    with tempfile.TemporaryDirectory() as folder:
        project = Project(Path(folder), chance.sample(notes, min(options.notes, len(notes))), options.folder.parent)
        if fault := project.build():
            sys.exit(f"The clean build {fault}")
        CLEAN.update(project.site())
        UNNUMBERED.update(project.site(numbered=False))
        shutil.copytree(project.cache, project.pristine)
        tried: Counter[str] = Counter()
        faults: Counter[str] = Counter()
        for number in range(options.damages):
            kind = kinds[number % len(kinds)]
            file, fault = run(project, kind, chance)
            tried[kind] += 1
            if number % 20 == 19:
                print(f"{number + 1} damages", file=sys.stderr, flush=True)
            if fault:
                faults[fault.partition(":")[0]] += 1
                print(f"{number}: {kind} {file}: {fault}", flush=True)
    print(", ".join(f"{count} × {kind}" for kind, count in tried.items()))
    print(", ".join(f"{faults[name]} {name}" for name in ("wrong site", "stack trace", "hangs", "stops")))


if __name__ == "__main__":
    main()
