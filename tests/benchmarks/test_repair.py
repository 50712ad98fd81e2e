"""The benchmark of repair over made-up notes: it spoils what is right beyond doubt, and counts what comes back."""

from __future__ import annotations

import random

from tests.conftest import note, stamp
from videonotes.core.note import Note
from videonotes.core.scan import scan

from .repair import beyond_doubt, filler, hundredths, is_plain, measure, mixed, spoil, truth


def make(name: str, *times: str, video: str = "qNPPoj1qUG0") -> Note:
    return scan(f"ch/{name}.md", note(" ".join(map(stamp, times)), video))


def test_what_is_beyond_doubt() -> None:
    one = make("a", "00:10:11", "00:20:12", "01:40:13")
    assert [found.path for found in beyond_doubt([one, make("b", "01:41:00")])] == ["ch/a.md"]
    assert beyond_doubt([one]) == []  # nothing agrees with it
    assert beyond_doubt([one, make("b", "00:01:40")]) == []
    assert not is_plain(make("c", "00:10:00", "00:20:00", "01:40:00"))  # full minutes
    assert not is_plain(make("d", "00:10:11", "4:20:12", "05:40:13"))


def test_spoiled_as_writers_do() -> None:
    one = make("a", "00:10:11", "00:59:59", "01:40:13")
    written = [[stamp.data[:3] for stamp in spoil(one, way, random.Random(1)).stamps] for way in (filler, mixed)]
    assert written == [[(10, 11, 0), (59, 59, 0), (100, 13, 0)], [(10, 11, 0), (59, 59, 0), (1, 40, 13)]]
    assert [stamp.data[:2] for stamp in spoil(one, hundredths, random.Random(1)).stamps] == [
        (10, 11),
        (59, 59),
        (100, 13),
    ]
    assert truth(one) == [611, 3599, 6013]


def test_everything_is_counted() -> None:
    chance = random.Random(3)
    notes = []
    for number in range(60):
        ends = [chance.randrange(1500, 3500) for _ in range(2)]
        for name in "ab":
            times = [*sorted(chance.sample(range(60, max(ends)), 14)), max(ends)]
            written = [f"{time // 3600:02}:{time // 60 % 60:02}:{time % 60:02}" for time in times]
            notes.append(make(f"{name}{number}", *written, video=f"{number:011d}"))
    found = measure(notes, seed=1)
    spoiled, intact = found["MM:SS:00"]
    assert (spoiled.notes, intact.notes) == (22, 98)
    assert spoiled.all == 22 * 15
    assert spoiled.share > 0.99
    assert intact.share == 1
