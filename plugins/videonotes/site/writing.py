"""Writing the site: each file at once and only where its bytes change, and away with those that are no longer made.

MkDocs empties the folder of the site first and writes files bit by bit. While a build runs, three functions of
`mkdocs.utils` are laid over, so that a build that is killed leaves whole pages, and the next one mends the rest.
"""

from __future__ import annotations

import logging
import os
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import IO, Any

from mkdocs import utils

from .page_cache import hash_of

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
        self.caught: dict[str, bytes] | None = None

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

    @contextmanager
    def page(self) -> Iterator[dict[str, bytes]]:
        """Yield the files that are written until the end of the block, by their absolute paths; count them alone."""
        before, self.seen, self.written, self.caught = self.seen, set(), 0, {}
        try:
            yield self.caught
        finally:
            self.seen, self.caught = before, None

    def keep(self, path: str, name: str) -> bool:
        """Leave the file at an absolute `path` as it is, if it has the hash `name`; return whether it does."""
        try:
            with open(path, "rb") as file:
                same = hash_of(file.read()) == name
        except OSError:
            return False
        if same:
            self.seen.add(path)
        return same

    def write(self, content: bytes, output_path: str) -> None:
        """Write a file, if its bytes change."""
        path = os.path.abspath(output_path)
        self.seen.add(path)
        if self.caught is not None:
            self.caught[path] = content
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
        if not os.path.isdir(site):
            return
        files = set(paths)
        folders: set[str] = set()
        for path in files:
            while (path := path.rpartition("/")[0]) and path not in folders:
                folders.add(path)
        for folder, names, others in os.walk(site):
            here = os.path.relpath(folder, site).replace(os.sep, "/") + "/" if folder != site else ""
            for name in others:
                if here + name in folders:
                    os.unlink(os.path.join(folder, name))
            for name in names.copy():
                target = os.path.join(folder, name)
                if here + name in files and not os.path.islink(target):
                    names.remove(name)
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
