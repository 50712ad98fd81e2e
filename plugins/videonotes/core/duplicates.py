"""Near-duplicates: notes of one channel that are called the same, and notes that say nearly the same of a video."""

from __future__ import annotations

from collections.abc import Iterator

from .collection import Collection
from .note import Note
from .resolve import Missing, Resolved
from .terms import singular, telling_words

SHARE = 0.9
"""The least share of links and moments that two notes have in common."""

_LEAST = 8
"""Links and moments below which two notes have too little to be compared."""


def duplicates(collection: Collection) -> Iterator[tuple[Note, Note, str]]:
    """Yield notes, each with an earlier one that it nearly repeats, and in which way."""
    found: set[str] = set()
    for note, first in _same_titles(collection):
        found.add(note.path)
        yield note, first, "has the same title but for spelling"
    for note, first, share in _same_contents(collection):
        if note.path not in found:
            found.add(note.path)
            yield note, first, f"has {share:.0%} of its links and moments"


def _same_titles(collection: Collection) -> Iterator[tuple[Note, Note]]:
    by_title: dict[tuple[str, ...], Note] = {}
    for note in _compared(collection):
        key = (note.channel, *map(singular, telling_words(note.title)))
        first = by_title.setdefault(key, note)
        if first is not note:
            yield note, first


def _same_contents(collection: Collection) -> Iterator[tuple[Note, Note, float]]:
    """Compare the notes on each video by a moment or link that both have: those with nothing in common never meet."""
    for paths in collection.on_video.values():
        notes = [note for path in paths if not (note := collection.note(path)).is_hub] if len(paths) > 1 else []
        said = [(note, _said(collection, note)) for note in notes]
        by_part: dict[str, list[int]] = {}
        for number, (note, own) in enumerate(said):
            shared: dict[int, int] = {}
            for part in own if len(own) >= _LEAST else ():
                for other in by_part.setdefault(part, []):
                    shared[other] = shared.get(other, 0) + 1
                by_part[part].append(number)
            for other, count in shared.items():
                share = count / len(own | said[other][1])
                if share >= SHARE:
                    yield note, said[other][0], share
                    break


def _compared(collection: Collection) -> Iterator[Note]:
    return (note for note in collection.notes if not note.unlisted and not note.is_hub)


def _said(collection: Collection, note: Note) -> frozenset[str]:
    """Return what a note leads to: its moments, and the notes and names of its links."""
    links = set()
    for answer in collection.answers(note.path):
        if isinstance(answer, Resolved):
            links.add(answer.path)
        elif isinstance(answer, Missing):
            links.add(f"?{answer.key}")
    return frozenset((*map(str, collection.moments(note.path)), *links))
