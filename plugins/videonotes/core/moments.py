"""Moments: where in its video a note says what, and the timeline of all notes on one video."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from .collection import Collection
from .note import Heading, Note
from .video_times import own_moments


class Passage(NamedTuple):
    """Sentence number `sentence` of the note at `path`, below its heading number `heading` (-1: none).

    `text` is the sentence, with its marks.
    """

    path: str
    sentence: int
    heading: int
    text: str


class Entry(NamedTuple):
    """Passages at the same moments: `seconds` into the video, in their order, at least one."""

    seconds: tuple[int, ...]
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of a note and its moments: the first and the last, in seconds."""

    note: Note
    heading: Heading
    first: int
    last: int


def moments(collection: Collection, note: Note) -> Iterator[tuple[int, int]]:
    """Yield what `own_moments` does of a note of the collection."""
    return own_moments(note, collection.times[note.path])


def timeline(collection: Collection, video: str) -> list[Entry]:
    """Return what all notes on a video say, in the order of time.

    Each second stands once; a sentence that goes on over the following seconds stands once too.
    """
    passages: dict[int, dict[Passage, None]] = {}
    for path in collection.notes_on(video):
        note = collection.note(path)
        for seconds, number in moments(collection, note):
            stamp = note.stamps[number]
            passage = Passage(path, stamp.sentence, stamp.heading, collection.sentence(note, stamp.sentence))
            passages.setdefault(seconds, {})[passage] = None
    entries: list[Entry] = []
    for seconds in sorted(passages):
        found = tuple(passages[seconds])
        if entries and entries[-1].passages == found:
            entries[-1] = Entry((*entries[-1].seconds, seconds), found)
        else:
            entries.append(Entry((seconds,), found))
    return entries


def sections(collection: Collection, video: str) -> list[Section]:
    """Return the sections of all notes on a video that have moments, by their first one."""
    found: list[Section] = []
    for path in collection.notes_on(video):
        note = collection.note(path)
        times: dict[int, list[int]] = {}
        for seconds, number in moments(collection, note):
            times.setdefault(note.stamps[number].heading, []).append(seconds)
        found += [
            Section(note, note.headings[heading], min(times[heading]), max(times[heading]))
            for heading in times
            if heading >= 0 and note.headings[heading].text
        ]
    return sorted(found, key=lambda section: (section.first, section.note.path, section.heading.line))


def length(collection: Collection, video: str) -> int:
    """Return the length of a video in seconds: the known one, else where its notes agree that it ends, or 0."""
    known = collection.duration(video)
    if known is not None:
        return known
    return collection.agreed_ends.get(video, 0)
