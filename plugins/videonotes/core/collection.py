"""A collection: all notes of a folder, and everything that follows from them together."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol
from urllib.parse import unquote

from .embeds import MOST, first_beyond
from .files import FileIndex
from .findings import Code, Finding
from .graph import Graph, build_graph
from .index import NoteIndex, build_index
from .names import LONGEST_NAME, file_name, words
from .note import MARK_CLOSE, MARK_OPEN, Note, Reference, Timestamp, Wikilink
from .redirects import Moves, Redirect, collect_redirects
from .repair import Outcome, Shift, Time, find_shifts, read_time
from .resolve import Ambiguous, Hidden, Missing, Resolution, Resolved, Resolver, make_resolver
from .sentences import embeds_file
from .timestamps import LONGEST, clock
from .titles import Spelling, find_spellings, with_spellings
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

    `notes` are in the order of their paths. `times` are, by path, what each timestamp of a note
    means, `seconds` the moments of its own video in their order, each once; `on_video`
    the paths of the listed notes on each video, `ends` the last moment that they
    name, in seconds, `agreed_ends` the same without lone tails. `files` are
    those below the folder, to which links lead and which are embedded.
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
    ends: Mapping[str, int]
    agreed_ends: Mapping[str, int]
    redirects: tuple[Redirect, ...] = ()
    redirect_findings: tuple[Finding, ...] = ()
    files: FileIndex = field(default_factory=lambda: FileIndex((), {}))
    spellings: Mapping[str, Spelling] = field(default_factory=dict)

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


def build_collection(
    notes: Iterable[Note],
    pages: Iterable[Note] = (),
    sidecar: Mapping[str, Video] | None = None,
    sources: Iterable[str] = (),
    moves: Moves | None = None,
    decide: Callable[[Sequence[Note], Mapping[str, int]], Mapping[str, Shift]] = find_shifts,
) -> Collection:
    """Put scanned `notes` (and ordinary `pages`) together.

    `sidecar` is what `read_sidecar` read, `moves` what `read_redirects` did. `decide` is `find_shifts`, or knows
    what it returns.
    """
    notes = tuple(sorted(notes, key=lambda note: note.path))
    pages = tuple(sorted(pages, key=lambda note: note.path))
    everything = [*notes, *pages]
    redirects, redirect_findings = collect_redirects(notes, pages, moves or Moves())
    index = build_index(notes, redirects, pages)
    resolve = make_resolver(index)
    videos = collect_videos(everything, sidecar or {})
    durations = {video.id: video.duration for video in videos.values() if video.duration is not None}
    files = FileIndex(sources, index.moved)

    def is_file(note: Note, link: Wikilink, answer: Resolution) -> bool:
        if link.embed and embeds_file(link.target):
            return True
        return isinstance(answer, Missing) and files.named(note.path, link.target, embed=link.embed) is not None

    graph = build_graph(notes, resolve, is_file, pages)
    shifts = decide(notes, durations)
    times = _read_times(everything, shifts, durations)
    on_video: dict[str, list[str]] = {}
    ends: dict[str, int] = {}
    moments: dict[str, tuple[int, ...]] = {}
    for note in notes:
        if not note.video:
            continue
        found = tuple(sorted({seconds for seconds, _ in own_moments(note, times[note.path])}))
        moments[note.path] = found
        if not note.unlisted:
            on_video.setdefault(note.video, []).append(note.path)
            if found:
                ends[note.video] = max(ends.get(note.video, 0), found[-1])
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
        on_video={video: tuple(paths) for video, paths in on_video.items()},
        ends=ends,
        agreed_ends=_agreed_ends(on_video, moments),
        redirects=tuple(redirects),
        redirect_findings=tuple(redirect_findings),
        files=files,
        spellings=find_spellings(index.notes, graph),
    )


def titled_by_labels(collection: Collection) -> Collection:
    """Return a collection whose notes have the titles that the labels of links write.

    Links are resolved by the titles that the notes themselves have: what a name leads to depends on no label.
    """
    known = with_spellings(collection.index.notes, collection.spellings)
    notes = tuple(known[note.path] for note in collection.notes)
    return replace(collection, notes=notes, index=replace(collection.index, notes=known))


_LONE = 2
"""Times that a moment lies beyond where all other notes of its video end, to be a lone tail."""


def _agreed_ends(on_video: Mapping[str, Sequence[str]], moments: Mapping[str, tuple[int, ...]]) -> dict[str, int]:
    """Return, by video, the last second that its notes name, but for lone tails: of three notes or more, one has a few
    moments far beyond where all others end.
    """
    agreed = {}
    for video, paths in on_video.items():
        last = sorted((moments[path] for path in paths if moments[path]), key=lambda seconds: seconds[-1])
        if not last:
            continue
        agreed[video] = last[-1][-1]
        if len(last) > 2 and (others := last[-2][-1]):
            near = [second for second in last[-1] if second <= _LONE * others]
            if len(last[-1]) - len(near) <= max(2, len(last[-1]) // 10):
                agreed[video] = max(others, near[-1] if near else 0)
    return agreed


def own_moments(note: Note, times: tuple[Time, ...]) -> Iterator[tuple[int, int]]:
    """Yield the seconds into the note's own video, and the number of the stamp, of each valid one, as they stand."""
    for number, (stamp, time) in enumerate(zip(note.stamps, times, strict=True)):
        if time.seconds is not None and stamp.video in ("", note.video):
            yield time.seconds, number


