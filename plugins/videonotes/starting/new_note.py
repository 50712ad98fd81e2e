"""A new note on a video: its name, its frontmatter, its first lines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import PurePosixPath

import yaml

from ..core.names import file_name, fold
from ..core.timestamps import clock, stamp_source
from ..core.videos import Video
from ..core.youtube import VideoURL, read_video_id, read_video_url

_UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')


def read_address(written: str) -> VideoURL | None:
    """Return the video that an address of YouTube, or an id, names; `None` where it names none."""
    if found := read_video_url(written):
        return found
    video = read_video_id(written)
    return VideoURL(video, None) if video else None


def note_path(channel: str, title: str, taken: Iterable[str]) -> str:
    """Return the path of a note: the channel's folder and the title as a name; numbers tell it from those `taken`."""
    folder = _UNSAFE.sub(" ", channel).strip(" .") or "notes"
    name = file_name(fold(title) or "note")
    known = {path.lower() for path in taken}
    number, path = 1, str(PurePosixPath(folder, f"{name}.md"))
    while path.lower() in known:
        number += 1
        path = str(PurePosixPath(folder, f"{name}_{number}.md"))
    return path


def note_text(title: str, address: VideoURL, channel: str, date: str) -> str:
    """Return the text of a note, which begins where the address does."""
    seconds = address.start or 0
    lines = [
        "---",
        f"title: {_scalar(title)}",
        f"videoId: {address.id}",
        f"date: {date}",
        "---",
        "",
        f"From: [[{channel}]]",
        "",
        f"What is said at {clock(seconds)} {stamp_source(seconds)}.",
        "",
    ]
    return "\n".join(lines)


def _scalar(text: str) -> str:
    """Return a text as YAML reads it: as it is where that is enough, else in quotes."""
    try:
        if "#" not in text and yaml.load(f"title: {text}", Loader=yaml.BaseLoader) == {"title": text}:  # noqa: S506
            return text
    except yaml.YAMLError:
        pass
    return json.dumps(text, ensure_ascii=False)


def known_title(video: Video | None, identifier: str) -> str:
    """Return the title that is known of a video, else its id."""
    return video.title if video and video.title else identifier
