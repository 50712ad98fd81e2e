"""The nearest notes to a name, by its words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from heapq import nsmallest
from math import log

from ..core.note import Note
from ..core.terms import telling_words

NEAREST = 5


class Nearest:
    """Finds the notes whose titles share the rarest words with a name."""

    def __init__(self, notes: Iterable[Note], backlink_count: Mapping[str, int]) -> None:
        self.backlink_count = backlink_count
        self.notes: dict[str, list[str]] = {}
        self.total = 0
        for note in notes:
            self.total += 1
            for word in telling_words(note.title):
                self.notes.setdefault(word, []).append(note.path)

    def __call__(self, name: str) -> tuple[str, ...]:
        """Return the paths of the nearest notes, at most five, the nearest first."""
        scores: dict[str, float] = {}
        for word in telling_words(name):
            paths = self.notes.get(word, [])
            if paths and len(paths) <= max(50, self.total // 50):
                weight = log(1 + self.total / len(paths))
                for path in paths:
                    scores[path] = scores.get(path, 0.0) + weight
        return tuple(
            nsmallest(NEAREST, scores, key=lambda path: (-scores[path], -self.backlink_count.get(path, 0), path))
        )
