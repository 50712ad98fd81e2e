"""Shifted timestamps: which notes write `MM:SS:xx` where `HH:MM:SS` was meant, and what a stamp means.

In a sixth of the real notes `19:35:00` stands for 19 min 35 s. The literal reading holds unless
there is evidence against it (NOTE_FORMAT.md, section 3); the evidence is weighed once per note.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import NamedTuple, Protocol

from .note import Note
from .timestamps import LONGEST, Clock

_HABIT_NOTES = 20
_HABIT_SHARE = 0.9
_ENOUGH = 20  # stamps from which on their third parts show a habit
_LONG = 4  # hours from which on a stamp is in question
_TOO_LONG = LONGEST // 3600


class Evidence(StrEnum):
    """Why the stamps of a note are read as shifted, strongest first."""

    DURATION = "duration"
    RANGE = "part over 59"
    HOUR = "hour of 12 or more"
    ZEROS = "third part always 0"
    SIBLINGS = "other notes end earlier"
    CHANNEL = "the channel's videos are shorter"
    HABIT = "habit of the collection"


class Shift(NamedTuple):
    """The decision that a note's stamps are shifted; `zeros` includes those that begin with `00:`."""

    evidence: Evidence
    zeros: bool


class Outcome(StrEnum):
    """How a stamp came by its time."""

    WRITTEN = "as written"
    REPAIRED = "repaired"
    LABEL = "from label"
    INVALID = "invalid"


class Time(NamedTuple):
    """What a stamp means: `seconds` into its video, or `None` and the reason `why` there is none."""

    seconds: int | None
    outcome: Outcome
    why: str = ""


def own_clocks(note: Note) -> list[Clock]:
    """Return the times of the note's stamps into its own video, as their attribute, else their label, says."""
    return [
        time
        for stamp in note.stamps
        if stamp.video in ("", note.video) and (time := _readable(stamp.data) or _readable(stamp.label))
    ]


def _readable(time: Clock | None) -> Clock | None:
    return time if time and (time.literal is not None or time.shiftable) else None


def _with_hours(times: Iterable[Clock]) -> list[Clock]:
    """Return the times that would be shifted: of three parts, the first of them not 0."""
    return [time for time in times if time.shiftable and time.hours]


def find_shifts(notes: Iterable[Note], durations: Mapping[str, int]) -> dict[str, Shift]:
    """Return, by path, the notes whose stamps are shifted. `durations` are seconds by video id."""
    notes = tuple(notes)
    clocks = {note.path: own_clocks(note) for note in notes if note.video and note.stamps}
    ends = {path: _end(times) for path, times in clocks.items()}
    hours = {path: _long_hour(times) for path, times in clocks.items()}
    videos: dict[str, list[str]] = {}
    suspects: list[Note] = []
    for note in notes:
        if note.path not in clocks:
            continue
        videos.setdefault(note.video, []).append(note.path)
        if _with_hours(clocks[note.path]):
            suspects.append(note)

    longest = _channel_lengths(notes, ends, hours)

    def is_genuine(note: Note, times: list[Clock]) -> bool:
        return _are_seconds(times) and ends[note.path] <= 2 * longest.get(note.channel, 0)

    found: dict[str, Evidence] = {}
    undecided: list[Note] = []
    decided = shifted = 0
    for note in suspects:
        times = _with_hours(clocks[note.path])
        evidence = _own_evidence(times, durations.get(note.video), is_genuine(note, times))
        if evidence:
            found[note.path] = evidence
    for note in suspects:
        hour = hours[note.path]
        if note.path in found:
            if hour is not None:
                decided, shifted = decided + 1, shifted + 1
            continue
        if hour is None:
            continue
        if note.video in durations:
            decided += 1
            continue
        others = [path for path in videos[note.video] if path != note.path]
        end = ends[note.path]
        short = [ends[path] for path in others if ends[path] < _LONG * 3600 and path not in found]
        if short:
            decided += 1
            if max(short) < end / 2:
                found[note.path] = Evidence.SIBLINGS
                shifted += 1
        elif any(path not in found for path in others):
            decided += 1  # its notes agree with each other beyond 4 hours
        elif end > _channel_factor(clocks[note.path]) * longest.get(note.channel, end):
            found[note.path] = Evidence.CHANNEL
        elif not is_genuine(note, _with_hours(clocks[note.path])):
            undecided.append(note)
    if decided >= _HABIT_NOTES and shifted >= decided * _HABIT_SHARE:
        found.update((note.path, Evidence.HABIT) for note in undecided)
    return {path: Shift(evidence, _zeros_too(clocks[path])) for path, evidence in found.items()}