def _read_times(
    notes: Iterable[Note], shifts: Mapping[str, Shift], durations: Mapping[str, int]
) -> dict[str, tuple[Time, ...]]:
    """Return what every timestamp means. What is written alike is read once, and is one record."""
    all_known: dict[Shift | None, dict[tuple[object, ...], Time]] = {}
    times = {}
    for note in notes:
        shift = shifts.get(note.path)
        known = all_known.setdefault(shift, {})
        found = []
        for stamp in note.stamps:
            video = stamp.video or note.video
            duration = durations.get(video)
            key = (stamp.data, stamp.label, stamp.bare, bool(video), duration)
            time = known.get(key)
            if time is None:
                time = known[key] = read_time(stamp, video, shift, duration)
            found.append(time)
        times[note.path] = tuple(found)
    return times


def findings(collection: Collection) -> list[Finding]:
    """Return everything that is wrong with the notes and pages of a collection, by path and place."""
    found: list[Finding] = [*collection.redirect_findings]
    for note in (*collection.notes, *collection.pages):
        found.extend(note.findings)
        if spelling := collection.spellings.get(note.path):
            message = f"{spelling.labels} of the {spelling.of} labels that say the title write it “{spelling.title}”"
            cure = "Write it so, or set the option `titles: labels`"
            found.append(Finding(Code.TITLE_SPELLING, note.path, 0, 0, message, cure))
        for code, place, message, cure in _problems(collection, note):
            found.append(Finding(code, note.path, place.line, place.column, message, cure))
    return found


def _problems(collection: Collection, note: Note) -> Iterable[tuple[Code, Wikilink | Reference | Timestamp, str, str]]:
    answers = collection.graph.resolutions[note.path]
    for link, answer in zip(note.links, answers, strict=True):
        written = f"[[{link.target}{'#' * bool(link.fragment)}{link.fragment}]]"
        if link.embed and embeds_file(link.target):
            if collection.attachment(note.path, link) is None:
                cure = "Put the file beside the note, or take the embed out"
                yield Code.MISSING_FILE, link, f"![[{link.target}]] names a file that is not there", cure
        elif isinstance(answer, Missing) and link.mended:
            continue  # the scan reported its brackets
        elif isinstance(answer, Missing) and collection.attachment(note.path, link) is None:
            yield Code.UNRESOLVED, link, f"no note is called {written}", "Write that note, or name another"
            if len(answer.key) > LONGEST_NAME / 4 and file_name(answer.key) != answer.key:
                message = f"the name {answer.key[:40]!r}… is too long for a file: the address of its page is cut"
                yield Code.LONG_NAME, link, message, "Write a shorter one"
        elif isinstance(answer, Hidden):
            yield Code.UNRESOLVED, link, f"{written} is an unlisted note", "Name a listed note, or write plain text"
        elif isinstance(answer, Resolved):
            if isinstance(answer, Ambiguous):
                first, *others = answer.candidates
                message = f"{written} could be {first} (taken) or {', '.join(others[:3])}"
                yield Code.AMBIGUOUS, link, message, f"Write the path: [[{first.removesuffix('.md')}]]"
            if not answer.fragment_found:
                headings = [heading.text for heading in collection.index.notes[answer.path].headings][:3]
                cure = f"Its headings: {'; '.join(headings)}" if headings else "It has no headings"
                yield Code.FRAGMENT, link, f"{written}: {answer.path} has no such heading or block", cure
    for reference in note.references:
        target = collection.find_target(note.path, reference.href)
        fragment = reference.href.partition("#")[2]
        if target and fragment and not target[1]:
            message = f"the link {reference.href[:80]!r}: {target[0]} has no such heading or block"
            yield (
                Code.FRAGMENT,
                reference,
                message,
                "Write a heading, `^id` of a block, or `t-60`",
            )
        if target is None:
            what = "picture" if reference.image else "link"
            code = Code.MISSING_FILE if reference.image else Code.DEAD_LINK
            message = f"the {what} {reference.href[:80]!r} leads to no file"
            yield code, reference, message, "Correct the path, from the note's folder or from the root"
    if beyond := first_beyond(note, lambda other, number: _embedded(collection, other, number)):
        cure = "Take embeds out, or link to the notes"
        yield Code.EMBEDS, beyond, f"from here on the page holds more than {MOST} embedded notes", cure
    end = collection.agreed_ends.get(note.video, LONGEST) if collection.duration(note.video) is None else LONGEST
    moments = collection.seconds.get(note.path)
    for second, number in own_moments(note, collection.times[note.path]) if moments and moments[-1] > end else ():
        if second > end:
            message = f"{clock(second)} is far beyond where the other notes of the video end ({clock(end)})"
            yield Code.BEYOND, note.stamps[number], message, "Correct the time, or give the video's `duration`"
    repaired = 0
    for stamp, time in zip(note.stamps, collection.times[note.path], strict=True):
        repaired += time.outcome is Outcome.REPAIRED
        if time.outcome is Outcome.INVALID:
            cure = 'Write `data-t="h:mm:ss"`, within the video' if note.video else "Give the note a `videoId`"
            yield Code.INVALID_STAMP, stamp, f"timestamp {stamp.written[:60]!r}: {time.why}", cure
    if repaired:
        evidence = collection.shifts[note.path].evidence
        message = f"{repaired} timestamps read as minutes and seconds ({evidence})"
        yield Code.REPAIRED_STAMPS, note.stamps[0], message, "Write `00:MM:SS`"


def _embedded(collection: Collection, note: Note, number: int) -> Note | None:
    """Return the note that a link of `note` embeds, if it leads to one."""
    answer = collection.graph.resolutions[note.path][number]
    return collection.index.notes[answer.path] if isinstance(answer, Resolved) else None
