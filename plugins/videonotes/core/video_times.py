"""What all timestamps mean, and how far the notes of each video go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from .note import Note
from .repair import Shift, Time, read_time

_LONE = 2
"""Times that a moment lies beyond where all other notes of its video end, to be a lone tail."""


def moments_of(notes: Iterable[Note], times: Mapping[str, tuple[Time, ...]]) -> dict[str, tuple[int, ...]]:
    """Return, by path, the seconds of its own video that a note names, in their order, each once."""
    return {
        note.path: tuple(sorted({second for second, _ in own_moments(note, times[note.path])}))
        for note in notes
        if note.video
    }


def notes_by_video(notes: Iterable[Note]) -> dict[str, tuple[str, ...]]:
    """Return, by video, the paths of the listed notes on it."""
    found: dict[str, list[str]] = {}
    for note in notes:
        if note.video and not note.unlisted:
            found.setdefault(note.video, []).append(note.path)
    return {video: tuple(paths) for video, paths in found.items()}


def agreed_ends_of(on_video: Mapping[str, Sequence[str]], moments: Mapping[str, tuple[int, ...]]) -> dict[str, int]:
    """Return, by video, the last second that its notes name, but for lone tails: of three notes or more, one has a few
    moments far beyond where all others end.
    """
    agreed = {}
    for video, paths in on_video.items():
        last = sorted((moments[path] for path in paths if moments[path]), key=lambda seconds: seconds[-1])
        if not last:
            continue
        agreed[video] = last[-1][-1]
        if len(last) > 2 and (others := last[-2][-1]):
            near = [second for second in last[-1] if second <= _LONE * others]
            if len(last[-1]) - len(near) <= max(2, len(last[-1]) // 10):
                agreed[video] = max(others, near[-1] if near else 0)
    return agreed


def own_moments(note: Note, times: tuple[Time, ...]) -> Iterator[tuple[int, int]]:
    """Yield the seconds into the note's own video, and the number of the stamp, of each valid one, as they stand."""
    for number, (stamp, time) in enumerate(zip(note.stamps, times, strict=True)):
        if time.seconds is not None and stamp.video in ("", note.video):
            yield time.seconds, number


def read_all_times(
    notes: Iterable[Note], shifts: Mapping[str, Shift], durations: Mapping[str, int]
) -> dict[str, tuple[Time, ...]]:
    """Return what every timestamp means. What is written alike is read once, and is one record."""
    all_known: dict[Shift | None, dict[tuple[object, ...], Time]] = {}
    times = {}
    for note in notes:
        shift = shifts.get(note.path)
        known = all_known.setdefault(shift, {})
        found = []
        for stamp in note.stamps:
            video = stamp.video or note.video
            duration = durations.get(video)
            key = (stamp.data, stamp.label, stamp.bare, bool(video), duration)
            time = known.get(key)
            if time is None:
                time = known[key] = read_time(stamp, video, shift, duration)
            found.append(time)
        times[note.path] = tuple(found)
    return times
