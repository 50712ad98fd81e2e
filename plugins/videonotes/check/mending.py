"""Mending the notes of a site: changes are tried on all notes together first, then written, file by file.

A note keeps its changes only where, with all other changes made, its page says what it said: the same words, the same
notes behind its links, the same moments. What cannot be shown to be so is left as it is, and told.
"""

from __future__ import annotations

import difflib
import os
import subprocess
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..core.collection import Collection, build_collection
from ..core.findings import FindingCode
from ..core.frontmatter import normalise
from ..core.note import Note
from ..core.resolve import Missing, Resolved
from ..core.scan import scan
from ..site.incremental.files import put_file
from ..site.sources import Sources
from .fixes import UNSAFE, Fix, NoteSource, apply, edits
from .sources import SiteFiles

_ROUNDS = 5
"""Times that all changes are tried together, those of the notes that they would spoil left out each time."""


@dataclass(slots=True)
class Plan:
    """The changes of notes by path. `left` are notes whose changes would change what a page says, with the reason."""

    changes: dict[str, list[Fix]] = field(default_factory=dict)
    left: dict[str, str] = field(default_factory=dict)

    def count(self) -> int:
        """Return how many changes there are."""
        return sum(map(len, self.changes.values()))


def plan(files: SiteFiles, sources: Sources, codes: frozenset[FindingCode]) -> Plan:
    """Return the changes that mend the findings of these codes, each shown to be harmless beside all others."""
    made = Plan()
    texts: dict[str, str] = {}
    for note in sources.collection.notes:
        raw = _decoded(files.contents[note.path])
        if raw is None or note.path in sources.rewritten:  # what was read is not what the file holds
            continue
        texts[note.path] = normalise(raw)
        if (files.docs / note.path).resolve() != files.docs.resolve() / note.path:
            continue  # another file, perhaps outside: its own name is the one to mend it by
        if changes := edits(NoteSource.of(sources.collection, note, raw, codes)):
            made.changes[note.path] = changes
    unsafe = bool(codes & UNSAFE)
    for _ in range(_ROUNDS):
        spoiled = _spoiled(sources, texts, made.changes, unsafe)
        if not spoiled:
            return made
        made.left |= spoiled
        for path in spoiled:
            made.changes.pop(path, None)
    return Plan({}, {**made.left, **dict.fromkeys(made.changes, "its changes depend on those of other notes")})


def _spoiled(sources: Sources, texts: dict[str, str], changes: dict[str, list[Fix]], unsafe: bool) -> dict[str, str]:
    """Return the notes that say something else once all changes are made, with what differs."""
    before = sources.collection
    scanned = {path: scan(path, apply(texts[path], own)) for path, own in changes.items()}
    notes = [scanned.get(note.path, note) for note in before.notes]
    after = build_collection(notes, before.pages, sources.sidecar, before.files.paths, sources.moves)
    found: dict[str, str] = {}
    for note in before.notes:
        own = _meaning(before, note)
        if unsafe and note.path in changes:
            own |= _judged(after, after.note(note.path), changes[note.path])
        now = _meaning(after, after.note(note.path))
        wrong = [name for name in own if own[name] != now[name]]
        if wrong:
            culprits = (
                [note.path] if note.path in changes else [path for path in _behind(before, note) if path in changes]
            )
            found |= dict.fromkeys(culprits, f"the {wrong[0]} of {note.path} would change")
    return found


def _behind(collection: Collection, note: Note) -> Iterator[str]:
    """Yield the notes that may change what a note says: those on its video, those that it links to."""
    yield from collection.notes_on(note.video)
    for answer in collection.answers(note.path):
        if isinstance(answer, Resolved):
            yield answer.path


