"""YouTube's identifiers and addresses: what a video id is, and every form of URL that holds one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

from .timestamps import read_clock

_ID = re.compile(r"[A-Za-z0-9_-]{11}\Z")
_HOSTS = frozenset({"youtube.com", "youtube-nocookie.com", "youtu.be"})
_PATHS = frozenset({"shorts", "live", "embed", "v", "e"})


class VideoURL(NamedTuple):
    """A video, and the second at which the URL starts it (`None`: it does not say)."""

    id: str
    start: int | None


def is_video_id(value: str) -> bool:
    """Return whether `value` has the form of a video id: 11 of `[A-Za-z0-9_-]`."""
    return bool(_ID.match(value))


def read_video_url(url: str) -> VideoURL | None:
    """Read a YouTube URL: `watch?v=`, `youtu.be/`, `/shorts/`, `/live/`, `/embed/`, with `t=` or not."""
    if "youtu" not in url:
        return None
    if not url.startswith(("http://", "https://", "//")):
        url = f"https://{url}"
    try:
        parts = urlsplit(url)
        query = parse_qs(parts.query)
    except ValueError:
        return None
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.").removeprefix("music.")
    if host not in _HOSTS:
        return None
    video = _video_in(host, [step for step in parts.path.split("/") if step], query)
    if not is_video_id(video):
        return None
    fragment = parts.fragment.removeprefix("t=") if parts.fragment.startswith("t=") else ""
    time = (query.get("t") or query.get("start") or [fragment])[0]
    start = read_clock(time)
    return VideoURL(video, start.literal if start else None)


def _video_in(host: str, steps: list[str], query: Mapping[str, list[str]]) -> str:
    """Return what stands for the id of a video in an address of YouTube: its path and its query tell."""
    if host == "youtu.be":
        return steps[0] if steps else ""
    if steps[:1] == ["watch"]:
        return query.get("v", [""])[0]
    return steps[1] if len(steps) > 1 and steps[0] in _PATHS else ""


def read_video_id(value: str) -> str | None:
    """Return the video id that `value`, an id or a YouTube URL, names; `None` where it names none."""
    value = value.strip()
    if is_video_id(value):
        return value
    url = read_video_url(value)
    return url.id if url else None


def short_url(video: str, seconds: int) -> str:
    """Return YouTube's short form of the deep link into a video."""
    return f"https://youtu.be/{video}?t={seconds}"


def watch_url(video: str, seconds: int | None = None) -> str:
    """Return the deep link into a video; without `seconds`, the link to the video."""
    url = f"https://www.youtube.com/watch?v={video}"
    return url if seconds is None else f"{url}&t={seconds}s"


def embed_url(video: str) -> str:
    """Return the address of YouTube's player for a video, which sets no cookies before it plays."""
    return f"https://www.youtube-nocookie.com/embed/{video}"


def picture_url(video: str) -> str:
    """Return the address of the picture of a video."""
    return f"https://i.ytimg.com/vi/{video}/hqdefault.jpg"
