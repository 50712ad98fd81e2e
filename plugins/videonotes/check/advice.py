"""What could be better about notes: findings that a check tells and a build does not.

A rule takes a collection and a note, and yields findings. All are cheap: a look-up for each link, timestamp or key.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from rapidfuzz.distance import OSA

from ..core.collection import Collection
from ..core.duplicates import duplicates
from ..core.findings import Finding, FindingCode, line_starts
from ..core.frontmatter import KNOWN_KEYS
from ..core.names import fold, squash
from ..core.note import Note, Timestamp, Wikilink
from ..core.repair import Outcome
from ..core.resolve import Ambiguous, Resolution, Resolved, Rung
from ..core.stamp_reading import are_times
from ..core.timestamps import read_clock
from .candidates import Candidates

Rule = Callable[[Collection, Note], Iterator[Finding]]

_LOOSE = frozenset({Rung.FOLDED_HERE, Rung.FOLDED, Rung.SQUASHED_HERE, Rung.SQUASHED, Rung.TITLE})
"""The rungs of links whose target is not written as the note is named."""

TIDY_STAMP = re.compile(
    r'<a class="yt-timestamp"(?: data-v="[\w-]{11}")? data-t="\d\d:[0-5]\d:[0-5]\d">[^<>]*\S[^<>]*</a>'
)

_MORE = re.compile(r"\s(?!class\b|data-[tv]\b)[a-z][\w-]*\s*=\s*[\"']?[^\s\"']", re.IGNORECASE)
"""An attribute that a timestamp does not have."""

_MEANT = {"alias": "aliases", "tag": "tags", "video": "videoId", "youtube": "videoId", "language": "lang"}
_OTHERS = frozenset(
    "hide icon status subtitle template search comments authors author categories category slug links draft pin"
    " readtime social date time data name names id url type kind channel source".split()
)
"""Keys of Material, of other plugins and of writers, which are near to no key that is meant."""


def advice(collection: Collection, text: Callable[[str], str]) -> list[Finding]:
    """Return what could be better about the notes of a collection; `text` returns that of the note at a path."""
    found: list[Finding] = []
    for note in collection.notes:
        own = [finding for rule in _RULES for finding in rule(collection, note)]
        if note.meta or not all(stamp.usual for stamp in note.stamps):
            source = text(note.path)
            own += [*untidy_stamps(collection, note, source), *misspelled_keys(note, source)]
        found.extend(finding for finding in own if finding.code not in note.ignored)
    for note, first, how in duplicates(collection):
        if FindingCode.DUPLICATE not in note.ignored:
            cure = "Put the two together, or give them titles that tell them apart"
            found.append(Finding(FindingCode.DUPLICATE, note.path, 0, 0, f"{first.path} {how}", cure))
    return found


def with_candidates(collection: Collection, found: Iterable[Finding]) -> Iterator[Finding]:
    """Yield findings, those of unresolved links with the notes that may have been meant."""
    candidates = Candidates(collection.notes)
    meant: dict[tuple[str, str], tuple[Note, ...]] = {}
    targets: dict[tuple[int, int], str] = {}
    path = ""
    for finding in found:
        if finding.code is not FindingCode.UNRESOLVED:
            yield finding
            continue
        note = collection.note(finding.path)
        if path != note.path:
            path, targets = note.path, {(link.line, link.column): link.target for link in note.links}
        key = targets.get((finding.line, finding.column), ""), note.channel
        if key not in meant:
            meant[key] = candidates.find(*key)
        names = tuple(link_name(collection, path, other.path) for other in meant[key])
        said = " or ".join(f"[[{name}]]" for name in names)
        yield replace(finding, cure=f"Did you mean {said}?", candidates=names) if names else finding


def link_name(collection: Collection, path: str, target: str) -> str:
    """Return how a link in the note at `path` names the note at `target`: by its name, else by its path."""
    name = collection.note(target).name
    answer = collection.resolve(path, name, "")
    is_it = isinstance(answer, Resolved) and not isinstance(answer, Ambiguous) and answer.path == target
    return name if is_it and not re.search(r"[\[\]|#^]", name) else target.removesuffix(".md")


def is_loose(collection: Collection, note: Note, link: Wikilink, answer: Resolution) -> str:
    """Return the name that a link should have, where its target is written another way than the note is named."""
    if not isinstance(answer, Resolved) or isinstance(answer, Ambiguous) or answer.rung not in _LOOSE or link.mended:
        return ""
    if not link.label and link.heading >= 0 and note.headings[link.heading].line == link.line:
        return ""  # the heading's id is made of the target
    name = link_name(collection, note.path, answer.path)
    return name if name != link.target else ""


def loose_links(collection: Collection, note: Note) -> Iterator[Finding]:
    """Links that are found only since case, spacing and punctuation are forgiven."""
    for link, answer in zip(note.links, collection.answers(note.path), strict=True):
        if name := is_loose(collection, note, link, answer):
            message = f"[[{link.target}]] is not written as the note is named"
            cure = f"Write [[{name}]]: `--fix` does"
            yield Finding(FindingCode.LOOSE_LINK, note.path, link.line, link.column, message, cure)


def find_untidy(
    collection: Collection, note: Note, text: str, *, shifted: bool = False
) -> Iterator[tuple[int, Timestamp, int]]:
    """Yield the timestamps whose time is known, and whose element is not written as it should be: offset, record, time.

    In a shifted note, a time of two parts stays: with three, it might be taken for a shifted one. With `shifted`, it is
    one of them all the same, since the whole note is written anew.
    """
    starts: list[int] = []
    keeps_short = note.path in collection.shifts and not shifted
    for stamp, time in zip(note.stamps, collection.times[note.path], strict=True):
        if stamp.usual or stamp.bare or time.seconds is None or time.outcome not in (Outcome.WRITTEN, Outcome.LABEL):
            continue
        clock = stamp.data if time.outcome is Outcome.WRITTEN else stamp.label
        if keeps_short and clock and not clock.shiftable:
            continue
        starts = starts or line_starts(text)
        start = starts[stamp.line - 1] + stamp.column - 1
        written = text[start : start + stamp.length]
        if not TIDY_STAMP.fullmatch(written) and _says_no_more(written, stamp.written, time.seconds):
            yield start, stamp, time.seconds


def _says_no_more(written: str, label: str, seconds: int) -> bool:
    """Return whether nothing is lost when an element is written anew: it is one time, and words without markup."""
    if "\n" in written or ">" not in written or written.count("data-t") > 1 or _MORE.search(written):
        return False
    bare = label.strip().strip("[]()")
    if re.search(r"[<>\[\]]", bare):
        return False
    clock = read_clock(bare) if bare else None
    if clock:
        return clock.literal == seconds
    return not are_times(bare)


def untidy_stamps(collection: Collection, note: Note, text: str) -> Iterator[Finding]:
    """Timestamps whose time is known, and whose element is not written as it should be."""
    for start, stamp, _ in find_untidy(collection, note, text):
        message = f"the timestamp {text[start : start + min(stamp.length, 60)]!r} is not written as it should be"
        cure = 'Write `<a class="yt-timestamp" data-t="HH:MM:SS">[HH:MM:SS]</a>`: `--fix` does'
        yield Finding(FindingCode.UNTIDY_STAMP, note.path, stamp.line, stamp.column, message, cure)


def without_stamps(_: Collection, note: Note) -> Iterator[Finding]:
    """Notes on a video that lead to no moment of it."""
    if note.video and not note.stamps and not note.is_hub:
        cure = 'Say where the video says it: `<a class="yt-timestamp" data-t="HH:MM:SS">[HH:MM:SS]</a>`'
        yield Finding(FindingCode.NO_STAMP, note.path, 0, 0, "the note has no timestamp", cure)


def misspelled_keys(note: Note, text: str) -> Iterator[Finding]:
    """Keys of the frontmatter that are nearly one that is known."""
    for key in note.meta:
        if meant := key_meant(key):
            line = next((at for at, line in enumerate(text.split("\n"), 1) if line.startswith(key)), 1)
            message = f"the key `{key}` means nothing here"
            yield Finding(FindingCode.MISSPELLED_KEY, note.path, line, 1, message, f"Did you mean `{meant}`?")


def key_meant(key: str) -> str:
    """Return the key that is meant where `key` is nearly one; `""` where it is none."""
    if key in KNOWN_KEYS or fold(key) in _OTHERS:
        return ""
    if (meant := _MEANT.get(fold(key))) and meant != key:
        return meant
    for known in KNOWN_KEYS:
        if squash(known) == squash(key) or (len(key) > 4 and OSA.distance(known, key, score_cutoff=1) == 1):
            return known
    return ""


def unreviewed(_: Collection, note: Note) -> Iterator[Finding]:
    """Notes that a model wrote and nobody has read."""
    if note.generated and not note.reviewed:
        cure = "Read it, and write `reviewed: 2026-01-31`"
        yield Finding(
            FindingCode.UNREVIEWED, note.path, 0, 0, "a model wrote the note, and nobody has reviewed it", cure
        )


def lone_videos(collection: Collection, note: Note) -> Iterator[Finding]:
    """Notes that are alone on their video."""
    if note.video and collection.notes_on(note.video) == (note.path,) and not note.is_hub:
        message = f"no other note is on the video {note.video}"
        yield Finding(FindingCode.LONE_VIDEO, note.path, 0, 0, message, "Take more notes of it, or leave it so")


def orphans(collection: Collection, note: Note) -> Iterator[Finding]:
    """Notes that no other note links to."""
    if not note.unlisted and not note.is_hub and not collection.backlinks(note.path):
        yield Finding(FindingCode.ORPHAN, note.path, 0, 0, "no other note links to this one", "Link to it")


_RULES: tuple[Rule, ...] = (loose_links, without_stamps, unreviewed, lone_videos, orphans)
