"""Writing the site: each file at once and only where its bytes change, and away with those that are no longer made.

MkDocs empties the folder of the site first and writes files bit by bit. While a build runs, others stand in for its
functions, so that a build that is killed leaves whole pages, and the next one mends the rest.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ..host.stand_ins import file_functions
from .files import has_content, make_way, put_file

State = tuple[int, int, int, int]


class Writing:
    """Writes the files of one build, from `begin` to `end`.

    `seen` are the paths of the files that the site has, `written` how many of them were written,
    `removed` how many files of former builds were removed.
    """

    def __init__(self) -> None:
        self.seen: set[str] = set()
        self.written = self.removed = 0
        self.former: dict[str, State] | None = None
        self.functions = file_functions()
        self.caught: dict[str, bytes] | None = None
        self.thread = 0

    def begin(self, site: str) -> None:
        """Take MkDocs' writing over for the folder `site`."""
        self.end()
        self.seen = set()
        self.written = self.removed = 0
        self.former = None

        def clean_directory(directory: str) -> None:
            if Path(directory) == Path(site):
                self.former = {
                    path: state for _, files in _walk(os.path.abspath(site)) for path, state in files.items()
                }
            else:
                self.functions.own["clean_directory"](directory)

        self.functions.begin(clean_directory=clean_directory, write_file=self.write, copy_file=self._copy)

    def end(self) -> None:
        """Give MkDocs its functions back."""
        self.functions.end()

    @contextmanager
    def catching(self) -> Iterator[dict[str, bytes]]:
        """Yield the files that this thread writes until the end of the block, by absolute paths."""
        self.thread = threading.get_ident()
        found: dict[str, bytes] = {}
        self.caught = found
        try:
            yield found
        finally:
            self.caught = None

    def write(self, content: bytes, output_path: str) -> None:
        """Write a file, if its bytes change."""
        path = os.path.abspath(output_path)
        self.seen.add(path)
        if self.caught is not None and threading.get_ident() == self.thread:
            self.caught[path] = content
        if has_content(path, content):
            return
        self.written += 1
        try:
            put_file(path, content)
        except OSError:  # a folder is missing, or in the way
            make_way(path)
            put_file(path, content)

    def make_way(self, site: str, paths: Iterable[str]) -> None:
        """Remove what is in the way of the files at `paths`, which MkDocs itself makes folders for."""
        for path in paths:
            make_way(os.path.join(site, path))

    def _copy(self, source_path: str, output_path: str) -> None:
        self.write(Path(source_path).read_bytes(), output_path)

    def remove_stale(self, site: Path, spared: str = "") -> None:
        """Remove what former builds left in the folder of the site, but for hidden files at its root, as MkDocs does.

        What was written since MkDocs would have emptied the folder comes from another plugin, and stays, as does what
        is in the folder `spared`, from the root of the site. No clock tells: files may be of a later time.
        """
        if self.former is None:
            return
        root = os.path.abspath(site)
        for folder, files in _walk(root):
            if spared and f"{folder}{os.sep}".startswith(os.path.join(root, spared, "")):
                continue
            for path, state in files.items():
                if path not in self.seen and self.former.get(path) == state:
                    os.unlink(path)
                    self.removed += 1
            if files or folder != root:
                with suppress(OSError):  # only an empty one goes
                    os.rmdir(folder)


def _walk(root: str) -> Iterator[tuple[str, dict[str, State]]]:
    """Yield the folders of the site, those within one first, with their files; none that are hidden at its root."""
    found = []
    for folder, names, files in os.walk(root):
        if folder == root:
            names[:], files = ([name for name in some if not name.startswith(".")] for some in (names, files))
        found.append((folder, files))
    for folder, files in reversed(found):
        paths = (os.path.join(folder, name) for name in files)
        yield folder, {path: state for path in paths if (state := _state(path))}


def _state(path: str) -> State | None:
    """Return what changes when a file is written, be it by the same bytes; `None` where there is none."""
    try:
        found = os.lstat(path)
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns
