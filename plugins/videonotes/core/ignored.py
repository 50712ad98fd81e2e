"""Findings that a note does not want to hear of: `videonotes: {ignore: [VN203]}`, or a comment in its text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from .findings import FindingCode, find_code
from .frontmatter import as_strings

_COMMENT = re.compile(r"(?:<!--|%%)\s*videonotes:\s*ignore\s+([\w, -]{1,200}?)\s*(?:-->|%%)", re.IGNORECASE)


def read_ignored(data: Mapping[str, Any], source: str) -> tuple[frozenset[FindingCode], tuple[str, ...]]:
    """Return the codes that the frontmatter `data` or a comment of `source` names, and what names none."""
    found: set[FindingCode] = set()
    unknown = []
    for written in _names(data, source):
        if code := find_code(written):
            found.add(code)
        else:
            unknown.append(written)
    return frozenset(found), tuple(unknown)


def _names(data: Mapping[str, Any], source: str) -> Iterator[str]:
    """Yield what is written in the place of a code: numbers or names, apart by commas or spaces."""
    own = data.get("videonotes")
    values = as_strings(own.get("ignore")) if isinstance(own, dict) else ()
    comments = _COMMENT.findall(source) if "videonotes:" in source else []
    for value in (*values, *comments):
        yield from re.split(r"[\s,]+", value.strip())
