"""What mends a note: small changes of its text, each for a finding. The rules look; `mending` makes sure and writes.

Safe changes leave what the page says as it is. Unsafe ones write down a judgement: which time was meant, how a title is
written, which key was meant.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import yaml

from ..core.collection import Collection
from ..core.fenced_note import find_fenced_note
from ..core.findings import FindingCode, line_starts
from ..core.frontmatter import normalise, read_frontmatter
from ..core.note import Note, Timestamp
from ..core.repair import Outcome
from ..core.timestamps import read_clock, stamp_source, time_code
from .advice import find_untidy, is_loose, key_meant

SAFE = frozenset({FindingCode.LOOSE_LINK, FindingCode.UNTIDY_STAMP, FindingCode.FRONTMATTER, FindingCode.FENCED_NOTE})
UNSAFE = frozenset({FindingCode.REPAIRED_STAMPS, FindingCode.TITLE_SPELLING, FindingCode.MISSPELLED_KEY})

_TEXTS = frozenset({"title", "description"})
"""The keys whose values are texts, whatever stands in them."""

_TARGET = re.compile(r"\[\[\s*")
_PAIR = re.compile(r"([A-Za-z][\w-]*)([ \t]*:[ \t]+)(\S.*?)[ \t]*\Z")


class Fix(NamedTuple):
    """That the text from `start` up to `end` becomes `text`, for the finding `code`."""

    start: int
    end: int
    text: str
    code: FindingCode


@dataclass(frozen=True, slots=True)
class NoteSource:
    """A note with its text, in which offsets count, where its lines begin, and the `codes` that are to be mended."""

    collection: Collection
    note: Note
    text: str
    starts: list[int]
    codes: frozenset[FindingCode]

    @classmethod
    def of(cls, collection: Collection, note: Note, raw: str, codes: frozenset[FindingCode]) -> NoteSource:
        """Return the source of a note from the text of its file."""
        text = normalise(raw)
        return cls(collection, note, text, line_starts(text), codes - note.ignored)

    def offset(self, line: int, column: int) -> int:
        """Return the offset of a place."""
        return self.starts[line - 1] + column - 1


Rule = Callable[[NoteSource], Iterator[Fix]]


def edits(source: NoteSource) -> list[Fix]:
    """Return the changes that mend a note, in the order of the text, none in another."""
    found = sorted(edit for code, rule in _RULES.items() if code in source.codes for edit in rule(source))
    kept: list[Fix] = []
    for edit in found:
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return kept


def apply(text: str, changes: list[Fix]) -> str:
    """Return a text with its changes."""
    parts = []
    at = 0
    for change in changes:
        parts += [text[at : change.start], change.text]
        at = change.end
    return "".join([*parts, text[at:]])


def _targets(source: NoteSource) -> Iterator[Fix]:
    """Links get the name of the note that they lead to; labels stay."""
    note, collection = source.note, source.collection
    for link, answer in zip(note.links, collection.answers(note.path), strict=True):
        name = is_loose(collection, note, link, answer)
        if not name:
            continue
        start = source.offset(link.line, link.column)
        brackets = _TARGET.search(source.text, start, start + link.length)
        if brackets and source.text.startswith(link.target, brackets.end()):
            yield Fix(brackets.end(), brackets.end() + len(link.target), name, FindingCode.LOOSE_LINK)


def _stamps(source: NoteSource) -> Iterator[Fix]:
    """Timestamps whose time is certain get the element that they should have."""
    shifted = FindingCode.REPAIRED_STAMPS in source.codes
    for start, stamp, seconds in find_untidy(source.collection, source.note, source.text, shifted=shifted):
        glued = source.text[start - 1 : start] == "<"  # "word< a class=…": the sign stands for a space
        text = " " * glued + _element(stamp, seconds)
        yield Fix(start - glued, start + stamp.length, text, FindingCode.UNTIDY_STAMP)


def _element(stamp: Timestamp, seconds: int) -> str:
    """Return the element of a timestamp. Its label is the time, words, or nothing (`find_untidy`), and stays."""
    own = stamp.written.strip()
    bare = own.strip("[]()")
    is_open_time = own == bare and read_clock(bare) is not None
    return stamp_source(seconds, f"[{own}]" if is_open_time else own if bare else "", stamp.video)


def _shifted(source: NoteSource) -> Iterator[Fix]:
    """Times that are read as minutes and seconds are written so."""
    times = source.collection.times[source.note.path]
    for stamp, time in zip(source.note.stamps, times, strict=True):
        if time.outcome is not Outcome.REPAIRED or time.seconds is None:
            continue
        start = source.offset(stamp.line, stamp.column)
        written = source.text[start : start + stamp.length]
        if not stamp.bare:
            text = stamp_source(time.seconds, video=stamp.video)
        elif re.fullmatch(r"[\[(][\d:]+[\])]", written):
            text = written[0] + time_code(time.seconds) + written[-1]
        else:
            continue
        yield Fix(start, start + stamp.length, text, FindingCode.REPAIRED_STAMPS)


def _fence(source: NoteSource) -> Iterator[Fix]:
    """The two lines of a fence around a whole note go."""
    fence = find_fenced_note(source.text)
    for start, end in filter(None, fence or ()):
        following = end + source.text.startswith("\n", end)
        yield Fix(start, following, "", FindingCode.FENCED_NOTE)


def _frontmatter(source: NoteSource) -> Iterator[Fix]:
    """Values that YAML takes for something else are quoted, where all that was read stays as it is."""
    known = read_frontmatter(source.text)
    block = re.match(r"---[ \t]*\n", source.text)
    if not known.problem or not block:
        return
    found: list[Fix] = []
    start = block.end()
    keys = Counter(re.findall(r"^([A-Za-z][\w-]*)[ \t]*:", source.text[start : known.body], re.MULTILINE))
    for line in source.text[start : known.body].split("\n"):
        pair = _PAIR.match(line)
        value = known.data.get(pair[1]) if pair and pair[1] in _TEXTS and keys[pair[1]] == 1 else None
        if pair and isinstance(value, str) and _is_closed(pair[3]) and not _is_text(line, pair[1], value):
            begin = start + pair.start(3)
            found.append(Fix(begin, start + pair.end(3), _quoted(value), FindingCode.FRONTMATTER))
        start += len(line) + 1
    mended = read_frontmatter(apply(source.text, found))
    if found and not mended.problem and mended.data == known.data:
        yield from found


def _is_closed(value: str) -> bool:
    """Return whether a value that begins with a quote has another one: else nobody knows where it ends."""
    return value[0] not in "\"'" or value.count(value[0]) > 1


def _is_text(line: str, key: str, value: str) -> bool:
    try:
        return bool(yaml.load(line, Loader=yaml.BaseLoader) == {key: value})  # noqa: S506 - it makes strings only
    except yaml.YAMLError:
        return False


def _quoted(value: str) -> str:
    """Return a text as YAML reads it whatever it holds."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _value(source: NoteSource, key: str) -> tuple[int, int, str] | None:
    """Return where the line `key: value` of the frontmatter begins, where its value does, and the value as written."""
    body = read_frontmatter(source.text).body
    match = re.search(rf"^{re.escape(key)}[ \t]*:[ \t]*(.*?)[ \t]*$", source.text[:body], re.MULTILINE)
    return (match.start(), match.start(1), match[1]) if match else None


