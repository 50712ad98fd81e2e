"""What the templates of a page are given: plain records, with every text still to be escaped there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
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
    """A channel: `hub` is the path of its hub, empty where it has none; `title` is that of the hub."""

    title: str
    hub: str
    notes: int
    videos: int


Channels = Mapping[str, Channel]
"""Channels by the path of their folder."""


@dataclass(frozen=True, slots=True)
class NoteContext:
    """Everything that the page of a note shows around its text."""

    path: str
    title: str
    lang: str
    is_hub: bool
    channel: Channel | None
    hub: str
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


def find_channels(collection: Collection) -> Channels:
    """Return every channel that has a listed note, by title."""
    hubs: dict[str, Note] = {}
    notes: Counter[str] = Counter()
    videos: dict[str, set[str]] = {}
    for note in collection.notes:
        if note.unlisted or not note.channel:
            continue
        if note.is_hub:
            hubs[note.channel] = note
        else:
            notes[note.channel] += 1
        if note.video:
            videos.setdefault(note.channel, set()).add(note.video)
    found = {
        name: Channel(
            hubs[name].title if name in hubs else channel_title(name),
            hubs[name].path if name in hubs else "",
            notes[name],
            len(videos.get(name, ())),
        )
        for name in {*hubs, *notes}
    }
    return dict(sorted(found.items(), key=lambda item: (item[1].title.casefold(), item[0])))


def note_context(note: Note, collection: Collection, channels: Channels, url: Url) -> NoteContext:
    """Return the context of a note's page."""
    source = None
    if note.video:
        video = collection.videos[note.video]
        title = video.title or f"YouTube video {video.id}"
        source = Source(watch_url(video.id), title, video.length, video.status == "gone")
    shown = 0 if note.is_hub else SHOWN
    mentions = tuple(
        _mention(collection, channels, link.path, link.links[:1] if number < shown else (), url)
        for number, link in enumerate(collection.graph.backlinks.get(note.path, ()))
    )
    channel = channels.get(note.channel)
    hub = url(channel.hub) if channel and channel.hub else ""
    return NoteContext(
        note.path, note.title, note.lang, note.is_hub, channel, hub, source, mentions[:shown], mentions[shown:]
    )


def stub_context(wanted: Wanted, collection: Collection, channels: Channels, url: Url) -> StubContext:
    """Return the context of the page of a wanted name: every mention, with its sentence and moment."""
    by_note: dict[str, list[int]] = {}
    for mention in wanted.mentions:
        by_note.setdefault(mention.path, []).append(mention.link)
    mentions = tuple(
        _mention(collection, channels, path, links if number < SHOWN else (), url)
        for number, (path, links) in enumerate(by_note.items())
    )
    return StubContext(wanted.title, mentions[:SHOWN], mentions[SHOWN:])


def _mention(collection: Collection, channels: Channels, path: str, links: Iterable[int], url: Url) -> Mention:
    note = collection.index.notes[path]
    sentences: dict[int, Sentence] = {}
    for number in links:
        link = note.links[number]
        before, label, after = around(note.sentences[link.sentence], link.ordinal)
        # In "From: [[hub]]" there is nothing to read.
        if link.sentence not in sentences and len((before + after).split()) > 2:
            moment = _place(collection, note, link.moment) if link.moment >= 0 else None
            sentences[link.sentence] = Sentence(before, label, after, moment)
    channel = channels.get(note.channel)
    return Mention(url(path), note.title, channel.title if channel else "", tuple(sentences.values()))


def _place(collection: Collection, note: Note, number: int) -> Place | None:
    video, time = collection.time(note, number)
    if time.seconds is None:
        return None
    return Place(watch_url(video, time.seconds), video, time.seconds, clock(time.seconds))


def count(collection: Collection, channels: Channels) -> Counts:
    """Return how much there is."""
    listed = [note for note in collection.notes if not note.unlisted]
    videos = {note.video for note in listed if note.video}
    moments = sum(len(note.stamps) for note in listed)
    return Counts(sum(not note.is_hub for note in listed), len(videos), len(channels), moments)
