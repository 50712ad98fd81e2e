from __future__ import annotations

import pytest

from videonotes.core.timestamps import TIME, clock, read_clock
from videonotes.core.youtube import watch_url


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("00:19:35", 1175), ("19:35", 1175), ("1:02:03", 3723), ("00:19:35:12", 1175), ("00:42:07]", 2527),
        ("00:7:02", 422), ("01:26:", 86), ("00:00:007", 7), ("HH:12:34", 754), ("000:12:34", 754), ("1234", 1234),
        ("0:01:02.000Z", 62), ("754s", 754), ("1h2m3s", 3723), ("2m", 120), ("75:30", 4530), (" [00:00:05] ", 5),
    ],
)  # fmt: skip
def test_read(written: str, seconds: int) -> None:
    time = read_clock(written)
    assert time is not None
    assert time.literal == seconds


@pytest.mark.parametrize(
    "written", ["", "HH:MM:SS", "soon", "https://youtu.be/x", "1:2:3:4:5", "12345678", "-5", "NaN", "1.5h"]
)
def test_not_a_time(written: str) -> None:
    assert read_clock(written) is None


@pytest.mark.parametrize("written", ["00:75:10", "00:00:61", "12:75", "1:60:00"])
def test_out_of_range(written: str) -> None:
    time = read_clock(written)
    assert time is not None
    assert time.literal is None


def test_shifted() -> None:
    time = read_clock("19:35:00")
    assert time is not None
    assert time.shifted == 1175
    minutes = read_clock("19:35")
    assert minutes is not None
    assert minutes.shifted is None


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "0:00"), (59, "0:59"), (754, "12:34"), (3600, "1:00:00"), (5975, "1:39:35")]
)
def test_clock_is_youtubes(seconds: int, text: str) -> None:
    assert clock(seconds) == text


def test_watch_url() -> None:
    assert watch_url("qNPPoj1qUG0", 1175) == "https://www.youtube.com/watch?v=qNPPoj1qUG0&t=1175s"
    assert watch_url("qNPPoj1qUG0") == "https://www.youtube.com/watch?v=qNPPoj1qUG0"


def test_times_in_text() -> None:
    assert [match[0] for match in TIME.finditer("at 1:02 or 00:12:34, not 3.14 or 12:")] == ["1:02", "00:12:34"]
