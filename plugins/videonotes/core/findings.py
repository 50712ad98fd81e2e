"""Findings: what is wrong with the notes, where, and what cures it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum


class FindingCode(StrEnum):
    """What kind of thing was found. The value is the key of the plugin option `findings`."""

    FRONTMATTER = "frontmatter"
    VIDEO_ID = "video-id"
    UNRESOLVED = "unresolved-link"
    AMBIGUOUS = "ambiguous-link"
    FRAGMENT = "unknown-heading"
    MALFORMED_LINK = "malformed-link"
    DEAD_LINK = "dead-link"
    MISSING_FILE = "missing-file"
    PICTURE = "picture-elsewhere"
    INVALID_STAMP = "invalid-timestamp"
    BEYOND = "beyond-the-end"
    REPAIRED_STAMPS = "repaired-timestamps"
    TITLE_SPELLING = "title-spelling"
    URL_TAKEN = "url-taken"
    FENCED_NOTE = "fenced-note"
    EMBEDS = "too-many-embeds"
    WIDE_ROW = "wide-row"
    ENCODING = "encoding"
    SIDECAR = "sidecar"
    LONG_NAME = "long-name"
    REDIRECT = "redirect"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong. `line` and `column` count from 1; 0 means the whole file."""

    code: FindingCode
    path: str
    line: int
    column: int
    message: str
    cure: str

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}:{self.column}" if self.line else self.path
        return f"{place}: {self.message}. {self.cure}"


class Places:
    """Turns offsets into a text into `(line, column)`, both from 1, in logarithmic time."""

    def __init__(self, text: str) -> None:
        self._starts = [0]
        position = text.find("\n")
        while position >= 0:
            self._starts.append(position + 1)
            position = text.find("\n", position + 1)

    def __call__(self, offset: int) -> tuple[int, int]:
        """Return the line and the column of the character at `offset`."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1
