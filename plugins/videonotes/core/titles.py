"""Titles as people write them: tools that write titles drop marks, the labels of links keep them.

"Joe Rogans" is "Joe Rogan's" where most links to the note write it so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import zip_longest

from .graph import Graph
from .inline import Context
from .names import squash
from .note import Note
from .sentences import plain

LEAST_NOTES = 3
"""Notes that must write a title one way: fewer may share one writer's habit."""

SHARE = 2 / 3
"""The least share of the labels that must be written that way: below it, the labels do not agree."""

_MARKUP = frozenset("*_`~=<[$\\&")
"""Signs that may be markup in a label. Most labels have none of them."""

_NONE = Context()


@dataclass(frozen=True, slots=True)
class Spelling:
    """How the labels of links write the title of a note: `labels` of `of` that say the title do."""

    title: str
    labels: int
    of: int


def find_spellings(notes: Mapping[str, Note], graph: Graph) -> dict[str, Spelling]:
    """Return, by path, how the labels write the titles that they agree to write otherwise than the note itself."""
    found = {}
    for path, backlinks in graph.backlinks.items():
        if len(backlinks) < LEAST_NOTES:
            continue
        title = notes[path].title
        labels: Counter[str] = Counter()
        writers: Counter[str] = Counter()
        forms: dict[str, str] = {}
        for backlink in backlinks:
            links = notes[backlink.path].links
            said = [links[number].label for number in backlink.links]
            for label in said:
                if label not in forms:
                    forms[label] = _written(label, title)
            written = [form for label in said if (form := forms[label])]
            labels.update(written)
            writers.update(set(written))
        if not labels:
            continue
        best, count = max(labels.items(), key=lambda item: (item[1], item[0]))
        if best != title and writers[best] >= LEAST_NOTES and count >= SHARE * labels.total():
            found[path] = Spelling(best, count, labels.total())
    return found


def _written(label: str, title: str) -> str:
    """Return the title as `label` writes it; `""`: the label says something else."""
    if label == title or not label:
        return label
    if not _MARKUP.isdisjoint(label):
        label = plain(label, _NONE)
    return _with_capitals(label, title) if squash(label) == squash(title) else ""


def _with_capitals(label: str, title: str) -> str:
    """Return `label` with the capitals of `title` too: within a sentence, a label begins without one."""
    letters = [char for char in title if char.isalnum()]
    own = [at for at, char in enumerate(label) if char.isalnum()]
    chars = list(label)
    for at, letter in zip_longest(own, letters):
        if at is None or letter is None or chars[at].casefold() != letter.casefold():
            return label  # letters that are written as two, or in another form
        if letter.isupper():
            chars[at] = letter
    return "".join(chars)


def with_spellings(notes: Mapping[str, Note], spellings: Mapping[str, Spelling]) -> dict[str, Note]:
    """Return all of `notes`, those of `spellings` under the titles that the labels write."""
    return {**notes, **{path: replace(notes[path], title=spelling.title) for path, spelling in spellings.items()}}
