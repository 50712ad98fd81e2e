from __future__ import annotations

import pytest

from videonotes.core.youtube import read_video_id, read_video_url


@pytest.mark.parametrize(
    ("url", "start"),
    [
        ("https://www.youtube.com/watch?v=qNPPoj1qUG0", None),
        ("http://youtube.com/watch?app=desktop&v=qNPPoj1qUG0&t=75s", 75),
        ("https://youtu.be/qNPPoj1qUG0?si=x&t=1m5s", 65),
        ("youtu.be/qNPPoj1qUG0", None),
        ("https://m.youtube.com/shorts/qNPPoj1qUG0", None),
        ("https://www.youtube.com/live/qNPPoj1qUG0?t=10", 10),
        ("https://www.youtube-nocookie.com/embed/qNPPoj1qUG0?start=90", 90),
        ("https://www.youtube.com/watch?v=qNPPoj1qUG0#t=12", 12),
    ],
)
def test_every_form(url: str, start: int | None) -> None:
    assert read_video_url(url) == ("qNPPoj1qUG0", start)


@pytest.mark.parametrize(
    "url",
    ["https://www.youtube.com/@someone", "https://youtu.be/short", "https://evil.org/watch?v=qNPPoj1qUG0",
     "https://youtube.com.evil.org/watch?v=qNPPoj1qUG0", "http://[youtu", "https://www.youtube.com/playlist?list=PLx"],
)  # fmt: skip
def test_no_video(url: str) -> None:
    assert read_video_url(url) is None


@pytest.mark.parametrize(
    ("value", "video"),
    [("-abcdefghij", "-abcdefghij"), (" qNPPoj1qUG0 ", "qNPPoj1qUG0"), ("tooshort", None), ("twelve_chars", None)],
)
def test_id(value: str, video: str | None) -> None:
    assert read_video_id(value) == video
