"""What the templates of a page are given: plain records, with every text still to be escaped there."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ..core.collection import Collection
from ..core.graph import Wanted
from ..core.names import visible
from ..core.note import Note, around
from ..core.timestamps import clock, watch_url

SHOWN = 100
"""Entries with their sentence on one page; those beyond are listed by title."""

Url = Callable[[str], str]
"""Takes the path of a source file, returns the URL of its page, relative to the current one."""


@dataclass(frozen=True, slots=True)
class Place:
    """A moment as a template shows it."""

    href: str
    video: str
    seconds: int
    label: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with a link: `before`, the `label` of the link, `after`, and its moment."""

    before: str
    label: str
    after: str
    moment: Place | None


@dataclass(frozen=True, slots=True)
class Mention:
    """A note that links here, and the sentences that do."""

    url: str
    title: str
    channel: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """The video that a note was taken from."""

    href: str
    title: str
    length: str
    gone: bool


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel. `url` is empty where it has no hub."""

    name: str
    url: str
    notes: int
    videos: int


@dataclass(frozen=True, slots=True)
class NoteContext:
    """Everything that the page of a note shows around its text."""

    path: str
    title: str
    lang: str
    is_hub: bool
    channel: Channel | None
    source: Source | None
    mentions: tuple[Mention, ...]
    more: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class StubContext:
    """Everything that the page of a wanted name shows."""

    title: str
    mentions: tuple[Mention, ...]
    more: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a collection holds."""

    notes: int
    videos: int
    channels: int
    moments: int


def channel_title(channel: str) -> str:
    """Return the name of a channel as readers see it."""
    return visible(channel.rpartition("/")[2])


def channels(collection: Collection) -> dict[str, tuple[str, int, int]]:
    """Return, by channel, the path of its hub (or `""`), its notes and its videos."""
    hubs: dict[str, str] = {}
    count: dict[str, int] = {}
    videos: dict[str, set[str]] = {}
    for note in collection.notes:
        if note.unlisted:
            continue
        if note.is_hub:
            hubs[note.channel] = note.path
        else:
            count[note.channel] = count.get(note.channel, 0) + 1
        if note.video:
            videos.setdefault(note.channel, set()).add(note.video)
    names = sorted({*hubs, *count} - {""}, key=lambda name: channel_title(name).casefold())
    return {name: (hubs.get(name, ""), count.get(name, 0), len(videos.get(name, ()))) for name in names}


def note_context(note: Note, collection: Collection, known: dict[str, tuple[str, int, int]], url: Url) -> NoteContext:
    """Return the context of a note's page."""
    channel = None
    if note.channel in known:
        hub, notes, videos = known[note.channel]
        channel = Channel(channel_title(note.channel), url(hub) if hub else "", notes, videos)
    source = None
    if note.video:
        video = collection.videos[note.video]
        title = video.title or f"YouTube video {video.id}"
        source = Source(watch_url(video.id), title, video.length, video.status == "gone")
    shown = 0 if note.is_hub else SHOWN
    mentions = tuple(
        _mention(collection, link.path, link.links[:1] if number < shown else (), url)
        for number, link in enumerate(collection.graph.backlinks.get(note.path, ()))
    )
    return NoteContext(
        note.path, note.title, note.lang, note.is_hub, channel, source, mentions[:shown], mentions[shown:]
    )


def stub_context(wanted: Wanted, collection: Collection, url: Url) -> StubContext:
    """Return the context of the page of a wanted name: every mention, with its sentence and moment."""
    by_note: dict[str, list[int]] = {}
    for mention in wanted.mentions:
        by_note.setdefault(mention.path, []).append(mention.link)
    mentions = tuple(
        _mention(collection, path, links if number < SHOWN else (), url)
        for number, (path, links) in enumerate(by_note.items())
    )
    return StubContext(wanted.title, mentions[:SHOWN], mentions[SHOWN:])


def _mention(collection: Collection, path: str, links: Iterable[int], url: Url) -> Mention:
    note = collection.index.notes[path]
    sentences: dict[int, Sentence] = {}
    for number in links:
        link = note.links[number]
        before, label, after = around(note.sentences[link.sentence], link.ordinal)
        # In "From: [[hub]]" there is nothing to read.
        if link.sentence not in sentences and len((before + after).split()) > 2:
            moment = _place(collection, note, link.moment) if link.moment >= 0 else None
            sentences[link.sentence] = Sentence(before, label, after, moment)
    return Mention(url(path), note.title, channel_title(note.channel), tuple(sentences.values()))


def _place(collection: Collection, note: Note, number: int) -> Place | None:
    video, time = collection.time(note, number)
    if time.seconds is None:
        return None
    return Place(watch_url(video, time.seconds), video, time.seconds, clock(time.seconds))


def counts(collection: Collection, known: Iterable[str]) -> Counts:
    """Return how much there is."""
    listed = [note for note in collection.notes if not note.unlisted]
    videos = {note.video for note in listed if note.video}
    moments = sum(len(note.stamps) for note in listed)
    return Counts(sum(not note.is_hub for note in listed), len(videos), len(list(known)), moments)
