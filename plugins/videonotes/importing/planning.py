"""What becomes of each file: the target is looked at, and nothing is written."""

from __future__ import annotations

import hashlib
import os
import posixpath
import re
import stat
from dataclasses import dataclass, field
from enum import StrEnum

from .folders import read_plain
from .haul import Item
from .limits import TooLargeError
from .safe_names import key

_NUMBERED = re.compile(r"(?P<base>.+)_[1-9]\d*\Z", re.DOTALL)
_OTHER_CONTENT = "other contents stand in its place"
_TAKEN = "another file of this import has its name"


class OnConflict(StrEnum):
    """What is done where a file with other contents has the name of one that is imported."""

    SKIP = "skip"
    REPLACE = "replace"
    RENAME = "rename"


class Fate(StrEnum):
    """What becomes of a file."""

    IMPORTED = "imported"
    UNCHANGED = "unchanged"
    REPLACED = "replaced"
    RENAMED = "renamed"
    SKIPPED = "skipped"
    FAILED = "failed"


WRITTEN = frozenset({Fate.IMPORTED, Fate.REPLACED, Fate.RENAMED})


@dataclass(slots=True)
class Decision:
    """What becomes of a file: `path` is where it goes below the target, `why` says what is in the way."""

    fate: Fate
    path: str
    item: Item
    why: str = ""


class BlockedError(Exception):
    """A folder cannot be entered; the text says why."""


@dataclass(slots=True)
class _Entry:
    """A name in a folder of the target: one that is there (`kind`), one that is planned, or both."""

    name: str
    kind: str = ""
    decision: Decision | None = None
    folder: _Folder | None = None


@dataclass(slots=True)
class _Folder:
    """A folder of the target, as it will be."""

    path: str
    exact: dict[str, _Entry] = field(default_factory=dict)
    folded: dict[str, _Entry] = field(default_factory=dict)
    numbered: dict[str, list[_Entry]] | None = None
    copies: dict[str, dict[bytes, _Entry]] = field(default_factory=dict)
    """For each name that was in conflict: its numbered copies by their contents."""
    free: dict[str, int] = field(default_factory=dict)

    def add(self, entry: _Entry) -> None:
        self.exact[entry.name] = entry
        self.folded.setdefault(key(entry.name), entry)
        if self.numbered is not None and (base := _base(entry.name)):
            self.numbered.setdefault(base, []).append(entry)

    def find(self, name: str) -> _Entry | None:
        return self.exact.get(name) or self.folded.get(key(name))

    def numbered_like(self, name: str) -> list[_Entry]:
        if self.numbered is None:
            self.numbered = {}
            for entry in self.exact.values():
                if base := _base(entry.name):
                    self.numbered.setdefault(base, []).append(entry)
        return self.numbered.get(key(name), [])


def _base(name: str) -> str:
    """Return the key of the name of which a name with a number is a copy."""
    stem, ending = posixpath.splitext(name)
    match = _NUMBERED.match(stem)
    return key(match["base"] + ending) if match else ""


