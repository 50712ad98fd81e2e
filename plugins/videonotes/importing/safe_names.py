"""Names from elsewhere, made safe: they lead nowhere but down, and every file system can hold them."""

from __future__ import annotations

import os
import re
import unicodedata

from ..core.names import file_name

_DRIVE = re.compile(r"[A-Za-z]:")
_LONGEST_ENDING = 20
_LONE = re.compile(r"[\ud800-\udfff]")
_NOT_ON_WINDOWS = re.compile(r'[<>:"|?*]')
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|\Z)", re.IGNORECASE)


class UnsafeNameError(ValueError):
    """A name leads out of the folder that it is in; the text says how."""


def safe_path(name: str) -> str:
    """Return the path of a file below its source, safe for every file system. Raises `UnsafeNameError`."""
    if "\\" in name:
        raise UnsafeNameError("its name has a backslash")
    if name.startswith("/") or _DRIVE.match(name):
        raise UnsafeNameError("its name is absolute")
    parts = [part for part in name.split("/") if part not in ("", ".")]
    if ".." in parts:
        raise UnsafeNameError("its name leads out of the folder")
    safe = [safe_part(part) for part in parts]
    if not safe or not all(safe):
        raise UnsafeNameError("it has no name")
    return "/".join(safe)


def safe_part(name: str, *, windows: bool = os.name == "nt") -> str:
    """Return the name of a file or folder in NFC, without control characters, of 200 bytes and its ending at most.

    The answer is empty where nothing is left. On Windows, what that cannot hold becomes `_`.
    """
    text = _LONE.sub("\ufffd", unicodedata.normalize("NFC", printable(name)))
    if windows:
        text = _NOT_ON_WINDOWS.sub("_", text).rstrip(" .")
        text = f"_{text}" if _DEVICES.match(text) else text
    if not text.strip() or text in (".", ".."):
        return ""
    stem, ending = os.path.splitext(text)
    if len(ending.encode()) > _LONGEST_ENDING:
        stem, ending = text, ""
    return file_name(stem) + ending


def printable(text: str) -> str:
    """Return `text` without control characters, which a terminal would obey."""
    return text if text.isprintable() else "".join(char for char in text if unicodedata.category(char) != "Cc")


def key(name: str) -> str:
    """Return what two names have in common that some file systems take for the same."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
