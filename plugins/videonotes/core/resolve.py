"""The ladder: which note a wikilink means (note-format.md, section 2).

Each rung is a dictionary look-up; the first that answers wins.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from .index import NoteIndex
from .names import block_anchor, fold, path_end, squash_folded, visible
from .note import Note


class Rung(StrEnum):
    """The rung of the ladder that answered."""

    SELF = "this note"
    PATH = "path"
    EXACT_HERE = "exact name in the channel"
    EXACT = "exact name elsewhere"
    FOLDED_HERE = "folded name in the channel"
    FOLDED = "folded name elsewhere"
    ALIAS = "alias"
    TITLE = "title"
    SQUASHED_HERE = "squashed name in the channel"
    SQUASHED = "squashed name elsewhere"
    PATH_END = "end of a path"
    FOLDER = "folder"


@dataclass(frozen=True, slots=True)
class Resolved:
    """The note at `path`. `fragment` is the HTML id that is meant there, empty for the whole note;
    `fragment_found` is false where the link names a heading or block that the note has not.
    """

    path: str
    rung: Rung
    fragment: str = ""
    fragment_found: bool = True


@dataclass(frozen=True, slots=True)
class Ambiguous(Resolved):
    """A note that is as near as another: `candidates` are all of them, `path` the first."""

    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChannelFolder:
    """The folder `channel`, which has notes and no hub among them: its page is generated."""

    channel: str


def hub_path(channel: str) -> str:
    """Return the source path that stands for the generated hub of a channel."""
    return posixpath.join(channel, "index.md")


@dataclass(frozen=True, slots=True)
class Hidden:
    """An unlisted note: the link is shown as text."""

    path: str


@dataclass(frozen=True, slots=True)
class Missing:
    """No note: `key` is the same for every way of writing the name that is wanted."""

    key: str


Resolution = Resolved | ChannelFolder | Hidden | Missing
Resolver = Callable[[str, str, str], Resolution]
"""Takes the path of the note that holds a link, the link's target and its fragment."""


def make_resolver(index: NoteIndex) -> Resolver:
    """Return the function that resolves the links of the notes in `index`."""
    known: dict[tuple[str, str], Resolution] = {}

    def find(folder: str, target: str) -> Resolution:
        return known.get((folder, target)) or known.setdefault((folder, target), _climb(index, folder, target))

    def resolve(source: str, target: str, fragment: str = "") -> Resolution:
        folder = posixpath.dirname(source)
        if not target:
            return (
                _with_fragment(Resolved(source, Rung.SELF), index, fragment)
                if fragment
                else Resolved(source, Rung.SELF)
            )
        if fragment and not fragment.startswith("^"):  # "C#tips" may be a name
            whole = find(folder, f"{target}#{fragment}")
            if isinstance(whole, Resolved):
                return whole
        answer = find(folder, target)
        if isinstance(answer, Missing) and "#" in target:  # "note# Heading" is none
            name, _, fragment = (part.strip() for part in target.partition("#"))
            part = find(folder, name) if name and fragment else answer
            answer = answer if isinstance(part, Missing) else part
        if not fragment or not isinstance(answer, Resolved):
            return answer
        return _with_fragment(answer, index, fragment)

    return resolve


def _climb(index: NoteIndex, folder: str, target: str) -> Resolution:
    if "/" in target and (found := _by_path(index, folder, target)):
        return found
    name = visible(target)
    stem = name.removesuffix(".md")
    folded = fold(stem)
    squashed = squash_folded(folded)
    rungs: tuple[tuple[Rung, Sequence[str]], ...] = (
        (Rung.EXACT_HERE, index.exact_in.get((folder, name)) or index.exact_in.get((folder, stem), ())),
        (Rung.EXACT, index.exact.get(name) or index.exact.get(stem, ())),
        (Rung.FOLDED_HERE, index.folded_in.get((folder, folded), ())),
        (Rung.FOLDED, index.folded.get(folded, ())),
        (Rung.ALIAS, index.aliases.get(folded, ())),
        (Rung.TITLE, index.titles.get(folded, ())),
        (Rung.SQUASHED_HERE, index.squashed_in.get((folder, squashed), ())),
        (Rung.SQUASHED, index.squashed.get(squashed, ())),
        (Rung.PATH_END, index.ends.get(path_end(target), ()) if "/" in target else ()),
        (Rung.FOLDER, index.hubs.get(folded, ())),
    )
    if folded:
        for rung, paths in rungs:
            if paths:
                return _nearest(folder, paths, rung)
        if folders := index.channels.get(folded):
            return ChannelFolder(_nearest(folder, folders, Rung.FOLDER).path)
        if hidden := index.hidden.get(folded) or index.hidden.get(squashed):
            return Hidden(hidden)
    return Missing(folded or name)


def _by_path(index: NoteIndex, folder: str, target: str) -> Resolution | None:
    for base in ("", folder):
        path = posixpath.normpath(posixpath.join(base, target.lstrip("/")))
        for candidate in (path, f"{path}.md"):
            note = index.notes.get(candidate)
            if note:
                return Hidden(candidate) if note.unlisted else Resolved(candidate, Rung.PATH)
            if candidate in index.moved:
                moved, fragment = index.moved[candidate]
                return Resolved(moved, Rung.PATH, fragment)
    return None


def _nearest(folder: str, paths: Sequence[str], rung: Rung) -> Resolved:
    if len(paths) == 1:
        return Resolved(paths[0], rung)
    parts = folder.split("/")

    def shared(path: str) -> int:
        count = 0
        for ours, theirs in zip(parts, posixpath.dirname(path).split("/"), strict=False):
            if ours != theirs:
                break
            count += 1
        return count

    best = max(map(shared, paths))
    tied = tuple(path for path in paths if shared(path) == best)
    if len(tied) > 1:
        return Ambiguous(tied[0], rung, candidates=tied)
    return Resolved(tied[0], rung)


def _with_fragment(answer: Resolved, index: NoteIndex, fragment: str) -> Resolved:
    note: Note | None = index.notes.get(answer.path)
    identifier, found = "", False
    if note and fragment.startswith("^"):
        block = fragment[1:].strip().lower()
        if block in note.blocks:
            identifier, found = block_anchor(block), True
    elif note:
        ids = index.heading_ids[note.path]
        # Obsidian writes a path of headings, "note#Part#Section": the last one is meant, unless one has the sign.
        wanted = next((wanted for part in (fragment, fragment.rpartition("#")[2]) if (wanted := fold(part)) in ids), "")
        if wanted:
            identifier, found = ids[wanted], True
    candidates = answer.candidates if isinstance(answer, Ambiguous) else ()
    if candidates:
        return Ambiguous(answer.path, answer.rung, identifier, found, candidates)
    return Resolved(answer.path, answer.rung, identifier, found)