def _meaning(collection: Collection, note: Note) -> dict[str, Any]:
    """Return what a page says of a note, but for how its source is written."""
    links = [
        (answer.path, answer.fragment) if isinstance(answer, Resolved) else answer
        for answer in collection.answers(note.path)
    ]
    moments = [
        (stamp.video, time.seconds) for stamp, time in zip(note.stamps, collection.times[note.path], strict=True)
    ]
    return {
        "title": note.title,
        "video": note.video,
        "words": _said(collection, note),
        "links": [link.key if isinstance(link, Missing) else link for link in links],
        "moments": moments,
        "headings": [(heading.text, heading.id) for heading in note.headings],
        "metadata": (note.aliases, note.description, note.date, note.tags, note.draft, note.unlisted, note.lang),
    }


def _said(collection: Collection, note: Note) -> str:
    """Return what a note says, as it is shown: a link without a label reads as the title it leads to.

    Where it is split into sentences does not count: one that is too long is split by the length of its source.
    """
    text = note.sentences.text
    if not all(link.label for link in note.links):
        text = "".join(collection.sentence(note, number) for number in range(len(note.sentences)))
    return "".join(text.split())


def _judged(collection: Collection, note: Note, changes: list[Fix]) -> dict[str, Any]:
    """Return what of a note's meaning is to change, since a judgement was written down."""
    codes = {change.code for change in changes}
    now = _meaning(collection, note)
    names = {"title"} if FindingCode.TITLE_SPELLING in codes else set()
    names |= {"title", "video", "metadata", "moments", "words"} if FindingCode.MISSPELLED_KEY in codes else set()
    return {name: now[name] for name in names}


def _decoded(data: bytes) -> str | None:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None


def mended(data: bytes, changes: list[Fix]) -> bytes:
    """Return the bytes of a file with its changes; its line ends and its byte-order mark stay as they are."""
    raw = data.decode("utf-8")
    place = _places(raw)
    ends = "\r\n" if "\r\n" in raw else "\n"
    moved = [Fix(place(one.start), place(one.end), one.text.replace("\n", ends), one.code) for one in changes]
    return apply(raw, moved).encode("utf-8")


def _places(raw: str) -> Callable[[int], int]:
    """Return a function from an offset in the normalised text to that in the file."""
    first = raw.startswith("\ufeff")
    if not first and "\r\n" not in raw:
        return int
    dropped: list[int] = []
    position = raw.find("\r\n")
    while position >= 0:
        dropped.append(position - first - len(dropped))  # the offset of the line feed that is left
        position = raw.find("\r\n", position + 2)
    return lambda offset: offset + first + bisect_left(dropped, offset)


def diff(files: SiteFiles, made: Plan) -> Iterator[str]:
    """Yield the changes as lines of a unified diff."""
    for path, changes in sorted(made.changes.items()):
        before = files.contents[path].decode("utf-8").splitlines(keepends=True)
        after = mended(files.contents[path], changes).decode("utf-8").splitlines(keepends=True)
        shown = files.shown(path)
        for line in difflib.unified_diff(before, after, f"a/{shown}", f"b/{shown}"):
            yield line.rstrip("\r\n")


def write(files: SiteFiles, made: Plan) -> Iterator[tuple[str, str]]:
    """Write the changes, each file at once. Yield the files that could not be written, and why."""
    for path, changes in sorted(made.changes.items()):
        file = files.docs / path
        data = files.contents[path]
        try:
            if file.read_bytes() != data or file.is_symlink():
                yield path, "it has changed meanwhile"
            else:
                mode = file.stat().st_mode
                put_file(str(file), mended(data, changes))
                os.chmod(file, mode)
        except OSError as error:
            yield path, error.strerror or str(error)


def is_dirty(docs: Path) -> bool:
    """Return whether git has changes or new files in this folder that are not committed; without git, it has none."""
    command = ["git", "-C", str(docs), "status", "--porcelain", "--", "."]
    try:
        environment = {**os.environ, "LC_ALL": "C"}
        found = subprocess.run(command, capture_output=True, timeout=60, env=environment, check=False)  # noqa: S603
    except OSError:
        return False
    except subprocess.TimeoutExpired:
        return True
    return bool(found.stdout.strip()) or (found.returncode != 0 and b"not a git repository" not in found.stderr)
