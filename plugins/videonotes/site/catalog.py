"""Everything that the pages of a site are made of: put together once a build, then only read."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from ..core.alphabet import order
from ..core.collection import Collection
from ..core.names import visible
from ..core.note import Note
from ..core.related import Related, build_relations, related
from ..core.resolve import Missing, Resolution, hub_path
from ..core.timestamps import clock
from ..core.youtube import watch_url
from .git_history import Dates
from .nearest import Nearest
from .urls import PageLink, Url


@dataclass(frozen=True, slots=True)
class Folders:
    """The folders of the generated pages, below the root of the site."""

    videos: str
    concepts: str
    search: str

    @property
    def wanted(self) -> str:
        """The folder of the pages for wanted notes."""
        return f"{self.concepts}/wanted"

    @property
    def concepts_index(self) -> str:
        """The path that stands for the index of concepts."""
        return f"{self.concepts}/index.md"

    @property
    def wanted_index(self) -> str:
        """The path that stands for the list of wanted notes."""
        return f"{self.wanted}/index.md"

    @property
    def search_page(self) -> str:
        """The path that stands for the search page."""
        return f"{self.search}.md"


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel. `hub` is the source path of its hub, which is generated unless `written`.

    `notes` and `videos` count those that are listed, without the hub; `newest` is the day of its newest video.
    """

    path: str
    title: str
    hub: str
    written: bool
    notes: int
    videos: int
    newest: str

    @property
    def description(self) -> str:
        """What is on the channel's page, in one sentence."""
        return f"{counted(self.notes, 'note')} on {counted(self.videos, 'video')} of {self.title}."


@dataclass(frozen=True, slots=True)
class Catalog:
    """The collection of a site and what was made of it.

    `channels` are by the path of their folder, in the order of their titles; `backlink_count` is how many
    notes link to each, by path; `total` is how many notes are listed, hubs left out. `related` returns the notes
    related to the one at a path, `nearest` the paths of those nearest to a name.
    """

    site_name: str
    collection: Collection
    channels: Mapping[str, Channel]
    dates: Dates
    folders: Folders
    backlink_count: Mapping[str, int]
    total: int
    related: Callable[[str], list[Related]]
    nearest: Callable[[str], tuple[str, ...]]

    def listed(self) -> Iterator[Note]:
        """Yield the notes that lists may show, hubs left out."""
        return (note for note in self.collection.notes if not note.unlisted and not self.is_hub(note))

    def is_hub(self, note: Note) -> bool:
        """Return whether a note is the page of its channel."""
        channel = self.channels.get(note.channel)
        return channel is not None and channel.hub == note.path

    def channel_title(self, note: Note) -> str:
        """Return the title of a note's channel; empty where it has none."""
        channel = self.channels.get(note.channel)
        return channel.title if channel else ""

    def video_path(self, video: str) -> str:
        """Return the path that stands for the page of a video; empty where no listed note is on it."""
        return f"{self.folders.videos}/{video}.md" if video in self.collection.on_video else ""

    def video_title(self, video: str) -> str:
        """Return the title of a video; where it is not known, what its strongest note is on."""
        known = self.collection.video(video)
        if known and known.title:
            return known.title
        paths = self.collection.notes_on(video)
        if not paths:
            return f"YouTube video {video}"
        best = min(paths, key=lambda path: (-self.backlink_count.get(path, 0), path))
        return f"Video on “{self.collection.note(best).title}”"

    def note_links(self, paths: Iterable[str], url: Url) -> tuple[PageLink, ...]:
        """Return links to the notes at `paths`, by their titles."""
        return tuple(PageLink(url(path), self.collection.note(path).title) for path in paths)

    def stub_of(self, answer: Resolution) -> str:
        """Return the path that stands for the page of the wanted note that a link asks for, or `""`."""
        wanted = self.collection.wanted.get(answer.key) if isinstance(answer, Missing) else None
        return self.stub_path(wanted.slug) if wanted and wanted.has_stub else ""

    def stub_path(self, slug: str) -> str:
        """Return the path that stands for the page of a wanted note."""
        return f"{self.folders.wanted}/{slug}.md"


@dataclass(frozen=True, slots=True)
class Place:
    """A moment as a template shows it."""

    href: str
    label: str


def place(video: str, seconds: int) -> Place:
    """Return the moment `seconds` into a video."""
    return Place(watch_url(video, seconds), clock(seconds))


def counted(count: int, noun: str, verb: str = "") -> str:
    """Return `1 note`, `2 notes`; with a verb, `1 note mentions`, `2 notes mention`."""
    return f"{count:,} {noun}{'s' * (count != 1)}" + (f" {verb}{'s' * (count == 1)}" if verb else "")


def channel_name(channel: str) -> str:
    """Return the name of a channel's folder as readers see it."""
    return visible(channel.rpartition("/")[2])


def build_catalog(site_name: str, collection: Collection, folders: Folders, dates: Dates) -> Catalog:
    """Put everything together."""
    backlink_count = {path: len(links) for path, links in collection.graph.backlinks.items()}
    channels = find_channels(collection)
    hubs = {channel.hub for channel in channels.values()}
    listed = [note for note in collection.notes if not note.unlisted and note.path not in hubs]
    relations = build_relations(collection)
    return Catalog(
        site_name=site_name,
        collection=collection,
        channels=channels,
        dates=dates,
        folders=folders,
        backlink_count=backlink_count,
        total=len(listed),
        related=lambda path: related(collection, relations, collection.note(path)),
        nearest=Nearest(listed, backlink_count),
    )


def find_channels(collection: Collection) -> dict[str, Channel]:
    """Return every channel that has a listed note, by title."""
    hubs: dict[str, Note] = {}
    notes: dict[str, int] = {}
    videos: dict[str, dict[str, None]] = {}
    for note in collection.notes:
        if note.unlisted or not note.channel:
            continue
        notes.setdefault(note.channel, 0)
        if note.is_hub and (note.channel not in hubs or posixpath.basename(note.path) == "index.md"):
            hubs[note.channel] = note
        else:
            notes[note.channel] += 1
        if note.video:
            videos.setdefault(note.channel, {})[note.video] = None
    found = {}
    for name, count in notes.items():
        hub = hubs.get(name)
        own = videos.get(name, {})
        newest = max((collection.videos[video].published for video in own), default="")
        found[name] = Channel(
            name,
            hub.title if hub else channel_name(name),
            hub.path if hub else hub_path(name),
            hub is not None,
            count,
            len(own),
            newest,
        )
    return dict(sorted(found.items(), key=lambda item: (order(item[1].title), item[0])))
