"""The evidence for shifted stamps, each kind by itself, and what it must leave alone."""

from __future__ import annotations

from collections.abc import Iterable
from time import process_time
from timeit import timeit

import pytest

from tests.conftest import note, stamp
from videonotes.core.note import Note
from videonotes.core.repair import Evidence, Outcome, Shift, find_shifts, read_time
from videonotes.core.scan import scan
from videonotes.core.timestamps import clock


def make(name: str, times: Iterable[str], video: str = "qNPPoj1qUG0", channel: str = "ch") -> Note:
    return scan(f"{channel}/{name}.md", note(" ".join(map(stamp, times)), video))


def evidence(*notes: Note, durations: dict[str, int] | None = None) -> dict[str, str]:
    found = find_shifts(notes, durations or {})
    return {path: shift.evidence for path, shift in found.items()}


def seconds(one: Note, shift: Shift | None, duration: int | None = None) -> list[tuple[int | None, str]]:
    times = [read_time(entry, one.video, shift, duration) for entry in one.stamps]
    return [(time.seconds, time.outcome) for time in times]


def test_every_stamp_begins_with_zero_hours() -> None:
    assert evidence(make("a", ["00:59:99", "00:08:00", "00:10:00", "00:11:00"])) == {}


def test_duration_shows_the_shift() -> None:
    assert evidence(make("a", ["02:05:11", "09:00:12"]), durations={"qNPPoj1qUG0": 600}) == {
        "ch/a.md": Evidence.DURATION
    }


def test_duration_keeps_a_genuine_long_video() -> None:
    long = make("a", ["00:01:00", "04:05:00", "10:50:00", "07:00:00"])
    assert evidence(long, durations={"qNPPoj1qUG0": 11 * 3600}) == {}
    assert seconds(long, None, 11 * 3600)[2] == (39000, Outcome.WRITTEN)


def test_a_part_over_59() -> None:
    assert evidence(make("a", ["01:10:95", "02:20:10"])) == {"ch/a.md": Evidence.RANGE}


def test_an_hour_of_12() -> None:
    assert evidence(make("a", ["01:10:05", "12:20:10"])) == {"ch/a.md": Evidence.HOUR}


def test_zeros() -> None:
    assert evidence(make("a", ["01:10:00", "02:20:00", "03:00:00", "00:05:12"])) == {"ch/a.md": Evidence.ZEROS}
    assert evidence(make("a", ["01:10:00", "02:20:00", "00:05:12"])) == {}


def test_siblings_end_earlier() -> None:
    found = evidence(make("a", ["05:10:07", "03:00:09"]), make("b", ["00:04:50", "00:05:20"]))
    assert found == {"ch/a.md": Evidence.SIBLINGS}


def test_notes_that_agree_beyond_four_hours_stay() -> None:
    notes = [make("a", ["05:10:07", "00:30:09"]), make("b", ["04:50:03", "01:00:01"])]
    assert evidence(*notes) == {}


def test_three_hour_talks_stay() -> None:
    assert evidence(make("a", ["01:10:07", "03:12:44", "02:00:09"]), make("b", ["00:04:50"])) == {}


def ids(number: int) -> str:
    return f"{number:011d}"


def test_habit_of_the_collection() -> None:
    shifted = [make(f"s{n}", ["05:10:07", "14:00:09"], ids(n)) for n in range(5)]
    decided = [
        entry
        for n in range(10, 32)
        for entry in (make(f"a{n}", ["05:10:07"], ids(n)), make(f"b{n}", ["00:05:20"], ids(n)))
    ]
    alone = make("alone", ["05:10:07", "06:11:08"], ids(99), channel="other")
    assert evidence(*shifted, *decided, alone)["other/alone.md"] == Evidence.HABIT
    assert "other/alone.md" not in evidence(*decided[:20], alone)  # fewer than 20 decide nothing


def test_a_channel_of_short_videos() -> None:
    others = [make(f"o{n}", ["00:10:11", "00:14:12"], ids(n)) for n in range(12)]
    assert evidence(*others, make("a", ["05:10:07", "06:11:08"], ids(99))) == {"ch/a.md": Evidence.CHANNEL}
    longer = [make(f"o{n}", ["00:10:11", "02:14:12"], ids(n)) for n in range(12)]
    assert evidence(*longer, make("a", ["05:10:07", "06:11:08"], ids(99))) == {}
    assert evidence(*others[:9], make("a", ["05:10:07", "06:11:08"], ids(99))) == {}  # too few to tell


def test_seconds_spread_as_seconds_are_keep_a_long_note() -> None:
    """A slip in a genuine five-hour note of a channel of long videos does not turn its hours into minutes."""
    others = [make(f"o{n}", ["00:10:11", "03:05:12"], ids(n)) for n in range(12)]
    spread = [f"0{n % 5}:{(n * 7) % 60:02}:{(n * 11 + 1) % 60:02}" for n in range(40)]
    long = make("long", [*spread, "02:32:98"], ids(50))
    assert evidence(*others, long) == {}
    alone = make("long", [*spread, "02:32:98"], ids(50), channel="short")
    assert evidence(*others, alone) == {"short/long.md": Evidence.RANGE}


