"""Notes by the words of their names: the nearest to a name that is wanted, and the shards by which a browser
finds them: one small file for each beginning of a word.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from math import log

from ..core.alphabet import without_marks
from .catalog import Catalog

NEAREST = 5
KEY = 3
"""Letters of a word that name its shard."""

_WORD = re.compile(r"[^\W_]+")
_STOP = frozenset(
    "a an and are as at by for from how in into is it its of on or that the their this to vs what with".split()
)


def name_words(text: str) -> list[str]:
    """Return the words of a name that tell it from others, folded, each once. `assets/javascripts` does the same."""
    found = dict.fromkeys(_WORD.findall(without_marks(text)))
    return [word for word in found if word not in _STOP] or list(found)


class Nearest:
    """Finds the notes whose titles share the rarest words with a name."""

    def __init__(self, catalog: Catalog) -> None:
        self.strength = catalog.strength
        self.notes: dict[str, list[str]] = {}
        self.total = 0
        for note in catalog.listed():
            self.total += 1
            for word in name_words(note.title):
                self.notes.setdefault(word, []).append(note.path)

    def __call__(self, name: str) -> tuple[str, ...]:
        """Return the paths of the nearest notes, at most five, the nearest first."""
        scores: Counter[str] = Counter()
        for word in name_words(name):
            paths = self.notes.get(word, [])
            if paths and len(paths) <= max(50, self.total // 50):
                for path in paths:
                    scores[path] += log(1 + self.total / len(paths))  # type: ignore[assignment]
        best = sorted(scores, key=lambda path: (-scores[path], -self.strength.get(path, 0), path))
        return tuple(best[:NEAREST])


def shard_key(word: str) -> str:
    """Return the name of the shard of a word: its first letters, those beyond ASCII as their numbers."""
    start = word[:KEY]
    return start if start.isascii() else "u" + "-".join(f"{ord(char):x}" for char in start[:1])


def name_shards(entries: Iterable[tuple[str, str, str, int]]) -> Iterator[tuple[str, str]]:
    """Yield the name and the JSON text of every shard.

    `entries` are `(title, URL from the root, kind, links)`; a shard lists those that have a word which
    begins with its key, the most linked first.
    """
    shards: dict[str, dict[tuple[str, str, str, int], None]] = {}
    for entry in entries:
        for word in name_words(entry[0]):
            shards.setdefault(shard_key(word), {})[entry] = None
    for key, found in sorted(shards.items()):
        ranked = sorted(found, key=lambda entry: (-entry[3], entry[0], entry[1]))
        yield key, json.dumps(ranked, ensure_ascii=False, separators=(",", ":"))
