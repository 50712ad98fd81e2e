"""Timestamps: reading every shape that writers use, telling the time, the link into the video.

Shapes and rules: note-format.md, section 3. Whether the parts of a three-part time were shifted
(`19:35:00` for 19 min 35 s) is decided for a whole note, in `repair.py`.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

LONGEST = 12 * 3600
"""Seconds. No video of the collection is that long; a stamp at or beyond it is an error."""

_CLOCK = re.compile(
    r"(?P<a>\d{1,3}|HH?):(?P<b>\d{1,3}|MM)(?::(?P<c>\d{1,3}|SS))?(?::(?P<frames>\d{1,3}))?(?:\.\d+)?Z?\Z",
    re.IGNORECASE,
)
_SECONDS = re.compile(r"(\d{1,6})(?:\.\d+)?s?\Z", re.IGNORECASE)
_UNITS = re.compile(r"(?:(\d{1,3})h)?\s*(?:(\d{1,4})m)?\s*(?:(\d{1,5})s?)?\Z", re.IGNORECASE)

TIME = re.compile(r"(?<![\d:.])\d{1,3}+:\d{1,3}+(?::\d{1,3}+){0,2}+(?![\d:]*\d)(?:\.\d{1,6})?")
"""A time as it stands in running text or in the label of a timestamp."""


class Clock(NamedTuple):
    """The parts of a time as written: hours, minutes, seconds, if read literally.

    `shiftable` says that it has the three parts of `HH:MM:SS`, so that a note's habit may mean
    `MM:SS:xx`. Parts may be beyond their range: what was written is kept for `repair.py`.
    """

    hours: int
    minutes: int
    seconds: int
    shiftable: bool

    @property
    def literal(self) -> int | None:
        """Seconds, read as hours, minutes, seconds; `None` where a part is out of range."""
        if self.seconds > 59 or (self.minutes > 59 and (self.hours or self.shiftable)):
            return None
        return self.hours * 3600 + self.minutes * 60 + self.seconds

    @property
    def shifted(self) -> int | None:
        """Seconds, read as minutes, seconds, hundredths; `None` where that is no time."""
        if not self.shiftable or self.minutes > 59:
            return None
        return self.hours * 60 + self.minutes


@lru_cache(maxsize=1 << 16)
def read_clock(value: str) -> Clock | None:
    """Read one time: `HH:MM:SS`, `MM:SS`, `HH:MM:SS:FF`, `1234`, `754s`, `1h2m3s` and their kin.

    Letters that stand for digits (`HH:12:34`) count as 00. Returns `None` where it is no time.
    """
    text = value.strip().strip("[](){}'\"“”’`<>").strip().rstrip(":;,.").strip("[]")
    match = _CLOCK.match(text)
    if match:
        first, second, third = match["a"], match["b"], match["c"]
        if not any(char.isdigit() for char in text):
            return None
        a, b = _digits(first), _digits(second)
        if third is None:
            return Clock(0, a, b, shiftable=False)
        return Clock(a, b, _digits(third), shiftable=True)
    if match := _SECONDS.match(text):
        total = int(match[1])
        return Clock(total // 3600, total // 60 % 60, total % 60, shiftable=False)
    if text and (match := _UNITS.match(text)):
        hours, minutes, seconds = (int(part or 0) for part in match.groups())
        total = hours * 3600 + minutes * 60 + seconds
        return Clock(total // 3600, total // 60 % 60, total % 60, shiftable=False)
    return None


def _digits(part: str) -> int:
    return int(part) if part.isdecimal() else 0


@cache
def clock(seconds: int) -> str:
    """Return `seconds` in YouTube's form: `m:ss`, or `h:mm:ss` from an hour on."""
    minutes, second = divmod(seconds, 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"


def time_code(seconds: int) -> str:
    """Return `seconds` as a note should have them: `HH:MM:SS`."""
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def stamp_source(seconds: int, label: str = "", video: str = "") -> str:
    """Return a timestamp as a note should have it; without a label, the time is its label. `video` is another one."""
    code = time_code(seconds)
    other = f' data-v="{video}"' if video else ""
    return f'<a class="yt-timestamp"{other} data-t="{code}">{label or f"[{code}]"}</a>'
