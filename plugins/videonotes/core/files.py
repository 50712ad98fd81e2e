"""The files below the folder of the notes, and how links name them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from urllib.parse import unquote

from .sentences import embeds_file

PICTURES = frozenset({"png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "bmp", "ico"})
VIDEO = frozenset({"mp4", "webm", "ogv", "mov"})
AUDIO = frozenset({"mp3", "wav", "ogg", "m4a", "flac"})
SHOWN = PICTURES | VIDEO | AUDIO
"""Endings of the files that a page can show; any other one is linked to."""


def ending(path: str) -> str:
    """Return what stands behind the last point of a file's name, in lower case."""
    return posixpath.basename(path).rpartition(".")[2].lower()


class FileIndex:
    """All files by path, and those that are no Markdown by the end of their path, with and without their ending."""

    def __init__(self, paths: Iterable[str], moved: Mapping[str, tuple[str, str]]) -> None:
        self.paths = frozenset(paths)
        self._moved = moved
        self._by_end: dict[str, str] = {}
        self._by_stem: dict[str, str] = {}
        for path in sorted(self.paths, reverse=True):
            if path.endswith(".md"):
                continue
            parts = path.split("/")
            for start in range(len(parts)):
                self._by_end["/".join(parts[start:])] = path
            if ending(path) in SHOWN:
                self._by_stem[posixpath.splitext(parts[-1])[0].casefold()] = path

    def find(self, path: str, href: str) -> str | None:
        """Return the path of the file that `href`, in the note at `path`, means, or `None`.

        It is looked for beside the note, below the root, and by the end of its path.
        """
        wanted = unquote(href.partition("#")[0].partition("?")[0])
        if not wanted:
            return None
        for base in (posixpath.dirname(path), ""):
            candidate = posixpath.normpath(posixpath.join(base, wanted.lstrip("/")))
            if candidate in self.paths:
                return candidate
            if candidate in self._moved:
                return self._moved[candidate][0]
        return self._by_end.get(wanted.lstrip("/"))

    def named(self, path: str, target: str, *, embed: bool) -> str | None:
        """Return the file that a wikilink without a note means: by its name, an embed also without its ending."""
        if embeds_file(target):
            return self.find(path, target)
        return self._by_stem.get(posixpath.basename(target).casefold()) if embed else None
