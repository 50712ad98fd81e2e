"""Candidates: which notes a link without one may have meant ("did you mean …").

The ladder of links has been climbed already: fold and squash found nothing. What is left are other forms of the words
(`neural_nets`), another order, words that say little (`importance of sleep`), and letters mistyped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rapidfuzz.distance import OSA

from ..core.names import words
from ..core.note import Note
from ..core.terms import name_words, singular, telling_words

MOST = 3
"""Candidates of one link."""

_LIGHT = frozenset(
    "concept concepts definition example examples importance introduction meaning overview role understanding using use"
    " versus significance type types".split()
)
"""Words that are put before or behind the name of a thing without changing which thing it is."""

_SHORT = 5
"""Letters below which another letter makes another word."""

_LONG = 9
"""Letters from which two may be wrong."""

_RARE = 3
"""Words that a name must share with a longer one that may be meant."""

_PART = 10
"""How far a longer name is: it is meant within its channel alone."""


def stems(name: str) -> frozenset[str]:
    """Return the words of a name that say what it is, without endings; all of them where it has no others."""
    telling = [word for word in telling_words(name) if word not in _LIGHT] or name_words(name)
    return frozenset(map(singular, telling))


class Candidates:
    """What the names, titles and aliases of the listed notes are made of."""

    def __init__(self, notes: Iterable[Note]) -> None:
        self.by_stems: dict[frozenset[str], list[Note]] = {}
        self.by_word: dict[str, set[frozenset[str]]] = {}
        for note in notes:
            if note.unlisted:
                continue
            for key in dict.fromkeys(map(stems, (words(note.name), note.title, *note.aliases))):
                if key:
                    self.by_stems.setdefault(key, []).append(note)
                    for word in key:
                        self.by_word.setdefault(word, set()).add(key)
        self.by_beginning: dict[tuple[str, int], list[str]] = {}
        for word in self.by_word:
            if len(word) >= _SHORT:
                for beginning in {word[0], word[1]}:
                    self.by_beginning.setdefault((beginning, len(word)), []).append(word)
        self.corrected: dict[str, str] = {}

    def find(self, target: str, channel: str) -> tuple[Note, ...]:
        """Return the notes that a link to `target` in a channel may have meant, the likeliest first; most have none."""
        wanted = stems(words(target.rpartition("/")[2]))
        if not wanted:
            return ()
        ranked: dict[str, tuple[int, bool, str]] = {}
        notes: dict[str, Note] = {}
        for distance, key in self._keys(wanted):
            for note in self.by_stems[key]:
                if distance >= _PART and note.channel != channel:
                    continue
                rank = (distance, note.channel != channel, note.path)
                if note.path not in ranked or rank < ranked[note.path]:
                    ranked[note.path], notes[note.path] = rank, note
        return tuple(notes[path] for path in sorted(ranked, key=ranked.__getitem__)[:MOST])

    def _keys(self, wanted: frozenset[str]) -> Iterator[tuple[int, frozenset[str]]]:
        """Yield the keys that may be meant, with how far they are from the words that are wanted."""
        if wanted in self.by_stems:
            yield 0, wanted
            return
        unknown = [word for word in wanted if word not in self.by_word]
        spelled = frozenset(self._correct(word) if word in unknown else word for word in wanted)
        if spelled in self.by_stems:
            yield len(unknown), spelled
            return
        rarest = min(wanted, key=lambda word: len(self.by_word.get(word, ())))
        for key in self.by_word.get(rarest, ()) if len(wanted) >= _RARE else ():
            if wanted < key and len(key) == len(wanted) + 1:
                yield _PART, key

    def _correct(self, word: str) -> str:
        """Return the word of a name that is spelled nearly so; the word itself where there is none, or several."""
        if word not in self.corrected:
            most = 0 if len(word) < _SHORT or not word.isalpha() else 1 if len(word) < _LONG else 2
            near: dict[str, int] = {}
            for length in range(len(word) - most, len(word) + most + 1):
                for beginning in {word[0], word[1]} if most else ():
                    for other in self.by_beginning.get((beginning, length), ()):
                        distance = OSA.distance(word, other, score_cutoff=most)
                        if distance <= most:
                            near[other] = distance
            best = [other for other, distance in near.items() if distance == min(near.values())]
            self.corrected[word] = best[0] if len(best) == 1 else word
        return self.corrected[word]
