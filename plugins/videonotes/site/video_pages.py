"""The page of a video: every note on it, and one timeline of everything that they say."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

from ..core.moments import Entry, Passage, sections, timeline
from ..core.names import squash
from ..core.note import Note, spoken
from ..core.timestamps import clock, watch_url
from .catalog import Catalog, GeneratedPage, Place, place
from .note_pages import Link, crumb_links
from .urls import Absolute, Pager, Url, make_pager, page_paths

PAGE = 150_000
"""Bytes of a page of a timeline, as estimated; it is divided there."""

_MARKUP = 160  # bytes of a passage besides its sentence
_STAMP = 120
_TITLE = 60  # what a sentence may grow by the titles of its links
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
    crumbs: tuple[Link, ...]
    channels: tuple[Link, ...]
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


def make_timelines(catalog: Catalog, video: str) -> list[list[Entry]]:
    """Return the timeline of a video, divided into pages; one empty page where it has no moments."""
    pages: list[list[Entry]] = [[]]
    room = PAGE
    for entry in timeline(catalog.collection, video):
        size = sum(len(passage.text.encode()) + _MARKUP for passage in entry.passages) + _STAMP * len(entry.seconds)
        if pages[-1] and size > room:
            pages.append([])
            room = PAGE
        pages[-1].append(entry)
        room -= size
    return pages


class Timelines:
    """The timelines of videos, divided into pages. The last one is kept: its pages are made one after another."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.last: tuple[str, list[list[Entry]]] = ("", [])

    def __call__(self, video: str) -> list[list[Entry]]:
        """Return the pages of a video's timeline."""
        if self.last[0] != video:
            self.last = video, make_timelines(self.catalog, video)
        return self.last[1]

    def count(self, video: str) -> int:
        """Return how many pages there are."""
        collection = self.catalog.collection
        most = 0
        for path in collection.on_video[video]:
            note = collection.index.notes[path]
            for stamp in note.stamps:
                sentence = note.sentences[stamp.sentence]
                most += len(sentence) * (1 if sentence.isascii() else 4) + _TITLE + _MARKUP + _STAMP
        return 1 if most <= PAGE else len(self(video))


def video_pages(catalog: Catalog, exports: Callable[[str], tuple[str, ...]]) -> Iterator[GeneratedPage]:
    """Yield the pages of every video that a listed note is on.

    `exports` returns the names of the files beside that of a video.
    """
    collection = catalog.collection
    timelines = Timelines(catalog)
    for video, notes in collection.on_video.items():
        total = timelines.count(video)
        paths = page_paths(catalog.video_path(video), total)
        title = catalog.video_title(video)
        known = collection.videos[video]
        channels = dict.fromkeys(collection.index.notes[path].channel for path in notes)
        listed = [channel for path in channels if (channel := catalog.channels.get(path))]
        crumbs = [("", "Home"), *((channel.hub, channel.title) for channel in listed[:1])]
        for number, path in enumerate(paths, 1):
            yield GeneratedPage(
                path=path,
                title=title if number == 1 else f"{title}, page {number}",
                template="video",
                context=partial(_context, timelines, video, paths, exports, number),
                description=_description(title, len(notes)) if number == 1 else "",
                listed=number == 1,
                previous=paths[number - 2] if number > 1 else "",
                next=paths[number] if number < total else "",
                channel=listed[0].path if listed else "",
                image=video,
                crumbs=(*crumbs, (paths[0], title)) if number > 1 else tuple(crumbs),
                modified=max(catalog.dates.changed(collection.index.notes[note]) for note in notes),
                head=partial(video_object, catalog, video) if number == 1 and known.title and known.published else None,
            )


def _context(
    timelines: Timelines, video: str, paths: list[str], exports: Callable[[str], tuple[str, ...]], number: int, url: Url
) -> VideoContext:
    catalog = timelines.catalog
    collection = catalog.collection
    known = collection.videos[video]
    notes = [collection.index.notes[path] for path in collection.on_video[video]]
    channels = {note.channel: catalog.channels[note.channel] for note in notes if note.channel in catalog.channels}
    crumbs = [("", "Home"), *((channel.hub, channel.title) for channel in list(channels.values())[:1])]
    title = catalog.video_title(video)
    if number > 1:
        crumbs.append((paths[0], title))
    pages = timelines(video)
    names = [channel.title for channel in channels.values()]
    return VideoContext(
        id=video,
        title=title,
        untitled=not known.title,
        number=number,
        crumbs=crumb_links(tuple(crumbs), url),
        channels=tuple(Link(url(channel.hub), channel.title) for channel in channels.values()),
        author=known.channel if squash(known.channel) not in map(squash, names) else "",
        published=known.published,
        length=known.length,
        gone=known.status == "gone",
        href=watch_url(video),
        notes=tuple(
            VideoNote(url(note.path), note.title, catalog.channel_title(note), len(note.stamps)) for note in notes
        ),
        moments=sum(len(entry.seconds) for page in pages for entry in page),
        rows=_rows(catalog, video, pages, number),
        pager=make_pager(paths, number, url),
        exports=tuple(f"{url('')}/{catalog.folders.videos}/{video}/{name}" for name in exports(video)),
    )


def _rows(catalog: Catalog, video: str, pages: list[list[Entry]], number: int) -> tuple[Row, ...]:
    chapters = list(catalog.collection.videos[video].chapters)
    if number > 1 and pages[number - 2]:  # those that earlier pages have shown
        last = pages[number - 2][-1].seconds[0]
        chapters = [chapter for chapter in chapters if chapter.start > last]
    numbers = {path: number for number, path in enumerate(catalog.collection.on_video[video], 1)}
    rows = []
    before = ""
    sections: dict[str, int] = {}
    for entry in pages[number - 1]:
        title = at = ""
        while chapters and chapters[0].start <= entry.seconds[0]:
            chapter = chapters.pop(0)
            title, at, before = chapter.title, clock(chapter.start), ""
        said = []
        for passage in entry.passages:
            path, section = passage.path, ""
            if sections.get(path) != passage.heading:
                note = catalog.collection.index.notes[path]
                section = section_of(note, passage.heading) or ("" if path in sections else note.title)
            said.append(Said(numbers[path] if section or path != before else 0, section, passage.text))
            before, sections[path] = path, passage.heading
        rows.append(Row(title, at, tuple(place(video, seconds) for seconds in entry.seconds), tuple(said)))
    return tuple(rows)


def section_of(note: Note, heading: int) -> str:
    """Return the text of heading number `heading` of a note, without brackets that were code in it; empty for -1."""
    return note.headings[heading].text.replace("[[", "").replace("]]", "") if heading >= 0 else ""


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
        "description": _description(known.title, len(catalog.collection.on_video[video])),
        "thumbnailUrl": [thumbnail(video)],
        "uploadDate": known.published,
        "url": page,
        "embedUrl": f"https://www.youtube-nocookie.com/embed/{video}",
    }
    if known.duration is not None:
        data["duration"] = f"PT{known.duration}S"
    if clips:
        data["hasPart"] = list(clips.values())
    return [data]


def _description(title: str, notes: int) -> str:
    return f"{notes} note{'s' * (notes > 1)} on {title}, with every moment in the order of time."


def thumbnail(video: str) -> str:
    """Return the address of a video's picture, for machines alone: no page of the site loads it."""
    return f"https://i.ytimg.com/vi/{video}/hqdefault.jpg"


def said_text(catalog: Catalog, passage: Passage) -> str:
    """Return what a passage says, without marks; where it is a lone timestamp, its section."""
    return spoken(passage.text) or section_of(catalog.collection.index.notes[passage.path], passage.heading)
