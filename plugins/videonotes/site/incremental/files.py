"""Files of this machine: read and written so that nothing waits for ever, leads elsewhere, or is half there.

A file that another one wrote may be a pipe, a link or a folder by now: what is no plain file is not there.
"""

from __future__ import annotations

import os
import shutil
import stat
from contextlib import suppress
from pathlib import Path

from .digests import hash_of

_NEVER_WAIT = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)


def is_ours(state: os.stat_result) -> bool:
    """Return whether a file belongs to the user of this process."""
    return not hasattr(os, "geteuid") or state.st_uid == os.geteuid()


def read_file(path: str, *, own: bool = False) -> bytes | None:
    """Return what a plain file holds; `None` where there is none. An `own` one is no link, and this user's."""
    try:
        handle = os.open(path, os.O_RDONLY | _NEVER_WAIT | (_NO_LINK if own else 0))
    except (OSError, ValueError):  # a name with a zero byte is none
        return None
    try:
        state = os.fstat(handle)
        if not stat.S_ISREG(state.st_mode) or (own and not is_ours(state)):
            return None
        return os.read(handle, state.st_size) if state.st_size else b""
    except OSError:
        return None
    finally:
        os.close(handle)


def holds(path: str, name: str, *, own: bool = False) -> bool:
    """Return whether the contents of the file at `path` have the hash `name`."""
    content = read_file(path, own=own)
    return content is not None and hash_of(content) == name


def has_content(path: str, content: bytes) -> bool:
    """Return whether the file at `path` holds these bytes."""
    try:
        return os.stat(path).st_size == len(content) and read_file(path) == content
    except OSError:
        return False


def put_file(path: str, content: bytes) -> None:
    """Write a file beside its place, then give it its name: it is whole or not there. Raises `OSError`."""
    draft = f"{path}.{os.getpid()}~"
    try:
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _NEVER_WAIT | _NO_LINK, 0o666)
        with open(handle, "wb", buffering=0) as file:
            rest = memoryview(content)
            while rest:
                rest = rest[file.write(rest) or 0 :]
        os.replace(draft, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(draft)
        raise


def remove(path: Path) -> None:
    """Remove what is at `path`, a folder with all in it; of a link, the link. Raises `OSError`."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def make_way(path: str) -> None:
    """Remove a folder where the file at `path` goes, or a file where one of its folders does. Raises `OSError`."""
    if os.path.isdir(path) and not os.path.islink(path):
        shutil.rmtree(path)
    folder = os.path.dirname(path)
    try:
        os.makedirs(folder, exist_ok=True)
    except OSError:
        for parent in Path(path).parents:
            if parent.is_file():
                parent.unlink()
        os.makedirs(folder, exist_ok=True)


def is_inside(name: str) -> bool:
    """Return whether a path leads from a folder to something in it."""
    return not os.path.isabs(name) and ".." not in name.replace(os.sep, "/").split("/")
