"""What is wrong with the notes of a collection: each rule looks at one note, and yields a problem with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from .collection import Collection
from .embeds import MOST, first_beyond
from .findings import Finding, FindingCode
from .names import LONGEST_NAME, file_name
from .note import Note, Reference, Timestamp, Wikilink
from .repair import Outcome
from .resolve import Ambiguous, Hidden, Missing, Resolved
from .sentences import embeds_file
from .timestamps import LONGEST, clock
from .video_times import own_moments


class Problem(NamedTuple):
    """A finding without its path: its code, the record that it is about, what is wrong, what to do."""

    code: FindingCode
    at: Wikilink | Reference | Timestamp
    message: str
    cure: str


Rule = Callable[[Collection, Note], Iterator[Problem]]


def findings(collection: Collection) -> list[Finding]:
    """Return everything that is wrong with the notes and pages of a collection, by path and place."""
    found: list[Finding] = [*collection.redirect_findings]
    for note in (*collection.notes, *collection.pages):
        if note.ignored:
            found.extend(finding for finding in _of_note(collection, note) if finding.code not in note.ignored)
        else:
            found.extend(_of_note(collection, note))
    return found


def _of_note(collection: Collection, note: Note) -> Iterator[Finding]:
    yield from note.findings
    if spelling := collection.spellings.get(note.path):
        message = f"{spelling.labels} of the {spelling.of} labels that say the title write it “{spelling.title}”"
        cure = "Write it so, or set the option `titles: labels`"
        yield Finding(FindingCode.TITLE_SPELLING, note.path, 0, 0, message, cure)
    for rule in _RULES:
        for code, at, message, cure in rule(collection, note):
            yield Finding(code, note.path, at.line, at.column, message, cure)


def wikilinks(collection: Collection, note: Note) -> Iterator[Problem]:
    """Wikilinks that lead to no note, to one of several, to no heading; embeds of files that are not there."""
    for link, answer in zip(note.links, collection.answers(note.path), strict=True):
        if link.embed and embeds_file(link.target):
            if collection.attachment(note.path, link) is None:
                cure = "Put the file beside the note, or take the embed out"
                yield Problem(
                    FindingCode.MISSING_FILE, link, f"![[{link.target}]] names a file that is not there", cure
                )
        elif isinstance(answer, Missing):
            # The scan reported mended brackets.
            if not link.mended and collection.attachment(note.path, link) is None:
                yield from _missing(link, answer)
        elif isinstance(answer, Hidden):
            message, cure = f"{_written(link)} is an unlisted note", "Name a listed note, or write plain text"
            yield Problem(FindingCode.UNRESOLVED, link, message, cure)
        elif isinstance(answer, Resolved):
            yield from _resolved(collection, link, answer)


def _written(link: Wikilink) -> str:
    return f"[[{link.target}{'#' * bool(link.fragment)}{link.fragment}]]"


def _missing(link: Wikilink, answer: Missing) -> Iterator[Problem]:
    cure = "Write that note, or name another"
    yield Problem(FindingCode.UNRESOLVED, link, f"no note is called {_written(link)}", cure)
    if len(answer.key) > LONGEST_NAME / 4 and file_name(answer.key) != answer.key:
        message = f"the name {answer.key[:40]!r}… is too long for a file: the address of its page is cut"
        yield Problem(FindingCode.LONG_NAME, link, message, "Write a shorter one")


def _resolved(collection: Collection, link: Wikilink, answer: Resolved) -> Iterator[Problem]:
    if isinstance(answer, Ambiguous):
        first, *others = answer.candidates
        message = f"{_written(link)} could be {first} (taken) or {', '.join(others[:3])}"
        yield Problem(FindingCode.AMBIGUOUS, link, message, f"Write the path: [[{first.removesuffix('.md')}]]")
    if not answer.fragment_found:
        headings = [heading.text for heading in collection.note(answer.path).headings][:3]
        cure = f"Its headings: {'; '.join(headings)}" if headings else "It has no headings"
        message = f"{_written(link)}: {answer.path} has no such heading or block"
        yield Problem(FindingCode.FRAGMENT, link, message, cure)


def references(collection: Collection, note: Note) -> Iterator[Problem]:
    """Markdown links and pictures that lead to no file, or to no heading of one."""
    for reference in note.references:
        target = collection.find_target(note.path, reference.href)
        fragment = reference.href.partition("#")[2]
        if target and fragment and not target[1]:
            message = f"the link {reference.href[:80]!r}: {target[0]} has no such heading or block"
            yield Problem(FindingCode.FRAGMENT, reference, message, "Write a heading, `^id` of a block, or `t-60`")
        if target is None:
            what = "picture" if reference.image else "link"
            code = FindingCode.MISSING_FILE if reference.image else FindingCode.DEAD_LINK
            message = f"the {what} {reference.href[:80]!r} leads to no file"
            yield Problem(code, reference, message, "Correct the path, from the note's folder or from the root")


def embeds(collection: Collection, note: Note) -> Iterator[Problem]:
    """The first embed beyond those that a page may hold."""

    def embedded(other: Note, number: int) -> Note | None:
        answer = collection.answers(other.path)[number]
        return collection.note(answer.path) if isinstance(answer, Resolved) else None

    if beyond := first_beyond(note, embedded):
        cure = "Take embeds out, or link to the notes"
        yield Problem(FindingCode.EMBEDS, beyond, f"from here on the page holds more than {MOST} embedded notes", cure)


def lone_tails(collection: Collection, note: Note) -> Iterator[Problem]:
    """Moments far beyond where the other notes of the video end, where its duration is not known."""
    if collection.duration(note.video) is not None:
        return
    end = collection.agreed_ends.get(note.video, LONGEST)
    moments = collection.moments(note.path)
    if not moments or moments[-1] <= end:
        return
    for second, number in own_moments(note, collection.times[note.path]):
        if second > end:
            message = f"{clock(second)} is beyond where the other notes of the video end ({clock(end)})"
            cure = "Correct the time, or give the video's `duration`"
            yield Problem(FindingCode.BEYOND, note.stamps[number], message, cure)


def timestamps(collection: Collection, note: Note) -> Iterator[Problem]:
    """Timestamps that are no time, and how many are read as minutes and seconds."""
    repaired = 0
    for stamp, time in zip(note.stamps, collection.times[note.path], strict=True):
        repaired += time.outcome is Outcome.REPAIRED
        if time.outcome is Outcome.INVALID:
            cure = 'Write `data-t="h:mm:ss"`, within the video' if note.video else "Give the note a `videoId`"
            yield Problem(FindingCode.INVALID_STAMP, stamp, f"timestamp {stamp.written[:60]!r}: {time.why}", cure)
    if repaired:
        evidence = collection.shifts[note.path].evidence
        message = f"{repaired} timestamps read as minutes and seconds ({evidence})"
        yield Problem(FindingCode.REPAIRED_STAMPS, note.stamps[0], message, "Write `00:MM:SS`")


_RULES: tuple[Rule, ...] = (wikilinks, references, embeds, lone_tails, timestamps)
