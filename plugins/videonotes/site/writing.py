"""Writing the site: each file at once and only where its bytes change, and away with those that are no longer made.

MkDocs empties the folder of the site first and writes files bit by bit. While a build runs, three functions of
`mkdocs.utils` are laid over, so that a build that is killed leaves whole pages, and the next one mends the rest.
"""

from __future__ import annotations

import logging
import os
import shutil
import time
from collections.abc import Callable, Iterable
from pathlib import Path, PurePosixPath
from types import ModuleType
from typing import IO, Any

from mkdocs import utils

try:
    import fcntl as _fcntl
except ImportError:  # Windows
    _fcntl = None  # type: ignore[assignment]

fcntl: ModuleType | None = _fcntl
log = logging.getLogger("mkdocs.plugins.videonotes")


class Writing:
    """Writes the files of one build, from `begin` to `end`.

    `seen` are the paths of the files that the site has, `written` how many of them were written,
    `removed` how many files of former builds were removed.
    """

    def __init__(self) -> None:
        self.seen: set[str] = set()
        self.written = self.removed = 0
        self.started = 0.0
        self.cleans = False
        self.lock: IO[str] | None = None
        self.own: dict[str, Callable[..., Any]] = {}

    def begin(self, site: str, cache: Path) -> None:
        """Take MkDocs' writing over for the folder `site`, once no other build has it. `cache` holds the lock."""
        self.end()
        self._wait(cache)
        self.seen = set()
        self.written = self.removed = 0
        self.started = time.time()
        self.cleans = False
        self.own = {name: getattr(utils, name) for name in ("clean_directory", "write_file", "copy_file")}
        clean = self.own["clean_directory"]

        def clean_directory(directory: str) -> None:
            if Path(directory) == Path(site):
                self.cleans = True
            else:
                clean(directory)

        for name, function in (
            ("clean_directory", clean_directory),
            ("write_file", self.write),
            ("copy_file", self._copy),
        ):
            setattr(utils, name, function)

    def end(self) -> None:
        """Give MkDocs its functions back."""
        for name, function in self.own.items():
            setattr(utils, name, function)
        self.own = {}
        if self.lock is not None:
            self.lock.close()
            self.lock = None

    def write(self, content: bytes, output_path: str) -> None:
        """Write a file, if its bytes change."""
        path = os.path.abspath(output_path)
        self.seen.add(path)
        if _has(path, content):
            return
        self.written += 1
        draft = f"{path}.{os.getpid()}~"
        try:
            file = open(draft, "wb")  # noqa: SIM115
        except FileNotFoundError:
            os.makedirs(os.path.dirname(path), exist_ok=True)
            file = open(draft, "wb")  # noqa: SIM115
        with file:
            file.write(content)
        os.replace(draft, path)

    def make_way(self, site: str, paths: Iterable[str]) -> None:
        """Remove files of former builds where folders go, and folders where `paths`, the files of this one, go."""
        files = set(paths)
        for folder in {parent for path in files for parent in PurePosixPath(path).parents}:
            target = Path(site, folder)
            if target.is_file():
                target.unlink()
        for path in files:
            target = Path(site, path)
            if target.is_dir() and not target.is_symlink():
                shutil.rmtree(target)

    def _copy(self, source_path: str, output_path: str) -> None:
        self.write(Path(source_path).read_bytes(), output_path)

    def remove_stale(self, site: Path) -> None:
        """Remove what former builds left in the folder of the site, but for hidden files at its root, as MkDocs does.

        What is newer than the beginning of the build comes from another plugin, and stays.
        """
        if not self.cleans:
            return
        root = os.path.abspath(site)
        for folder, names, files in os.walk(root, topdown=False):
            if Path(folder).relative_to(root).parts[:1] and Path(folder).relative_to(root).parts[0].startswith("."):
                continue
            for name in files:
                path = os.path.join(folder, name)
                hidden = folder == root and name.startswith(".")
                if path not in self.seen and not hidden and os.lstat(path).st_mtime < self.started:
                    os.unlink(path)
                    self.removed += 1
            if names or files:
                try:
                    os.rmdir(folder)  # only an empty one goes
                except OSError:
                    continue

    def _wait(self, cache: Path) -> None:
        if fcntl is None:
            return
        try:
            cache.mkdir(parents=True, exist_ok=True)
            self.lock = (cache / "lock").open("w")
        except OSError:  # a folder that cannot be written: there is no cache either
            return
        try:
            fcntl.flock(self.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            log.info("Another build is running in this folder: this one waits for its end.")
            fcntl.flock(self.lock, fcntl.LOCK_EX)


def _has(path: str, content: bytes) -> bool:
    try:
        if os.stat(path).st_size != len(content):
            return False
        with open(path, "rb") as file:
            return file.read() == content
    except OSError:
        return False
