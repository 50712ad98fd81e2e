"""The folder of the cache: this user's own, with plain files alone, and used by one build at a time."""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from mkdocs.config.defaults import MkDocsConfig

from .files import is_ours, remove

try:
    import fcntl as _fcntl
except ImportError:  # Windows
    _fcntl = None  # type: ignore[assignment]

fcntl: ModuleType | None = _fcntl
log = logging.getLogger("mkdocs.plugins.videonotes")


class CacheFolder:
    """`path` is the folder that a build uses, from `begin` to `end`: an empty one of its own where it cannot use the
    cache, which lasts as long as this object.
    """

    def __init__(self) -> None:
        self.path = Path()
        self.lock: Lock | None = None
        self.instead: tempfile.TemporaryDirectory[str] | None = None

    def begin(self, config: MkDocsConfig) -> None:
        """Have the folder beside `mkdocs.yml`, once no other build has it."""
        self.end()
        base = Path(config.config_file_path).parent if config.config_file_path else Path(config.site_dir).parent
        self.path = base / ".cache" / "videonotes"
        try:
            _make_ready(self.path)
        except OSError as error:
            log.info("The cache %s is not used: %s.", self.path, error)
            self.instead = self.instead or tempfile.TemporaryDirectory(prefix="videonotes-")
            self.path = Path(self.instead.name)
        self.lock = Lock(self.path / "lock", "running")

    def end(self) -> None:
        """Let the next build have the folder."""
        if self.lock:
            self.lock.end()


class Lock:
    """What one process has at a time, from the beginning on. The lock ends with the process, however that ends."""

    def __init__(self, path: Path, doing: str) -> None:
        self._handle = -1
        if fcntl is None:
            return
        try:
            self._handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK, 0o666)
        except OSError:  # a folder that cannot be written: nothing is kept there either
            return
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            log.info("Another build is %s in this folder: this one waits for its end.", doing)
            fcntl.flock(self._handle, fcntl.LOCK_EX)

    def end(self) -> None:
        """Let the next one have it."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1


def _make_ready(folder: Path) -> None:
    """Have the folder, with folders and plain files alone in it. Raises `OSError` where that is not possible."""
    if folder.is_symlink():
        raise OSError("it is a link")
    folder.mkdir(parents=True, exist_ok=True)
    if not is_ours(folder.stat()):
        log.info("The cache %s is another user's: it is made anew.", folder)
        remove(folder)
        folder.mkdir()
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        raise OSError("it cannot be written")
    strange = list(_strange(folder))
    for path in strange:
        remove(path)
    if strange:
        log.info("The cache %s held what is no plain file, such as %s: it was removed.", folder, strange[0].name)


def _strange(folder: Path) -> Iterator[Path]:
    """Yield the links, pipes and folders of others in a folder and those within it."""
    folders = [str(folder)]
    while folders:
        path = folders.pop()
        try:
            entries = list(os.scandir(path))
        except OSError:
            yield Path(path)
            continue
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                folders.append(entry.path)
            elif not entry.is_file(follow_symlinks=False):
                yield Path(entry.path)
