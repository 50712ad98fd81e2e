"""Shifted timestamps: which notes write `MM:SS:xx` where `HH:MM:SS` was meant, and what a stamp means.

In a sixth of the real notes `19:35:00` stands for 19 min 35 s. The literal reading holds unless
there is evidence against it (note-format.md, section 3); the evidence is weighed once per note.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple, Protocol

from .evidence import (
    EVIDENCE,
    NEAR,
    Case,
    Evidence,
    Siblings,
    WrittenTimes,
    channel_factor,
    channel_lengths,
    own_clocks,
    zeros_too,
)
from .note import Note
from .readings import Readings, choose_readings
from .timestamps import LONGEST, Clock

__all__ = ["Evidence", "Outcome", "Readings", "Shift", "Time", "find_shifts", "own_clocks", "read_time"]

_HABIT_NOTES = 20  # notes with an hour of 4 to 11 from which on the collection has a habit
_HABIT_SHARE = 0.9
_ROUNDS = 2  # what is decided of a note may decide its siblings


class Shift(NamedTuple):
    """The decision that a note's stamps are shifted; `zeros` includes those that begin with `00:`.

    `readings` are the times that are read otherwise.
    """

    evidence: Evidence
    zeros: bool
    readings: Readings = Readings()

    def applies_to(self, time: Clock) -> bool:
        """Return whether a time of three parts is minutes and seconds."""
        if time.hours or self.zeros:
            return time not in self.readings.literal
        return time in self.readings.shifted


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


def find_shifts(notes: Iterable[Note], durations: Mapping[str, int]) -> dict[str, Shift]:
    """Return, by path, the notes whose stamps are shifted. `durations` are seconds by video id."""
    decisions = _Decisions([note for note in notes if note.video and note.stamps], durations)
    for _ in range(_ROUNDS):
        decisions.decide()
    decisions.decide_by_habit()
    return decisions.shifts()


class _Decisions:
    """What is decided of the notes of a collection, each with its reason."""

    def __init__(self, notes: Sequence[Note], durations: Mapping[str, int]) -> None:
        self.durations = durations
        self.notes = {note.path: note for note in notes}
        self.written = {note.path: WrittenTimes.of(note) for note in notes}
        self.longest = channel_lengths(notes, self.written)
        self.ends = {path: written.end for path, written in self.written.items()}
        self.found: dict[str, Evidence] = {}
        self.shifted: dict[str, tuple[int | None, Shift]] = {}  # with the bound that it was made for
        self.siblings = self._siblings()

    def _siblings(self) -> dict[str, Siblings]:
        found: dict[str, list[str]] = {}
        for note in self.notes.values():
            found.setdefault(note.video, []).append(note.path)
        return {
            video: Siblings(
                sorted(self.ends[path] for path in paths),
                sorted(self.ends[path] for path in paths if self._is_credible(path)),
                sum(len(self.written[path].hours) for path in paths),
            )
            for video, paths in found.items()
        }

    def _is_credible(self, path: str) -> bool:
        return path in self.found or self.written[path].seconds

    def case(self, path: str) -> Case:
        """Return what is known of a note by now."""
        note = self.notes[path]
        return Case(
            self.written[path],
            self.durations.get(note.video),
            self.longest.get(note.channel),
            self.siblings[note.video],
            self.ends[path],
            self._is_credible(path),
        )

    def decide(self) -> None:
        """Decide what can be decided, and take the ends of shifted notes as they are read."""
        found: dict[str, Evidence] = {}
        for path, written in self.written.items():
            if path not in self.found and written.three:
                case = self.case(path)
                evidence = next((evidence for evidence, holds in EVIDENCE if holds(case)), None)
                if evidence:
                    found[path] = evidence
        for path, evidence in found.items():
            self.ends[path] = _end_of(self.written[path].times, self.shift(path, evidence))
        self.found |= found
        self.siblings = self._siblings()

    def shift(self, path: str, evidence: Evidence) -> Shift:
        """Return the decision for a note, with the reading of each of its times."""
        bound, known = self._bound(path), self.shifted.get(path)
        if known and known[0] == bound:
            return known[1]
        times = self.written[path].times
        zeros = zeros_too(times)
        shift = Shift(evidence, zeros, choose_readings(times, zeros=zeros, bound=bound))
        self.shifted[path] = bound, shift
        return shift

    def _bound(self, path: str) -> int | None:
        """Return the second beyond which nothing of a note is likely to lie, where somebody knows."""
        case = self.case(path)
        if case.duration is None and case.last and len(case.siblings.ends) > 2:
            return round(NEAR * case.last)
        if case.duration is None and case.longest:
            return 2 * case.longest
        return case.duration

    def decide_by_habit(self) -> None:
        """Decide the notes with long hours and nothing else to go by as their channel, then as the collection is."""
        undecided = []
        decided = shifted = 0
        for path, written in self.written.items():
            if written.hour is None:
                continue
            case = self.case(path)
            if path in self.found:
                decided, shifted = decided + 1, shifted + 1
            elif case.duration is not None or len(case.siblings.ends) > 1:
                decided += 1  # its notes agree with each other beyond 4 hours
            elif case.longest is not None and case.end > channel_factor(written.hours) * case.longest:
                self.found[path] = Evidence.CHANNEL
            elif not case.genuine:
                undecided.append(path)
        if decided >= _HABIT_NOTES and shifted >= decided * _HABIT_SHARE:
            self.found.update(dict.fromkeys(undecided, Evidence.HABIT))

    def shifts(self) -> dict[str, Shift]:
        """Return the decisions."""
        return {path: self.shift(path, evidence) for path, evidence in self.found.items()}


def _end_of(times: list[Clock], shift: Shift) -> int:
    """Return the last second of a shifted note."""
    return max((second for time in times if (second := _meaning(time, shift)[0]) is not None), default=0)


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
    if shift and time.shiftable and shift.applies_to(time):
        return time.shifted, True
    return time.literal, False
