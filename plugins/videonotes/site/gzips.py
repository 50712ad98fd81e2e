"""Gzip with the same bytes under every Python."""

from __future__ import annotations

import gzip
from io import BytesIO


def gzipped(content: bytes, level: int = 9) -> bytes:
    """Return bytes as gzip, the same under every Python: `gzip.compress` names the system, or not."""
    packed = BytesIO()
    with gzip.GzipFile(filename="", mode="wb", compresslevel=level, fileobj=packed, mtime=0) as file:
        file.write(content)
    return packed.getvalue()