class Planner:
    """Decides what becomes of files, one after another."""

    def __init__(self, target: str, on_conflict: OnConflict) -> None:
        self.target = target
        self.on_conflict = on_conflict
        self.root = _listed("", target) if os.path.lexists(target) else _Folder("")
        self.decisions: list[Decision] = []

    def plan(self, path: str, item: Item) -> None:
        """Decide what becomes of a file that goes to `path`."""
        try:
            folder = self._enter(path)
            name = posixpath.basename(path)
            entry = folder.find(name)
            if entry is None:
                decision = self._new(folder, name, item, Fate.IMPORTED)
            else:
                decision = self._meet(folder, entry, name, item)
        except BlockedError as error:
            decision = Decision(Fate.FAILED, path, item, str(error))
        except TooLargeError:
            decision = Decision(Fate.FAILED, path, item, "it has grown meanwhile")
        except OSError as error:
            decision = Decision(Fate.FAILED, path, item, error.strerror or "it cannot be read")
        self.decisions.append(decision)

    def _enter(self, path: str) -> _Folder:
        """Return the folder of a path, under the spelling that it has. Raises `BlockedError`."""
        folder = self.root
        for part in path.split("/")[:-1]:
            entry = folder.find(part)
            if entry is None:
                entry = _Entry(part, folder=_Folder(posixpath.join(folder.path, part)))
                folder.add(entry)
            elif entry.kind == "link":
                raise BlockedError("a link stands in its way")
            elif entry.folder is None and entry.kind != "folder":
                raise BlockedError("a file stands where its folder would be")
            elif entry.folder is None:
                inside = posixpath.join(folder.path, entry.name)
                entry.folder = _listed(inside, os.path.join(self.target, inside))
            assert entry.folder is not None
            folder = entry.folder
        return folder

    def _new(self, folder: _Folder, name: str, item: Item, fate: Fate) -> Decision:
        decision = Decision(fate, posixpath.join(folder.path, name), item)
        folder.add(_Entry(name, decision=decision))
        return decision

    def _meet(self, folder: _Folder, entry: _Entry, name: str, item: Item) -> Decision:
        """Decide on a file whose name is taken."""
        path = posixpath.join(folder.path, entry.name)
        if self._holds(entry, path, item):
            if entry.decision is None:
                entry.decision = Decision(Fate.UNCHANGED, path, item)
                return entry.decision
            return Decision(Fate.UNCHANGED, path, item)
        if self.on_conflict is OnConflict.RENAME:
            return self._rename(folder, name, item)
        why = _OTHER_CONTENT if entry.decision is None else _TAKEN
        if self.on_conflict is OnConflict.SKIP:
            return Decision(Fate.SKIPPED, path, item, why)
        if entry.kind not in ("", "file") or entry.folder is not None:
            return Decision(Fate.FAILED, path, item, "what stands in its place is no plain file")
        return self._replace(entry, path, item)

    def _replace(self, entry: _Entry, path: str, item: Item) -> Decision:
        """Let a file take the place of one that is there, and of one that was to come there: the last one wins."""
        if entry.decision:
            entry.decision.fate, entry.decision.why = Fate.SKIPPED, _TAKEN
            entry.decision = None
        fate = Fate.IMPORTED
        if entry.kind == "file":
            fate = Fate.UNCHANGED if self._holds(entry, path, item) else Fate.REPLACED
        entry.decision = Decision(fate, path, item)
        return entry.decision

    def _rename(self, folder: _Folder, name: str, item: Item) -> Decision:
        """Give a file a number behind its name, or find the copy of it that has one."""
        base = key(name)
        if base not in folder.copies:
            folder.copies[base] = {}
            for entry in folder.numbered_like(name):
                if (content := self._content(entry, posixpath.join(folder.path, entry.name))) is not None:
                    folder.copies[base].setdefault(hashlib.sha256(content).digest(), entry)
        copies = folder.copies[base]
        digest = hashlib.sha256(item.content()).digest()
        if found := copies.get(digest):
            return Decision(Fate.UNCHANGED, posixpath.join(folder.path, found.name), item)
        stem, ending = posixpath.splitext(name)
        number = folder.free.get(base, 1)
        while folder.find(f"{stem}_{number}{ending}"):
            number += 1
        folder.free[base] = number + 1
        decision = self._new(folder, f"{stem}_{number}{ending}", item, Fate.RENAMED)
        copies[digest] = folder.exact[f"{stem}_{number}{ending}"]
        return decision

    def _holds(self, entry: _Entry, path: str, item: Item) -> bool:
        """Return whether a file is, or will be, the same as another one."""
        if entry.decision:
            other = entry.decision.item
            return other.size == item.size and other.content() == item.content()
        if entry.kind != "file":
            return False
        full = os.path.join(self.target, path)
        return os.lstat(full).st_size == item.size and read_plain(full, item.size) == item.content()

    def _content(self, entry: _Entry, path: str) -> bytes | None:
        if entry.decision:
            return entry.decision.item.content()
        if entry.kind != "file":
            return None
        full = os.path.join(self.target, path)
        try:
            return read_plain(full, os.lstat(full).st_size)
        except (OSError, TooLargeError):
            return None


def _listed(inside: str, full: str) -> _Folder:
    """Return a folder as it is. Raises `BlockedError` where it cannot be read."""
    folder = _Folder(inside)
    try:
        with os.scandir(full) as listing:
            for entry in sorted(listing, key=lambda entry: entry.name):
                folder.add(_Entry(entry.name, _kind(entry)))
    except OSError as error:
        raise BlockedError(f"its folder cannot be read: {error.strerror}") from None
    return folder


def _kind(entry: os.DirEntry[str]) -> str:
    state = entry.stat(follow_symlinks=False)
    if stat.S_ISLNK(state.st_mode) or getattr(entry, "is_junction", bool)():
        return "link"
    return "folder" if stat.S_ISDIR(state.st_mode) else "file" if stat.S_ISREG(state.st_mode) else "other"