def _title(source: NoteSource) -> Iterator[Fix]:
    """The title is written as most labels of links write it."""
    spelling = source.collection.spellings.get(source.note.path)
    place = _value(source, "title") if spelling else None
    if spelling and place and place[2]:
        plain = _is_text(f"title: {spelling.title}", "title", spelling.title)
        written = spelling.title if plain else _quoted(spelling.title)
        yield Fix(place[1], place[1] + len(place[2]), written, FindingCode.TITLE_SPELLING)


def _keys(source: NoteSource) -> Iterator[Fix]:
    """Keys that are nearly a known one are written as it is, where the note does not have that one."""
    data = read_frontmatter(source.text).data
    taken = set(data)
    for key in data:
        meant = key_meant(key)
        place = _value(source, key) if meant and meant not in taken else None
        if place:
            taken.add(meant)
            yield Fix(place[0], place[0] + len(key), meant, FindingCode.MISSPELLED_KEY)


_RULES: dict[FindingCode, Rule] = {
    FindingCode.LOOSE_LINK: _targets,
    FindingCode.UNTIDY_STAMP: _stamps,
    FindingCode.FRONTMATTER: _frontmatter,
    FindingCode.FENCED_NOTE: _fence,
    FindingCode.REPAIRED_STAMPS: _shifted,
    FindingCode.TITLE_SPELLING: _title,
    FindingCode.MISSPELLED_KEY: _keys,
}
