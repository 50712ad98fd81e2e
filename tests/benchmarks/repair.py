"""How many timestamps are read right, where writers put minutes and seconds as hours and minutes.

    scripts/bench repair FOLDER [--seed N]

Notes whose stamps are right beyond doubt are spoiled in the ways that writers do, put back among the others, and read
as a build reads them. Every stamp is compared with what it was. Beside that stands the share of stamps that the same
reading changes in notes that were left alone.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from statistics import median

from videonotes.core.collection import build_collection
from videonotes.core.note import Note, Timestamp
from videonotes.core.scan import scan
from videonotes.core.timestamps import Clock

SHARE = 0.18
"""The share of a collection that is shifted (note-format.md, section 3)."""
AGREEMENT = 1.25
"""How many times further than the other notes of its video a note may go, or they than it."""
FEWEST = 3
"""Stamps that a note has at least."""

_TWO_DIGITS = re.compile(r"\[?(\d\d):([0-5]\d):([0-5]\d)\]?\Z")

Spoiler = Callable[[int, random.Random], Clock]


def filler(second: int, chance: random.Random) -> Clock:
    """`MM:SS:00`."""
    return Clock(second // 60, second % 60, 0, shiftable=True)


def hundredths(second: int, chance: random.Random) -> Clock:
    """`MM:SS:cc`."""
    return Clock(second // 60, second % 60, chance.randrange(100), shiftable=True)


def mixed(second: int, chance: random.Random) -> Clock:
    """`MM:SS:00` up to an hour, `H:MM:SS` from then on."""
    return filler(second, chance) if second < 3600 else Clock(second // 3600, second // 60 % 60, second % 60, True)


def read_notes(folder: Path) -> list[Note]:
    """Scan every note below `folder`."""
    files = sorted(file for file in folder.rglob("*.md") if file.is_file())
    return [scan(file.relative_to(folder).as_posix(), file.read_text("utf-8", "replace")) for file in files]


def is_plain(note: Note) -> bool:
    """Return whether every stamp of a note is written `HH:MM:SS`, of up to three hours, not all of full minutes."""
    if not note.video or len(note.stamps) < FEWEST:
        return False
    own = [stamp for stamp in note.stamps if stamp.video in ("", note.video)]
    return (
        len(own) == len(note.stamps)
        and all(_TWO_DIGITS.match(stamp.written) and stamp.data == stamp.label for stamp in own)
        and all(stamp.data and stamp.data.shiftable and stamp.data.hours <= 3 for stamp in own)
        and any(stamp.data and stamp.data.seconds for stamp in own)
    )


def written_end(note: Note) -> int:
    """Return the last second that a note names, read as it is written."""
    return max((clock.literal or 0 for stamp in note.stamps if (clock := stamp.data)), default=0)


def beyond_doubt(notes: Iterable[Note]) -> list[Note]:
    """Return the notes whose stamps are right beyond doubt: their ends agree with those of the video's other notes."""
    by_video: dict[str, list[Note]] = {}
    for note in notes:
        if note.video and note.stamps:
            by_video.setdefault(note.video, []).append(note)
    right = []
    for group in by_video.values():
        for note in filter(is_plain, group):
            end = written_end(note)
            others = [written_end(other) for other in group if other is not note]
            other = median(others) if others else 0
            if end and other and max(end, other) <= AGREEMENT * min(end, other):
                right.append(note)
    return right


def spoil(note: Note, spoiler: Spoiler, chance: random.Random) -> Note:
    """Return `note` as a writer with a habit would have written it."""
    stamps = []
    for stamp in note.stamps:
        assert stamp.data is not None
        assert stamp.data.literal is not None
        clock = spoiler(stamp.data.literal, chance)
        stamps.append(stamp._replace(data=clock, label=clock))
    return replaced(note, tuple(stamps))


def replaced(note: Note, stamps: tuple[Timestamp, ...]) -> Note:
    """Return `note` with other timestamps."""
    return replace(note, stamps=stamps)


class Count:
    """Stamps that were compared, and those of them that were right."""

    def __init__(self) -> None:
        self.all = self.right = self.notes = 0

    @property
    def share(self) -> float:
        """The share of right ones."""
        return self.right / self.all if self.all else 1.0


def truth(note: Note) -> list[int]:
    """Return what each stamp of a note that is right beyond doubt means, in seconds."""
    return [stamp.data.literal or 0 for stamp in note.stamps if stamp.data]


def compare(notes: list[Note], spoiled: Mapping[str, Note], right: Mapping[str, Note]) -> tuple[Count, Count]:
    """Read the collection with the `spoiled` notes in place; count them, and the other notes of `right`."""
    collection = build_collection([spoiled.get(note.path, note) for note in notes])
    counts = Count(), Count()
    for path, note in right.items():
        count = counts[path not in spoiled]
        read = [time.seconds for time in collection.times[path]]
        wanted = truth(note)
        count.notes += 1
        count.all += len(wanted)
        count.right += sum(a == b for a, b in zip(read, wanted, strict=True))
    return counts


KINDS: dict[str, tuple[Spoiler, Callable[[int], bool]]] = {
    "MM:SS:00": (filler, lambda end: end < 3600),
    "MM:SS:cc": (hundredths, lambda end: True),
    "minutes over 59": (filler, lambda end: end >= 3600),
    "mixed": (mixed, lambda end: end >= 3600),
}


def measure(notes: list[Note], seed: int) -> dict[str, tuple[Count, Count]]:
    """Return, by kind, the counts of the spoiled notes and of those left alone."""
    right = {note.path: note for note in beyond_doubt(notes)}
    found: dict[str, tuple[Count, Count]] = {"nothing spoiled": compare(notes, {}, right)}
    for together in (False, True):
        for kind, (spoiler, fits) in KINDS.items():
            chance = random.Random(f"{seed} {kind}")
            able = {path: note for path, note in right.items() if fits(written_end(note))}
            units = sorted({note.video for note in able.values()} if together else able)
            drawn = set(chance.sample(units, round(len(units) * SHARE)))
            spoiled = {
                path: spoil(note, spoiler, chance)
                for path, note in able.items()
                if (note.video if together else path) in drawn
            }
            found[f"{kind}, siblings too" if together else kind] = compare(notes, spoiled, right)
    return found


def main() -> None:
    """Print the table."""
    summary = __doc__.splitlines()[0] if __doc__ else None
    parser = argparse.ArgumentParser(prog="scripts/bench repair", description=summary)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    notes = read_notes(options.folder)
    print(f"{'spoiled':32} {'notes':>6} {'stamps':>8} {'right':>8}   changed in intact notes")
    for kind, (spoiled, intact) in measure(notes, options.seed).items():
        changed = intact.all - intact.right
        right = f"{spoiled.share:8.2%}" if spoiled.all else "       –"
        print(f"{kind:32} {spoiled.notes:6} {spoiled.all:8} {right}   {changed} of {intact.all}")


if __name__ == "__main__":
    main()
