"""A collection: all notes of a folder, and everything that follows from them together."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Protocol
from urllib.parse import unquote

from .files import FileIndex
from .findings import Finding
from .graph import Backlink, Graph, Wanted, build_graph
from .index import NoteIndex, build_index
from .names import words
from .note import MARK_CLOSE, MARK_OPEN, Note, Wikilink
from .redirects import Moves, Redirect, collect_redirects
from .repair import Shift, Time, find_shifts
from .resolve import Hidden, Missing, Resolution, Resolved, Resolver, make_resolver
from .sentences import embeds_file
from .titles import Spelling, find_spellings, with_spellings
from .video_times import agreed_ends_of, moments_of, notes_by_video, read_all_times
from .videos import Video, collect_videos


class WikilinkParts(Protocol):
    """What a wikilink says: a record of the scan, or a token."""

    @property
    def target(self) -> str:
        """The name that it asks for."""

    @property
    def fragment(self) -> str:
        """The heading or block in it."""

    @property
    def embed(self) -> bool:
        """Whether it is `![[…]]`."""


@dataclass(frozen=True, slots=True)
class Collection:
    """The notes and the pages that link like notes, and what they are to each other.

    Pages, search, outputs and checks ask by its methods: by path, by name (`resolve`), by video. What is asked for one
    page never walks all notes, so that a store may stand behind it one day.

    `notes` are in the order of their paths. `times` are, by path, what each timestamp of a note
    means, `seconds` the moments of its own video in their order, each once; `on_video`
    the paths of the listed notes on each video, `agreed_ends` the last second that they
    name, lone tails left out. `files` are those below the folder, to which links lead and
    which are embedded.
    `spellings` are, by path, how the labels of links write titles.
    """

    notes: tuple[Note, ...]
    pages: tuple[Note, ...]
    index: NoteIndex
    resolve: Resolver
    graph: Graph
    shifts: Mapping[str, Shift]
    times: Mapping[str, tuple[Time, ...]]
    seconds: Mapping[str, tuple[int, ...]]
    videos: Mapping[str, Video]
    on_video: Mapping[str, tuple[str, ...]]
    agreed_ends: Mapping[str, int]
    redirects: tuple[Redirect, ...] = ()
    redirect_findings: tuple[Finding, ...] = ()
    files: FileIndex = field(default_factory=lambda: FileIndex((), {}))
    spellings: Mapping[str, Spelling] = field(default_factory=dict)

    def note(self, path: str) -> Note:
        """Return the note or page at `path`. Raises `KeyError` where there is none."""
        return self.index.notes[path]

    def find(self, path: str) -> Note | None:
        """Return the note or page at `path`, or `None`."""
        return self.index.notes.get(path)

    def answers(self, path: str) -> tuple[Resolution, ...]:
        """Return what the wikilinks of the note at `path` lead to, in their order."""
        return self.graph.resolutions[path]

    def backlinks(self, path: str) -> tuple[Backlink, ...]:
        """Return the notes that link to the one at `path`, by their paths."""
        return self.graph.backlinks.get(path, ())

    @property
    def wanted(self) -> Mapping[str, Wanted]:
        """The names that notes link to and none has, by their keys."""
        return self.graph.wanted

    def notes_on(self, video: str) -> tuple[str, ...]:
        """Return the paths of the listed notes on a video."""
        return self.on_video.get(video, ())

    def moments(self, path: str) -> tuple[int, ...]:
        """Return the seconds of its own video that the note at `path` names, in their order, each once."""
        return self.seconds.get(path, ())

    def video(self, identifier: str) -> Video | None:
        """Return what is known of a video, or `None`."""
        return self.videos.get(identifier)

    def time(self, note: Note, number: int) -> tuple[str, Time]:
        """Return the video and the time that stamp `number` of `note` leads to."""
        return note.stamps[number].video or note.video, self.times[note.path][number]

    def sentence(self, note: Note, number: int) -> str:
        """Return sentence `number` of `note`, its marks kept; a link without a label reads as the title it leads to."""
        text = note.sentences[number]
        if MARK_OPEN not in text:
            return text
        first = bisect_left(note.links, number, key=lambda link: link.sentence)
        parts = text.split(MARK_OPEN)
        for position in range(first, len(note.links)):
            link = note.links[position]
            if link.sentence != number:
                break
            answer = self.graph.resolutions[note.path][position]
            if link.label or not link.target or link.ordinal + 1 >= len(parts):
                continue
            end = parts[link.ordinal + 1].find(MARK_CLOSE)
            if isinstance(answer, Resolved):
                parts[link.ordinal + 1] = self.index.notes[answer.path].title + parts[link.ordinal + 1][end:]
            elif isinstance(answer, Missing) and "/" in link.target:  # "TCP/IP" is no path
                parts[link.ordinal + 1] = words(link.target) + parts[link.ordinal + 1][end:]
        return MARK_OPEN.join(parts)

    def duration(self, video: str) -> int | None:
        """Return the length of a video in seconds, where it is known."""
        known = self.videos.get(video)
        return known.duration if known else None

    def find_file(self, path: str, href: str) -> str | None:
        """Return the path of the file that the address `href`, in the note at `path`, means, or `None`."""
        return self.files.find(path, href)

    def attachment(self, path: str, link: WikilinkParts) -> str | None:
        """Return the file that a wikilink of the note at `path` leads to, or `None`: it is meant for a note."""
        if link.embed and embeds_file(link.target):
            return self.files.find(path, link.target)
        if not isinstance(self.resolve(path, link.target, link.fragment), Missing):
            return None
        return self.files.named(path, link.target, embed=link.embed)

    def find_target(self, path: str, href: str) -> tuple[str, str] | None:
        """Return what a Markdown link of the note at `path` leads to, as the same wikilink would: path and id there.

        The path is empty for the note itself; the id is empty where there is none, or none that is known.
        """
        address, _, fragment = href.partition("#")
        fragment = unquote(fragment)
        if not address:
            found = self.fragment_id(path, fragment)
            return ("", found) if found else None
        target = self.files.find(path, address)
        if target is None:
            answer = self.resolve(path, unquote(address), "")
            target = answer.path if isinstance(answer, Resolved | Hidden) else None
        return None if target is None else (target, self.fragment_id(target, fragment) if fragment else "")

    def fragment_id(self, path: str, fragment: str) -> str:
        """Return the id that a fragment means in the note at `path`: a heading, a block or a moment; else `""`."""
        note = self.index.notes.get(path)
        if note is None:
            return fragment
        answer = self.resolve(path, "", fragment)
        if isinstance(answer, Resolved) and answer.fragment:
            return answer.fragment
        if fragment in self.index.heading_ids[path].values():
            return fragment
        moment = fragment.removeprefix("t-")
        known = moment.isdecimal() and moment != fragment and int(moment) in self.seconds.get(path, ())
        return fragment if known else ""


BeginShifts = Callable[[Sequence[Note], Mapping[str, int]], Callable[[], Mapping[str, Shift]]]
"""Begins to find the shifts of notes whose videos have these lengths; what it returns waits for them."""


def build_collection(
    notes: Iterable[Note],
    pages: Iterable[Note] = (),
    sidecar: Mapping[str, Video] | None = None,
    sources: Iterable[str] = (),
    moves: Moves | None = None,
    begin: BeginShifts | None = None,
) -> Collection:
    """Put scanned `notes` (and ordinary `pages`) together.

    `sidecar` is what `read_sidecar` read, `moves` what `read_redirects` did. `begin` finds the shifts meanwhile.
    """
    notes = tuple(sorted(notes, key=lambda note: note.path))
    pages = tuple(sorted(pages, key=lambda note: note.path))
    everything = [*notes, *pages]
    videos = collect_videos(everything, sidecar or {})
    durations = {video.id: video.duration for video in videos.values() if video.duration is not None}
    find = (begin or partial(partial, find_shifts))(notes, durations)
    redirects, redirect_findings = collect_redirects(notes, pages, moves or Moves())
    index = build_index(notes, redirects, pages)
    resolve = make_resolver(index)
    files = FileIndex(sources, index.moved)
    graph = build_graph(notes, resolve, partial(_is_file, files), pages)
    shifts = find()
    times = read_all_times(everything, shifts, durations)
    moments = moments_of(notes, times)
    on_video = notes_by_video(notes)
    return Collection(
        notes=notes,
        pages=pages,
        index=index,
        resolve=resolve,
        graph=graph,
        shifts=shifts,
        times=times,
        seconds=moments,
        videos=videos,
        on_video=on_video,
        agreed_ends=agreed_ends_of(on_video, moments),
        redirects=tuple(redirects),
        redirect_findings=tuple(redirect_findings),
        files=files,
        spellings=find_spellings(index.notes, graph),
    )


def _is_file(files: FileIndex, note: Note, link: Wikilink, answer: Resolution) -> bool:
    """Return whether a link leads to a file, and not to a note."""
    if link.embed and embeds_file(link.target):
        return True
    return isinstance(answer, Missing) and files.named(note.path, link.target, embed=link.embed) is not None


def titled_by_labels(collection: Collection) -> Collection:
    """Return a collection whose notes have the titles that the labels of links write.

    Links are resolved by the titles that the notes themselves have: what a name leads to depends on no label.
    """
    known = with_spellings(collection.index.notes, collection.spellings)
    notes = tuple(known[note.path] for note in collection.notes)
    return replace(collection, notes=notes, index=replace(collection.index, notes=known))
