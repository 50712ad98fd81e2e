"""Evidence that the stamps of a note are shifted: what a note, its video's other notes and its channel show.

Each kind is a function of what is known of a note (note-format.md, section 3). `repair` weighs them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from math import inf
from typing import NamedTuple

from .note import Note
from .timestamps import LONGEST, Clock

_ENOUGH = 20  # stamps from which on their third parts show a habit
_LONG = 4  # hours from which on a stamp is in question
_TOO_LONG = LONGEST // 3600
_ENOUGH_ZEROS = 3  # times with hours whose third part is 0 that show a habit
_FEW_ZEROS = 10  # stamps below which full minutes may be what the writer meant
_APART = 8  # times that an end must lie beyond another for the two to contradict each other
NEAR = 1.5  # times that an end may lie beyond another and still agree with it
_SAME = 0.8  # the share of an end that another note must reach to go as far


class Evidence(StrEnum):
    """Why the stamps of a note are read as shifted, strongest first."""

    DURATION = "duration"
    RANGE = "part over 59"
    HOUR = "hour of 12 or more"
    ZEROS = "third part always 0"
    SIBLINGS = "other notes end earlier"
    CHANNEL = "the channel's videos are shorter"
    HABIT = "habit of the collection"


def own_clocks(note: Note) -> list[Clock]:
    """Return the times of the note's stamps into its own video, as their attribute, else their label, says."""
    return [
        time
        for stamp in note.stamps
        if stamp.video in ("", note.video) and (time := _readable(stamp.data) or _readable(stamp.label))
    ]


def _readable(time: Clock | None) -> Clock | None:
    return time if time and (time.literal is not None or time.shiftable) else None


class WrittenTimes(NamedTuple):
    """The times of a note as written: all, those of three parts, those of them that would be shifted in any case.

    `end` is the last second; `seconds` says that not all third parts are 0; `hour` is the greatest one, where it is
    one of 4 to 11.
    """

    times: list[Clock]
    three: list[Clock]
    hours: list[Clock]
    end: int
    seconds: bool
    hour: int | None

    @classmethod
    def of(cls, note: Note) -> WrittenTimes:
        """Read the stamps of a note."""
        times = own_clocks(note)
        three = [time for time in times if time.shiftable]
        hours = [time for time in three if time.hours]
        hour = max((time.hours for time in hours), default=0)
        end = max([time.literal or 0 for time in times], default=0)
        is_long = _LONG <= hour < _TOO_LONG
        return cls(times, three, hours, end, any(time.seconds for time in times), hour if is_long else None)

    @property
    def shifted_end(self) -> int:
        """The last second if all times of three parts are shifted."""
        return max((time.shifted or 0 for time in self.three), default=0)


class Siblings(NamedTuple):
    """The notes of a video: where they end, in order, and where those do that are shifted for sure or have third
    parts that are not 0. `hours` counts their times with hours.
    """

    ends: list[int]
    credible: list[int]
    hours: int


class Case(NamedTuple):
    """A note that may be shifted, and what is known of its video by now. `longest` is how far its channel goes."""

    written: WrittenTimes
    duration: int | None
    longest: int | None
    siblings: Siblings
    end: int
    is_credible: bool

    @property
    def genuine(self) -> bool:
        """Whether it is a long note of seconds in a channel of long videos."""
        return self.end <= 2 * (self.longest or 0) and _are_seconds(self.written.hours)

    def credible(self, least: float, most: float = inf) -> int:
        """Return how many other credible notes end from `least` up to `most`."""
        ends = self.siblings.credible
        found = bisect_right(ends, most) - bisect_left(ends, least)
        return found - (self.is_credible and least <= self.end <= most)

    @property
    def last(self) -> int | None:
        """Where the last of the other notes ends; `None` where there is none."""
        ends = self.siblings.ends
        if len(ends) < 2:
            return None
        return ends[-2] if ends[-1] == self.end else ends[-1]

    def last_before(self, limit: int) -> int | None:
        """Return where the last of the other notes that end before `limit` does, if this one ends beyond it."""
        at = bisect_left(self.siblings.ends, limit)
        return self.siblings.ends[at - 1] if at else None


def _beyond_duration(case: Case) -> bool:
    """The duration is known, and times beyond it lie within it when shifted."""
    if case.duration is None:
        return False
    beyond = [time for time in case.written.hours if time.literal is None or time.literal > case.duration]
    return any(time.shifted is not None and time.shifted <= case.duration for time in beyond)


def _fits_duration(case: Case) -> bool:
    return case.duration is not None and all(
        time.literal is not None and time.literal <= case.duration for time in case.written.hours
    )


