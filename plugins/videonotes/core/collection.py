"""A collection: all notes of a folder, and everything that follows from them together."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from .findings import Code, Finding
from .graph import Graph, build_graph
from .index import NoteIndex, build_index
from .note import Note, Reference, Timestamp, Wikilink
from .repair import Outcome, Shift, Time, find_shifts, read_time
from .resolve import Ambiguous, Missing, Resolver, make_resolver
from .sentences import embeds_file
from .videos import Video, collect_videos


@dataclass(frozen=True, slots=True)
class Collection:
    """The notes and the pages that link like notes, and what they are to each other.

    `notes` are in the order of their paths. `sources` are the paths of all files below the folder,
    by which embedded files and relative links are found; `by_name` the same by their last part.
    """

    notes: tuple[Note, ...]
    pages: tuple[Note, ...]
    index: NoteIndex
    resolve: Resolver
    graph: Graph
    shifts: Mapping[str, Shift]
    videos: Mapping[str, Video]
    sources: frozenset[str] = frozenset()
    by_name: Mapping[str, str] = field(default_factory=dict)

    def time(self, note: Note, number: int) -> tuple[str, Time]:
        """Return the video and the time that stamp `number` of `note` leads to."""
        stamp = note.stamps[number]
        video = stamp.video or note.video
        return video, read_time(stamp, video, self.shifts.get(note.path), self.duration(video))

    def duration(self, video: str) -> int | None:
        """Return the length of a video in seconds, where it is known."""
        known = self.videos.get(video)
        return known.duration if known else None

    def find_file(self, path: str, href: str) -> str | None:
        """Return the path of the file that `href`, in the note at `path`, means, or `None`.

        It is looked for beside the note, below the root, and, for a bare name, anywhere.
        """
        wanted = unquote(href.partition("#")[0].partition("?")[0])
        for base in (posixpath.dirname(path), ""):
            candidate = posixpath.normpath(posixpath.join(base, wanted.lstrip("/")))
            if candidate in self.sources:
                return candidate
        return self.by_name.get(wanted) if "/" not in wanted else None


def build_collection(
    notes: Iterable[Note],
    pages: Iterable[Note] = (),
    sidecar: Mapping[str, Video] | None = None,
    sources: Iterable[str] = (),
) -> Collection:
    """Put scanned `notes` (and ordinary `pages`) together. `sidecar` is what `read_sidecar` read."""
    notes = tuple(sorted(notes, key=lambda note: note.path))
    pages = tuple(sorted(pages, key=lambda note: note.path))
    everything = [*notes, *pages]
    index = build_index(everything)
    resolve = make_resolver(index)
    videos = collect_videos(everything, sidecar or {})
    durations = {video.id: video.duration for video in videos.values() if video.duration is not None}
    files = frozenset(sources)
    by_name: dict[str, str] = {}
    for path in sorted(files, reverse=True):
        if not path.endswith(".md"):
            by_name[posixpath.basename(path)] = path
    embedded = {link.target for note in everything for link in note.links if link.embed and embeds_file(link.target)}
    graph = build_graph(everything, resolve, embedded)
    return Collection(notes, pages, index, resolve, graph, find_shifts(notes, durations), videos, files, by_name)


def findings(collection: Collection) -> list[Finding]:
    """Return everything that is wrong with the notes and pages of a collection, by path and place."""
    found: list[Finding] = []
    for note in (*collection.notes, *collection.pages):
        found.extend(note.findings)
        for code, place, message, cure in _problems(collection, note):
            found.append(Finding(code, note.path, place.line, place.column, message, cure))
    return found


def _problems(collection: Collection, note: Note) -> Iterable[tuple[Code, Wikilink | Reference | Timestamp, str, str]]:
    answers = collection.graph.resolutions[note.path]
    for link, answer in zip(note.links, answers, strict=True):
        written = f"[[{link.target}{'#' * bool(link.fragment)}{link.fragment}]]"
        if link.embed and embeds_file(link.target):
            if collection.find_file(note.path, link.target) is None:
                cure = "Put the file beside the note, or take the embed out"
                yield Code.MISSING_FILE, link, f"![[{link.target}]] names a file that is not there", cure
        elif isinstance(answer, Missing):
            yield Code.UNRESOLVED, link, f"no note is called {written}", "Write that note, or name another"
        else:
            if isinstance(answer, Ambiguous):
                first, *others = answer.candidates
                message = f"{written} could be {first} (taken) or {', '.join(others[:3])}"
                yield Code.AMBIGUOUS, link, message, f"Write the path: [[{first.removesuffix('.md')}]]"
            if not answer.fragment_found:
                headings = [heading.text for heading in collection.index.notes[answer.path].headings][:3]
                cure = f"Its headings: {'; '.join(headings)}" if headings else "It has no headings"
                yield Code.FRAGMENT, link, f"{written}: {answer.path} has no such heading or block", cure
    for reference in note.references:
        if collection.find_file(note.path, reference.href) is None:
            what = "picture" if reference.image else "link"
            code = Code.MISSING_FILE if reference.image else Code.DEAD_LINK
            message = f"the {what} {reference.href[:80]!r} leads to no file"
            yield code, reference, message, "Correct the path, from the note's folder or from the root"
    repaired = 0
    for number, stamp in enumerate(note.stamps):
        _, time = collection.time(note, number)
        repaired += time.outcome is Outcome.REPAIRED
        if time.outcome is Outcome.INVALID:
            cure = 'Write `data-t="h:mm:ss"`, within the video' if note.video else "Give the note a `videoId`"
            yield Code.INVALID_STAMP, stamp, f"timestamp {stamp.written[:60]!r}: {time.why}", cure
    if repaired:
        evidence = collection.shifts[note.path].evidence
        message = f"{repaired} timestamps read as minutes and seconds ({evidence})"
        yield Code.REPAIRED_STAMPS, note.stamps[0], message, "Write `00:MM:SS`"
