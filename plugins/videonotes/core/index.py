"""NoteIndex: the dictionaries by which a note is found. Built once, then only read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from .names import fold, path_end, squash_folded, visible
from .note import Note
from .redirects import Redirect

Candidates = Mapping[str, tuple[str, ...]]
"""Paths of notes by a form of a name, in the order of the paths."""


@dataclass(frozen=True, slots=True)
class NoteIndex:
    """Every note by path, and the paths by each form of name that the ladder looks up.

    `ends` are the ends of paths, of two parts or more; `exact_in` and `folded_in` and `squashed_in` have
    `(channel, name)` as their key.
    `heading_ids` are, by path, the ids of its headings by folded text. `channels` are the folders
    without a hub, by their folded name; `hidden` the unlisted notes, by every form of their names,
    to which no link leads; `moved` the new path and fragment of a page, by its old path.
    """

    notes: Mapping[str, Note]
    exact: Candidates
    folded: Candidates
    squashed: Candidates
    aliases: Candidates
    titles: Candidates
    hubs: Candidates
    ends: Candidates
    exact_in: Mapping[tuple[str, str], tuple[str, ...]]
    folded_in: Mapping[tuple[str, str], tuple[str, ...]]
    squashed_in: Mapping[tuple[str, str], tuple[str, ...]]
    heading_ids: Mapping[str, Mapping[str, str]]
    channels: Candidates
    hidden: Mapping[str, str]
    moved: Mapping[str, tuple[str, str]]


def build_index(notes: Iterable[Note], redirects: Iterable[Redirect] = (), pages: Iterable[Note] = ()) -> NoteIndex:
    """Build the index of `notes`, and of the ordinary `pages` that are found like them."""
    notes = tuple(notes)
    by_path = {note.path: note for note in sorted((*notes, *pages), key=lambda note: note.path)}
    tables = _Tables()
    for note in by_path.values():
        tables.add(note)
    moved = {redirect.old: (redirect.path, redirect.fragment) for redirect in redirects}
    for old, (path, _) in moved.items():
        names = tables.aliases.setdefault(fold(PurePosixPath(old).stem), [])
        if path not in names:
            names.append(path)
    folders = {note.channel for note in notes if note.channel and not note.unlisted}
    channels: dict[str, list[str]] = {}
    for folder in sorted(folders):
        channels.setdefault(fold(folder.rpartition("/")[2]), []).append(folder)
    return NoteIndex(
        notes=by_path,
        exact=_frozen(tables.exact),
        folded=_frozen(tables.folded),
        squashed=_frozen(tables.squashed),
        aliases=_frozen(tables.aliases),
        titles=_frozen(tables.titles),
        hubs=_frozen(tables.hubs),
        ends=_frozen(tables.ends),
        exact_in=_frozen(tables.exact_in),
        folded_in=_frozen(tables.folded_in),
        squashed_in=_frozen(tables.squashed_in),
        heading_ids=tables.heading_ids,
        channels=_frozen(channels),
        hidden=tables.hidden,
        moved=moved,
    )


class _Tables:
    """The tables of an index, filled note by note in the order of the paths."""

    def __init__(self) -> None:
        self.exact: dict[str, list[str]] = {}
        self.folded: dict[str, list[str]] = {}
        self.squashed: dict[str, list[str]] = {}
        self.aliases: dict[str, list[str]] = {}
        self.titles: dict[str, list[str]] = {}
        self.hubs: dict[str, list[str]] = {}
        self.ends: dict[str, list[str]] = {}
        self.exact_in: dict[tuple[str, str], list[str]] = {}
        self.folded_in: dict[tuple[str, str], list[str]] = {}
        self.squashed_in: dict[tuple[str, str], list[str]] = {}
        self.heading_ids: dict[str, dict[str, str]] = {}
        self.hidden: dict[str, str] = {}

    def add(self, note: Note) -> None:
        """Add what a note is found by."""
        path = note.path
        ids = self.heading_ids.setdefault(path, {})
        for heading in note.headings:
            ids.setdefault(fold(heading.text), heading.id)
        name = visible(note.name)
        folded_name, folded_title = fold(name), fold(note.title)
        squashes = dict.fromkeys((squash_folded(folded_name), squash_folded(folded_title)))
        aliases = dict.fromkeys(map(fold, note.aliases))
        if note.unlisted:
            for form in (folded_name, folded_title, *squashes, *aliases):
                self.hidden.setdefault(form, path)
            return
        self.exact.setdefault(name, []).append(path)
        self.exact_in.setdefault((note.channel, name), []).append(path)
        self.folded.setdefault(folded_name, []).append(path)
        self.folded_in.setdefault((note.channel, folded_name), []).append(path)
        for form in squashes:
            self.squashed.setdefault(form, []).append(path)
            self.squashed_in.setdefault((note.channel, form), []).append(path)
        for alias in aliases:
            self.aliases.setdefault(alias, []).append(path)
        self.titles.setdefault(folded_title, []).append(path)
        parts = path_end(path).split("/") if path.count("/") > 1 else []
        for start in range(1, len(parts) - 1):
            self.ends.setdefault("/".join(parts[start:]), []).append(path)
        if note.is_hub:
            self.hubs.setdefault(fold(note.channel.rpartition("/")[2]), []).append(path)


def _frozen(table: dict[Any, list[str]]) -> dict[Any, tuple[str, ...]]:
    return {key: tuple(paths) for key, paths in table.items()}