def _part_over_59(case: Case) -> bool:
    """A second or third part is over 59, and not by a slip in a long note of seconds."""
    if not any(time.minutes > 59 or time.seconds > 59 for time in case.written.hours):
        return False
    return not case.genuine and not _fits_duration(case)


def _hour_of_12(case: Case) -> bool:
    """No video is that long."""
    return any(time.hours >= _TOO_LONG for time in case.written.hours) and not _fits_duration(case)


def _always_zero(case: Case) -> bool:
    """The third part of all times with hours is 0; of few, where no other note goes as far as they do as written."""
    hours = case.written.hours
    if len(hours) < _ENOUGH_ZEROS or any(time.seconds for time in hours) or _fits_duration(case):
        return False
    return len(case.written.times) >= _FEW_ZEROS or not case.credible(_SAME * case.end)


def _all_zero(case: Case) -> bool:
    """So is that of all notes of the video."""
    if case.siblings.credible or case.duration is not None:
        return False
    return case.siblings.hours >= _ENOUGH_ZEROS


def _end_earlier(case: Case) -> bool:
    """An hour of 4 to 11, and the other notes of the video that end before 4 hours end before half of it."""
    if case.duration is not None or case.written.hour is None:
        return False
    last = case.last_before(_LONG * 3600)
    return last is not None and last < case.end / 2


def _contradicted(case: Case) -> bool:
    """The other notes of the video end where this one does when it is shifted, not where it is written to end."""
    if case.duration is not None:
        return False
    far = case.end / _APART  # few notes have another that ends before it: `shifted_end` reads all times
    agree = case.credible(0, far) and case.credible(case.written.shifted_end / NEAR, far)
    if not agree:
        return False
    three = case.written.three
    zeros = 0 if any(time.seconds for time in three) else min(len(three), 6) / 2
    return 2 * agree + zeros - 3 * case.credible(case.end / 2) - 3 * _are_seconds(three) >= 4


EVIDENCE: tuple[tuple[Evidence, Callable[[Case], bool]], ...] = (
    (Evidence.DURATION, _beyond_duration),
    (Evidence.RANGE, _part_over_59),
    (Evidence.HOUR, _hour_of_12),
    (Evidence.ZEROS, _always_zero),
    (Evidence.ZEROS, _all_zero),
    (Evidence.SIBLINGS, _end_earlier),
    (Evidence.SIBLINGS, _contradicted),
)
"""The kinds of evidence, strongest first. What the channel and the collection show comes last."""


def channel_lengths(notes: Iterable[Note], written: Mapping[str, WrittenTimes]) -> dict[str, int]:
    """Return, by channel, how far into their videos nine of ten of its notes go at most, in seconds.

    Only notes below 4 hours count; a channel with fewer than ten of them says nothing.
    """
    known: dict[str, list[int]] = {}
    for note in notes:
        of = written[note.path]
        if of.hour is None and of.end < _LONG * 3600:
            known.setdefault(note.channel, []).append(of.end)
    return {channel: sorted(found)[len(found) * 9 // 10] for channel, found in known.items() if len(found) >= 10}


def channel_factor(times: list[Clock]) -> int:
    """Return how many times longer than its channel's videos a note must be to be taken for shifted.

    The habit of the collection says little where most long notes of it are genuine, but five hours
    in a channel of videos of fifteen minutes are five minutes.
    """
    return 10 if _are_seconds(times) else 3


def _are_seconds(times: list[Clock]) -> bool:
    """Return whether the third parts are spread as seconds are, and as nothing else is.

    Hundredths pass 59 in 40 of 100 stamps, and a third part that means nothing is mostly the same
    few digits, or those of the second. A long note of a channel of long videos whose third parts show
    the whole range of 1 to 59 was written with seconds in mind, so that neither a slip or two
    (`02:32:98`) nor the habit of other writers may turn its hours into minutes.
    """
    thirds = [time.seconds for time in times]
    count = len(thirds)
    if count < _ENOUGH or sum(third > 59 for third in thirds) > 0.05 * count:
        return False
    expected = 60 * (1 - (59 / 60) ** count)  # different values among so many drawn from 60
    same = sum(time.seconds == time.minutes for time in times)
    return thirds.count(0) <= 0.2 * count and same <= 0.2 * count and len(set(thirds)) >= 0.6 * expected


def zeros_too(times: list[Clock]) -> bool:
    """Return whether times that begin with `00:` are shifted, too: nearly all third parts of the note are 0."""
    three = [time for time in times if time.shiftable]
    return sum(time.seconds == 0 for time in three) >= 0.9 * len(three)
