"""What a source holds that can be imported, and what is left out of it and why."""

from __future__ import annotations

import json
import posixpath
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from ..core.files import AUDIO, PICTURES, VIDEO
from .limits import Limits, TooLargeError
from .safe_names import UnsafeNameError, key, printable, safe_path
from .texts import Look, look

FILES = PICTURES | AUDIO | VIDEO | {"pdf"}
"""Endings of the files that are copied beside notes."""

TEXTS = frozenset({"", "md", "markdown", "txt"})
_VAULT = ".obsidian"
_SETTINGS = {
    f"{_VAULT}/templates.json": "folder",
    f"{_VAULT}/plugins/templater-obsidian/data.json": "templates_folder",
}
"""The files of a vault that name a folder of templates, and the key that does."""


class FileKind(StrEnum):
    """What the name of a file says that it is."""

    TEXT = "text"
    FILE = "file"
    SETTING = "setting"
    HIDDEN = "hidden"
    OTHER = "other"


class Left(StrEnum):
    """Why a file is left out, as a summary says it."""

    HIDDEN = "hidden files and folders, settings, trash"
    OTHER = "files of other kinds"
    NO_NOTE = "texts that do not look like notes"
    TEMPLATE = "templates of a vault"
    LINK = "links, devices and the like"
    DOUBLE = "names that an archive has once more: the last one counts"
    TARGET = "the target folder itself"


def kind_of(path: str) -> FileKind:
    """Return what the file at `path` is, by its name alone."""
    parts = path.split("/")
    if _setting(path):
        return FileKind.SETTING
    if any(part.startswith(".") or part == "__MACOSX" for part in parts):
        return FileKind.HIDDEN
    end = posixpath.splitext(path)[1].removeprefix(".").lower()
    return FileKind.TEXT if end in TEXTS else FileKind.FILE if end in FILES else FileKind.OTHER


def _setting(path: str) -> str:
    return next((name for name in _SETTINGS if f"/{path}".endswith(f"/{name}")), "")


@dataclass(slots=True)
class Item:
    """A file to import: `path` below its source, its size, how to get what it holds, what it is if it is a text."""

    path: str
    size: int
    get: Callable[[Any], bytes]
    place: Any
    look: Look | None = None

    def content(self) -> bytes:
        """Return what the file holds. Raises `OSError`, and `TooLargeError` where it has grown."""
        return self.get(self.place)


Fetch = Callable[[int], tuple[int, Callable[[Any], bytes], Any]]
"""Gets a file of at most so many bytes: returns its size, and from what its content can be had later."""


@dataclass
class Haul:
    """What a source holds."""

    limits: Limits
    items: dict[str, Item] = field(default_factory=dict)
    left: Counter[str] = field(default_factory=Counter)
    failed: list[tuple[str, str]] = field(default_factory=list)
    vaults: dict[str, list[str]] = field(default_factory=dict)
    """The folders of vaults, each with its folders of templates."""

    def offer(self, name: str, fetch: Fetch) -> None:
        """Take in a file of a source by its name; it is fetched only where it is wanted."""
        try:
            path = safe_path(name)
        except UnsafeNameError as error:
            self.fail(name, str(error))
            return
        self.see(path)
        kind = kind_of(path)
        if kind in (FileKind.HIDDEN, FileKind.OTHER):
            self.left[Left.HIDDEN if kind is FileKind.HIDDEN else Left.OTHER] += 1
            return
        limit = self.limits.other if kind is FileKind.FILE else self.limits.text
        try:
            size, get, place = fetch(limit)
            item = Item(path, size, get, place)
            if kind is FileKind.SETTING:
                self._set(path, item.content())
            else:
                item.look = look(item.content()) if kind is FileKind.TEXT else None
                self._add(item)
        except TooLargeError:
            self.fail(name, f"it has more than {limit / 1e6:,g} MB")
        except OSError as error:
            self.fail(name, error.strerror or "it cannot be read")

    def fail(self, name: str, why: str) -> None:
        """Keep that a file cannot be imported."""
        self.failed.append((printable(name), why))

    def see(self, path: str) -> None:
        """Remember the vault that the path of a file or a folder betrays."""
        parts = [part for part in path.split("/") if part not in ("", ".")]
        if _VAULT in parts and ".." not in parts:
            self.vaults.setdefault("/".join(parts[: parts.index(_VAULT)]), [])

    def _add(self, item: Item) -> None:
        if self.items.pop(item.path, None):
            self.left[Left.DOUBLE] += 1
        self.items[item.path] = item

    def _set(self, path: str, data: bytes) -> None:
        """Read the folder of templates from a file of settings, whatever that holds."""
        name = _setting(path)
        self.left[Left.HIDDEN] += 1
        with suppress(ValueError, RecursionError):
            said = json.loads(data)
            folder = said.get(_SETTINGS[name]) if isinstance(said, dict) else None
            if isinstance(folder, str) and folder.strip("/. "):
                root = path[: -len(name)].rstrip("/")
                self.vaults[root].append(key(posixpath.join(root, folder.strip().strip("/"))) + "/")

    def drop_templates(self) -> None:
        """Leave out what stands in the folders of templates, now that they are known."""
        folders = tuple(folder for own in self.vaults.values() for folder in own)
        for path in [path for path in self.items if folders and key(path).startswith(folders)]:
            del self.items[path]
            self.left[Left.TEMPLATE] += 1

    def vault_of(self, path: str) -> bool:
        """Return whether a file stands in a vault."""
        return any(not root or path.startswith(f"{root}/") for root in self.vaults)

    def root(self) -> str:
        """Return the folder of an archive in which its one vault is, and all its files; else nothing."""
        root = next(iter(self.vaults)) if len(self.vaults) == 1 else ""
        return f"{root}/" if root and all(path.startswith(f"{root}/") for path in self.items) else ""