def _channel_lengths(notes: Iterable[Note], ends: Mapping[str, int], hours: Mapping[str, int | None]) -> dict[str, int]:
    """Return, by channel, how far into their videos nine of ten of its notes go at most, in seconds.

    Only notes below 4 hours count; a channel with fewer than ten of them says nothing.
    """
    known: dict[str, list[int]] = {}
    for note in notes:
        if note.path in ends and hours[note.path] is None and ends[note.path] < _LONG * 3600:
            known.setdefault(note.channel, []).append(ends[note.path])
    return {channel: sorted(found)[len(found) * 9 // 10] for channel, found in known.items() if len(found) >= 10}


def _own_evidence(times: list[Clock], duration: int | None, genuine: bool) -> Evidence | None:
    if duration is not None:
        beyond = [time for time in times if time.literal is None or time.literal > duration]
        if any(time.shifted is not None and time.shifted <= duration for time in beyond):
            return Evidence.DURATION
        if not beyond:
            return None
    if any(time.minutes > 59 or time.seconds > 59 for time in times) and not genuine:
        return Evidence.RANGE
    if any(time.hours >= _TOO_LONG for time in times):
        return Evidence.HOUR
    if len(times) >= 3 and not any(time.seconds for time in times):
        return Evidence.ZEROS
    return None


def _channel_factor(times: list[Clock]) -> int:
    """Return how many times longer than its channel's videos a note must be to be taken for shifted.

    The habit of the collection says little where most long notes of it are genuine, but five hours
    in a channel of videos of fifteen minutes are five minutes.
    """
    return 10 if _are_seconds(_with_hours(times)) else 3


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


def _long_hour(times: list[Clock]) -> int | None:
    """Return the greatest hour where it is one of 4 to 11, else `None`."""
    hour = max((time.hours for time in times if time.shiftable), default=0)
    return hour if _LONG <= hour < _TOO_LONG else None


def _end(times: list[Clock]) -> int:
    return max((time.literal or 0 for time in times), default=0)


def _zeros_too(times: list[Clock]) -> bool:
    three = [time for time in times if time.shiftable]
    return sum(time.seconds == 0 for time in three) >= 0.9 * len(three)


class Written(Protocol):
    """What a timestamp says: a record of the scan, or a token."""

    @property
    def data(self) -> Clock | None:
        """The time of its attribute."""

    @property
    def label(self) -> Clock | None:
        """The time of its label."""

    @property
    def bare(self) -> bool:
        """Whether it is no element."""


def read_time(stamp: Written, video: str, shift: Shift | None, duration: int | None) -> Time:
    """Return what `stamp` means in a note with this `shift` (`None`: read literally).

    `video` is the id that the stamp leads into, empty where there is none; `duration` is that
    video's length in seconds, where it is known.
    """
    seconds, repaired = _meaning(stamp.data, shift)
    outcome = Outcome.REPAIRED if repaired else Outcome.WRITTEN
    label, label_repaired = _meaning(stamp.label, shift)
    if seconds is None or (repaired and label is not None and not label_repaired and label != seconds):
        if label is not None:
            outcome = Outcome.REPAIRED if label_repaired else Outcome.WRITTEN if stamp.bare else Outcome.LABEL
        seconds = label
    if seconds is None:
        return Time(None, Outcome.INVALID, "this is no time that can be read")
    if not video:
        return Time(None, Outcome.INVALID, "the note names no video")
    if duration is not None and seconds > duration:
        return Time(None, Outcome.INVALID, "the video ends before")
    if seconds >= LONGEST:
        return Time(None, Outcome.INVALID, "no video is that long")
    return Time(seconds, outcome)


def _meaning(time: Clock | None, shift: Shift | None) -> tuple[int | None, bool]:
    if time is None:
        return None, False
    if shift and time.shiftable and (time.hours or shift.zeros):
        return time.shifted, True
    return time.literal, False