def test_zero_hours_are_read_by_their_own_rule() -> None:
    mixed = make("a", ["19:35:11", "00:08:12", "12:00:00"])
    assert [second for second, _ in seconds(mixed, find_shifts([mixed], {})[mixed.path])] == [1175, 492, 720]
    zeros = make("a", ["19:35:00", "00:08:00", "12:00:00"])
    assert [second for second, _ in seconds(zeros, find_shifts([zeros], {})[zeros.path])] == [1175, 8, 720]


def clocks(one: Note, *others: Note) -> str:
    """Return what the stamps of a note are read as, beside other notes."""
    found = find_shifts([one, *others], {})
    return " ".join(clock(second or 0) for second, _ in seconds(one, found.get(one.path)))


def test_minutes_up_to_an_hour_and_hours_from_then_on() -> None:
    mixed = make("a", "12:10:00 40:05:00 56:12:00 58:20:00 1:01:45 1:02:50 1:07:21".split())
    assert clocks(mixed) == "12:10 40:05 56:12 58:20 1:01:45 1:02:50 1:07:21"


def test_the_order_tells_minutes_from_hours() -> None:
    times = "1:22:35 1:51:40 2:49:05 4:21:30 4:39:10 4:55:00 6:03:00 13:30:00 41:00:00 55:15:00 58:44:00 1:02:10"
    expected = "1:22 1:51 2:49 4:21 4:39 4:55 6:03 13:30 41:00 55:15 58:44 1:02:10"
    assert clocks(make("a", times.split())) == expected


def test_all_are_minutes_in_a_channel_of_short_videos() -> None:
    others = [make(f"o{n}", ["00:10:11", "00:14:12"], ids(n)) for n in range(12)]
    short = make("a", "1:25:10 2:18:20 1:31:00 1:44:00 6:02:00 9:30:00 14:21:00".split())
    assert clocks(short, *others) == "1:25 2:18 1:31 1:44 6:02 9:30 14:21"


def test_few_full_minutes_are_kept_where_another_note_reaches_as_far() -> None:
    few = make("a", "00:07:00 00:31:00 01:09:00 01:30:00 01:51:00".split())
    assert clocks(few, make("b", ["00:03:10", "01:52:40"])) == "7:00 31:00 1:09:00 1:30:00 1:51:00"
    assert clocks(few) == "0:07 0:31 1:09 1:30 1:51"


def test_hours_that_every_other_note_contradicts() -> None:
    siblings = [make(f"b{n}", ["00:00:40", f"00:02:1{n}"]) for n in range(5)]
    assert clocks(make("a", "00:20:11 1:10:13 2:08:44 2:15:00".split()), *siblings) == "0:20 1:10 2:08 2:15"
    assert clocks(make("a", "0:41:00 0:59:00 1:02:00".split()), *siblings[:2]) == "0:41 0:59 1:02"


def test_full_minutes_of_all_notes_of_a_video() -> None:
    notes = [make(f"a{n}", ["0:09:00", "0:34:00", f"1:1{n}:00"]) for n in range(4)]
    assert clocks(notes[0], *notes[1:]) == "0:09 0:34 1:10"


def test_time_is_linear_in_the_stamps_of_a_video() -> None:
    """What is known of a video is put together once for all of its notes."""

    def cost(count: int) -> float:
        notes = [make(f"a{n}", ["00:05:10", f"00:{n % 60:02}:11"]) for n in range(count)]
        return min(timeit(lambda: find_shifts(notes, {}), number=1, timer=process_time) for _ in range(5))

    assert cost(6000) < 8 * cost(1500)


def test_outcomes() -> None:
    text = " ".join([stamp("00:01:02"), stamp("soon", "00:02:00"), stamp("soon"), stamp("19:35:00", "18:00")])
    one = scan("ch/a.md", note(text))
    shift = Shift(Evidence.HOUR, zeros=False)
    assert seconds(one, shift) == [
        (62, Outcome.WRITTEN),
        (120, Outcome.LABEL),
        (None, Outcome.INVALID),
        (1080, Outcome.LABEL),  # it needs no repair, the attribute does
    ]


@pytest.mark.parametrize(("time", "duration"), [("00:11:00", 600), ("12:00:00", None), ("20:00:00", None)])
def test_never_past_the_end(time: str, duration: int | None) -> None:
    assert seconds(make("a", [time]), None, duration) == [(None, Outcome.INVALID)]


def test_no_video() -> None:
    one = scan("ch/a.md", note(stamp("00:01:02"), "empty"))
    assert read_time(one.stamps[0], one.video, None, None).why == "the note names no video"
