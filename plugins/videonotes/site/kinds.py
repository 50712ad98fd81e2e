"""Which files are notes and which are ordinary pages: by globs where they are given, else by what the files hold."""

from __future__ import annotations

import logging
import posixpath
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from fnmatch import translate
from typing import Any

from ..core.note import Note
from .config import VideonotesConfig

log = logging.getLogger("mkdocs.plugins.videonotes")

_HOMES = frozenset({"index.md", "README.md"})
"""The home of a site is a page, whatever it holds."""


class Globs:
    """Matches paths against globs as `.gitignore` has them: `**` any folders, `*` within one."""

    def __init__(self, patterns: Iterable[str]) -> None:
        parts = [_glob(pattern.lstrip("/")) for pattern in patterns]
        self._pattern = re.compile("|".join(parts)) if parts else None

    def __contains__(self, path: str) -> bool:
        return bool(self._pattern and self._pattern.fullmatch(path))


def _glob(pattern: str) -> str:
    pieces = []
    for piece in re.split(r"(\*\*/|\*\*)", pattern):
        if piece == "**/":
            pieces.append("(?:[^/]+/)*")
        elif piece == "**":
            pieces.append(".*")
        else:
            body = translate(piece)
            inner = re.fullmatch(r"\(\?s:(.*)\)\\[Zz]", body, re.DOTALL)
            pieces.append((inner[1] if inner else re.escape(piece)).replace(".*", "[^/]*"))
    return "(?:" + "".join(pieces) + ")"


@dataclass(frozen=True, slots=True)
class Choice:
    """What the options choose: `notes` (`None`: files tell themselves), `pages` that are none, `private` ones, those
    that a model wrote (`generated`). `in_nav` are the paths that the navigation names. With `drafts`, these are kept.
    """

    notes: Globs | None
    pages: Globs
    private: Globs
    generated: Globs
    in_nav: frozenset[str]
    drafts: bool

    @classmethod
    def of(cls, options: VideonotesConfig, nav: Any, *, drafts: bool) -> Choice:
        """Return what the options of the plugin and the `nav` of MkDocs choose."""
        return cls(
            notes=Globs(options.notes) if options.notes else None,
            pages=Globs(options.pages),
            private=Globs(options.private),
            generated=Globs(options.generated),
            in_nav=frozenset(_paths(nav)),
            drafts=drafts,
        )

    def find_private(self, files: Iterable[Note]) -> frozenset[str]:
        """Return the paths of the files that are not published."""
        return frozenset(note.path for note in files if note.private or note.path in self.private)

    def find_notes(self, files: Iterable[Note], private: frozenset[str]) -> frozenset[str]:
        """Return the paths of the files that are notes; `private` ones are, and say nothing of those beside them."""
        rest = [note for note in files if note.path not in self.pages and note.path not in private]
        if self.notes is not None:
            return private.union(note.path for note in rest if note.path in self.notes)
        rest = [note for note in rest if note.path not in _HOMES and (note.names_video or note.path not in self.in_nav)]
        found = _by_contents(rest)
        _say_others([note.path for note in rest if note.path not in found])
        return private | found


def _by_contents(files: Collection[Note]) -> frozenset[str]:
    """Return the paths of the files with a `videoId` or a timestamp, and of all in folders of which most have one."""
    own = {note.path for note in files if note.names_video or note.stamps}
    sizes = Counter(posixpath.dirname(note.path) for note in files)
    marked = Counter(map(posixpath.dirname, own))
    folders = {folder for folder, count in marked.items() if 2 * count > sizes[folder]}
    return frozenset(own | {note.path for note in files if posixpath.dirname(note.path) in folders})


def _say_others(paths: Collection[str]) -> None:
    """Say which files are no notes."""
    if paths:
        log.info(
            "%s files have neither a videoId nor a timestamp, such as %s: they are ordinary pages. "
            "The options `notes` and `pages` decide otherwise.",
            f"{len(paths):,}",
            min(paths),
        )


def _paths(nav: Any) -> Iterator[str]:
    """Yield the paths that a `nav` names."""
    if isinstance(nav, str):
        yield nav
    elif isinstance(nav, dict):
        for item in nav.values():
            yield from _paths(item)
    elif isinstance(nav, Iterable):
        for item in nav:
            yield from _paths(item)
