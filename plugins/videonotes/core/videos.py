"""Videos: what is known of each, from the headings of the notes and from the sidecar `videos.yml`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from .dates import read_date
from .findings import Finding, FindingCode
from .mapping_file import read_mapping
from .note import Note
from .timestamps import clock, read_clock
from .youtube import is_video_id


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of a video, from `start` seconds on."""

    start: int
    title: str


@dataclass(frozen=True, slots=True)
class Video:
    """What is known of a video: `published` a day (ISO 8601), `duration` seconds. Empty or `None`: not known."""

    id: str
    title: str = ""
    channel: str = ""
    published: str = ""
    duration: int | None = None
    status: str = ""
    chapters: tuple[Chapter, ...] = ()

    @property
    def length(self) -> str:
        """The duration in YouTube's form, or nothing."""
        return clock(self.duration) if self.duration is not None else ""


def read_sidecar(path: str, text: str) -> tuple[dict[str, Video], list[Finding]]:
    """Read a `videos.yml`: per video id `title`, `channel`, `published`, `duration`, `chapters`, `status`.

    `duration` and the start of a chapter are seconds or `h:mm:ss`. What cannot be read is left
    out and reported.
    """
    read, findings = read_mapping(path, text, FindingCode.SIDECAR, "VIDEO_ID: {title: …}")
    videos: dict[str, Video] = {}

    def find(line: int, message: str, cure: str) -> None:
        findings.append(Finding(FindingCode.SIDECAR, path, line, 1, message, cure))

    for key, entry, line in read:
        if not isinstance(key, str) or not is_video_id(key) or not isinstance(entry, dict):
            cure = "Write the 11 characters of the id and its keys below"
            find(line, f"{str(key)[:60]!r} is no entry for a video", cure)
            continue
        videos[key] = _video(key, entry, lambda message, cure, line=line: find(line, message, cure))
    return videos, findings


def _video(identifier: str, entry: dict[str, Any], find: Any) -> Video:
    def text(key: str) -> str:
        value = entry.get(key)
        return value.strip() if isinstance(value, str) else ""

    duration = None
    if written := text("duration"):
        time = read_clock(written)
        duration = time.literal if time else None
        if duration is None:
            find(f"the duration {written[:40]!r} of {identifier} is no time", "Write seconds or `h:mm:ss`")
    chapters = []
    listed = entry.get("chapters")
    for chapter in listed if isinstance(listed, list) else []:
        start = chapter.get("start", chapter.get("time")) if isinstance(chapter, dict) else None
        time = read_clock(start) if isinstance(start, str) else None
        if time is None or time.literal is None or not isinstance(chapter.get("title"), str):
            find(f"a chapter of {identifier} has no start or title", "Write `- {start: 1:23, title: …}`")
            continue
        chapters.append(Chapter(time.literal, chapter["title"].strip()))
    chapters.sort(key=lambda chapter: chapter.start)
    published = read_date(text("published"))
    if text("published") and not published:
        find(f"the date {text('published')[:40]!r} of {identifier} is none", "Write `published: 2024-05-31`")
    return Video(
        identifier, text("title"), text("channel"), published, duration, text("status").lower(), tuple(chapters)
    )


def collect_videos(notes: Iterable[Note], sidecar: Mapping[str, Video]) -> dict[str, Video]:
    """Return every video that a listed note is on or a heading links to. The sidecar wins over headings."""
    titles: dict[str, str] = {}
    known: dict[str, None] = {}
    for note in notes:
        if note.unlisted:
            continue
        if note.video:
            known.setdefault(note.video)
        for heading in note.headings:
            if heading.video:
                known.setdefault(heading.video)
                if heading.text and (note.is_hub or heading.video not in titles):
                    titles[heading.video] = titles.get(heading.video, heading.text)
    videos = {}
    for identifier in known:
        video = sidecar.get(identifier, Video(identifier))
        if not video.title:
            video = replace(video, title=titles.get(identifier, ""))
        videos[identifier] = video
    return videos
