"""Findings: what is wrong with the notes, where, and what cures it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum
from typing import Self


class Severity(StrEnum):
    """How much a finding matters to readers: `error`, something is lost; `warning`, wrong; `info`, could be better."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class FindingCode(StrEnum):
    """What kind of thing was found. The value is its name, a key of the option `findings`; `number` never changes.

    Numbers from 100 are links, from 200 timestamps, from 300 what a note says of itself, from 400 what notes are to
    each other, from 500 files and blocks. `severity` is the one that it has without options.
    """

    number: str
    severity: Severity

    def __new__(cls, value: str, number: str, severity: Severity) -> Self:
        """Make a member of its name, number and severity."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.number = number
        member.severity = severity
        return member

    UNRESOLVED = "unresolved-link", "VN101", Severity.WARNING
    AMBIGUOUS = "ambiguous-link", "VN102", Severity.INFO
    FRAGMENT = "unknown-heading", "VN103", Severity.WARNING
    MALFORMED_LINK = "malformed-link", "VN104", Severity.WARNING
    DEAD_LINK = "dead-link", "VN105", Severity.WARNING
    MISSING_FILE = "missing-file", "VN106", Severity.WARNING
    PICTURE = "picture-elsewhere", "VN107", Severity.INFO
    EMBEDS = "too-many-embeds", "VN108", Severity.WARNING
    LOOSE_LINK = "loose-link", "VN109", Severity.INFO
    INVALID_STAMP = "invalid-timestamp", "VN201", Severity.WARNING
    BEYOND = "beyond-the-end", "VN202", Severity.WARNING
    REPAIRED_STAMPS = "repaired-timestamps", "VN203", Severity.INFO
    UNTIDY_STAMP = "untidy-timestamp", "VN204", Severity.INFO
    NO_STAMP = "no-timestamp", "VN205", Severity.INFO
    FRONTMATTER = "frontmatter", "VN301", Severity.ERROR
    VIDEO_ID = "video-id", "VN302", Severity.ERROR
    TITLE_SPELLING = "title-spelling", "VN303", Severity.INFO
    MISSPELLED_KEY = "misspelled-key", "VN304", Severity.WARNING
    UNREVIEWED = "unreviewed-note", "VN305", Severity.INFO
    DUPLICATE = "near-duplicate", "VN401", Severity.WARNING
    LONE_VIDEO = "lone-video", "VN402", Severity.INFO
    ORPHAN = "orphan", "VN403", Severity.INFO
    ENCODING = "encoding", "VN501", Severity.ERROR
    FENCED_NOTE = "fenced-note", "VN502", Severity.INFO
    WIDE_ROW = "wide-row", "VN503", Severity.WARNING
    LONG_NAME = "long-name", "VN504", Severity.WARNING
    SIDECAR = "sidecar", "VN505", Severity.ERROR
    REDIRECT = "redirect", "VN506", Severity.WARNING
    URL_TAKEN = "url-taken", "VN507", Severity.WARNING
    UNREADABLE = "unreadable-file", "VN508", Severity.ERROR


BY_NUMBER = {code.number: code for code in FindingCode}


def find_code(written: str) -> FindingCode | None:
    """Return the code that a number (`VN101`) or a name (`unresolved-link`) means, or `None`."""
    by_name = {str(code): code for code in FindingCode}
    return BY_NUMBER.get(written.strip().upper()) or by_name.get(written.strip().lower())


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong. `line` and `column` count from 1; 0 means the whole file.

    `candidates` are names of notes that a link may have meant, the likeliest first.
    """

    code: FindingCode
    path: str
    line: int
    column: int
    message: str
    cure: str
    candidates: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.place}: {self.message}. {self.cure}"

    @property
    def place(self) -> str:
        """`path:line:column`, or the path alone."""
        return f"{self.path}:{self.line}:{self.column}" if self.line else self.path


def line_starts(text: str) -> list[int]:
    """Return where each line of a text begins."""
    starts = [0]
    position = text.find("\n")
    while position >= 0:
        starts.append(position + 1)
        position = text.find("\n", position + 1)
    return starts


class Places:
    """Turns offsets into a text into `(line, column)`, both from 1, in logarithmic time."""

    def __init__(self, text: str) -> None:
        self._starts = line_starts(text)

    def __call__(self, offset: int) -> tuple[int, int]:
        """Return the line and the column of the character at `offset`."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1
