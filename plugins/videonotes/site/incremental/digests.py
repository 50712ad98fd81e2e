"""Hashes: of contents, of what makes a record, of both as a key."""

from __future__ import annotations

import sys
from functools import lru_cache
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGE = Path(__file__).parents[2]


@lru_cache
def fingerprint(programs: str, *packages: str) -> bytes:
    """Return a hash of what makes a record: Python, `programs` (a file or folder of this package), other packages."""
    digest = blake2b(f"{sys.version_info[:2]}".encode(), digest_size=16)
    for name in packages:
        try:
            digest.update(f"{name}=={version(name)}".encode())
        except PackageNotFoundError:
            continue
    root = PACKAGE / programs
    for file in sorted(root.rglob("*.py")) if root.is_dir() else [root]:
        digest.update(file.relative_to(PACKAGE).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.digest()


def digest_of(*parts: bytes) -> bytes:
    """Return a key: the hash of `parts`, the first of them a fingerprint."""
    digest = blake2b(digest_size=16)
    for part in parts:
        digest.update(len(part).to_bytes(8) + part)
    return digest.digest()


def hash_of(data: bytes) -> str:
    """Return the hash by which the contents of a file are known."""
    return blake2b(data, digest_size=16).hexdigest()
