"""The page of a video: every note on it, and one timeline of everything that they say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, NamedTuple

from ...core.moments import sections
from ...core.names import squash
from ...core.timestamps import clock
from ...core.youtube import embed_url, picture_url, short_url, watch_url
from ..catalog import Catalog, Place, counted
from ..urls import Absolute, PageLink, Pager, Url, make_pager, neighbours, page_paths
from .generated_page import GeneratedPage
from .timelines import Timelines, section_of
from .video_files import file_names, video_files

_CLIPS = 60


class Said(NamedTuple):
    """A sentence at a moment. `note` is the number of its note on the page, 0 where it is that of the sentence before;
    `section` its heading, empty where that is the same as at the last sentence of the note.
    """

    note: int
    section: str
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """An entry of the timeline. `chapter` begins with it, `at` is where; both empty unless one does."""

    chapter: str
    at: str
    moments: tuple[Place, ...]
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class VideoNote:
    """A note on the video: its link, and how many moments it names."""

    url: str
    title: str
    channel: str
    moments: int


@dataclass(frozen=True, slots=True)
class VideoContext:
    """Everything that a page of a video shows. `untitled`: its title is not known, `title` makes do."""

    id: str
    title: str
    untitled: bool
    number: int
    channels: tuple[PageLink, ...]
    author: str
    published: str
    length: str
    gone: bool
    href: str
    notes: tuple[VideoNote, ...]
    moments: int
    rows: tuple[Row, ...]
    pager: Pager | None
    exports: tuple[str, ...]


def video_pages(catalog: Catalog) -> Iterator[GeneratedPage]:
    """Yield the pages of every video that a listed note is on."""
    collection = catalog.collection
    timelines = Timelines(catalog)
    for video, notes in collection.on_video.items():
        total = timelines.count(video)
        paths = page_paths(catalog.video_path(video), total)
        title = catalog.video_title(video)
        known = collection.videos[video]
        channels = dict.fromkeys(collection.note(path).channel for path in notes)
        listed = [channel for path in channels if (channel := catalog.channels.get(path))]
        crumbs = [("", "Home"), *((channel.hub, channel.title) for channel in listed[:1])]
        for number, path in enumerate(paths, 1):
            page = GeneratedPage(
                path=path,
                title=title if number == 1 else f"{title}, page {number}",
                template="video",
                context=partial(_context, timelines, video, paths, number),
                compare_whole=False,
                listed=number == 1,
                prev_next=neighbours(paths, number),
                channel=listed[0].path if listed else "",
                image=video,
                crumbs=(*crumbs, (paths[0], title)) if number > 1 else tuple(crumbs),
                modified=max(catalog.dates.changed(collection.note(note)) for note in notes),
            )
            yield (
                page
                if number > 1
                else replace(
                    page,
                    description=_description(title, len(notes)),
                    files=partial(video_files, timelines, video),
                    head=partial(video_object, catalog, video) if known.title and known.published else None,
                )
            )


def _context(timelines: Timelines, video: str, paths: list[str], number: int, url: Url) -> VideoContext:
    catalog = timelines.catalog
    collection = catalog.collection
    moments = sum(len(entry.seconds) for entry in timelines.make(video))
    known = collection.videos[video]
    notes = [collection.note(path) for path in collection.notes_on(video)]
    channels = {note.channel: catalog.channels[note.channel] for note in notes if note.channel in catalog.channels}
    title = catalog.video_title(video)
    names = [channel.title for channel in channels.values()]
    return VideoContext(
        id=video,
        title=title,
        untitled=not known.title,
        number=number,
        channels=tuple(PageLink(url(channel.hub), channel.title) for channel in channels.values()),
        author=known.channel if squash(known.channel) not in map(squash, names) else "",
        published=known.published,
        length=known.length,
        gone=known.status == "gone",
        href=watch_url(video),
        notes=tuple(
            VideoNote(url(note.path), note.title, catalog.channel_title(note), len(note.stamps)) for note in notes
        ),
        moments=moments,
        rows=_rows(timelines, video, number, len(paths)),
        pager=make_pager(paths, number, url),
        exports=tuple(f"{url('')}/{catalog.folders.videos}/{video}/{name}" for name in file_names(timelines, video)),
    )


def _rows(timelines: Timelines, video: str, number: int, total: int) -> tuple[Row, ...]:
    catalog = timelines.catalog
    entries, last = timelines.page(video, number, total)
    chapters = [chapter for chapter in catalog.collection.videos[video].chapters if chapter.start > last]
    numbers = {path: number for number, path in enumerate(catalog.collection.notes_on(video), 1)}
    rows = []
    before = ""
    sections: dict[str, int] = {}
    for entry in entries:
        title = at = ""
        while chapters and chapters[0].start <= entry.seconds[0]:
            chapter = chapters.pop(0)
            title, at, before = chapter.title, clock(chapter.start), ""
        said = []
        for passage in entry.passages:
            path, section = passage.path, ""
            if sections.get(path) != passage.heading:
                note = catalog.collection.note(path)
                section = section_of(note, passage.heading) or ("" if path in sections else note.title)
            said.append(Said(numbers[path] if section or path != before else 0, section, passage.text))
            before, sections[path] = path, passage.heading
        rows.append(
            Row(
                title,
                at,
                tuple(Place(short_url(video, seconds), clock(seconds)) for seconds in entry.seconds),
                tuple(said),
            )
        )
    return tuple(rows)


def video_object(catalog: Catalog, video: str, absolute: Absolute) -> list[dict[str, Any]]:
    """Return the VideoObject of schema.org with its Clips (Google Search Central, "Video structured data")."""
    known = catalog.collection.videos[video]
    page = absolute(catalog.video_path(video))
    clips: dict[int, dict[str, Any]] = {}
    for section in sections(catalog.collection, video):
        if section.first not in clips and len(clips) < _CLIPS:
            clips[section.first] = {
                "@type": "Clip",
                "name": section.heading.text,
                "startOffset": section.first,
                "endOffset": max(section.last, section.first + 1),
                "url": f"{page}?t={section.first}",
            }
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "VideoObject",
        "name": known.title,
        "description": _description(known.title, len(catalog.collection.notes_on(video))),
        "thumbnailUrl": [picture_url(video)],
        "uploadDate": known.published,
        "url": page,
        "embedUrl": embed_url(video),
    }
    if known.duration is not None:
        data["duration"] = f"PT{known.duration}S"
    if clips:
        data["hasPart"] = list(clips.values())
    return [data]


def _description(title: str, notes: int) -> str:
    return f"{counted(notes, 'note')} on {title}, with every moment in the order of time."
