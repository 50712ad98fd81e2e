"""What machines read of a video: chapters, a subtitle track, all moments."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape
from typing import Any

from ...core.moments import Entry, Passage, sections
from ...core.sentences import shorten
from ...core.timestamps import clock
from ..catalog import Catalog
from ..urls import Url
from .timelines import Timelines, said_text

CHAPTERS = 3
"""YouTube shows chapters from so many on, each at least ten seconds long, the first at 0:00."""

_APART = 10
_LONGEST_CUE = 45
_CUE_TEXT = 84  # characters: two lines of a subtitle, as more would cover the picture


def video_files(timelines: Timelines, video: str, address: Url) -> Iterator[tuple[str, str]]:
    """Yield the path and text of the files of a video. `address` makes URLs of source paths."""
    catalog, entries = timelines.catalog, timelines(video)
    folder = f"{catalog.folders.videos}/{video}"
    if lines := chapters(timelines, video):
        yield f"{folder}/chapters.txt", "\n".join([*lines, ""])
    if entries:
        yield f"{folder}/moments.vtt", _vtt(catalog, entries)
        yield f"{folder}/moments.json", _moments(catalog, video, entries, address)


def file_names(timelines: Timelines, video: str) -> tuple[str, ...]:
    """Return the names of the files beside the page of the video whose timeline was made last."""
    names = ["chapters.txt"] if chapters(timelines, video) else []
    return (*names, *(("moments.vtt", "moments.json") if video in timelines.catalog.collection.agreed_ends else ()))


def chapters(timelines: Timelines, video: str) -> list[str]:
    """Return the lines of a description on YouTube that give the video whose timeline was made last its chapters.

    They are those that are known, else the sections of the notes; none where there are too few (YouTube Help,
    "Video chapters").
    """
    if timelines.chapters is None:
        timelines.chapters = _chapters(timelines.catalog, video)
    return timelines.chapters


def _chapters(catalog: Catalog, video: str) -> list[str]:
    known = catalog.collection.videos[video]
    if known.chapters:
        found = [(chapter.start, chapter.title) for chapter in known.chapters]
    else:
        found = [(section.first, section.heading.text) for section in sections(catalog.collection, video)]
    if found and found[0][0] > 0:
        found.insert(0, (0, catalog.video_title(video)))
    kept: list[tuple[int, str]] = []
    for start, title in found:
        if not kept or start >= kept[-1][0] + _APART:
            kept.append((start, title))
    return [f"{clock(start)} {title}" for start, title in kept] if len(kept) >= CHAPTERS else []


def _vtt(catalog: Catalog, entries: list[Entry]) -> str:
    blocks = ["WEBVTT"]
    following = [*(entry.seconds[0] for entry in entries[1:]), entries[-1].seconds[-1] + _LONGEST_CUE]
    for entry, end in zip(entries, following, strict=True):
        start = entry.seconds[0]
        said = next(filter(None, (said_text(catalog, passage) for passage in entry.passages)), "")
        if said:
            line = escape(shorten(said, _CUE_TEXT), quote=False)
            blocks.append(f"{_vtt_time(start)} --> {_vtt_time(min(end, start + _LONGEST_CUE))}\n{line}")
    return "\n\n".join(blocks) + "\n"


def _vtt_time(seconds: int) -> str:
    hours = f"{seconds // 3600:02}:" if seconds >= 3600 else ""  # they may be left out (W3C WebVTT, 4.3)
    return f"{hours}{seconds // 60 % 60:02}:{seconds % 60:02}.000"


def _moments(catalog: Catalog, video: str, entries: list[Entry], address: Url) -> str:
    paths = catalog.collection.notes_on(video)
    numbers = {path: number for number, path in enumerate(paths)}
    notes = []
    for path in paths:
        note = catalog.collection.note(path)
        notes.append({"title": note.title, "url": address(path), "sections": [head.text for head in note.headings]})

    def row(entry: Entry, passage: Passage) -> list[Any]:
        return [list(entry.seconds), numbers[passage.path], passage.heading]

    data = {
        "id": video,
        "title": catalog.video_title(video),
        "url": address(catalog.video_path(video)),
        "notes": notes,
        "columns": ["seconds", "note", "section"],
        "texts": "moments.vtt",
        "moments": [row(entry, passage) for entry in entries for passage in entry.passages],
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"
